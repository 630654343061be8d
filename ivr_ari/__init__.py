"""Conversations instead of press-1 menus, on your own Asterisk."""

__version__ = "0.1.0"

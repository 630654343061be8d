"""Sounds that no flow stands behind."""

from __future__ import annotations

from ivr_ari.dialogue.fixed import FixedPrompt
from ivr_ari.sounds.catalogue import Sound


def sound(name: str, text: str = "Hello.", language: str = "en", flow: str = "shop") -> Sound:
    """Return the sound of a prompt."""
    return Sound(flow, FixedPrompt(name, name, (text,), language), f"{flow}.yaml:1")

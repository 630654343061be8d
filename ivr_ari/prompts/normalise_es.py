"""The rules of Spanish."""

from __future__ import annotations

from . import spoken_es as es
from .rules import Rule, rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (rule(r"[0-9]+", lambda found: f" {es.digits(found[0])} "),)
"""In order."""

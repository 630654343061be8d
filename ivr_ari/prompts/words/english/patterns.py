"""What the rules of English have in common."""

from __future__ import annotations

import re

from . import values as en

__all__ = ["MONTH", "NUMBER", "sentence_end"]

MONTH = "|".join(en.MONTHS)
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"


def sentence_end(found: re.Match[str]) -> str:
    """Return the full stop that ends both an abbreviation ("p.m.") and its sentence."""
    return "." if found[0].endswith(".") and re.match(r"\s*$|\s+[A-Z]", found.string[found.end() :]) else ""

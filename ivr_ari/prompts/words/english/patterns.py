"""What the rules of English have in common."""

from __future__ import annotations

from . import values as en

__all__ = ["MONTH", "NUMBER"]

MONTH = "|".join(en.MONTHS)
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"

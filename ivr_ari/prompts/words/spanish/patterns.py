"""
What the rules of Spanish have in common: numbers as they are written.

"4,5" is "cuatro coma cinco", "4.5" is "cuatro punto cinco". One mark before exactly three figures stands
between thousands ("1.204", "1,204"), unless a nought leads ("0,125").
"""

from __future__ import annotations

import re

from . import values as es

__all__ = ["CAPITAL", "NUMBER", "number_words", "plain"]

CAPITAL = "A-ZÁÉÍÓÚÜÑ"
NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3}){1,9}(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3}){1,9}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?: \d{3}){1,6}(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
)
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+")


def plain(written: str) -> str:
    """Return a number written in Spanish as a machine writes it: "1.204,50" as "1204.50"."""
    bare = written.replace(" ", "")
    if THOUSANDS.fullmatch(bare):
        return re.sub(r"[.,]", "", bare)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare
    return f"{re.sub(r'[.,]', '', bare[:last])}.{bare[last + 1 :]}"


def number_words(written: str) -> str:
    """Return a number as it is written: "4,5" as "cuatro coma cinco", "1.204" as "mil doscientos cuatro"."""
    number = plain(written)
    comma = "." in number and "," in written and written.rfind(",") > written.rfind(".")
    return es.decimal(number, "coma" if comma else "punto")

"""
The parts of a street address, which is kept as one text: "1234 North Main Street, Apt 5B, Springfield, IL
62704".

Commas part what is between street and state; a unit begins with its kind. Parts that were not said are
empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["PARTS", "part_of"]

PARTS: Mapping[str, str] = {
    "street": "house number and street, or the post office box",
    "number": "the house number",
    "unit": "apartment, suite, floor",
    "city": "the town",
    "state": "two letters",
    "zip": "five digits, or nine with a hyphen",
}
"""What `part_of` knows, and what each is."""

UNIT = re.compile(r"(?:Apt|Suite|Unit|Room|Building|Floor|Lot|Trailer) \S+")
END = re.compile(r"(?P<state>[A-Z]{2})?(?:^| |$)(?P<zip>\d{5}(?:-\d{4})?)?")
NUMBER = re.compile(r"\d+[A-Za-z]?(?= )")


def part_of(address: str, name: str) -> str:
    """Return the part *name* of `PARTS` of an address; empty if it was not said."""
    street, *rest = address.split(", ")
    parts = {"street": street}
    number = NUMBER.match(street)
    parts["number"] = number[0] if number else ""
    if rest and UNIT.fullmatch(rest[0]):
        parts["unit"] = rest.pop(0)
    end = END.fullmatch(rest[-1]) if rest else None
    if end:
        parts |= {key: found for key, found in end.groupdict().items() if found}
        rest.pop()
    parts["city"] = ", ".join(rest)
    return parts.get(name, "")

"""
Street and e-mail addresses as a clerk reads them back: "twelve thirty four North Main Street, apartment five
B", "john dot smith at example dot com". Addresses are those of the United States.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import spoken_en as spoken
from .states import STATES

__all__ = ["email", "street_address"]

SIGNS: Mapping[str, str] = {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus"}
UNITS: Mapping[str, str] = {
    "Apt": "apartment",
    "Suite": "suite",
    "Unit": "unit",
    "Room": "room",
    "Building": "building",
    "Floor": "floor",
    "Lot": "lot",
    "Trailer": "trailer",
    "PO": "P O",
}

ZIP = re.compile(r"\d{5}(?:-\d{4})?")
NUMBER = re.compile(r"(\d+)([A-Za-z]?)")
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


def email(written: str) -> str:
    """Return "jo.smith42@example.com" as "jo dot smith four two at example dot com"; ValueError: none."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("no e-mail address")
    spaced = re.sub(r"\d", lambda found: f" {spoken.DIGITS[int(found[0])]} ", written)
    said = re.sub(r"[@._+-]", lambda found: f" {SIGNS[found[0]]} ", spaced)
    return " ".join(said.split())


def street_address(written: str) -> str:
    """
    Return an address, or a part of one, as spoken.

    House numbers are read in pairs in English, ZIP codes digit by digit. ValueError: no address.
    """
    return ", ".join(_part(part.split()) for part in written.split(", ") if part.split())


def _part(pieces: list[str]) -> str:
    said = []
    for at, piece in enumerate(pieces):
        last = at == len(pieces) - 1
        if at == 0 and piece in UNITS and not last:
            said.append(UNITS[piece])
        elif last and ZIP.fullmatch(piece):
            code = [" ".join(spoken.DIGITS[int(digit)] for digit in part) for part in piece.split("-")]
            said.append((", " if at else "") + ", ".join(code))
        elif piece in STATES and (last or ZIP.fullmatch(pieces[-1])) and piece.isupper():
            said.append(STATES[piece])
        elif found := NTH.fullmatch(piece):
            said.append(spoken.ordinal(int(found[1])))
        elif found := NUMBER.fullmatch(piece):
            number = _house_number(found[1])
            said.append(f"{number} {found[2].upper()}".strip())
        elif re.search(r"\d", piece):
            raise ValueError("no address")
        else:
            said.append(piece)
    return " ".join(said).replace(" , ", ", ")


def _house_number(digits: str) -> str:
    """1234 as "twelve thirty four", 105 as "one oh five", 400 as "four hundred", 12345 digit by digit."""
    number = int(digits)
    if len(digits) > 4:
        return spoken.digits(digits)
    if len(digits) < 3 or number % 1000 == 0:
        return spoken.cardinal(number)
    front, behind = spoken.cardinal(number // 100), number % 100
    if not behind:
        return f"{front} hundred"
    return f"{front}{' oh' if behind < 10 else ''} {spoken.cardinal(behind)}"

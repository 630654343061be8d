"""
Street and e-mail addresses as a clerk reads them back: "twelve thirty four North Main Street, apartment five
B", "john dot smith at example dot com".

Addresses are those of the United States; another language reads their numbers and letters its own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType

from . import spoken_en

__all__ = ["email", "street_address"]

SIGNS: Mapping[str, Mapping[str, str]] = {
    "en": {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus"},
    "es": {"@": "arroba", ".": "punto", "-": "guion", "_": "guion bajo", "+": "más"},
}
UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Apt": "apartment",
        "Suite": "suite",
        "Unit": "unit",
        "Room": "room",
        "Building": "building",
        "Floor": "floor",
        "Lot": "lot",
        "Trailer": "trailer",
        "PO": "P O",
    },
    "es": {
        "Apt": "apartamento",
        "Suite": "suite",
        "Unit": "unidad",
        "Room": "habitación",
        "Building": "edificio",
        "Floor": "piso",
        "Lot": "lote",
        "Trailer": "remolque",
        "PO": "P O",
    },
}
STATES: Mapping[str, str] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "D C",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "PR": "Puerto Rico",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}
"""USPS Publication 28, appendix B."""

ZIP = re.compile(r"\d{5}(?:-\d{4})?")
NUMBER = re.compile(r"(\d+)([A-Za-z]?)")
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


def email(written: str, words: ModuleType, language: str) -> str:
    """Return "jo.smith42@example.com" as "jo dot smith four two at example dot com"; ValueError: none."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("no e-mail address")
    signs = SIGNS[language]
    spaced = re.sub(r"\d", lambda found: f" {words.DIGITS[int(found[0])]} ", written)
    said = re.sub(r"[@._+-]", lambda found: f" {signs[found[0]]} ", spaced)
    return " ".join(said.split())


def street_address(written: str, words: ModuleType, language: str) -> str:
    """
    Return an address, or a part of one, as words; *words* is the module of the language.

    House numbers are read in pairs in English, ZIP codes digit by digit. ValueError: no address.
    """
    return ", ".join(_part(part.split(), words, language) for part in written.split(", ") if part.split())


def _part(pieces: list[str], words: ModuleType, language: str) -> str:
    said = []
    for at, piece in enumerate(pieces):
        last = at == len(pieces) - 1
        if at == 0 and piece in UNITS[language] and not last:
            said.append(UNITS[language][piece])
        elif last and ZIP.fullmatch(piece):
            code = [" ".join(words.DIGITS[int(digit)] for digit in part) for part in piece.split("-")]
            said.append((", " if at else "") + ", ".join(code))
        elif piece in STATES and (last or ZIP.fullmatch(pieces[-1])) and piece.isupper():
            said.append(STATES[piece])
        elif found := NTH.fullmatch(piece):
            said.append(words.ordinal(int(found[1])))
        elif found := NUMBER.fullmatch(piece):
            number = _house_number(found[1]) if language == "en" else words.cardinal(int(found[1]))
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
        return spoken_en.digits(digits)
    if len(digits) < 3 or number % 1000 == 0:
        return spoken_en.cardinal(number)
    front, behind = spoken_en.cardinal(number // 100), number % 100
    if not behind:
        return f"{front} hundred"
    return f"{front}{' oh' if behind < 10 else ''} {spoken_en.cardinal(behind)}"

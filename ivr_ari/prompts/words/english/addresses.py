"""
Street and e-mail addresses as a clerk reads them back: "twelve thirty four North Main Street, apartment
five B". Street addresses are those of the United States.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import Rule, rule, sentence_end
from ..states import STATES
from . import values as en
from .figures import in_pairs
from .web import web_address

__all__ = ["STREETS", "email", "street_address"]

UNITS: Mapping[str, str] = {
    "Apt": "apartment",
    "Suite": "suite",
    "Ste": "suite",
    "Unit": "unit",
    "Room": "room",
    "Rm": "room",
    "Building": "building",
    "Bldg": "building",
    "Floor": "floor",
    "Fl": "floor",
    "Lot": "lot",
    "Trailer": "trailer",
    "PO": "P O",
    "P.O": "P O",
}
DIRECTIONS: Mapping[str, str] = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
STREET_KINDS: Mapping[str, str] = {
    "St": "Street",
    "Ave": "Avenue",
    "Av": "Avenue",
    "Rd": "Road",
    "Blvd": "Boulevard",
    "Dr": "Drive",
    "Ln": "Lane",
    "Ct": "Court",
    "Pl": "Place",
    "Sq": "Square",
    "Ter": "Terrace",
    "Cir": "Circle",
    "Trl": "Trail",
    "Pkwy": "Parkway",
    "Hwy": "Highway",
    "Expy": "Expressway",
    "Fwy": "Freeway",
    "Aly": "Alley",
    "Plz": "Plaza",
    "Pt": "Point",
    "Hts": "Heights",
    "Xing": "Crossing",
    "Jct": "Junction",
}
"""USPS Publication 28, appendices B and C1."""

IN_FULL = (
    "Street|Avenue|Road|Boulevard|Drive|Lane|Court|Place|Square|Terrace|Circle|Way|Parkway|Highway|Trail"
)
DIRECTION = "|".join(sorted(DIRECTIONS, key=len, reverse=True))
STREET = (
    rf"\b(\d{{1,5}}) ((?:(?:{DIRECTION})\.? )?)((?:(?:[A-Z][a-z']+|\d+(?:st|nd|rd|th)) ){{1,3}})"
    rf"({'|'.join(STREET_KINDS)}|{IN_FULL})\b\.?((?: (?:{DIRECTION})\b\.?)?)"
)
UNSURE = frozenset({"OK", "HI", "ME", "IN", "OH", "MD", "ID", "LA", "PA", "AL"})
"""States that are words or titles as well, unless a ZIP code follows."""

ZIP = re.compile(r"\d{5}(?:-\d{4})?")
NUMBER = re.compile(r"(\d+)([A-Za-z]?)")
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


def email(written: str) -> str:
    """Return "jo.smith42@example.com" as "jo dot smith four two at example dot com"; ValueError: none."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("no e-mail address")
    return web_address(written)


def _street(found: re.Match[str]) -> str:
    number, direction, name, kind, behind = found.groups()
    words = [
        house_number(number),
        _direction(direction),
        name.strip(),
        STREET_KINDS.get(kind, kind),
        _direction(behind),
    ]
    return " ".join(filter(None, words)) + (sentence_end(found) if len(found.string) > found.end() else "")


def _direction(written: str) -> str:
    return DIRECTIONS.get(written.strip(" ."), "")


def _state(found: re.Match[str]) -> str:
    city, state, code = found[1], found[2], found[3]
    if state in UNSURE and not code:
        raise ValueError("may be a word")
    return f"{city}, {STATES[state]}" + (f", {_zip(code)}" if code else "")


PLAIN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?![-]))*[,;:]?")
"""A word of an address: "O'Brien", "St.", "Winston-Salem"."""


def _zip(code: str) -> str:
    return ", ".join(map(en.one_by_one, code.split("-")))


def street_address(written: str) -> str:
    """
    Return an address, or a part of one, as words.

    House numbers are read in pairs in English, ZIP codes digit by digit. ValueError: no address.
    """
    return ", ".join(_part(part.split()) for part in written.split(", ") if part.split())


def _part(pieces: list[str]) -> str:
    said: list[str] = []
    for at, piece in enumerate(pieces):
        last = at == len(pieces) - 1
        bare = piece.rstrip(".")
        if at == 0 and bare in UNITS and not last:
            said.append(UNITS[bare])
        elif last and ZIP.fullmatch(piece):
            said.append((", " if at else "") + _zip(piece))
        elif piece in STATES and (last or ZIP.fullmatch(pieces[-1])) and not NUMBER.fullmatch(pieces[0]):
            # after a house number "NE" is a direction
            said.append(STATES[piece])
        elif bare in DIRECTIONS and len(pieces) > 1:
            said.append(DIRECTIONS[bare])
        elif bare in STREET_KINDS and at > 1:
            said.append(STREET_KINDS[bare])
        elif found := NTH.fullmatch(piece):
            said.append(en.ordinal(int(found[1])))
        elif found := NUMBER.fullmatch(piece):
            box = said[-1:] == ["Box"]
            number = en.digits(found[1]) if box and len(found[1]) > 2 else house_number(found[1])
            said.append(f"{number} {found[2].upper()}".strip())
        elif plain := PLAIN.fullmatch(piece):
            said.append(plain[0].replace("-", " "))
        else:
            raise ValueError("no address")
    return " ".join(said).replace(" , ", ", ")


def house_number(digits: str) -> str:
    """Return 1234 as "twelve thirty four", 12345 digit by digit."""
    return en.digits(digits) if len(digits) > 4 else in_pairs(digits)


STREETS: tuple[Rule, ...] = (
    rule(r"\b((?:I-|US-|Route |Highway |Hwy\.? )\d+) ([NSEW])\b", lambda f: f"{f[1]} {DIRECTIONS[f[2]]}"),
    rule(rf"(?<=miles )({DIRECTION})(?= of\b)", lambda f: DIRECTIONS[f[1]].lower()),
    rule(r"\b([NS][EW])(?= of\b)", lambda f: DIRECTIONS[f[1]].lower()),
    rule(r"\b[Nn]o\.(?= ?[\d□]| of\b)", "number"),
    rule(STREET, _street),
    rule(r"(?<=\d(?:st|nd|rd|th)) St\b\.?", " Street"),
    rule(rf"\b({IN_FULL}) ({DIRECTION})\b\.?", lambda f: f"{f[1]} {_direction(f[2])}{sentence_end(f)}"),
    rule(rf"\b([A-Z][a-z]+), ({'|'.join(STATES)})\b(?:,? (\d{{5}}(?:-\d{{4}})?)\b)?(?!\w)", _state),
    rule(rf"\b([A-Z][a-z]+) ({'|'.join(STATES)}),? (\d{{5}}(?:-\d{{4}})?)\b(?!\w)", _state),
)
"""Before abbreviations: what is a Drive here is a Doctor there."""

"""
Street and e-mail addresses as a clerk reads them back in Spanish.

Streets of Spain, America and the United States: house numbers are numbers, postal codes digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import clean, read, tidy
from ..states import STATES
from .numbers import one_by_one, ordinal
from .web import web_address
from .writing import RULES

__all__ = ["email", "street_address"]

UNITS: Mapping[str, str] = {
    "Apt": "apartamento",
    "Suite": "suite",
    "Unit": "unidad",
    "Room": "habitación",
    "Building": "edificio",
    "Floor": "piso",
    "Lot": "lote",
    "Trailer": "remolque",
    "PO Box": "apartado postal",
}
"""In addresses of the United States, before their number."""

CODE = r"(?:(?:CP|C\.P\.) )?(\d{5})(?:-(\d{4}))?(?=$| [^\W\d_])"


def email(written: str) -> str:
    """Return "jo.perez42@correo.es" as "jo punto perez cuatro dos arroba correo punto es"."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("no e-mail address")
    return web_address(written)


def street_address(written: str) -> str:
    """Return "Calle Mayor 5, 3.º B" as "Calle Mayor cinco, tercero be"."""
    parts = ", ".join(_part(part) for part in clean(written).split(", "))
    return tidy(read(RULES, parts))


def _part(part: str) -> str:
    """A part between commas, with units, states and codes in words."""
    for unit, words in UNITS.items():
        part = re.sub(rf"^{unit}(?= )", words, part)
    part = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", lambda found: ordinal(int(found[1]), feminine=True), part)
    part = re.sub(r"\b([A-Z]{2})(?=$| \d{5})", lambda found: STATES.get(found[1], found[1]), part)
    return re.sub(rf"(?:^|(?<= )){CODE}", _code, part)


def _code(found: re.Match[str]) -> str:
    code = ", ".join(one_by_one(run) for run in found.groups() if run)
    return f", {code}" if found.start() else code

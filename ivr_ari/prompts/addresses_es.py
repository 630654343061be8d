"""Street, e-mail and web addresses as a clerk reads them back in Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import spoken_es as spoken
from .letters_es import expand_capitals
from .states import STATES

__all__ = ["email", "street_address", "web_address"]

SIGNS: Mapping[str, str] = {
    "@": "arroba",
    ".": "punto",
    "-": "guion",
    "_": "guion bajo",
    "+": "más",
    "/": "barra",
    ":": "dos puntos",
}
READ = frozenset(("com", "org", "net", "es", "edu", "gob", "gov", "info", "web", "app", "bank", "ana", "jo"))
"""Short parts that are read as words."""
UNITS: Mapping[str, str] = {
    "Apt": "apartamento",
    "Suite": "suite",
    "Unit": "unidad",
    "Room": "habitación",
    "Building": "edificio",
    "Floor": "piso",
    "Lot": "lote",
    "Trailer": "remolque",
    "PO": "pe o",
}

ZIP = re.compile(r"\d{5}(?:-\d{4})?")
NUMBER = re.compile(r"(\d+)([A-Za-z]?)")
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


def email(written: str) -> str:
    """Return "jo.perez42@correo.es" as "jo punto perez cuatro dos arroba correo punto es"."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("no e-mail address")
    return web_address(written)


def web_address(written: str) -> str:
    """Return "www.banco.mx/ayuda" as "uve doble, ..., punto banco punto eme equis barra ayuda"."""
    bare = re.sub(r"(?i)^https?://", "", written).rstrip("/")
    shown = bare.rstrip(".,;:?!")
    said = []
    for piece in re.findall(r"[^\W\d_]+|\d|[^\w\s]|_", shown):
        if piece.isdecimal():
            said.append(spoken.DIGITS[int(piece)])
        elif piece.isalpha():
            said.append(_label(piece))
        else:
            said.append(SIGNS.get(piece, ""))
    return " ".join(filter(None, said)) + bare[len(shown) :]


def _label(word: str) -> str:
    """A part of an address: as a word if it can be said, else by its letters."""
    if word.lower() in READ or (len(word) > 3 and re.search(r"[aeiouáéíóúy]", word.lower())):
        return word
    return expand_capitals(word.upper())


def street_address(written: str) -> str:
    """
    Return an address, or a part of one, as spoken.

    ZIP codes are read digit by digit. ValueError: no address.
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
            number = spoken.cardinal(int(found[1]))
            said.append(f"{number} {found[2].upper()}".strip())
        elif re.search(r"\d", piece):
            raise ValueError("no address")
        else:
            said.append(piece)
    return " ".join(said).replace(" , ", ", ")

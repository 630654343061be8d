"""E-mail and web addresses in Spanish: "ana_gil@correo.es" as "ana guion bajo gil arroba correo punto es"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import Rule, rule
from .capitals import is_sayable
from .letters import letters
from .numbers import DIGITS

__all__ = ["WEB", "web_address"]

SIGNS: Mapping[str, str] = {
    "@": "arroba",
    ".": "punto",
    "-": "guion",
    "_": "guion bajo",
    "+": "más",
    "/": "barra",
    ":": "dos puntos",
}
READ = frozenset(("com", "org", "net", "gob", "gov", "web", "app"))
"""Short parts that are read as words though they end unlike Spanish ones."""

UNSAYABLE = re.compile(r"(?![bcfgp][lr]|[dt]r|ch|ll)[^aeiouáéíóú]{2}\w\w$|[^aeiouyáéíóú]*$")
SHORT = 3

ADDRESS = (
    r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\bhttps?://\S+|\bwww\.[\w./-]+"
    r"|\b[\w-]{1,63}\.(?:com|org|net|es|mx|ar|co|cl|pe|edu|gob|gov|info|io|app)\b(?:\.[a-z]{2}\b)?(?:/[\w./-]*)?"
)


def web_address(written: str) -> str:
    """Return "banco.mx/ayuda" as "banco punto eme equis barra ayuda"; digits one by one."""
    bare = re.sub(r"(?i)^https?://", "", written).rstrip("/")
    shown = bare.rstrip(".,;:?!")
    said = []
    for piece in re.findall(r"[^\W\d_]+|\d|[^\w\s]|_", shown):
        if piece.isdecimal():
            said.append(DIGITS[int(piece)])
        elif piece.isalpha():
            said.append(_label(piece))
        else:
            said.append(SIGNS.get(piece, ""))
    return " ".join(filter(None, said)) + bare[len(shown) :]


def _label(word: str) -> str:
    """A part of an address: as a word if it can be said, else by its letters."""
    small = word.lower()
    if small in READ or (is_sayable(small) if len(word) <= SHORT else not UNSAYABLE.match(small)):
        return word
    return letters(word)


WEB: tuple[Rule, ...] = (rule(ADDRESS, lambda found: web_address(found[0])),)
"""First of all: their dots end no sentences."""

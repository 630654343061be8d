"""
Letters in Spanish: their names, and words that make them clear.

The names are those of the Ortografía de la lengua española (2010), but "i griega", which nobody takes for
another letter on the telephone. Espeak-ng reads a lone "Y" as the conjunction, hence names and no letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

__all__ = ["NAMES", "bare", "clear", "letters"]

NAMES: Mapping[str, str] = {
    "a": "a",
    "b": "be",
    "c": "ce",
    "d": "de",
    "e": "e",
    "f": "efe",
    "g": "ge",
    "h": "hache",
    "i": "i",
    "j": "jota",
    "k": "ka",
    "l": "ele",
    "m": "eme",
    "n": "ene",
    "ñ": "eñe",
    "o": "o",
    "p": "pe",
    "q": "cu",
    "r": "erre",
    "s": "ese",
    "t": "te",
    "u": "u",
    "v": "uve",
    "w": "uve doble",
    "x": "equis",
    "y": "i griega",
    "z": "zeta",
    "ç": "ce cedilla",
}

CLARITY: Mapping[str, str] = {
    "a": "Antonio",
    "b": "Barcelona",
    "c": "Carmen",
    "d": "Dinamarca",
    "e": "España",
    "f": "Francia",
    "g": "Granada",
    "h": "hotel",
    "i": "Italia",
    "j": "José",
    "k": "kilo",
    "l": "Lima",
    "m": "Madrid",
    "n": "Navarra",
    "ñ": "ñandú",
    "o": "Oviedo",
    "p": "París",
    "q": "queso",
    "r": "Roma",
    "s": "Sevilla",
    "t": "Toledo",
    "u": "Uruguay",
    "v": "Valencia",
    "w": "Washington",
    "x": "xilófono",
    "y": "yate",
    "z": "Zaragoza",
}
"""From the telephone alphabets of Spain and America: names that are known on both sides of the ocean."""

ACCENTS = {"\u0301": "con tilde", "\u0308": "con diéresis"}


def letters(run: str) -> str:
    """Return "ABY" as "a be i griega", "É" as "e con tilde"; signs are left out."""
    return " ".join(filter(None, (_name(letter) for letter in unicodedata.normalize("NFC", run))))


def clear(letter: str) -> str:
    """Return "B" as "be de Barcelona". Raises ValueError for what is no letter of Spanish."""
    plain = bare(letter)
    if plain not in CLARITY:
        raise ValueError("no letter")
    return f"{_name(letter)} de {CLARITY[plain]}"


def _name(letter: str) -> str:
    letter = letter.lower()
    if letter in NAMES:
        return NAMES[letter]
    plain, *marks = list(unicodedata.normalize("NFD", letter))
    return (
        " ".join([NAMES[plain], *(ACCENTS[mark] for mark in marks if mark in ACCENTS)])
        if plain in NAMES
        else ""
    )


def bare(letter: str) -> str:
    """Return a letter in small and without its accent; "ñ" is a letter of its own."""
    letter = letter.lower()
    return letter if letter in CLARITY else unicodedata.normalize("NFD", letter)[0]

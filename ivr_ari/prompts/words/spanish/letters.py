"""
Letters in Spanish: names, words that make them clear, capitals.

The names are those of the Ortografía de la lengua española (2010), but "i griega", which nobody takes for
another letter on the telephone. Espeak-ng reads a lone "Y" as the conjunction, hence names and no letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["NAMES", "clear", "expand_capitals", "is_sayable", "letters"]

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

WORDS: Mapping[str, str] = {
    "AMEX": "amex",
    "AVE": "ave",
    "BIC": "bic",
    "CIF": "cif",
    "CDMX": "Ciudad de México",
    "CLABE": "clabe",
    "COVID": "covid",
    "CURP": "curp",
    "IMSS": "imss",
    "IVA": "iva",
    "NIF": "nif",
    "NIP": "nip",
    "OK": "okey",
    "ONU": "onu",
    "PIN": "pin",
    "PINES": "pines",
    "CUIT": "cuit",
    "NIT": "nit",
    "RENFE": "renfe",
    "RUT": "rut",
    "SIM": "sim",
    "SWIFT": "swift",
    "VISA": "visa",
    "WIFI": "wifi",
}
"""Read as words though their letters are hard together, or as other words."""

SPELLED = frozenset(("API", "OCR", "USA", "IOS"))
"""Spelled though they could be read as words."""

SHORT = frozenset(
    (
        *("AL", "DE", "EL", "EN", "ES", "LA", "LE", "LO", "ME", "MI", "NI", "NO", "SE", "SI", "SÍ"),
        *("SU", "TE", "TU", "TÚ", "UN", "VA", "VE", "YA", "YO"),
    )
)
"""Words of two letters; other pairs of capitals are spelled."""

SYLLABLE = (
    r"(?:[bcfgp][lr]|[dt]r|qu|ch|ll|[bcdfghjlmnñprstvyz])?"
    r"(?:[aeo][iu]|[iu][aeo]|[aeiou])(?:[dlnrsz](?![aeiou]))?"
)
SAYABLE = re.compile(rf"(?:{SYLLABLE})+")


def letters(run: str) -> str:
    """Return "ABY" as "a be i griega", "É" as "e con tilde"; signs are left out."""
    return " ".join(filter(None, (_name(letter) for letter in unicodedata.normalize("NFC", run))))


def clear(letter: str) -> str:
    """Return "B" as "be de Barcelona". Raises ValueError for what is no letter of Spanish."""
    plain = _bare(letter)
    if plain not in CLARITY:
        raise ValueError("no letter")
    return f"{_name(letter)} de {CLARITY[plain]}"


def expand_capitals(word: str) -> str:
    """Return a word of two or more capitals as it is said: "DNI" -> "de ene i", "IVA" -> "iva"."""
    if word in WORDS:
        return WORDS[word]
    if len(word) == 2:
        return word.lower() if word in SHORT else letters(word)
    return word.lower() if is_sayable(word) and word not in SPELLED else letters(word)


def is_sayable(word: str) -> bool:
    """Return whether a word is made of Spanish syllables."""
    return bool(SAYABLE.fullmatch("".join(map(_bare, word))))


def _name(letter: str) -> str:
    letter = letter.lower()
    if letter in NAMES:
        return NAMES[letter]
    bare, *marks = list(unicodedata.normalize("NFD", letter))
    return (
        " ".join([NAMES[bare], *(ACCENTS[mark] for mark in marks if mark in ACCENTS)])
        if bare in NAMES
        else ""
    )


def _bare(letter: str) -> str:
    letter = letter.lower()
    return letter if letter in CLARITY else unicodedata.normalize("NFD", letter)[0]

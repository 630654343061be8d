"""
Spanish number words: "mil doscientos treinta y cuatro", "veintidós", "primero".

Words are lower-case and without accents, because recognisers and people leave them out (`plain`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ..words import Words, has, listed

__all__ = [
    "DIGITS",
    "FILLERS",
    "HUNDREDS",
    "NUMBER_WORDS",
    "ORDINALS",
    "PLURALS",
    "REPEATS",
    "SCALES",
    "TENS",
    "UNITS",
    "below_hundred",
    "cardinal",
    "ordinal",
    "plain",
    "year",
]


LETTER_N = ("eñe", "ñ")


def plain(word: str) -> str:
    """
    Write *word* in lower case and without accents: "Miércoles" is "miercoles", "año" is "ano".

    The name of the letter ñ stays, for it is another letter than "ene".
    """
    if word in LETTER_N:
        return word
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


_ONES = listed("uno dos tres cuatro cinco seis siete ocho nueve")
_TEENS = listed("diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve")
_TENS = listed("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = listed(
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_FIRSTS = listed(
    "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo"
)

UNITS: Mapping[str, int] = {word: at for at, word in enumerate(_ONES, 1)} | {"un": 1, "una": 1}
TEENS: Mapping[str, int] = {
    **{word: at for at, word in enumerate(_TEENS, 10)},
    **{f"veinti{word}": 20 + value for word, value in UNITS.items()},
}
"""Numbers from ten to twenty-nine that are one word."""

TENS: Mapping[str, int] = {word: at * 10 for at, word in enumerate(_TENS, 2)}
HUNDREDS: Mapping[str, int] = {
    "cien": 100,
    "ciento": 100,
    **{word: at * 100 for at, word in enumerate(_HUNDREDS, 2)},
    **{f"{word[:-2]}as": at * 100 for at, word in enumerate(_HUNDREDS, 2)},
}
SCALES = frozenset(("mil", "millon", "millones"))

DIGITS: Mapping[str, str] = {"cero": "0", **{word: str(at) for at, word in enumerate(_ONES, 1)}}
PLURALS: Mapping[str, str] = {
    word: str(at) for at, word in enumerate(listed("ceros unos doses treses cuatros cincos seises"))
} | {"sietes": "7", "ochos": "8", "nueves": "9"}
"""Several of a digit: "cuatro ceros"."""

REPEATS: Mapping[str, int] = {"doble": 2, "triple": 3, "cuadruple": 4}
NUMBER_WORDS = frozenset({*DIGITS, *PLURALS, *REPEATS, *TEENS, *TENS, *HUNDREDS, *SCALES})

ORDINALS: Mapping[str, int] = {
    **{word: at for at, word in enumerate(_FIRSTS, 1)},
    **{f"{word[:-1]}a": at for at, word in enumerate(_FIRSTS, 1)},
    "primer": 1,
    "tercer": 3,
}

FILLERS = frozenset(listed("eh em um uh ah mm mmm hmm este esto pues bueno a-ver"))
"""Hesitations."""


def cardinal(words: Words, start: int) -> tuple[int, int] | None:
    """
    Read one whole number: "mil doscientos", "treinta y cuatro", "un millón", "veinte mil".

    Returns the number and the index behind it; None if no number begins at *start*.
    """
    if has(words, start, "cero"):
        return 0, start + 1
    total, at = 0, start
    for scales, unit in ((("millon", "millones"), 1_000_000), (("mil",), 1000), ((), 1)):
        if unit == 1000 and has(words, at, "mil"):
            total, at = total + 1000, at + 1
            continue
        part = _below_thousand(words, at)
        if part is None:
            continue
        value, after = part
        if scales:
            if not has(words, after, *scales):
                continue
            after += 1
        total, at = total + value * unit, after
    return (total, at) if at > start else None


def _below_thousand(words: Words, start: int) -> tuple[int, int] | None:
    if not has(words, start, *HUNDREDS):
        return below_hundred(words, start)
    value, at = HUNDREDS[words[start]], start + 1
    rest = None if words[start] == "cien" else below_hundred(words, at)
    return (value + rest[0], rest[1]) if rest else (value, at)


def below_hundred(words: Words, start: int) -> tuple[int, int] | None:
    """Read a number from one to ninety-nine; the "y" of "treinta y cuatro" may have been lost."""
    if start >= len(words):
        return None
    word = words[start]
    if (
        word == "diez"
        and has(words, start + 1, "y")
        and has(words, start + 2, "seis", "siete", "ocho", "nueve")
    ):
        return 10 + UNITS[words[start + 2]], start + 3
    for table in (UNITS, TEENS):
        if word in table:
            return table[word], start + 1
    if word not in TENS:
        return None
    unit = start + 1 + has(words, start + 1, "y")
    if has(words, unit, *UNITS):
        return TENS[word] + UNITS[words[unit]], unit + 1
    return TENS[word], start + 1


def ordinal(words: Words, start: int) -> tuple[int, int] | None:
    """Read an ordinal up to the twelfth: its number and the index behind it."""
    return (ORDINALS[words[start]], start + 1) if has(words, start, *ORDINALS) else None


def year(words: Words, start: int) -> tuple[int, int] | None:
    """Read a year: "mil novecientos ochenta y dos", "dos mil veintiséis", "diecinueve ochenta y dos"."""
    whole = cardinal(words, start)
    if whole is None:
        return None
    value, at = whole
    if 1900 <= value <= 2100:
        return value, at
    rest = below_hundred(words, at) if value in (19, 20) else None
    return (value * 100 + rest[0], rest[1]) if rest and rest[0] >= 10 else None

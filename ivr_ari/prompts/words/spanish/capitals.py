"""Capitals in Spanish texts: acronyms, initials, Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import Rule, rule, sentence_end
from . import values as es
from .agreement import NO_NOUN
from .letters import bare, letters
from .numbers import is_feminine, ordinal
from .patterns import CAPITAL

__all__ = ["CAPITALS", "expand_capitals", "is_sayable"]

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

ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMAN: Mapping[str, int] = {
    "X" * tens + ONES[ones]: 10 * tens + ones for tens in range(4) for ones in range(10)
}
MOST_ORDINAL = 10
KINGS = (
    r"(?:Alfonso|Carlos|Felipe|Fernando|Juan Carlos|Juan Pablo|Juan|Jaime|Pedro|Sancho|Enrique|Luis|Pío|León)"
)
QUEENS = r"(?:Isabel|María|Catalina|Cristina|Juana|Victoria|Margarita)"
NUMBERED = (
    r"(?i:cap[íi]tulo|tomo|t[íi]tulo|volumen|art[íi]culo|anexo|fase|nivel|grado|tipo|clase|sección|parte|unidad|tema"
    r"|zona|bloque|edificio|torre|sector|módulo|grupo|mundial|apartado|libro|acto)"
)


def expand_capitals(word: str) -> str:
    """Return a word of two or more capitals as it is said: "DNI" -> "de ene i", "IVA" -> "iva"."""
    if word in WORDS:
        return WORDS[word]
    if len(word) == 2:
        return word.lower() if word in SHORT else letters(word)
    return word.lower() if is_sayable(word) and word not in SPELLED else letters(word)


def is_sayable(word: str) -> bool:
    """Return whether a word is made of Spanish syllables."""
    return bool(SAYABLE.fullmatch("".join(map(bare, word))))


def _roman(name: str, written: str, *, feminine: bool = False) -> str:
    number = _value(written)
    said = ordinal(number, feminine=feminine) if number <= MOST_ORDINAL else es.cardinal(number)
    return f"{name} {said}"


def _value(written: str) -> int:
    if written not in ROMAN:
        raise ValueError("no such number")
    return ROMAN[written]


def _leading_roman(found: re.Match[str]) -> str:
    """Before what it counts: "II Guerra Mundial", "III Congreso"."""
    noun = found[2] or found[3]
    if noun in NO_NOUN:
        raise ValueError("nothing is counted")
    return ordinal(_value(found[1]), feminine=is_feminine(noun), before=True)


CAPITALS: tuple[Rule, ...] = (
    rule(r"\b([Ss]iglos?) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(r"\b[sS]\. ([IVX]+)\b", lambda f: _roman("siglo", f[1])),
    rule(r"\b(siglos? [a-z ]+ (?:y|al|a)) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(rf"\b({KINGS}) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(rf"\b({QUEENS}) ([IVX]+)\b", lambda f: _roman(f[1], f[2], feminine=True)),
    rule(
        rf"\b([IVX]+) (?=([{CAPITAL}][a-záéíóúñ]+)\b|(?<=[XVI][XVI] )([a-záéíóúñ]+)\b)",
        lambda f: f"{_leading_roman(f)} ",
    ),
    rule(rf"\b({NUMBERED}) ([IVX]+)\b", lambda f: f"{f[1]} {es.cardinal(_value(f[2]))}"),
    rule(r"\b([IVX]{2,})\b", lambda f: es.cardinal(_value(f[1]))),
    rule(
        r"\b([A-Z](?:\. ?[A-Z])+)\.?(?=\W|$)",
        lambda f: letters(f[1]) + ("." if f[0][-1] == "." and f.end() == len(f.string) else ""),
    ),
    rule(rf"\b[{CAPITAL}]{{2,}}\b", lambda f: expand_capitals(f[0])),
    rule(
        rf"(?<=[a-záéíóúñ] )([B-DF-HJ-NP-TV-XZÑ])(?![\w'])\.?(?! [{CAPITAL}])",
        lambda f: letters(f[1]) + sentence_end(f),
    ),
    rule(
        r"\b((?i:letra|opción|puerta|grupo|plan|tipo|fila|bloque|portal) )Y\b",
        lambda f: f"{f[1]}{letters('y')}",
    ),
    rule(rf"\b([{CAPITAL}])\.(?= [{CAPITAL}][a-záéíóúñ])", lambda f: letters(f[1])),
)
"""In order."""

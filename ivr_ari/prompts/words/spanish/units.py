"""Quantities in Spanish texts: "5 km", "2 1/2 horas", "21 días", "3/4"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import ONE, Rule, rule, sentence_end
from . import values as es
from .agreement import LABELS, NO_NOUN, number_before
from .numbers import agreeing, counted, is_feminine, ordinal
from .patterns import NUMBER, number_words, plain

__all__ = ["COUNTED", "QUANTITIES", "UNITS"]

UNITS: Mapping[str, tuple[str, str]] = {
    "km": ("kilómetro", "kilómetros"),
    "m": ("metro", "metros"),
    "cm": ("centímetro", "centímetros"),
    "mm": ("milímetro", "milímetros"),
    "km2": ("kilómetro cuadrado", "kilómetros cuadrados"),
    "m2": ("metro cuadrado", "metros cuadrados"),
    "m3": ("metro cúbico", "metros cúbicos"),
    "kg": ("kilo", "kilos"),
    "g": ("gramo", "gramos"),
    "gr": ("gramo", "gramos"),
    "mg": ("miligramo", "miligramos"),
    "t": ("tonelada", "toneladas"),
    "l": ("litro", "litros"),
    "ml": ("mililitro", "mililitros"),
    "cl": ("centilitro", "centilitros"),
    "lb": ("libra", "libras"),
    "lbs": ("libra", "libras"),
    "oz": ("onza", "onzas"),
    "km/s": ("kilómetro por segundo", "kilómetros por segundo"),
    "m/s": ("metro por segundo", "metros por segundo"),
    "km/h": ("kilómetro por hora", "kilómetros por hora"),
    "kw": ("kilovatio", "kilovatios"),
    "kwh": ("kilovatio hora", "kilovatios hora"),
    "w": ("vatio", "vatios"),
    "v": ("voltio", "voltios"),
    "hz": ("hercio", "hercios"),
    "mhz": ("megahercio", "megahercios"),
    "ghz": ("gigahercio", "gigahercios"),
    "kb": ("kilobait", "kilobaits"),
    "mb": ("mega", "megas"),
    "gb": ("giga", "gigas"),
    "tb": ("tera", "teras"),
    "kbps": ("kilobit por segundo", "kilobits por segundo"),
    "mbps": ("mega por segundo", "megas por segundo"),
    "gbps": ("giga por segundo", "gigas por segundo"),
    "h": ("hora", "horas"),
    "hs": ("hora", "horas"),
    "hrs": ("hora", "horas"),
    "min": ("minuto", "minutos"),
    "mins": ("minuto", "minutos"),
    "s": ("segundo", "segundos"),
    "seg": ("segundo", "segundos"),
    "ms": ("milisegundo", "milisegundos"),
    "°c": ("grado", "grados"),
    "ºc": ("grado", "grados"),
    "°f": ("grado Fahrenheit", "grados Fahrenheit"),
    "°": ("grado", "grados"),
    "sem.": ("semana", "semanas"),
    "pers.": ("persona", "personas"),
    "uds.": ("unidad", "unidades"),
    "pza.": ("pieza", "piezas"),
    "pzas.": ("pieza", "piezas"),
    "págs.": ("página", "páginas"),
}
"""Written after a number (any case): one, many."""

UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
NAME = r"[a-záéíóúñü]+"


def _unit(found: re.Match[str]) -> str:
    sign, written, upper, unit = found[1], found[2], found[3], found[4]
    if len(unit) == 1 and unit.isupper() and unit not in "LVW":
        raise ValueError("a name such as 5G")
    one, many = UNITS[unit.lower()]
    last = plain(upper or written)
    head = {"-": "menos ", "+": "más "}.get(sign or "", "")
    if upper:
        head += f"{number_words(written)} a "
    said = agreeing(int(last), one) if "." not in last else number_words(upper or written)
    return f"{head}{said} {one if last == '1' else many}{sentence_end(found)}"


def _beside_value(found: re.Match[str]) -> str:
    if len(found[2]) == 1 and found[2].isupper() and found[2] not in "LVW":
        raise ValueError("a name such as 5G")
    return f"{found[1]} {UNITS[found[2].lower()][found[1] != ONE]}{sentence_end(found)}"


def _hours(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), int(found[2])
    return (
        f"{agreeing(hours, 'hora')} {'hora' if hours == 1 else 'horas'}"
        f" y {agreeing(minutes, 'minuto')} {'minuto' if minutes == 1 else 'minutos'}{sentence_end(found)}"
    )


def _count(found: re.Match[str]) -> str:
    number, noun = plain(found["number"]), found["noun"]
    before = re.search(r"([\wáéíóúñ]+) $", found.string[: found.start()])
    if number.startswith("0") or (before and before[1].lower() in LABELS):
        raise ValueError("nothing is counted")
    if found["mil"]:
        return number_before(f"{number}000", noun)
    return number_before(number, noun)


def _mixed_fraction(found: re.Match[str]) -> str:
    """Two and a half: "2 1/2 horas" is "dos horas y media"."""
    whole, part, noun = int(found[1]), found[2], found[3]
    if noun in UNITS:
        noun = UNITS[noun][whole != 1]
    elif noun in NO_NOUN or not noun.endswith("s"):
        raise ValueError("nothing is counted")
    elif whole == 1:
        noun = re.sub(r"(?<=[^aeiou])es$|s$", "", noun)
    half = "media" if is_feminine(noun) else "medio"
    rest = {"1/2": half, "1/4": "cuarto", "3/4": "tres cuartos"}[part]
    return f"{agreeing(whole, noun)} {noun} y {rest}"


def _half(found: re.Match[str]) -> str:
    if found[1] in NO_NOUN:
        raise ValueError("a half of nothing")
    noun = UNITS.get(found[1], (found[1], ""))[0]
    return f"{'media' if is_feminine(noun) else 'medio'} {noun}"


def _fraction(found: re.Match[str]) -> str:
    minus, above, below, parts = "menos " if found[1] else "", int(found[2]), int(found[3]), found[4]
    if not 2 <= below <= 10 or not 0 < above < below:
        return f"{minus}{es.cardinal(above)} sobre {es.cardinal(below)}"
    many = "s" if above > 1 else ""
    if parts:
        return f"{minus}{counted(above, feminine=True)} {ordinal(below, feminine=True)}{many} {parts}"
    name = {2: "medio", 3: "tercio"}.get(below) or ordinal(below)
    return f"{minus}{counted(above)} {name}{many}"


QUANTITIES: tuple[Rule, ...] = (
    rule(rf"\b(\d+) (1/2|1/4|3/4) ({NAME})\b", _mixed_fraction),
    rule(r"\b(\d+)\s?h(?:oras?|rs?)?\b\.?,? (?:y )?(\d+)\s?min(?:utos?)?\b\.?", _hours),
    rule(rf"\b1/2 ({NAME})\b", _half),
    rule(r"((?<!\w)-)?(?<![\w/.,])(\d{1,3})/(\d{1,3})(?: (partes?))?\b(?!/)", _fraction),
    rule(
        rf"(?i)((?<!\w)[-+])?(?<![\w.,/])({NUMBER})(?:\s?-\s?({NUMBER}))?\s?({UNIT})(?![\w'/])\.?",
        _unit,
    ),
    rule(rf"([□▫])\s?((?i:{UNIT}))(?![\w'/-])\.?", _beside_value),
    rule(r"[□▫]\s?-\s?(?=[□▫])", " a "),
    rule(r"[□▫] ?[x×] ?(?=[□▫])", " por "),
)
"""In order."""

COUNTED: tuple[Rule, ...] = (
    rule(rf"(?<![\w.,/:+-])(?P<number>{NUMBER})(?P<mil> mil)?(?= (?P<noun>{NAME})\b)", _count),
)
"""After whatever else a number may be."""

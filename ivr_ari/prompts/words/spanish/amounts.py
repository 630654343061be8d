"""
Money, percentages, measures and counted things in Spanish text: "1.204,50 €", "US$5 millones", "21 días".

Numbers are read as they are written: "4,5" is "cuatro coma cinco", "4.5" is "cuatro punto cinco". One mark
before exactly three figures stands between thousands ("1.204", "1,204"), unless a nought leads ("0,125").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import ONE, Rule, rule
from . import values as es
from .abbreviations import UNITS
from .agreement import LABELS, NO_NOUN, number_before
from .moments import end
from .numbers import agreeing, counted, is_feminine, ordinal

__all__ = ["COUNTED", "NUMBER", "RULES", "number_words", "plain"]

NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3}){1,9}(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3}){1,9}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?: \d{3}){1,6}(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
)
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+")

SIGNS: Mapping[str, str] = {
    "US$": "$",
    "U$S": "$",
    "USD": "$",
    "MX$": "MXN",
    "RD$": "DOP",
    "C$": "NIO",
    "R$": "BRL",
    "S/.": "PEN",
    "S/": "PEN",
    "B/.": "PAB",
    "₡": "CRC",
    "₲": "PYG",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    **{sign: sign for sign in es.CURRENCIES},
}
MARKS = "|".join(re.escape(mark) for mark in sorted(SIGNS, key=len, reverse=True))
BEFORE = rf"(?<![\w$])(?:(?:(?:{MARKS})\s?){{1,2}}|Q\s?(?=\d[\d,]*\.\d\d\b))"
BEHIND = rf"(?:€|£|¥|₡|₲|\$|(?:{'|'.join(filter(str.isalpha, SIGNS))})\b)"
NAMED: Mapping[str, str] = {"euros": "€", "dólares": "$", "libras": "£", "pesos": "MXN", "soles": "PEN"}
SCALES: Mapping[str, str] = {
    "k": "mil",
    "K": "mil",
    "M": "millones",
    "MM": "millones",
    "millón": "millones",
    "billón": "billones",
}
SCALE = r"(?:\s?(?P<scale>mil millones|millones|millón|billones|billón|mil|MM|M|k|K)(?!\.?[\wáéíóú]))?"
PER: Mapping[str, str] = {"mes": "al mes", "año": "al año", "día": "al día", "semana": "a la semana"}
EACH = "|".join((*PER, "hora", "persona", "noche", "unidad", "kilo", "kg", "h", "min", "minuto", "litro"))
MONEY = (
    rf"(?P<minus>(?<![\w)])-\s?)?(?:(?P<sign>{BEFORE})-?(?P<number>{NUMBER}){SCALE}(?P<code>\s?{BEHIND}|\s?pesos\b)?"
    rf"|(?<![\w.,])(?P<amount>{NUMBER})\s?(?P<size>mil millones|[mb]illones|M|k)?\s?(?P<behind>{BEHIND}))"
    rf"(?:\s?/\s?(?P<per>{EACH})\b)?"
)

UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
NAME = r"[a-záéíóúñü]+"


def plain(written: str) -> str:
    """Return a number written in Spanish as a machine writes it: "1.204,50" as "1204.50"."""
    bare = written.replace(" ", "")
    if THOUSANDS.fullmatch(bare):
        return re.sub(r"[.,]", "", bare)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare
    return f"{re.sub(r'[.,]', '', bare[:last])}.{bare[last + 1 :]}"


def number_words(written: str) -> str:
    """Return a number as it is written: "4,5" as "cuatro coma cinco", "1.204" as "mil doscientos cuatro"."""
    number = plain(written)
    comma = "." in number and "," in written and written.rfind(",") > written.rfind(".")
    return es.decimal(number, "coma" if comma else "punto")


def _money(found: re.Match[str]) -> str:
    currency = _currency(found["sign"] or "", found["code"] or found["behind"] or "")
    number = plain(found["number"] or found["amount"])
    scale = found["scale"] or found["size"]
    minus = "menos " if found["minus"] or "-" in found[0][: found[0].index(number[0])] else ""
    per = found["per"]
    each = f" {_each(per)}" if per else ""
    if not scale:
        return minus + es.money(f"{currency} {number}") + each
    many = es.CURRENCIES[currency][1]
    scale = SCALES.get(scale, scale)
    if number == "1" and scale.endswith("llones"):
        return f"{minus}un {scale[:-4]}ón de {many}{each}"
    count = number_words(found["number"] or found["amount"]) if "." in number else counted(int(number))
    return f"{minus}{count} {scale} {'de ' if scale.endswith('llones') else ''}{many}{each}"


def _currency(before: str, behind: str) -> str:
    """Return the key of the currency; what stands behind the number is the more exact ("$250 MXN")."""
    if "pesos" in behind:
        return "MXN"
    marks = re.findall(MARKS, before) + re.findall(MARKS, behind)
    return SIGNS[marks[-1]] if marks else "GTQ"


def _each(per: str) -> str:
    """Return "mes" as "al mes", "kg" as "por kilo"."""
    return PER.get(per) or f"por {UNITS[per][0] if per in UNITS else per}"


def _named_money(found: re.Match[str]) -> str:
    return es.money(f"{NAMED[found[2]]} {plain(found[1])}")


def _money_range(found: re.Match[str]) -> str:
    """From one whole amount to another: what they are of is said once."""
    mark = re.search(MARKS, found[0])
    numbers = [plain(number) for number in re.findall(NUMBER, found[0])]
    if mark is None or len(numbers) != 2 or any("." in number for number in numbers):
        raise ValueError("no span of amounts")
    currency = SIGNS[mark[0]]
    first = counted(int(numbers[0]), feminine=currency == "£")
    return f"{first} a {es.money(f'{currency} {numbers[1]}')}"


def _percent(found: re.Match[str]) -> str:
    sign = {"-": "menos ", "+": "más "}.get((found[1] or "").strip(), "")
    of = "por ciento" if found[0].endswith("%") else "por mil"
    first = f"{_share(found[2])} a " if found[3] else ""
    return f"{sign}{first}{_share(found[3] or found[2])} {of}"


def _share(written: str) -> str:
    """Three figures behind a mark are decimals here: nobody is told of 3125 percent."""
    if re.fullmatch(r"\d{1,2}[.,]\d{3}", written):
        return es.decimal(written.replace(",", "."), "coma" if "," in written else "punto")
    return number_words(written)


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
    return f"{head}{said} {one if last == '1' else many}{end(found)}"


def _beside_value(found: re.Match[str]) -> str:
    if len(found[2]) == 1 and found[2].isupper() and found[2] not in "LVW":
        raise ValueError("a name such as 5G")
    return f"{found[1]} {UNITS[found[2].lower()][found[1] != ONE]}{end(found)}"


def _per(found: re.Match[str]) -> str:
    return f" {_each(found[1])}"


def _hours(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), int(found[2])
    return (
        f"{agreeing(hours, 'hora')} {'hora' if hours == 1 else 'horas'}"
        f" y {agreeing(minutes, 'minuto')} {'minuto' if minutes == 1 else 'minutos'}{end(found)}"
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


RULES: tuple[Rule, ...] = (
    rule(
        rf"{BEFORE}{NUMBER}\s?-\s?(?:{BEFORE})?{NUMBER}|(?<![\w.,]){NUMBER}\s?-\s?{NUMBER}\s?{BEHIND}",
        _money_range,
    ),
    rule(MONEY, _money),
    rule(rf"(?<![\w.,])(\d[\d., ]{{0,12}}[.,]\d\d?) ({'|'.join(NAMED)})\b", _named_money),
    rule(rf"((?<!\w)[-+]\s?)?(?<![\w.,])({NUMBER})(?:\s?%?\s?-\s?({NUMBER}))?\s?[%‰]", _percent),
    rule(rf"\b(\d+) (1/2|1/4|3/4) ({NAME})\b", _mixed_fraction),
    rule(r"\b(\d+)\s?h(?:oras?|rs?)?\b\.?,? (?:y )?(\d+)\s?min(?:utos?)?\b\.?", _hours),
    rule(rf"\b1/2 ({NAME})\b", _half),
    rule(r"((?<!\w)-)?(?<![\w/.,])(\d{1,3})/(\d{1,3})(?: (partes?))?\b(?!/)", _fraction),
    rule(
        rf"(?i)((?<!\w)[-+])?(?<![\w.,/])({NUMBER})(?:\s?-\s?({NUMBER}))?\s?({UNIT})(?![\w'/])\.?",
        _unit,
    ),
    rule(r"(?<=[□▫])\s?%", " por ciento"),
    rule(rf"(?<=[□▫])\s?/\s?({EACH})\b", _per),
    rule(rf"([□▫])\s?((?i:{UNIT}))(?![\w'/-])\.?", _beside_value),
    rule(r"([□▫])\s?-\s?(?=□)", " a "),
)
"""In order: spans before single amounts."""

COUNTED: tuple[Rule, ...] = (
    rule(rf"(?<![\w.,/:+-])(?P<number>{NUMBER})(?P<mil> mil)?(?= (?P<noun>{NAME})\b)", _count),
)
"""After whatever else a number may be."""

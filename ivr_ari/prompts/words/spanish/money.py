"""Amounts of money and percentages in Spanish texts: "1.204,50 €", "US$5 millones", "5-10 %"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..reading import CODES
from ..rules import Rule, rule, sentence_end
from . import values as es
from .numbers import counted
from .patterns import NUMBER, number_words, plain
from .units import UNITS

__all__ = ["MONEY"]

SIGNS: Mapping[str, str] = {
    **{mark: sign for mark, sign in CODES.items() if sign in es.CURRENCIES},
    "U$S": "$",
    "RD$": "DOP",
    "C$": "NIO",
    "S/.": "PEN",
    "S/": "PEN",
    "B/.": "PAB",
    "₡": "CRC",
    "₲": "PYG",
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
AMOUNT = (
    rf"(?P<minus>(?<![\w)])-\s?)?(?:(?P<sign>{BEFORE})-?(?P<number>{NUMBER}){SCALE}(?P<code>\s?{BEHIND}|\s?pesos\b)?"
    rf"|(?<![\w.,])(?P<amount>{NUMBER})\s?(?P<size>mil millones|[mb]illones|M|k)?\s?(?P<behind>{BEHIND}))"
    rf"(?:\s?/\s?(?P<per>{EACH})\b)?"
)


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
    """From one amount to another: what whole ones are of is said once."""
    mark = re.search(MARKS, found[0])
    numbers = [plain(number) for number in re.findall(NUMBER, found[0])]
    if mark is None or len(numbers) != 2:
        raise ValueError("no span of amounts")
    currency = SIGNS[mark[0]]
    if any("." in number for number in numbers):
        return " a ".join(es.money(f"{currency} {number}") for number in numbers)
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


def _per(found: re.Match[str]) -> str:
    return f" {_each(found[1])}"


MONEY: tuple[Rule, ...] = (
    rule(r"(?<=\d) ?M\. ?N\.", lambda f: f" MXN{sentence_end(f)}"),
    rule(
        rf"{BEFORE}{NUMBER}\s?-\s?(?:{BEFORE})?{NUMBER}|(?<![\w.,]){NUMBER}\s?(?:{BEHIND}\s?)?-\s?{NUMBER}\s?{BEHIND}",
        _money_range,
    ),
    rule(AMOUNT, _money),
    rule(rf"(?<![\w.,])(\d[\d., ]{{0,12}}[.,]\d\d?) ({'|'.join(NAMED)})\b", _named_money),
    rule(rf"((?<!\w)[-+]\s?)?(?<![\w.,])({NUMBER})(?:\s?%?\s?-\s?({NUMBER}))?\s?[%‰]", _percent),
    rule(r"(?<=[□▫])\s?%", " por ciento"),
    rule(rf"(?<=[□▫])\s?/\s?({EACH})\b", _per),
)
"""In order: spans before single amounts."""

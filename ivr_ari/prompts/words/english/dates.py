"""Dates and times in English texts: "Mon-Fri, 9-5", "due 1/3", "10:30 AM EST"."""

from __future__ import annotations

import datetime
import re

from ..reading import STAMP
from ..rules import Rule, rule, sentence_end
from . import values as en
from .patterns import MONTH

__all__ = ["DATES", "SHORT_DATES", "TIMES"]

DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
NAMED = rf"{MONTH}|{DAY}"
TH = r"(?:st|nd|rd|th)?"
CENTURY = r"(?:1[5-9]|20)\d\d"
NO_CLOCK = r"(?![:.,]\d|%|\s?[ap]\.?m\b)"
CLOCK = r"\d{1,2}(?::\d{2})(?::\d{2})?(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
HOUR = r"\d{1,2}(?::\d{2})?"
HOUR_AND_MINUTE = r"(?:[1-9]|1[0-2]):[0-5]\d"
HALF = r"\s?[ap]\.?\s?m\b\.?"
ZONES = {"E": "Eastern time", "C": "Central time", "M": "Mountain time", "P": "Pacific time"}
ZONE = r"(?: \(?([ECMP])[SD]?T\b\)?)?"
FRACTIONS = {
    "1/2": "one half",
    "1/3": "one third",
    "2/3": "two thirds",
    "1/4": "one quarter",
    "3/4": "three quarters",
}
ON = rf"(?i:\b(?:on|due|by|until|till|from|since|before|after|through|starting|ending|and|to|of|{DAY}),? )"
EXPIRES = r"\b(?i:exp(?:ires|iration|iry)?)\b(?:\.|( date)?:)?"
YEAR_WORDS = (
    r"\b(?i:in|since|until|by|from|year|of|before|after|fiscal|season|copyright|spring|summer|fall|winter)"
)
YEARLY = r"tax|return|season|budget|calendar|edition|model|election|statement|annual|report|plan|form"


def _us_date(found: re.Match[str]) -> str:
    month, day, written = int(found[1]), int(found[2]), found[3]
    year = int(written) + (2000 if len(written) == 2 else 0)
    return en.date(datetime.date(year, month, day))


def _short_date(found: re.Match[str]) -> str:
    if found[0] in FRACTIONS and not re.search(rf"{ON}$", found.string[: found.start()]):
        return FRACTIONS[found[0]]
    month, day = int(found[1]), int(found[2])
    if month > 12 or not 1 <= day <= 31 or not month:
        if month == day:
            return f"{en.cardinal(month)} {en.cardinal(day)}"
        raise ValueError("no date")
    return f"{en.MONTHS[month - 1]} {en.ordinal(day)}"


def _named_date(month: str, day: str, year: str | None) -> str:
    words = f"{month} {_day(day)}"
    return f"{words}, {en.year(int(year))}" if year else words


def _day(written: str) -> str:
    if not 1 <= int(written) <= 31:
        raise ValueError(written)
    return en.ordinal(int(written))


def _days(found: re.Match[str]) -> str:
    month, first, last, year = found[1], found[2], found[3], found[4]
    words = f"{month} {_day(first)} to {_day(last)}"
    return f"{words}, {en.year(int(year))}" if year else words


def _of(found: re.Match[str]) -> str:
    words = f"{_day(found[1])} of {found[2]}"
    return f"{words}, {en.year(int(found[3]))}" if found[3] else words


def _expires(found: re.Match[str]) -> str:
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    return f"expires {en.month(int(found[2]))} {en.year(year)}"


def _decade(found: re.Match[str]) -> str:
    return f"{en.year(int(found[1]))}s".replace("ys", "ies")


def _span(found: re.Match[str]) -> str:
    """Hours of one half of the day: "3-5 pm"."""
    to, end = found[2].strip(), found[3]
    return f"{_hour(found[1])} {'to' if to == '-' else to} {en.clock(end)}{_zone(found, 4)}"


def _no_half(found: re.Match[str]) -> str:
    """A time that may be of either half of the day: "the 7:15 train"."""
    return _hour(found[1]) + _zone(found, 2)


def _hour(written: str) -> str:
    """An hour of either half of the day, "7:30", as "seven thirty"."""
    hour, _, minute = written.partition(":")
    if not 1 <= int(hour) <= 12:
        raise ValueError(written)
    if int(hour) == 12 and not int(minute or 0):
        return "twelve"
    return en.clock(f"{int(hour):02}:{minute or '00'}")[: -len(" a m")]


def _zone(found: re.Match[str], at: int) -> str:
    if found[at]:
        return f" {ZONES[found[at].upper()]}"
    # what stands between a time and a zone is no end of a sentence
    after = re.match(r" (?:UTC|GMT|CET|BST)\b", found.string[found.end() :])
    return "" if after else sentence_end(found)


DATES: tuple[Rule, ...] = (
    rule(rf"\b({NAMED})\.?\s?-\s?({NAMED})\b", lambda f: f"{f[1]} to {f[2]}"),
    rule(r"\bM-F\b", "Monday to Friday"),
    rule(STAMP, lambda f: f"{en.date(f[1])}, {en.clock(f[2])}"),
    rule(r"\b(\d{4})[-/](\d{2})[-/](\d{2})\b", lambda f: en.date("-".join(f.groups()))),
    rule(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", _us_date),
    rule(rf"{EXPIRES} ?(?:on )?(0?[1-9]|1[0-2])[/-]((?:20)?\d\d)\b(?!/)", _expires),
    rule(
        rf"\b({MONTH}) (\d{{1,2}}){TH}\s?(?:-|to|through)\s?(\d{{1,2}}){TH}\b(?:,? (\d{{4}})\b)?{NO_CLOCK}",
        _days,
    ),
    rule(
        rf"\b({MONTH}) (\d{{1,2}}){TH}\b(?:,? (\d{{4}})\b)?(?![:.,]\d)",
        lambda f: _named_date(f[1], f[2], f[3]),
    ),
    rule(rf"\b(\d{{1,2}}){TH} of ({MONTH})\b(?:,? (\d{{4}})\b)?", _of),
    rule(
        rf"\b(\d{{1,2}}){TH}[ -]({MONTH})\b(?:[, -]{{1,2}}(\d{{4}})\b)?",
        lambda f: _named_date(f[2], f[1], f[3]),
    ),
    rule(rf"\b({MONTH}),? (\d{{4}})\b", lambda f: f"{f[1]} {en.year(int(f[2]))}"),
    rule(
        rf"\b({CENTURY})\s?(-|to|and|through)\s?({CENTURY})\b(?![.,%/:-]\d)",
        lambda f: f"{en.year(int(f[1]))} {'to' if f[2] == '-' else f[2]} {en.year(int(f[3]))}",
    ),
    rule(rf"{YEAR_WORDS} {CENTURY}\b(?![.,%/:-]\d)", lambda f: f"{f[0][:-4]}{en.year(int(f[0][-4:]))}"),
    rule(rf"\b({CENTURY})(?= (?:{YEARLY})\b)", lambda f: en.year(int(f[1]))),
    rule(rf"\bFY ?({CENTURY})\b", lambda f: f"fiscal year {en.year(int(f[1]))}"),
    rule(r"\bFY ?(\d\d)\b", lambda f: f"fiscal year {en.year(2000 + int(f[1]))}"),
    rule(rf"\bQ([1-4]) ({CENTURY})\b", lambda f: f"Q {en.cardinal(int(f[1]))} {en.year(int(f[2]))}"),
    rule(r"\b((?:1[5-9]|20)\d0)s\b", _decade),
    rule(r"(?<!\w)'?([2-9]0)s\b", lambda f: f"{en.cardinal(int(f[1]))}s".replace("ys", "ies")),
)
"""In order."""

TIMES: tuple[Rule, ...] = (
    rule(rf"(?i)\b({CLOCK})\s?-\s?(noon|midnight)\b", lambda f: f"{en.clock(f[1])} to {f[2]}"),
    rule(rf"(?i)\b(noon|midnight)\s?-\s?({CLOCK})", lambda f: f"{f[1]} to {en.clock(f[2])}{sentence_end(f)}"),
    rule(
        rf"\b({HOUR_AND_MINUTE})\s?-\s?({HOUR_AND_MINUTE})(?![\w:]|(?i:{HALF}))",
        lambda f: f"{_hour(f[1])} to {_hour(f[2])}",
    ),
    rule(
        rf"(?<![\w:])({HOUR_AND_MINUTE})(?![\w:]|(?i:{HALF})|\s?-\s?\d| (?i:to|and|until|through) \d){ZONE}",
        _no_half,
    ),
    rule(rf"(?i)\b({HOUR})\s?(-|to\b|and\b|until\b|through\b)\s?({HOUR}{HALF}){ZONE}", _span),
    rule(
        rf"(?i)\b({CLOCK})\s?-\s?({CLOCK})(?!\w){ZONE}",
        lambda f: f"{en.clock(f[1])} to {en.clock(f[2])}{_zone(f, 3)}",
    ),
    rule(rf"(?i)\b({CLOCK})(?![\w:]){ZONE}", lambda f: en.clock(f[1]) + _zone(f, 2)),
)
"""After telephone numbers would be too late: these hold colons and halves of the day."""

SHORT_DATES: tuple[Rule, ...] = (
    rule(r"\b(\d{1,2}/\d{1,2})\s?-\s?(?=\d{1,2}/\d{1,2}\b)", lambda f: f"{f[1]} to "),
    rule(r"\b(\d{1,2})/(\d{1,2})\b(?!/)", _short_date),
)
"""Two numbers and a slash may be other things too, so they come later."""

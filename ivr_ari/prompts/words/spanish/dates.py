"""
Dates and times in Spanish text: "15/03/2025", "3-mar", "a las 15:30", "L-V de 9:00 a 17:00 h".

Days come before months; a date that cannot be meant so ("12/31/2025") is read month first. Times are of the
24-hour clock and told by the clock face, with the part of the day: "las tres y media de la tarde".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from ..reading import STAMP, time_of
from ..rules import Rule, rule, sentence_end
from . import values as es

__all__ = ["DATES"]

DAYS: Mapping[str, str] = {
    "lun": "lunes",
    "mar": "martes",
    "mié": "miércoles",
    "mie": "miércoles",
    "jue": "jueves",
    "vie": "viernes",
    "sáb": "sábado",
    "sab": "sábado",
    "dom": "domingo",
    "L": "lunes",
    "M": "martes",
    "X": "miércoles",
    "J": "jueves",
    "V": "viernes",
    "S": "sábado",
    "D": "domingo",
}
SHORT_DAY = r"(?i:lun|mar|mi[ée]r?c?|juev?|vier?|s[áa]b|dom)"
ANY_DAY = rf"(?:(?i:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|{SHORT_DAY}\.?|[LMXJVSD])"
WEEKDAY = r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo),?"

MONTHS: Mapping[str, int] = {
    **{name[:3]: at for at, name in enumerate(es.MONTHS, 1)},
    **{name: at for at, name in enumerate(es.MONTHS, 1)},
    "sept": 9,
    "setiembre": 9,
}
LONG_MONTH = rf"(?i:{'|'.join(es.MONTHS)}|setiembre)\b"
MONTH = rf"(?i:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
DAY = r"[12]\d|3[01]|0?[1-9]"
EXPIRES = "(?i:caduca|expira|vence|válida hasta|caducidad)"
YEAR = r"(?:1[6-9]|20)\d\d"

MERIDIEM = r"\s?[ap]\.?\s?m\b\.?"
HOURS = r"\s?h(?:s|rs?|oras?)?\b\.?"
EXACT = (
    rf"\d{{1,2}}(?::\d{{2}}){{1,2}}(?:{MERIDIEM}|{HOURS})?|\d{{1,2}}(?:\.\d{{2}})?(?:{MERIDIEM}|{HOURS})"
    r"|\d{1,2}h\d{2}"
)
LOOSE = rf"\d{{1,2}}(?:[:.]\d{{2}})?(?:{MERIDIEM}|{HOURS})?"
TIME = rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:{MERIDIEM}|{HOURS})?|\d{{1,2}}(?:[.]\d{{2}})?{MERIDIEM}"
PART = re.compile(r" (?:de la|del|por la) (?:mañana|tarde|noche|madrugada|mediodía)\b")


def _date(day: str, month: int, year: str | None) -> str:
    leap = 2024
    if not year:
        return es.date(datetime.date(leap, month, int(day)), this_year=leap)
    return es.date(datetime.date(int(year) + (2000 if len(year) == 2 else 0), month, int(day)))


def _in_figures(found: re.Match[str]) -> str:
    day, month = int(found["day"]), int(found["month"])
    if month > 12 >= day:
        day, month = month, day
    return found["lead"] + _date(str(day), month, found["year"])


def _by_name(found: re.Match[str]) -> str:
    return _date(found["day"], MONTHS[found["month"].lower()], found["year"]) + sentence_end(found)


def _days(found: re.Match[str]) -> str:
    if re.search(r"(?i)tallas? $", found.string[: found.start()]):
        raise ValueError("sizes")
    link = "a" if found[2].strip() in "-a" else "y"
    return f"{_day(found[1])} {link} {_day(found[3])}"


def _day(written: str) -> str:
    short = written.rstrip(".")
    return DAYS.get(short) or DAYS.get(short.lower()[:3], short.lower())


def _article(hour: int) -> str:
    return "la" if hour % 12 == 1 else "las"


def _span(found: re.Match[str]) -> str:
    """From one time to another: the part of the day is said once if it is the same."""
    begin, until = time_of(found["begin"].replace("h", ":")), time_of(found["until"])
    afternoon = until[0] >= 12 and re.search(r"(?i)m\.?$", found["until"])
    if (
        afternoon
        and begin[0] < 12
        and begin[0] < until[0] - 12
        and not re.search(r"(?i)m\.?$", found["begin"])
    ):
        begin = begin[0] + 12, begin[1]
    parts = es.part_of_day(begin[0]), es.part_of_day(until[0])
    first, last = es.hour_words(*begin), es.hour_words(*until)
    if found["article"]:
        first, last = f"{_article(begin[0])} {first}", f"{_article(until[0])} {last}"
    link = found["link"].strip()
    lead = found["lead"] or ("entre " if link == "y" else "de ")
    if PART.match(found.string, found.end()):
        return f"{lead}{first} {'y' if link == 'y' else 'a'} {last}"
    if parts[0] != parts[1]:
        first = f"{first} {parts[0]}"
    return f"{lead}{first} {'y' if link == 'y' else 'a'} {last} {parts[1]}{sentence_end(found)}"


def _time(found: re.Match[str]) -> str:
    """One time; "3:30" without more may be meant for the afternoon, so the part of the day stays open."""
    written = found["time"].replace("h", ":") if re.search(r"h\d", found["time"]) else found["time"]
    hour, minute = time_of(written)
    article = _article(hour).capitalize() if found["article"].startswith("L") else _article(hour)
    words = f"{article} {es.hour_words(hour, minute)}"
    if PART.match(found.string, found.end()) or re.fullmatch(r"[1-7]:\d\d", written):
        return words
    return f"{words} {es.part_of_day(hour)}{sentence_end(found)}"


DATES: tuple[Rule, ...] = (
    rule(r"\b(12(?::00)?) ?m\.(?!\w)", lambda f: f"{f[1]} p.m."),
    rule(rf"(?<!\w)({ANY_DAY})(\s?-\s?| a | y )({ANY_DAY})(?!\w)", _days),
    rule(r"(?<!\w)([LMXJVSD])(?= (?:de )?\d{1,2}(?::\d\d)?(?:\s?-\s?| a )\d)", lambda f: DAYS[f[1]]),
    rule(STAMP, lambda f: f"{es.date(f[1])}, {es.clock(f[2])}"),
    rule(r"\b(\d{4})[-/](\d{2})[-/](\d{2})\b", lambda f: es.date(f"{f[1]}-{f[2]}-{f[3]}")),
    rule(r"(?P<lead>)\b(?P<day>\d{1,2})([/-])(?P<month>\d{1,2})\3(?P<year>\d{4}|\d{2})\b", _in_figures),
    rule(rf"(?P<lead>)\b(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{YEAR})\b", _in_figures),
    rule(rf"\b1(?= al? (?:{DAY}) de {LONG_MONTH})", "primero"),
    rule(
        rf"\b(?P<day>{DAY})(?:\.?[ºo°]|\.?er|ro)? de (?P<month>{MONTH})\.?(?: del? (?P<year>{YEAR})\b)?",
        _by_name,
    ),
    rule(
        rf"\b(?P<day>{DAY}) ?[/ -] ?(?P<month>{MONTH})\.?"
        r"(?:(?:[/ -]| del? )(?P<year>\d{4}|\d{2})\b)?(?!\w)",
        _by_name,
    ),
    rule(
        rf"\b(?P<month>{LONG_MONTH}) (?P<day>{DAY})(?:,? (?P<year>{YEAR}))?\b(?![.,:/]\d|\s?[%€$])", _by_name
    ),
    rule(rf"\b({LONG_MONTH}),? ({YEAR})\b", lambda f: f"{f[1]} de {es.cardinal(int(f[2]))}"),
    rule(rf"\b({MONTH})\.?[ /-]({YEAR})\b", lambda f: es.month(f"{f[2]}-{MONTHS[f[1].lower()]:02}")),
    rule(r"(?<![\w/])(0[1-9]|1[0-2])/(20\d\d)\b", lambda f: es.month(f"{f[2]}-{f[1]}")),
    rule(
        rf"\b({EXPIRES})(?: el| en)? (0[1-9]|1[0-2])/(1[3-9]|[2-9]\d)\b(?!/)",
        lambda f: f"{f[1]} en {es.month(f'20{f[3]}-{f[2]}')}",
    ),
    rule(rf"\b({SHORT_DAY})\.(?!\w)", lambda f: _day(f[1]) + sentence_end(f)),
    rule(
        rf"(?P<lead>\b(?:(?i:el|del|al|día|desde|hasta|para|antes de|{WEEKDAY})) )"
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>)\b(?!/)",
        _in_figures,
    ),
    rule(r"(?P<lead>)(?<![\w/])(?P<day>\d\d)/(?P<month>\d\d)(?P<year>)\b(?!/)", _in_figures),
    rule(
        rf"(?:(?P<lead>\b[Dd]e |\b[Ee]ntre ))?(?P<article>\blas? )?(?<![\d:/.,])(?P<begin>{LOOSE})"
        rf"(?P<link>\s?-\s?| a | y )(?:las? )?"
        rf"(?P<until>{EXACT}|\d{{1,2}}(?= y de {LOOSE}(?: a |\s?-\s?)(?:{EXACT})))(?![\w:])",
        _span,
    ),
    rule(r"\bSon las(?= (?:0?1|13):\d\d)", "Es la"),
    rule(rf"(?P<article>\b[Ll]as? )(?P<time>{EXACT}|\d{{1,2}}\.\d\d)(?![\w:])(?!\.\d)", _time),
    rule(
        r"(?:(?<=\ba )|(?<=\bA )|(?<=\bhasta )|(?<=\bdesde ))(?P<article>las )(?P<time>1[3-9]|2[0-3])"
        r"(?=[.,;?!](?!\d)|$| del? | y | o | a las )",
        _time,
    ),
    rule(
        r"(?i)\b((?:a|hasta|desde|sobre) la|la(?= 1 de la )) 1\b(?![.,:/]\d|\s?[%€$])",
        lambda f: f"{f[1]} una",
    ),
    rule(rf"(?P<article>)(?<![\d:/.,])\b(?P<time>{TIME}|\d{{1,2}}h\d\d)(?![\w:])", _time),
)
"""In order: what has a year before what has none, spans before single times."""

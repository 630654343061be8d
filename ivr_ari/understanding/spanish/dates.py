"""
Spanish days, relative to a given day: "el martes que viene", "el catorce de marzo", "hace dos semanas",
"pasado mañana", "de hoy en ocho".

A year that is not said is chosen by tense, and without tense by nearness; the next likely reading is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ...events import Kind, Value
from ..almanac import Tense, days_of, last_day, likeliest, shift
from ..months import texts_of
from ..words import Words, has, listed
from .almanac import holiday_at, month_at, tense_of, weekday_at
from .months import MOVED, Read, count_at, month_edge, moved_behind, near_month, plain_month, said_year
from .words import cardinal, ordinal

__all__ = ["day_at", "day_number", "find_dates", "in_some_month"]

DAY_BEFORE = frozenset(listed("para hasta desde del al dia antes despues era fue es entre"))
"""Words in front of "el catorce" that make it a day."""

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
IDIOMS = {8: WEEK, 15: FORTNIGHT}
"""A week is called eight days, two weeks fifteen: both ends are counted."""


def find_dates(words: Words, today: str, tense: Tense = "", asked: Sequence[Kind] = ()) -> tuple[Value, ...]:
    """
    Return the days (kind ``date``) and months (kind ``month``) in *words*; *today* is an ISO date.

    With *asked* ``date`` numbers alone may be one ("catorce del tres"). With *asked* ``month`` alone, a day
    is given as its month.
    """
    day, found, at = date.fromisoformat(today), list[Value](), 0
    tense = tense_of(words, tense)
    rules = (_months_away, *RULES, _numeric, _bare_day) if "date" in asked else RULES
    while at < len(words):
        reads = [read for rule in rules if (read := rule(words, at, day, tense))]
        if not reads:
            at += 1
            continue
        texts, end, confidence = max(reads, key=lambda read: read[1])
        found.append(_value(texts, at, end, confidence, asked))
        at = end
    return tuple(found)


def day_at(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read the day or month that begins at *at*, the longest reading; None if none does."""
    reads = [read for rule in RULES if (read := rule(words, at, today, tense))]
    return max(reads, key=lambda read: read[1], default=None)


def _value(texts: Sequence[str], first: int, end: int, confidence: float, asked: Sequence[Kind]) -> Value:
    if "month" in asked and "date" not in asked:
        texts = tuple(dict.fromkeys(text[:7] for text in texts))
    kind: Kind = "month" if len(texts[0]) == len("2026-03") else "date"
    return Value(kind, texts[0], first, end - 1, confidence, tuple(texts[1:]))


# --- days that need no month ----------------------------------------------------------------------------

NEAR_DAYS = {
    ("pasado", "manana"): 2,
    ("antes", "de", "ayer"): -2,
    ("antes", "de", "anoche"): -2,
    ("anteayer",): -2,
    ("antier",): -2,
    ("hoy", "mismo"): 0,
    ("hoy",): 0,
    ("esta", "manana"): 0,
    ("esta", "tarde"): 0,
    ("esta", "noche"): 0,
    ("manana",): 1,
    ("ayer",): -1,
    ("anoche",): -1,
}


def _near_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    for name, days in NEAR_DAYS.items():
        if tuple(words[at : at + len(name)]) != name:
            continue
        if name == ("manana",) and has(words, at - 1, "la", "esta", "media"):
            # "por la mañana" is the morning
            return None
        return texts_of([today + timedelta(days=days)]), at + len(name), 0.95
    return None


def _week_then_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "la semana que viene el viernes", "la próxima semana el martes"."""
    week = _of_week(("de", *words[at : at + 5]), 0)
    if week is None:
        return None
    end = at + week[1] - 1
    weekday = weekday_at(words, end + has(words, end, "el"))
    if weekday < 0:
        return None
    monday = today - timedelta(days=today.weekday())
    return texts_of([monday + timedelta(days=weekday + 7 * week[0])]), end + 1 + has(words, end, "el"), 0.95


def _months_away(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "dentro de un mes", "hace dos meses", "en un año" as the day so far away."""
    ago = has(words, at, "hace")
    inside = 2 * (has(words, at, "dentro") and has(words, at + 1, "de")) or int(has(words, at, "en"))
    count = count_at(words, at + (ago or inside)) if ago or inside else None
    if count is None or not has(words, count[1], "mes", "meses", "ano", "anos"):
        return None
    months = count[0] * (12 if words[count[1]].startswith("ano") else 1)
    month = shift(today.year, today.month, -months if ago else months)
    day = next(iter(days_of(*month, today.day)), last_day(*month))
    return texts_of([day]), count[1] + 1, 0.95


def _weekday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "el martes", "el próximo martes", "el martes pasado", "el martes de la semana que viene"."""
    begin = at + has(words, at, "el", "los")
    moved = MOVED[words[begin]] if has(words, begin, "este", "proximo", "pasado", "ultimo") else None
    name_at = begin + (moved is not None)
    weekday = weekday_at(words, name_at)
    if weekday < 0:
        return None
    monday = today - timedelta(days=today.weekday())
    end = name_at + 1
    if week := _of_week(words, end):
        return texts_of([monday + timedelta(days=weekday + 7 * week[0])]), week[1], 0.95
    if moved is None and (behind := moved_behind(words, end)):
        moved, end = behind
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    gone = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if has(words, end, "en") and (count := cardinal(words, end + 1)) and count[0] in IDIOMS:
        # "del martes en ocho" is a week after it
        return texts_of([coming + IDIOMS[count[0]]]), count[1] + has(words, count[1], "dias"), 0.9
    if moved == 1:
        days = [coming, monday + timedelta(days=weekday + 7)]
    elif moved == -1:
        days = [gone, gone - WEEK]
    else:
        days = [gone, coming] if tense == "past" and moved is None else [coming, gone]
    return texts_of(list(dict.fromkeys(days))), end, 0.9


def _of_week(words: Words, at: int) -> tuple[int, int] | None:
    """Read "de la semana que viene", "de la próxima semana", "de esta semana": weeks moved, index behind."""
    if not has(words, at, "de"):
        return None
    begin = at + 1 + has(words, at + 1, "la")
    if has(words, begin, "esta", "proxima", "pasada") and has(words, begin + 1, "semana"):
        return MOVED[words[begin]], begin + 2
    return moved_behind(words, begin + 1) if has(words, begin, "semana") else None


def _from_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "hace dos semanas", "dentro de tres días", "de hoy en ocho", "una semana después del martes"."""
    if has(words, at, "de") and has(words, at + 1, "hoy", "manana") and has(words, at + 2, "en"):
        idiom = cardinal(words, at + 3)
        start = today + timedelta(days=words[at + 1] == "manana")
        if idiom:
            days = IDIOMS.get(idiom[0], timedelta(days=idiom[0]))
            return texts_of([start + days]), idiom[1] + has(words, idiom[1], "dias"), 0.95
    ago = has(words, at, "hace")
    inside = 2 * (has(words, at, "dentro") and has(words, at + 1, "de")) or int(has(words, at, "en"))
    from_here = 3 * (tuple(words[at : at + 3]) == ("de", "aqui", "a"))
    count = count_at(words, at + (ago or inside or from_here))
    if count is None or not has(words, count[1], "semana", "semanas", "dia", "dias"):
        return None
    weeks = has(words, count[1], "semana", "semanas")
    span, end = timedelta(days=count[0] * (7 if weeks else 1)), count[1] + 1
    likely = [span] if weeks or count[0] not in IDIOMS else [span, IDIOMS[count[0]]]
    if ago:
        return texts_of([today - days for days in likely]), end, 0.9
    if has(words, end, "atras"):
        return texts_of([today - days for days in likely]), end + 1, 0.9
    if has(words, end, "despues") and has(words, end + 1, "del", "de"):
        start_at = end + 2
        read = _near_day(words, start_at, today, tense) or _weekday(words, start_at, today, "future")
        if read:
            return texts_of([date.fromisoformat(read[0][0]) + span]), read[1], 0.95
    return (texts_of([today + days for days in likely]), end, 0.9) if inside or from_here else None


def day_number(words: Words, at: int) -> tuple[int, int] | None:
    """Read the number of a day: "catorce", "primero", "treinta y uno"."""
    read = cardinal(words, at) or (ordinal(words, at) if has(words, at, "primero") else None)
    return read if read and 1 <= read[0] <= 31 and not has(words, at, "un", "una") else None


def _day_number(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "el día catorce", "el martes catorce", "para el catorce", "el uno del mes que viene"."""
    begin = at + has(words, at, "el")
    weekday = weekday_at(words, begin)
    begin += weekday >= 0
    begin += has(words, begin, "dia")
    read = day_number(words, begin)
    if read is None:
        return None
    number, end = read
    if has(words, end, "de", "del"):
        month = end + 1 + has(words, end + 1, "este", "proximo", "pasado")
        if has(words, month, "mes"):
            moved = MOVED[words[month - 1]] if month > end + 1 else 0
            behind = moved_behind(words, month + 1)
            moved, end = behind or (moved, month + 1)
            days = list(days_of(*shift(today.year, today.month, moved), number))
            return (texts_of(days), end, 0.95) if days else None
    led = has(words, begin - 1, "dia") or weekday >= 0
    before = has(words, at, "el") and has(words, at - 1, *DAY_BEFORE)
    if not (led or before) or has(words, end, "de", "del", *NOT_A_DAY):
        return None
    return in_some_month(number, today, tense, end, weekday)


NOT_A_DAY = frozenset(listed("y menos por dolares euros horas personas"))


def _bare_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "el catorce" or "catorce" where a day is asked for."""
    read = day_number(words, at + has(words, at, "el"))
    if read is None or has(words, read[1], *NOT_A_DAY) or has(words, at - 1, "las", "la", "a"):
        return None
    if cardinal(words, read[1]) or (at and cardinal(words, at - 1)):
        return None
    return in_some_month(read[0], today, tense, read[1])


def in_some_month(number: int, today: date, tense: Tense, end: int, weekday: int = -1) -> Read | None:
    """The day of that number nearest to *today* on the tense's side; a *weekday* that was said decides."""
    months = (shift(today.year, today.month, offset) for offset in (-2, -1, 0, 1, 2))
    days = likeliest((day for month in months for day in days_of(*month, number)), today, tense)
    days.sort(key=lambda day: weekday >= 0 and day.weekday() != weekday)
    return texts_of(days[:2]), end, 0.8


# --- days with a month ------------------------------------------------------------------------------------


def _month_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "el catorce de marzo", "martes catorce de marzo", "marzo catorce", "tres de mayo del ochenta"."""
    begin = at + has(words, at, "el", "al", "del")
    begin += weekday_at(words, begin) >= 0
    begin += has(words, begin, "dia")
    if month := month_at(words, begin):
        day = day_number(words, begin + 1 + has(words, begin + 1, "el"))
        if day and has(words, day[1], "mil", "de", "del") and not said_year(words, day[1], today):
            return None
    elif day := day_number(words, begin):
        month_word = day[1] + has(words, day[1], "de")
        month = month_at(words, month_word)
        day = day[0], month_word + 1
    if not month or day is None:
        return None
    return _in_some_year(words, month, day[0], day[1], today, tense)


def _in_some_year(words: Words, month: int, day: int, end: int, today: date, tense: Tense) -> Read | None:
    said = said_year(words, end, today)
    if said is None and (behind := moved_behind(words, end)):
        tense, end = ("past" if behind[0] < 0 else "future"), behind[1]
    years = (said[0],) if said else (today.year - 1, today.year, today.year + 1)
    days = likeliest((one for each in years for one in days_of(each, month, day)), today, tense)
    return (texts_of(days[:2]), said[1] if said else end, 0.95) if days else None


def _holiday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    named = holiday_at(words, at + has(words, at, "el"))
    return _in_some_year(words, *named[0], named[1], today, tense) if named else None


def _numeric(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "catorce del tres", "cero tres cero cinco ochenta y dos": the day first."""
    if at and (cardinal(words, at - 1) or has(words, at - 1, "las", "la")):
        return None
    begin = at + has(words, at, "el")
    day = day_number(words, begin + has(words, begin, "cero"))
    if day is None:
        return None
    month_word = day[1] + has(words, day[1], "del", "de", "barra")
    month = cardinal(words, month_word + has(words, month_word, "cero"))
    if month is None or not 1 <= month[0] <= 12:
        return None
    read = _in_some_year(words, month[0], day[0], month[1], today, tense)
    return (read[0], read[1], 0.7) if read and not cardinal(words, read[1]) else None


Rule = Callable[[Words, int, date, Tense], Read | None]

RULES: tuple[Rule, ...] = (
    _near_day,
    _week_then_day,
    _weekday,
    _from_day,
    _day_number,
    _month_day,
    _holiday,
    month_edge,
    near_month,
    plain_month,
)

"""
Spanish ranges of days, both ends included: "del lunes al viernes", "entre el tres y el diez de marzo", "la
semana que viene", "los últimos diez días", "todo agosto".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ...events import Value
from ..almanac import Tense, days_of, last_day, shift
from ..words import Words, has, listed
from .almanac import tense_of, weekday_at
from .dates import day_at, day_number, in_some_month
from .months import MOVED, count_at, moved_behind, near_month, plain_month
from .words import ordinal

__all__ = ["find_ranges"]

Span = tuple[date, date, int]
"""The first day, the last, and the index behind the words."""

OPENING = frozenset(("del", "de", "desde", "entre"))
UNTIL = frozenset(("al", "a", "hasta"))
UNITS = {"dia": 1, "dias": 1, "noche": 1, "noches": 1, "semana": 7, "semanas": 7}
MOST_DAYS = 400
"""Nobody means a range that is longer."""


def find_ranges(words: Words, today: str, tense: Tense = "", *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the ranges of days in *words*, as ``2026-03-03/2026-03-10``; *today* is an ISO date.

    Where one is *asked* for, a single day or month is a range as well.
    """
    day, found, at = date.fromisoformat(today), list[Value](), 0
    tense = tense_of(words, tense)
    rules = (*RULES, _single) if asked else RULES
    while at < len(words):
        spans = [span for rule in rules if (span := rule(words, at, day, tense)) and _sound(span)]
        if not spans:
            at += 1
            continue
        first, last, end = max(spans, key=lambda span: span[2])
        sure = 0.95 if end - at > 1 else 0.8
        found.append(Value("range", f"{first.isoformat()}/{last.isoformat()}", at, end - 1, sure))
        at = end
    return tuple(found)


def _sound(span: Span) -> bool:
    return timedelta() <= span[1] - span[0] <= timedelta(days=MOST_DAYS)


def _bare(words: Words, at: int) -> tuple[int, int] | None:
    """A day by its number alone: "el tres", "tres"."""
    begin = at + has(words, at, "el")
    read = day_number(words, begin + has(words, begin, "dia"))
    return read if read and not has(words, read[1], "de", "del") else None


def _day(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    read = day_at(words, at, today, tense)
    return (date.fromisoformat(read[0][0]), read[1]) if read and len(read[0][0]) == 10 else None


def _from_to(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "del lunes al viernes", "del tres al diez de marzo", "desde el tres de marzo hasta el diez"."""
    if not has(words, at, *OPENING):
        return None
    begin = at + 1
    if months := _months(words, begin, today, tense):
        return months
    bare = _bare(words, begin)
    start = None if bare else _day(words, begin, today, tense)
    link = bare[1] if bare else start[1] if start else 0
    if not link or not (has(words, link, *UNTIL) or (words[at] == "entre" and has(words, link, "y"))):
        return None
    behind = link + 1
    other = _bare(words, behind)
    if bare and other:
        first = in_some_month(bare[0], today, tense, bare[1])
        if first is None:
            return None
        return _until(date.fromisoformat(first[0][0]), other)
    end = _day(words, behind, today, tense)
    if bare:
        if end is None:
            return None
        month = (end[0].year, end[0].month) if bare[0] <= end[0].day else shift(end[0].year, end[0].month, -1)
        return next(((day, *end) for day in days_of(*month, bare[0])), None)
    assert start is not None
    if other:
        return _until(start[0], other)
    weekday = weekday_at(words, behind + has(words, behind, "el"))
    if weekday >= 0 and end and end[1] <= behind + 2:
        return start[0], start[0] + timedelta(days=(weekday - start[0].weekday()) % 7), end[1]
    return (start[0], *end) if end else None


def _months(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "enero a marzo", both months whole."""
    start = plain_month(words, at, today, tense)
    if start is None or not has(words, start[1], *UNTIL, "y"):
        return None
    end = plain_month(words, start[1] + 1, today, tense)
    if end is None:
        return None
    first = date.fromisoformat(f"{start[0][0]}-01")
    month = int(end[0][0][5:])
    last = last_day(first.year + (month < first.month), month)
    return first, last, end[1]


def _until(first: date, other: tuple[int, int]) -> Span | None:
    """The last day by its number: in the month of the *first*, or in the next."""
    month = (first.year, first.month) if other[0] >= first.day else shift(first.year, first.month, 1)
    return next(((first, last, other[1]) for last in days_of(*month, other[0])), None)


def _week(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "la semana que viene", "esta semana", "el próximo fin de semana"."""
    begin = at + has(words, at, "toda")
    begin += has(words, begin, "la", "el")
    moved = MOVED[words[begin]] if has(words, begin, "esta", "este", "proxima", "proximo") else None
    begin += moved is not None
    weekend = tuple(words[begin : begin + 3]) == ("fin", "de", "semana")
    if not weekend and not has(words, begin, "semana"):
        return None
    end = begin + (3 if weekend else 1)
    monday = today - timedelta(days=today.weekday())
    if moved is None and (behind := moved_behind(words, end)):
        moved, end = behind
    elif moved is None and has(words, end, "del", "de") and (read := _day(words, end + 1, today, tense)):
        monday, moved, end = read[0] - timedelta(days=read[0].weekday()), 0, read[1]
    if moved is None:
        if not weekend or begin == at:
            return None
        moved = 0
    monday += timedelta(days=7 * moved)
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6), end


def _counted(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "los próximos tres días", "las últimas dos semanas", "los últimos meses" with a number."""
    begin = at + has(words, at, "los", "las", "el", "la")
    leading = frozenset(listed("proximos proximas ultimos ultimas siguientes pasados pasadas"))
    count = count_at(words, begin)
    if count and has(words, count[1], *leading):
        number, which, unit = count[0], words[count[1]], count[1] + 1
    elif has(words, begin, *leading) and (count := count_at(words, begin + 1)):
        number, which, unit = count[0], words[begin], count[1]
    else:
        return None
    back = which[0] in "up" and not which.startswith("prox")
    if has(words, unit, "mes", "meses"):
        month = shift(today.year, today.month, -number if back else number)
        other = next(iter(days_of(*month, today.day)), last_day(*month))
    elif has(words, unit, *UNITS):
        other = today + timedelta(days=number * UNITS[words[unit]] * (-1 if back else 1))
    else:
        return None
    return (other, today, unit + 1) if back else (today, other, unit + 1)


def _lasting(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "tres noches desde el diez", "dos semanas a partir del lunes"."""
    count = count_at(words, at)
    if count is None or not has(words, count[1], *UNITS):
        return None
    unit = count[1]
    link = unit + 1
    if tuple(words[link : link + 2]) == ("a", "partir"):
        link += 2
        link += has(words, link, "de", "del")
    elif has(words, link, "desde"):
        link += 1
    else:
        return None
    start = _day(words, link, today, tense)
    if start is None:
        begin = link + has(words, link, "del")
        bare = _bare(words, begin)
        read = in_some_month(bare[0], today, tense, bare[1]) if bare else None
        start = (date.fromisoformat(read[0][0]), read[1]) if read else None
    if start is None:
        return None
    # so many nights end on the day after the last of them
    days = count[0] * UNITS[words[unit]] - (not words[unit].startswith("noche"))
    return start[0], start[0] + timedelta(days=days), start[1]


def _open_ended(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "hasta el viernes", which begins today, and "desde el lunes", which ends today."""
    if not has(words, at, "hasta", "desde"):
        return None
    if words[at] == "desde":
        read = _day(words, at + 1, today, "past")
        return (read[0], today, read[1]) if read else None
    read = _day(words, at + 1, today, tense or "future")
    return (today, *read) if read else None


def _month(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    if tuple(words[at : at + 2]) == ("el", "mes") and not moved_behind(words, at + 2):
        return today.replace(day=1), at + 2
    read = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    return (date.fromisoformat(f"{read[0][0]}-01"), read[1]) if read else None


def _of_month(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "todo agosto", "todo el mes de marzo", "la primera semana de marzo"."""
    if has(words, at, "todo"):
        begin = at + 1
        named = tuple(words[begin : begin + 3]) == ("el", "mes", "de")
        month = _month(words, begin + (3 if named else 0), today, tense)
        return (month[0], last_day(month[0].year, month[0].month), month[1]) if month else None
    begin = at + has(words, at, "la")
    last = has(words, begin, "ultima")
    which = ordinal(words, begin)
    if not (last or which) or not has(words, begin + 1, "semana") or not has(words, begin + 2, "de", "del"):
        return None
    month = _month(words, begin + 3, today, tense)
    if month is None:
        return None
    if last:
        day = last_day(month[0].year, month[0].month)
        return day - timedelta(days=6), day, month[1]
    assert which is not None
    start = month[0] + timedelta(days=7 * (which[0] - 1))
    return start, start + timedelta(days=6), month[1]


def _single(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """A day by itself, or a month: "el martes", "en marzo"."""
    if month := _month(words, at, today, tense):
        return month[0], last_day(month[0].year, month[0].month), month[1]
    read = _day(words, at, today, tense)
    return (read[0], *read) if read else None


Rule = Callable[[Words, int, date, Tense], Span | None]
RULES: Sequence[Rule] = (_from_to, _week, _counted, _lasting, _open_ended, _of_month)

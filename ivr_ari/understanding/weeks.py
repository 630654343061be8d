"""
Ranges of days that are called as one: "next week", "this weekend", "the last two weeks", "all of august".

A week goes from Monday to Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta

from .almanac import Tense, days_of, last_day, shift
from .months import count_at, near_month, plain_month
from .range_ends import Span, bare_day, day_said
from .words import Words, cardinal, has, ordinal

__all__ = ["UNITS", "counted", "part_of_month", "part_of_year", "week", "whole_month"]

WEEKS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "the": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
FEW = 3
UNITS = {"day": 1, "days": 1, "night": 1, "nights": 1, "week": 7, "weeks": 7}
"""Days in a unit of time."""


def week(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "next week", "this weekend", "the week after next", "the week of march third"."""
    begin = at + has(words, at, "the", "all", "any")
    begin += has(words, begin, "of", "time", "day", "whole", "entire")
    monday = today - timedelta(days=today.weekday())
    if has(words, begin, "week") and has(words, begin - 1, "all", "whole", "entire"):
        return _of_week(monday, "week", begin + 1)
    if has(words, begin, "week") and has(words, begin + 1, "before") and has(words, begin + 2, "last"):
        return _of_week(monday - timedelta(days=14), "week", begin + 3)
    if (
        has(words, begin, "week", "weekend")
        and has(words, begin + 1, "after")
        and has(words, begin + 2, "next")
    ):
        return _of_week(monday + timedelta(days=14), words[begin], begin + 3)
    if has(words, begin, "week") and has(words, begin + 1, "of", "starting", "beginning"):
        read = day_said(words, begin + 2, today, tense) or bare_day(words, begin + 2, today, tense)
        return _of_week(read[0] - timedelta(days=read[0].weekday()), "week", read[1]) if read else None
    if has(words, begin, *WEEKS):
        moved, begin = WEEKS[words[begin]], begin + 1
    elif begin > at and words[begin - 1] == "the" and has(words, begin, "weekend"):
        moved = 0
    else:
        return None
    begin += has(words, begin, "coming", "whole", "entire")
    if not has(words, begin, "week", "weekend", "week's"):
        return None
    return _of_week(monday + timedelta(days=7 * moved), words[begin].removesuffix("'s"), begin + 1)


def _of_week(monday: date, what: str, end: int) -> Span:
    first = monday + timedelta(days=5 if what == "weekend" else 0)
    return first, monday + timedelta(days=6), end


def counted(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the next three days", "the last two weeks", "the past month"."""
    begin = at + has(words, at, "the", "these")
    if not has(words, begin, "next", "last", "past", "coming", "previous", "following"):
        return None
    back = words[begin] in ("last", "past", "previous")
    # "last week" is one by the calendar, "the last week" the seven days up to now
    single = words[begin] == "past" or (words[begin] == "last" and begin > at)
    count = count_at(words, begin + 1)
    if count is None:
        few = has(words, begin + 1, "few")
        count = (FEW, begin + 2) if few else (1, begin + 1) if single else None
    if count is None:
        return None
    number, unit = count
    if has(words, unit, "month", "months", "year", "years"):
        number *= 12 if words[unit].startswith("year") else 1
        month = shift(today.year, today.month, -number if back else number)
        other = next(iter(days_of(*month, today.day)), last_day(*month))
    elif has(words, unit, *UNITS):
        other = today + timedelta(days=number * UNITS[words[unit]] * (-1 if back else 1))
    else:
        return None
    return (other, today, unit + 1) if back else (today, other, unit + 1)


def part_of_month(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the first week of march", "the first two weeks of march", "the last week of next month"."""
    begin = at + has(words, at, "the")
    which = -1 if has(words, begin, "last") else (ordinal(words, begin) or (0, 0))[0]
    unit = begin + 1
    weeks = 1
    if (count := cardinal(words, unit)) and has(words, count[1], "weeks"):
        weeks, unit = count
    if not which or not has(words, unit, "week", "weeks") or not has(words, unit + 1, "of", "in"):
        return None
    month = _month(words, unit + 2, today, tense)
    if month is None:
        return None
    first = month[0]
    if which < 0:
        return (
            last_day(first.year, first.month) - timedelta(days=7 * weeks - 1),
            last_day(first.year, first.month),
            month[1],
        )
    start = first + timedelta(days=7 * (which - 1))
    return start, start + timedelta(days=7 * weeks - 1), month[1]


YEARS = {"this": 0, "current": 0, "the": 0, "last": -1, "previous": -1, "next": 1}
PARTS = {"half": 6, "quarter": 3}
"""Months of a part of a year."""


def part_of_year(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "this year", "last quarter", "the first quarter", "the second half of the year" or of a month."""
    begin = at + has(words, at, "the")
    if has(words, begin, *YEARS) and has(words, begin + 1, "year") and words[begin] != "the":
        year = today.year + YEARS[words[begin]]
        return date(year, 1, 1), date(year, 12, 31), begin + 2
    if has(words, begin, "this", "current", "last", "previous", "next") and has(words, begin + 1, "quarter"):
        first = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
        return _months(shift(first.year, first.month, 3 * YEARS[words[begin]]), 3, begin + 2)
    which = ordinal(words, begin)
    if which is None or not has(words, which[1], *PARTS):
        return None
    size, of = PARTS[words[which[1]]], which[1] + 1
    if which[0] > 12 // size:
        return None
    if has(words, of, "of") and (month := _month(words, of + 1, today, tense)):
        first, last = month[0], last_day(month[0].year, month[0].month)
        middle = first.replace(day=15)
        return (first, middle, month[1]) if which[0] == 1 else (middle + timedelta(days=1), last, month[1])
    named = (
        has(words, of, "of")
        and has(words, of + 1, "the", "this", "last", "next")
        and has(words, of + 2, "year")
    )
    year = today.year + (YEARS[words[of + 1]] if named else 0)
    return _months((year, 1 + size * (which[0] - 1)), size, of + 3 if named else of)


def _months(first: tuple[int, int], count: int, end: int) -> Span:
    last = shift(*first, count - 1)
    return date(*first, 1), last_day(*last), end


def whole_month(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "all of march", "the whole month of march", "the whole of next month"."""
    begin = at + has(words, at, "the")
    if not has(words, begin, "all", "whole", "entire"):
        return None
    begin += 1
    while has(words, begin, "of", "month", "in"):
        begin += 1
    month = _month(words, begin, today, tense)
    return (month[0], last_day(month[0].year, month[0].month), month[1]) if month else None


def _month(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    at += has(words, at, "the") and not has(words, at + 1, "month")
    if has(words, at, "the") and has(words, at + 1, "month"):
        return today.replace(day=1), at + 2
    read = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    return (date.fromisoformat(f"{read[0][0]}-01"), read[1]) if read else None

"""
Months, relative to a given day: "in march", "last month", "two months ago"; and their first and last days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from .almanac import Tense, last_day, likeliest, month_at, shift
from .words import DIGITS, UNITS, Words, cardinal, has, listed, year

__all__ = ["Read", "count_at", "month_edge", "near_month", "plain_month", "said_year", "texts_of"]

Read = tuple[Sequence[str], int, float]
"""The readings, likeliest first; the index behind the words; how sure the words are a date at all."""


LEANING: Mapping[str, Tense] = {"last": "past", "next": "future", "this": ""}
YEARS = {"last": -1, "this": 0, "next": 1}
NEAR = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}
MONTH_BEFORE = frozenset(
    listed("in of last next this that to for since was it's until till from by through during before after")
)

MOST_UNITS = 200
"""Nobody means a day or month further away than so many days, weeks or months."""


def texts_of(days: Sequence[date]) -> tuple[str, ...]:
    """Write *days* as ISO dates."""
    return tuple(day.isoformat() for day in days)


def count_at(words: Words, at: int) -> tuple[int, int] | None:
    """Read "two", "a", "a couple of" in front of a unit of time."""
    couple = at + has(words, at, "a")
    if has(words, couple, "couple"):
        return 2, couple + 1 + has(words, couple + 1, "of")
    if has(words, at, "a", "an"):
        return 1, at + 1
    read = cardinal(words, at)
    return read if read and read[0] <= MOST_UNITS else None


def _month_text(year_month: tuple[int, int]) -> str:
    return f"{year_month[0]:04d}-{year_month[1]:02d}"


def plain_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "in march", "last march", "march twenty twenty five", "march of last year"."""
    which = words[at] if has(words, at, *LEANING) else ""
    name_at = at + bool(which)
    month = month_at(words, name_at)
    if not month or (words[name_at] == "may" and not _is_month_may(words, name_at)):
        return None
    end = name_at + 1
    said = _year(words, end + has(words, end, "of", "in"), today)
    if said:
        return (_month_text((said[0], month)),), said[1], 0.95
    this = today.replace(day=1)
    years = (today.year - 1, today.year, today.year + 1)
    days = likeliest((date(each, month, 1) for each in years), this, LEANING.get(which, tense))
    # "last july" said in july is not the month that runs
    days = [day for day in days if which not in ("last", "next") or day != this]
    return tuple(_month_text((day.year, day.month)) for day in days[:2]), end, 0.9


def said_year(words: Words, at: int, today: date) -> tuple[int, int] | None:
    """Read the year behind a day: "twenty twenty six", "eighty two", "oh four", "of last year"."""
    at += has(words, at, "of", "in")
    if read := _year(words, at, today):
        return read
    if has(words, at, "oh", "o") and has(words, at + 1, *UNITS):
        return 2000 + UNITS[words[at + 1]], at + 2
    digits = [word for word in words[at : at + 4] if word in DIGITS]
    whole = int("".join(DIGITS[word] for word in digits)) if len(digits) == len("2026") else 0
    if 1900 <= whole <= 2100:
        return whole, at + 4
    short = cardinal(words, at)
    return (1900 + short[0], short[1]) if short and 30 <= short[0] <= 99 else None


def _year(words: Words, at: int, today: date) -> tuple[int, int] | None:
    """Read a year by number or as "last year"."""
    if has(words, at, *YEARS) and has(words, at + 1, "year"):
        return today.year + YEARS[words[at]], at + 2
    return year(words, at)


def _is_month_may(words: Words, at: int) -> bool:
    """Whether "may" is the month and not the verb."""
    if has(words, at - 1, *MONTH_BEFORE):
        return True
    return at == len(words) - 1 and not has(words, at - 1, "i", "you")


def near_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "last month", "this month", "two months ago", "in three months", "the month before last"."""

    def moved(months: int, end: int) -> Read:
        return (_month_text(shift(today.year, today.month, months)),), end, 0.95

    if has(words, at, *NEAR) and has(words, at + 1, "month", "month's"):
        return moved(NEAR[words[at]], at + 2)
    if has(words, at, "month") and has(words, at + 1, "before") and has(words, at + 2, "last"):
        return moved(-2, at + 3)
    inside = has(words, at, "in")
    count = count_at(words, at + inside)
    if count is None or not has(words, count[1], "month", "months"):
        return None
    if has(words, count[1] + 1, "ago", "back"):
        return moved(-count[0], count[1] + 2)
    from_now = has(words, count[1] + 1, "from") and has(words, count[1] + 2, "now")
    return moved(count[0], count[1] + 1 + 2 * from_now) if inside or from_now else None


EDGES = {"end": -1, "beginning": 1, "start": 1, "middle": 0, "mid": 0}


def month_edge(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "the end of the month", "the beginning of next month", "mid march", "the end of next week"."""
    begin = at + has(words, at, "the")
    if not has(words, begin, *EDGES):
        return None
    edge, inner = EDGES[words[begin]], begin + 1
    if has(words, inner, "of"):
        inner += 1
    elif words[begin] != "mid":
        return None
    span = _span(words, inner, today, tense)
    if span is None:
        return None
    first, last, end = span
    days = [last] if edge < 0 else [first] if edge > 0 else [first + (last - first) // 2]
    if edge == 0 and (last - first).days > WEEK:
        days = [first.replace(day=15)] if first.month == last.month else days
    if edge < 0 and (last - first).days < WEEK:
        # the week that people work
        days = [last - timedelta(days=2), last]
    return texts_of(days), end, 0.9


WEEK = 7


def _span(words: Words, at: int, today: date, tense: Tense) -> tuple[date, date, int] | None:
    """Read what may have an end: "the month", "next month", "march", "next week", "the year"."""
    if has(words, at, "the", "this", "next", "last") and has(words, at + 1, "week", "year"):
        moved = {"next": 1, "last": -1}.get(words[at], 0)
        if words[at + 1] == "year":
            return date(today.year + moved, 1, 1), date(today.year + moved, 12, 31), at + 2
        monday = today + timedelta(days=7 * moved - today.weekday())
        return monday, monday + timedelta(days=WEEK - 1), at + 2
    month = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    if month is None and has(words, at, "the") and has(words, at + 1, "month"):
        month = (_month_text((today.year, today.month)),), at + 2, 0.95
    if month is None:
        return None
    first = date.fromisoformat(f"{month[0][0]}-01")
    return first, last_day(first.year, first.month), month[1]

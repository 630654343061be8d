"""
The ends of a range of days: a day, a month, or a number that takes its month from the other end.
"""

from __future__ import annotations

from datetime import date

from .almanac import Tense, days_of, last_day, month_at, shift
from .dates import day_at
from .words import Words, cardinal, has, listed, ordinal, phrases

__all__ = ["OPENING", "Span", "bare_day", "bare_number", "both_bare", "day_said", "end_of_month", "is_month"]

Span = tuple[date, date, int]
"""First and last day, and the index behind the words."""

OPENING = phrases(
    """
from | between | starting | beginning | starting from | arriving | arrive | check in | checking in | leaving
leave | departing | we arrive | we leave
"""
)
"""Words with which a range begins."""

NO_DAY = frozenset(
    listed(
        "week weeks weekend days day nights night months month hours minutes past of am pm o'clock"
        " people persons adults kids dollars pounds euros thirty fifteen"
    )
)
"""Behind a number these say that it is no day."""

FIRST = frozenset(listed("from between starting beginning"))
"""Of those the ones behind which a mere number is a day."""


def day_said(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    """Read one day, a month as its first."""
    read = day_at(words, at, today, tense)
    if read is None:
        return None
    text = read[0][0]
    return date.fromisoformat(text if len(text) > len("2026-03") else f"{text}-01"), read[1]


def bare_number(words: Words, at: int, *, plain: bool = False) -> tuple[int, int] | None:
    """Read "the third" or "third", a day whose month is not named here; where *plain*, "three" as well."""
    begin = at + has(words, at, "the")
    read = ordinal(words, begin) or (cardinal(words, begin) if plain or has(words, at - 1, *FIRST) else None)
    if read is None or not 1 <= read[0] <= 31 or has(words, read[1], *NO_DAY):
        return None
    behind = read[1] + has(words, read[1], "of")
    said = month_at(words, behind) or has(words, behind, "next", "this", "last") or has(words, behind, "the")
    return None if said else read


def bare_day(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    bare = bare_number(words, at)
    span = both_bare(bare, bare, today, tense) if bare else None
    return (span[0], span[2]) if span else None


def both_bare(start: tuple[int, int], end: tuple[int, int], today: date, tense: Tense) -> Span | None:
    """Read "the third to the tenth": the month that the tense makes likeliest."""
    months = [shift(today.year, today.month, moved) for moved in (-2, -1, 0, 1, 2)]
    spans = [
        (first, last)
        for month in months
        for first in days_of(*month, start[0])
        for last in days_of(*(month if end[0] >= start[0] else shift(*month, 1)), end[0])
    ]
    if not spans:
        return None

    def order(span: tuple[date, date]) -> tuple[bool, int]:
        wrong = (tense == "past" and span[1] > today) or (tense == "future" and span[0] < today)
        return wrong, abs((span[0] - today).days)

    first, last = min(spans, key=order)
    return first, last, end[1]


def is_month(words: Words, at: int, today: date, tense: Tense) -> bool:
    read = day_at(words, at, today, tense)
    return read is not None and len(read[0][0]) == len("2026-03")


def end_of_month(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    read = day_at(words, at, today, tense)
    if read is None or len(read[0][0]) > len("2026-03"):
        return None
    first = date.fromisoformat(f"{read[0][0]}-01")
    return last_day(first.year, first.month), read[1]

"""
The ends of a range of days: a day, a month, or a number that takes its month from the other end.
"""

from __future__ import annotations

from datetime import date

from .almanac import Tense, days_of, last_day, month_at, shift
from .dates import day_at
from .words import Words, cardinal, has, listed, ordinal

__all__ = ["OPENING", "Span", "bare_day", "bare_number", "both_bare", "day_said", "end_of_month", "is_month"]

Span = tuple[date, date, int]
"""First and last day, and the index behind the words."""

OPENING = frozenset(listed("from between starting beginning"))
"""Words with which a range begins."""


def day_said(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    """Read one day, a month as its first."""
    read = day_at(words, at, today, tense)
    if read is None:
        return None
    text = read[0][0]
    return date.fromisoformat(text if len(text) > len("2026-03") else f"{text}-01"), read[1]


def bare_number(words: Words, at: int) -> tuple[int, int] | None:
    """Read "the third" or "third", a day of a month that is not named here."""
    begin = at + has(words, at, "the")
    read = ordinal(words, begin) or (
        cardinal(words, begin) if begin == at and has(words, at - 1, *OPENING) else None
    )
    if read is None or not 1 <= read[0] <= 31:
        return None
    behind = read[1] + has(words, read[1], "of")
    said = month_at(words, behind) or has(words, behind, "next", "this", "last") or has(words, behind, "the")
    said = said or has(words, read[1], "week", "weeks", "days", "day", "weekend")
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
        wrong = (tense == "past" and span[0] > today) or (tense == "future" and span[1] < today)
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

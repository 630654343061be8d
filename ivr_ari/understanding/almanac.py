"""
Names and arithmetic of days and months, and which year people mean when they name none.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Literal

from .words import Words, listed

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "Tense",
    "days_of",
    "last_day",
    "likeliest",
    "likely_pair",
    "month_at",
    "on_side",
    "shift",
    "tense_of",
    "weekday_at",
]

Tense = Literal["", "past", "future"]

WEEKDAYS = {
    name: at for at, name in enumerate(listed("monday tuesday wednesday thursday friday saturday sunday"))
}
MONTHS = {
    name: at
    for at, name in enumerate(
        listed("january february march april may june july august september october november december"), 1
    )
} | {"feb": 2, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
PAST = frozenset(
    listed("was were did had bought paid charged ago been last happened made came got ordered went yesterday")
)
FUTURE = frozenset(listed("will book schedule gonna going plan move reschedule next tomorrow appointment"))

INITIALS = frozenset(name[0] for name in (*WEEKDAYS, *MONTHS))

LONG_ENOUGH = 6
"""Names of so many letters are still recognised with one letter wrong."""


def tense_of(words: Words, expected: Tense) -> Tense:
    """Which way a date without a year points: what the question expects, else what the verbs say."""
    if expected:
        return expected
    past, future = any(word in PAST for word in words), any(word in FUTURE for word in words)
    if past == future:
        return ""
    return "past" if past else "future"


def month_at(words: Words, at: int) -> int:
    """The month named at *at*, 0 if none is."""
    return _named(words, at, MONTHS)


def weekday_at(words: Words, at: int) -> int:
    """The weekday named at *at* (Monday is 0), -1 if none is."""
    return _named(words, at, WEEKDAYS, -1)


def _named(words: Words, at: int, names: dict[str, int], none: int = 0) -> int:
    if not 0 <= at < len(words):
        return none
    word = words[at].removesuffix("'s")
    if word[:1] not in INITIALS:
        return none
    if word in names:
        return names[word]
    if word.endswith("s") and word[:-1] in names and word != "mays":
        return names[word[:-1]]
    if len(word) < LONG_ENOUGH:
        return none
    return next(
        (value for name, value in names.items() if len(name) >= LONG_ENOUGH and _close(word, name)), none
    )


def _close(one: str, other: str) -> bool:
    """Whether one letter added, dropped or replaced makes the words equal."""
    if abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest, others = one[same:], other[same:]
    return rest[1:] == others[1:] or rest == others[1:] or rest[1:] == others


def shift(year: int, month: int, months: int) -> tuple[int, int]:
    """Move a month by *months*."""
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def days_of(year: int, month: int, day: int) -> Iterable[date]:
    """The day as a date, nothing if the month has no such day."""
    if 1 <= day <= last_day(year, month).day:
        yield date(year, month, day)


def likeliest(days: Iterable[date], today: date, tense: Tense) -> list[date]:
    """Order *days* by how likely they are meant: on the tense's side first, then the nearest."""

    def order(day: date) -> tuple[bool, int]:
        return not on_side(day, today, tense), abs((day - today).days)

    return sorted(days, key=order)


def on_side(day: date, today: date, tense: Tense) -> bool:
    """Whether *day* lies where *tense* points; today is on both sides."""
    return not ((tense == "past" and day > today) or (tense == "future" and day < today))


def likely_pair(days: Iterable[date], today: date, tense: Tense) -> list[date]:
    """The likeliest of *days*, and the nearest one that lies on the other side of *today*, if one does."""
    ordered = likeliest(days, today, tense)
    if not ordered:
        return []
    best = ordered[0]
    across = [day for day in ordered if (day < today) != (best < today)]
    return [best, *(across[:1] or ordered[1:2])]

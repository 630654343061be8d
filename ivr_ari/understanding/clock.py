"""
What the hands of a clock are called: "half past three", "three thirty", "quarter to nine", "nine hundred".

These are minutes since midnight as they were said; which half of the day is meant is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import TEENS, TENS, UNITS, Words, cardinal, has, listed

__all__ = ["DAY", "Reading", "clock_at"]

DAY = 24 * 60
"""Minutes."""

NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
PARTS = {"quarter": 15, "half": 30}
LATER = frozenset(("past", "after"))
EARLIER = frozenset(listed("to of till til before"))
ROUND_MINUTES = frozenset((5, 10, 15, 20, 25))
"""Minutes people say before and after the hour without the word "minutes"."""

RANGE = ("from", "between")
"""Behind these "ten to four" is no time but two."""

WRITTEN = re.compile(r"(\d\d?)[:h](\d\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A time as it was said, and the index behind it."""

    minutes: int
    end: int
    whole_day: bool = False
    """It was counted to 24, so that it is not said of both halves of the day."""

    sure: bool = True
    """The words are those of a time and not a mere number."""


def clock_at(words: Words, at: int) -> Reading | None:
    """Read the time that begins at *at*, if one may."""
    if has(words, at, *NAMED):
        return Reading(NAMED[words[at]], at + 1, True)
    return _figures(words, at) or _relative(words, at) or _military(words, at) or _clock(words, at)


def _figures(words: Words, at: int) -> Reading | None:
    """Read "9:05" and "22:35" as they are written."""
    match = WRITTEN.fullmatch(words[at]) if at < len(words) else None
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        return None
    return _reading(int(match[1]) % 24, int(match[2]), at + 1, len(match[1]) == 2 and match[1][0] == "0")


def _reading(hour: int, minutes: int, end: int, whole_day: bool = False, *, sure: bool = True) -> Reading:
    whole = whole_day or hour == 0 or hour > 12
    return Reading((hour * 60 + minutes) % DAY, end, whole, sure)


def _relative(words: Words, at: int) -> Reading | None:
    """Read "half past three", "quarter to nine", "twenty five to six", "ten minutes after four"."""
    start = at
    at += has(words, at, "a")
    if has(words, at, *PARTS):
        minutes, side = PARTS[words[at]], at + 1
        if words[at] == "half" and start == at and (hour := _hour(words, side)) and hour[0] <= 12:
            # British: "half nine" is half past nine
            return _reading(hour[0], 30, _skip_clock(words, hour[1]))
    else:
        read = cardinal(words, at)
        if read is None or read[0] > 59:
            return None
        minutes, side = read
        if has(words, side, "minutes", "minute"):
            side += 1
        elif minutes not in ROUND_MINUTES:
            return None
    if not has(words, side, *LATER, *EARLIER) or (words[side] == "to" and has(words, start - 1, *RANGE)):
        return None
    if has(words, side + 1, "noon", "midday", "midnight"):
        named = NAMED[words[side + 1]]
        moved = minutes if words[side] in LATER else -minutes
        return Reading((named + moved) % DAY, side + 2, True)
    hour = _hour(words, side + 1)
    if hour is None:
        return None
    whole = hour[0] == 0 or hour[0] > 12
    moved = minutes if words[side] in LATER else -minutes
    return Reading((hour[0] * 60 + moved) % DAY, _skip_clock(words, hour[1]), whole)


def _clock(words: Words, at: int) -> Reading | None:
    """Read "three", "three thirty", "ten oh five", "three o'clock", "fifteen thirty", "oh nine thirty"."""
    led = has(words, at, "oh", "zero") and has(words, at + 1, *UNITS)
    if led:
        hour: tuple[int, int] | None = UNITS[words[at + 1]], at + 2
    else:
        hour = _hour(words, at)
    if hour is None:
        return None
    number, end = hour
    minutes = _minutes(words, end)
    if minutes:
        return _reading(number, minutes[0], minutes[1], led, sure=False)
    behind = _skip_clock(words, end)
    if number > 12 and has(words, end, "hours"):
        return Reading(number * 60, end + 1, True)
    if led or number == 0 or (number > 12 and behind == end):
        return None
    return _reading(number, 0, behind, sure=behind > end)


def _military(words: Words, at: int) -> Reading | None:
    """Read "fifteen hundred hours", "oh nine hundred"."""
    zero = has(words, at, "oh", "zero")
    read = cardinal(words, at + zero)
    if read is None or read[0] % 100 or not 0 < read[0] // 100 < 24 or not has(words, read[1] - 1, "hundred"):
        return None
    hours = has(words, read[1], "hours")
    return Reading(read[0] // 100 * 60, read[1] + hours, True, bool(hours))


def _hour(words: Words, at: int) -> tuple[int, int] | None:
    read = cardinal(words, at)
    # "one hundred" is no hour
    return read if read and read[0] <= 23 and not has(words, read[1], "hundred", "thousand") else None


def _minutes(words: Words, at: int) -> tuple[int, int] | None:
    if has(words, at, "oh", "o", "zero") and has(words, at + 1, *UNITS, "oh", "o", "zero"):
        return UNITS.get(words[at + 1], 0), at + 2
    if not has(words, at, *TENS, *TEENS):
        return None
    read = cardinal(words, at)
    return read if read and read[0] <= 59 else None


def _skip_clock(words: Words, at: int) -> int:
    if has(words, at, "o'clock", "oclock", "sharp"):
        return at + 1
    return at + 2 if has(words, at, "o", "oh") and has(words, at + 1, "clock") else at

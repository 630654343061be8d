"""
Times of day: "half past three", "three thirty pm", "quarter to nine", "noon", "fifteen hundred hours".

Without morning or afternoon, hours from one to six and twelve are taken for the afternoon and seven to
eleven for the morning, as offices keep them; the other half of the day is the alternative.
"""

from __future__ import annotations

from collections.abc import Callable

from ..events import Value
from .words import TEENS, TENS, UNITS, Words, cardinal, has, listed

__all__ = ["find_times"]

NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
PARTS = {"quarter": 15, "half": 30}
LATER = frozenset(("past", "after"))
EARLIER = frozenset(("to", "of", "till", "before"))
ROUND_MINUTES = frozenset((5, 10, 20, 25))
"""Minutes people say before and after the hour without the word "minutes"."""

BEFORE_TIME = frozenset(listed("at around about by before after until till past"))
NOT_A_TIME_AFTER = frozenset(listed("dollars dollar bucks cents percent days day weeks week months times of"))
HALVES = {
    "am": "am",
    "pm": "pm",
    "morning": "am",
    "afternoon": "pm",
    "evening": "pm",
    "night": "pm",
}

DAY = 24 * 60

Read = tuple[int, int]
"""Minutes since midnight (twelve-hour clock unless over 12:59) and the index behind the words."""


def find_times(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the times in *words*; where a time is *asked* for, a number alone is one."""
    found, at = [], 0
    while at < len(words):
        value = _time(words, at, asked)
        at = value.last + 1 if value else at + 1
        if value:
            found.append(value)
    return tuple(found)


def _time(words: Words, start: int, asked: bool) -> Value | None:
    if has(words, start, *NAMED):
        return _value(NAMED[words[start]], start, start + 1, 0.95)
    rules: tuple[Callable[[Words, int], Read | None], ...] = (_relative, _military, _clock)
    for rule in rules:
        if read := rule(words, start):
            break
    else:
        return None
    minutes, end = read
    half, end = _half_of_day(words, end)
    plain = half or rule is not _clock or has(words, read[1] - 1, "o'clock", "clock")
    if not (plain or asked or has(words, start - 1, *BEFORE_TIME)) or has(words, end, *NOT_A_TIME_AFTER):
        return None
    if rule is _military and not asked and not has(words, end - 1, "hours"):
        return None
    if half:
        return _value(minutes % 720 + (720 if half == "pm" else 0), start, end, 0.95)
    if minutes >= 13 * 60 or rule is _military:
        return _value(minutes, start, end, 0.9)
    likely = minutes % 720 + (0 if 7 <= minutes // 60 < 12 else 720)
    return _value(likely, start, end, 0.85 if plain or asked else 0.7, (likely + 720) % DAY)


def _value(minutes: int, first: int, end: int, confidence: float, *others: int) -> Value:
    texts = [f"{each // 60:02d}:{each % 60:02d}" for each in (minutes, *others)]
    return Value("time", texts[0], first, end - 1, confidence, tuple(texts[1:]))


def _relative(words: Words, at: int) -> Read | None:
    """Read "half past three", "quarter to nine", "twenty five to six", "ten minutes after four"."""
    at += has(words, at, "a")
    if has(words, at, *PARTS):
        minutes, side = PARTS[words[at]], at + 1
    else:
        read = cardinal(words, at)
        if read is None or read[0] > 59:
            return None
        minutes, side = read
        if has(words, side, "minutes", "minute"):
            side += 1
        elif minutes not in ROUND_MINUTES:
            return None
    if not has(words, side, *LATER, *EARLIER) or has(words, at - 1, "from", "between"):
        return None
    hour = _hour(words, side + 1)
    if hour is None:
        return None
    sign = 1 if words[side] in LATER else -1
    return (hour[0] * 60 + sign * minutes) % DAY, _skip_clock(words, hour[1])


def _clock(words: Words, at: int) -> Read | None:
    """Read "three", "three thirty", "ten oh five", "three o'clock", "fifteen thirty"."""
    hour = _hour(words, at, latest=23)
    if hour is None:
        return None
    number, end = hour
    minutes = _minutes(words, end)
    if minutes:
        return number * 60 + minutes[0], minutes[1]
    return (number * 60, _skip_clock(words, end)) if number <= 12 else None


def _military(words: Words, at: int) -> Read | None:
    """Read "fifteen hundred hours", "oh nine hundred"."""
    zero = has(words, at, "oh", "zero")
    read = cardinal(words, at + zero)
    if read is None or read[0] % 100 or not 0 < read[0] // 100 < 24:
        return None
    return read[0] // 100 * 60, read[1] + has(words, read[1], "hours")


def _hour(words: Words, at: int, latest: int = 12) -> Read | None:
    if has(words, at, *NAMED):
        return NAMED[words[at]] // 60, at + 1
    read = cardinal(words, at)
    if read and 1 <= read[0] <= latest:
        return read
    return None


def _minutes(words: Words, at: int) -> Read | None:
    if has(words, at, "oh", "o") and has(words, at + 1, *UNITS):
        return UNITS[words[at + 1]], at + 2
    if not has(words, at, *TENS, *TEENS):
        return None
    read = cardinal(words, at)
    return read if read and read[0] <= 59 else None


def _skip_clock(words: Words, at: int) -> int:
    if has(words, at, "o'clock"):
        return at + 1
    return at + 2 if has(words, at, "o", "oh") and has(words, at + 1, "clock") else at


def _half_of_day(words: Words, at: int) -> tuple[str, int]:
    """Read "pm", "p m", "in the morning", "at night", "tonight" behind a time."""
    if has(words, at, "a", "p") and has(words, at + 1, "m"):
        return words[at] + "m", at + 2
    if has(words, at, "am", "pm", "a.m.", "p.m."):
        return words[at].replace(".", ""), at + 1
    if has(words, at, "tonight"):
        return "pm", at + 1
    name = at
    if has(words, at, "in") and has(words, at + 1, "the"):
        name = at + 2
    elif has(words, at, "at", "this", "tomorrow"):
        name = at + 1
    if name > at and has(words, name, "morning", "afternoon", "evening", "night"):
        return HALVES[words[name]], name + 1
    return "", at

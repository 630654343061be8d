"""
Times of day: "half past three", "three thirty pm", "quarter to nine", "noon", "fifteen hundred hours".

Which half of the day is meant is said before or behind the time ("in the morning", "tonight", "tomorrow
evening at seven"), or follows from the other end of a span ("from five to eight p.m."). Otherwise the time
lies in the twelve hours that the slot's meaning names; without a slot those of offices, from seven in the
morning to before seven in the evening. The other half of the day is the alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..events import Value
from .almanac import WEEKDAYS
from .clock import DAY, Reading, clock_at
from .from_now import time_from_now
from .words import Words, has, listed

__all__ = ["OFFICE_HOURS", "find_times"]

OFFICE_HOURS = "07:00"

LEADING = frozenset(listed("at around about by before after until till past between"))
ROUGHLY = frozenset(listed("at around about by say maybe like roughly approximately"))
LEADING_ASKED = LEADING | {"from", "since", "to", "and", "it's", "than"}
"""Where a time is asked for, a number behind these is one rather than any other number."""

SPANS = (("to",), ("till",), ("until",), ("through",), ("and",), ("and", "until"), ("up", "to"))
LINKS = (*SPANS, ("or",))
NOT_A_TIME_AFTER = frozenset(
    listed(
        "dollars dollar bucks cents euros euro pounds pound percent days day weeks week months month years"
        " year nights night's minutes minute times of people persons adults adult kids children guests rooms"
        " room tickets cards card accounts account transactions hundred thousand point"
    )
)
HALVES = {"am": "am", "pm": "pm", "morning": "am", "afternoon": "pm", "evening": "pm", "night": "night"}
PARTS = ("morning", "afternoon", "evening", "night")
DAYS = frozenset((*WEEKDAYS, "tomorrow", "today", "yesterday"))

DEEP_NIGHT = 5 * 60
"""Up to here, in minutes, "at night" is behind midnight: "two at night"."""

HALF = 12 * 60


@dataclass(frozen=True, slots=True)
class _Time:
    first: int
    end: int
    minutes: int
    fixed: bool
    """Which half of the day is meant was said."""
    confidence: float
    led: bool
    """It is no mere number, or words in front say that it is none."""


def find_times(
    words: Words, *, asked: bool = False, hours_from: str = OFFICE_HOURS, now: str = ""
) -> tuple[Value, ...]:
    """
    Return the times in *words*; where a time is *asked* for, a number alone is one.

    Of both halves of the day the one in the twelve hours from *hours_from* is meant. *now*, where it is
    known, makes "in ten minutes" a time. Both are written ``HH:MM``.
    """
    begin = _minutes(hours_from or OFFICE_HOURS)
    words = _believed(words) if asked else words
    found: list[_Time] = []
    values: list[Value] = []
    at = 0
    while at < len(words):
        away = time_from_now(words, at, asked) if now else None
        if away:
            minutes = (_minutes(now) + away[0]) % DAY
            values.append(Value("time", _text(minutes), at, away[1] - 1, 0.9))
            at = away[1]
        elif time := _time(words, at, asked, begin, found[-1] if found else None):
            found.append(time)
            at = time.end
        else:
            at += 1
    if any(time.led for time in found) or values:
        # "for four at half past eleven": where one is plainly a time, mere numbers are none
        found = [time for time in found if time.led]
    values += [_value(time) for time in _agreed(words, found)]
    return tuple(sorted(values, key=lambda value: value.first))


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _value(time: _Time) -> Value:
    others = () if time.fixed else (_text((time.minutes + HALF) % DAY),)
    return Value("time", _text(time.minutes), time.first, time.end - 1, time.confidence, others)


HEARD_AS = {"to": "two", "too": "two", "for": "four", "ate": "eight", "won": "one"}
BESIDE_HEARD = frozenset(listed("at around about maybe say it's please"))


def _believed(words: Words) -> Words:
    """Take "for" as the four it sounds like where hardly anything else was said."""
    if all(word in HEARD_AS or word in BESIDE_HEARD for word in words):
        return tuple(HEARD_AS.get(word, word) for word in words)
    return words


def _time(words: Words, start: int, asked: bool, begin: int, before: _Time | None) -> _Time | None:
    """Read the time at *start*; *before* is the one in front of it, which it may be joined to."""
    read = clock_at(words, start)
    if read is None:
        return None
    half, end = _half_behind(words, read.end)
    bare = not read.sure and read.end - start == 1
    if half == "night" and end == read.end + 1 and bare and not has(words, start - 1, *LEADING):
        # "one night" is no time
        return None
    half = half or _half_before(words, start)
    joined = before is not None and before.led and tuple(words[before.end : start]) in SPANS
    led = joined or has(words, start - 1, *LEADING) or _linked(words, start, end)
    sure = read.sure or half != ""
    if not (sure or asked or led) or has(words, end, *NOT_A_TIME_AFTER):
        return None
    certain = joined or has(words, start - 1, "at", "before", "after", "until", "till")
    if read.whole_day and not read.sure and not (asked or half or certain):
        # "fifteen hundred", "zero ten", "sixteen thirty"
        return None
    led = sure or led or has(words, start - 1, *LEADING_ASKED)
    minutes, fixed = _placed(read, half, begin)
    confidence = 0.95 if half else 0.9 if fixed else 0.85 if sure or asked else 0.7
    return _Time(start, end, minutes, fixed, confidence, led)


def _placed(read: Reading, half: str, begin: int) -> tuple[int, bool]:
    """Return the time in minutes since midnight, and whether that is beyond doubt."""
    minutes = read.minutes
    if half == "night":
        of_half = minutes % HALF
        late = minutes if minutes >= 13 * 60 else of_half if of_half < DEEP_NIGHT else of_half + HALF
        return late, True
    if half and not (half == "am" and minutes >= 13 * 60):
        return minutes % HALF + (HALF if half == "pm" else 0), True
    if half or read.whole_day:
        return minutes, True
    return (begin + (minutes - begin) % HALF) % DAY, False


def _half_behind(words: Words, at: int) -> tuple[str, int]:
    """
    Read "pm", "p m", "in the morning", "at night", "night", "tonight" behind a time.

    A day in between ("tomorrow morning") stays a value of its own, so that the time ends in front of it.
    """
    if has(words, at, "a", "p") and has(words, at + 1, "m"):
        return words[at] + "m", at + 2
    if has(words, at, "am", "pm", "a.m.", "p.m."):
        return words[at].replace(".", ""), at + 1
    if has(words, at, "tonight"):
        return "pm", at + 1
    name = at
    if has(words, at, "in", "of") and has(words, at + 1, "the"):
        name = at + 2
    elif has(words, at, "at", "this"):
        name = at + 1
    if has(words, name, *PARTS):
        return HALVES[words[name]], name + 1
    day = at + has(words, at, "on")
    if has(words, day, *DAYS) and has(words, day + 1, *PARTS):
        return HALVES[words[day + 1]], at
    return "", at


def _half_before(words: Words, at: int) -> str:
    """Read "tomorrow morning at", "in the evening around", "tonight at" in front of a time."""
    before = at - 1
    while before >= 0 and words[before] in ROUGHLY:
        before -= 1
    if has(words, before, "tonight"):
        return "pm"
    if has(words, before, *PARTS) and has(words, before - 1, "the", "this", *DAYS):
        return HALVES[words[before]]
    return ""


def _linked(words: Words, start: int, end: int) -> bool:
    """Whether a mere number is one end of a span whose other end is plainly a time."""
    if has(words, start - 1, "from", "between"):
        for link in LINKS:
            if tuple(words[end : end + len(link)]) == link:
                other = clock_at(words, end + len(link))
                return other is not None and (other.sure or _half_behind(words, other.end)[0] != "")
    return False


def _agreed(words: Words, times: Sequence[_Time]) -> list[_Time]:
    """Let the ends of a span agree on the half of the day: "from five to eight p.m.", "eleven to two"."""
    agreed = list(times)
    for at in range(1, len(agreed)):
        first, last = agreed[at - 1], agreed[at]
        if tuple(words[first.end : last.first]) not in LINKS or first.fixed == last.fixed:
            continue
        if last.fixed:
            # the latest that is not behind the other end
            shifted = first.minutes if first.minutes < last.minutes else first.minutes % HALF
            later = first.minutes % HALF + HALF
            shifted = later if later < last.minutes else shifted
            agreed[at - 1] = _Time(first.first, first.end, shifted, False, first.confidence, first.led)
        else:
            soonest = first.minutes + (last.minutes - first.minutes) % HALF
            agreed[at] = _Time(last.first, last.end, soonest % DAY, False, last.confidence, last.led)
    return agreed

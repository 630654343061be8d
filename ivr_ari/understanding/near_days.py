"""
Days that need no month: "tomorrow", "next tuesday", "a week from friday", "three days ago", "monday week".
"""

from __future__ import annotations

from datetime import date, timedelta

from .almanac import Tense, days_of, last_day, likely_pair, shift, weekday_at
from .holidays import holiday_at
from .months import Read, count_at, texts_of
from .words import Words, has, listed

__all__ = ["NEAR_DAYS", "from_day", "from_month", "near_day", "that_weekday", "week_day", "weekday"]

NEAR_DAYS = {
    ("day", "after", "tomorrow"): 2,
    ("day", "before", "yesterday"): -2,
    ("tomorrow",): 1,
    ("today",): 0,
    ("today's",): 0,
    ("tomorrow's",): 1,
    ("yesterday's",): -1,
    ("tonight",): 0,
    ("this", "morning"): 0,
    ("this", "afternoon"): 0,
    ("this", "evening"): 0,
    ("right", "now"): 0,
    ("yesterday",): -1,
    ("last", "night"): -1,
}

WEEKS = {"next": 1, "last": -1, "this": 0, "following": 1}
"""Whole weeks from this one."""

SPANS = {
    **dict.fromkeys(listed("day days day's days'"), 1),
    **dict.fromkeys(listed("week weeks week's weeks'"), 7),
    **dict.fromkeys(listed("fortnight fortnights fortnight's"), 14),
}
MONTHS = {
    **dict.fromkeys(listed("month months month's months'"), 1),
    **dict.fromkeys(listed("year years year's years'"), 12),
}


def near_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "tomorrow", "the day before yesterday", "this morning", "today week"."""
    begin = at + has(words, at, "the")
    for name, days in NEAR_DAYS.items():
        if tuple(words[begin : begin + len(name)]) == name:
            end = begin + len(name)
            later = _weeks_behind(words, end)
            days += 7 * later[0]
            end = later[1]
            vague = name[0] in ("this", "right")
            return texts_of([today + timedelta(days=days)]), end, 0.75 if vague else 0.95
    return None


def _weeks_behind(words: Words, at: int) -> tuple[int, int]:
    """Read the "week" and "fortnight" of "tuesday week", the "in a week" of "wednesday in a week"."""
    if has(words, at, "week", "fortnight") and not has(words, at + 1, "of", "before", "after"):
        return (1 if words[at] == "week" else 2), at + 1
    if has(words, at, "in") and (count := count_at(words, at + 1)) and has(words, count[1], "week", "weeks"):
        return count[0], count[1] + 1
    return 0, at


def weekday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "tuesday", "next tuesday", "last tuesday", "this coming tuesday", "tuesday of next week"."""
    begin = at + has(words, at, "the")
    which = words[begin] if has(words, begin, "next", "last", "this", "coming", "following") else ""
    name_at = begin + bool(which)
    past = has(words, name_at, "past")
    name_at += has(words, name_at, "coming", "past")
    number = weekday_at(words, name_at)
    if number < 0:
        return None
    end = name_at + 1
    coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    gone = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if behind := _of_week(words, end, today, number):
        return behind
    if has(words, end, "before") and has(words, end + 1, "last"):
        return texts_of([gone - timedelta(days=7)]), end + 2, 0.95
    monday = today - timedelta(days=today.weekday())
    if has(words, end, "after") and has(words, end + 1, "next"):
        return texts_of([monday + timedelta(days=number + 14)]), end + 2, 0.95
    weeks, end = _weeks_behind(words, end)
    if weeks:
        return texts_of([coming + timedelta(days=7 * weeks)]), end, 0.95
    end += has(words, end, "coming", "gone")
    if which == "next":
        days = [monday + timedelta(days=number + 7), coming]
    elif which == "last" or past:
        days = [gone, gone - timedelta(days=7)]
    elif which == "this" and name_at == begin + 1:
        days = [monday + timedelta(days=number), gone if tense == "past" else coming]
        days = days[::-1] if (days[0] - today).days * (-1 if tense == "past" else 1) < 0 and tense else days
    elif which in ("coming", "following", "this"):
        days = [coming]
    else:
        days = [gone, coming] if tense == "past" else [coming, gone]
    return texts_of(list(dict.fromkeys(days))), end, 0.9


def _of_week(words: Words, at: int, today: date, number: int) -> Read | None:
    """Read the "of next week" behind a weekday."""
    of_week = at + has(words, at, "of") + has(words, at + 1, "the")
    if not has(words, of_week, *WEEKS) or not has(words, of_week + 1, "week"):
        return None
    monday = today - timedelta(days=today.weekday())
    days = number + 7 * WEEKS[words[of_week]]
    return texts_of([monday + timedelta(days=days)]), of_week + 2, 0.95


def week_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "next week tuesday", "last week on monday"."""
    if not has(words, at, *WEEKS) or not has(words, at + 1, "week"):
        return None
    name_at = at + 2 + has(words, at + 2, "on")
    number = weekday_at(words, name_at)
    if number < 0:
        return None
    monday = today - timedelta(days=today.weekday())
    return texts_of([monday + timedelta(days=number + 7 * WEEKS[words[at]])]), name_at + 1, 0.95


def that_weekday(words: Words, at: int, before: date) -> Read | None:
    """Read "that wednesday", "the following wednesday" behind the day *before*."""
    begin = at + has(words, at, "the")
    if not has(words, begin, "that", "following") or (number := weekday_at(words, begin + 1)) < 0:
        return None
    days = (number - before.weekday() - 1) % 7 + 1
    return texts_of([before + timedelta(days=days)]), begin + 2, 0.9


def from_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "a week from tuesday", "three days ago", "in two weeks", "the day after friday"."""
    inside = has(words, at, "in", "within")
    count = count_at(words, at + inside) or _one_day(words, at)
    if count is None or not has(words, count[1], *SPANS):
        return None
    number, unit = count
    days, end = number * SPANS[words[unit]], unit + 1
    if has(words, end, "ago", "back", "earlier"):
        return _back(words, end + 1, today, days)
    start = _start(words, end, today, tense)
    if start:
        sign = -1 if words[end] == "before" else 1
        return texts_of([start[0] + sign * timedelta(days=days)]), start[1], 0.95
    return (texts_of([today + timedelta(days=days)]), end + has(words, end, "time"), 0.85) if inside else None


def _one_day(words: Words, at: int) -> tuple[int, int] | None:
    """Read the "the day" of "the day after christmas"."""
    begin = at + has(words, at, "the")
    return (1, begin) if has(words, begin, "day") and has(words, begin + 1, "after", "before") else None


def _back(words: Words, at: int, today: date, days: int) -> Read:
    """Read "a week ago", and "a week ago monday": the monday of a week ago."""
    at += has(words, at, "on", "last")
    if has(words, at, "today"):
        return texts_of([today - timedelta(days=days)]), at + 1, 0.95
    if has(words, at, "yesterday"):
        return texts_of([today - timedelta(days=days + 1)]), at + 1, 0.95
    number = weekday_at(words, at)
    if number >= 0 and days % 7 == 0:
        gone = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
        return texts_of([gone - timedelta(days=days)]), at + 1, 0.9
    at -= has(words, at - 1, "on", "last")
    return texts_of([today - timedelta(days=days)]), at, 0.9


def _start(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    """Read "from now", "after tuesday", "on tuesday", "before friday", "today" behind a length of time."""
    if has(words, at, "from", "after", "on", "before"):
        if has(words, at + 1, "now"):
            return today, at + 2
        begin = at + 1
    elif has(words, at, "today", "tomorrow"):
        begin = at
    else:
        return None
    start = near_day(words, begin, today, tense) or weekday(words, begin, today, "future")
    named = holiday_at(words, begin) if start is None else None
    if named:
        days = [named[0](year) for year in (today.year - 1, today.year, today.year + 1)]
        return likely_pair(days, today, tense)[0], named[1]
    return (date.fromisoformat(start[0][0]), start[1]) if start else None


def from_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "six months ago", "in a year", "a month from today": the same day of another month."""
    inside = has(words, at, "in", "within")
    count = count_at(words, at + inside)
    if count is None or not has(words, count[1], *MONTHS):
        return None
    months, end = count[0] * MONTHS[words[count[1]]], count[1] + 1
    if has(words, end, "ago", "back", "earlier"):
        months, end = -months, end + 1 + has(words, end + 1, "today")
        if has(words, end, "yesterday"):
            today, end = today - timedelta(days=1), end + 1
    elif has(words, end, "from") and has(words, end + 1, "now", "today"):
        end += 2
    elif inside:
        end += has(words, end, "time")
    else:
        return None
    moved = shift(today.year, today.month, months)
    day = next(iter(days_of(*moved, today.day)), last_day(*moved))
    return texts_of([day]), end, 0.95

"""
Days and months, relative to a given day: "next tuesday", "march third", "a week from friday", "last month".

A year that is not said is chosen by tense, and without tense by nearness; the next likely reading is kept.
"next tuesday" is the Tuesday of the next calendar week (Monday to Sunday), a bare "tuesday" the coming one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ..events import Kind, Value
from .almanac import Tense, days_of, holiday_at, likeliest, month_at, shift, tense_of, weekday_at
from .months import Read, count_at, month_edge, near_month, plain_month, texts_of
from .words import Words, cardinal, has, listed, ordinal, year

__all__ = ["day_at", "find_dates"]


DAY_BEFORE = frozenset(listed("on by since until before after was for from to"))
"""Words in front of "the fourteenth" that make it a day."""


def find_dates(words: Words, today: str, tense: Tense = "", asked: Sequence[Kind] = ()) -> tuple[Value, ...]:
    """
    Return the days (kind ``date``) and months (kind ``month``) in *words*; *today* is an ISO date.

    With *asked* ``date`` numbers alone may be one ("three fourteen"). With *asked* ``month`` alone, a day is
    given as its month.
    """
    day, found, at = date.fromisoformat(today), list[Value](), 0
    tense = tense_of(words, tense)
    rules = (*RULES, *((_numeric, _bare_day) if "date" in asked else ()))
    while at < len(words):
        reads = [read for rule in rules if (read := rule(words, at, day, tense))]
        if not reads:
            at += 1
            continue
        texts, end, confidence = max(reads, key=lambda read: read[1])
        found.append(_value(texts, at, end, confidence, asked))
        at = end
    return tuple(found)


def day_at(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read the day or month that begins at *at*, the longest reading; None if none does."""
    reads = [read for rule in RULES if (read := rule(words, at, today, tense))]
    return max(reads, key=lambda read: read[1], default=None)


def _value(texts: Sequence[str], first: int, end: int, confidence: float, asked: Sequence[Kind]) -> Value:
    if "month" in asked and "date" not in asked:
        texts = tuple(dict.fromkeys(text[:7] for text in texts))
    kind: Kind = "month" if len(texts[0]) == len("2026-03") else "date"
    return Value(kind, texts[0], first, end - 1, confidence, tuple(texts[1:]))


# --- days that need no month ----------------------------------------------------------------------------

NEAR_DAYS = {
    ("day", "after", "tomorrow"): 2,
    ("day", "before", "yesterday"): -2,
    ("tomorrow",): 1,
    ("today",): 0,
    ("tonight",): 0,
    ("yesterday",): -1,
    ("last", "night"): -1,
}


def _near_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    begin = at + has(words, at, "the")
    for name, days in NEAR_DAYS.items():
        if all(has(words, begin + offset, word) for offset, word in enumerate(name)):
            return texts_of([today + timedelta(days=days)]), begin + len(name), 0.95
    return None


def _weekday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "tuesday", "next tuesday", "last tuesday", "this coming tuesday", "tuesday of next week"."""
    which = words[at] if has(words, at, "next", "last", "this") else ""
    name_at = at + bool(which)
    name_at += has(words, name_at, "coming", "past")
    weekday = weekday_at(words, name_at)
    if weekday < 0:
        return None
    monday = today - timedelta(days=today.weekday())
    end = name_at + 1
    of_week = end + has(words, end, "of")
    if not which and has(words, of_week, "next", "last", "this") and has(words, of_week + 1, "week"):
        weeks = {"next": 7, "last": -7, "this": 0}[words[of_week]]
        return texts_of([monday + timedelta(days=weekday + weeks)]), of_week + 2, 0.95
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    gone = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if which == "next":
        days = [monday + timedelta(days=weekday + 7), coming]
    elif which == "last":
        days = [gone, gone - timedelta(days=7)]
    else:
        days = [gone, coming] if tense == "past" else [coming, gone]
    return texts_of(list(dict.fromkeys(days))), end, 0.9


def _from_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "a week from tuesday", "three days ago", "in two weeks", "two weeks from now"."""
    inside = has(words, at, "in")
    count = count_at(words, at + inside)
    if count is None:
        return None
    number, unit_at = count
    days = number * (7 if has(words, unit_at, "week", "weeks") else 1)
    if not has(words, unit_at, "week", "weeks", "day", "days"):
        return None
    end = unit_at + 1
    if has(words, end, "ago", "back"):
        return texts_of([today - timedelta(days=days)]), end + 1, 0.9
    if has(words, end, "from", "after") and has(words, end + 1, "now"):
        return texts_of([today + timedelta(days=days)]), end + 2, 0.95
    if has(words, end, "from", "after"):
        start = _near_day(words, end + 1, today, tense) or _weekday(words, end + 1, today, "future")
        if start:
            return texts_of([date.fromisoformat(start[0][0]) + timedelta(days=days)]), start[1], 0.95
    return (texts_of([today + timedelta(days=days)]), end, 0.85) if inside else None


def _day_number(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "on the fourteenth", "tuesday the fourteenth", "the first of next month"."""
    begin = at + (weekday_at(words, at) >= 0)
    article = has(words, begin, "the")
    read = ordinal(words, begin + article)
    if read is None or not 1 <= read[0] <= 31:
        return None
    number, end = read
    month_word = end + has(words, end, "of")
    if month_word > end and has(words, month_word, "the", "this", "next", "last"):
        if not has(words, month_word + 1, "month"):
            return None
        moved = {"next": 1, "last": -1}.get(words[month_word], 0)
        days = list(days_of(*shift(today.year, today.month, moved), number))
        return (texts_of(days), month_word + 2, 0.95) if days else None
    if not article or not (begin > at or (at and words[at - 1] in DAY_BEFORE)):
        return None
    if has(words, end, "one", "time", "thing", "charge", "payment", "transaction"):
        return None
    return _in_some_month(number, today, tense, end, 0.8, weekday_at(words, at))


def _bare_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "the fourteenth" or "fourteenth" where a day is asked for."""
    read = ordinal(words, at + has(words, at, "the"))
    if read is None or not 1 <= read[0] <= 31 or has(words, read[1], "one"):
        return None
    if words[at] == "second" and at and has(words, at - 1, "a", "one", "just"):
        return None
    return _in_some_month(read[0], today, tense, read[1], 0.8)


def _in_some_month(
    number: int, today: date, tense: Tense, end: int, confidence: float, weekday: int = -1
) -> Read | None:
    months = (shift(today.year, today.month, offset) for offset in (-2, -1, 0, 1, 2))
    days = likeliest((day for month in months for day in days_of(*month, number)), today, tense)
    # "tuesday the fourteenth" means one that is a Tuesday
    days.sort(key=lambda day: weekday >= 0 and day.weekday() != weekday)
    return texts_of(days[:2]), end, confidence


# --- days with a month ------------------------------------------------------------------------------------


def _month_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "march third", "the third of march", "may fifth nineteen eighty two", "tuesday march third"."""
    begin = at + (weekday_at(words, at) >= 0)
    begin += has(words, begin, "the")
    month = month_at(words, begin)
    if month:
        day = _number_of_day(words, begin + 1 + has(words, begin + 1, "the"))
    else:
        day = ordinal(words, begin)
        month = month_at(words, day[1] + has(words, day[1], "of")) if day else 0
        if day and month:
            day = day[0], day[1] + has(words, day[1], "of") + 1
    if not month or day is None:
        return None
    return _in_some_year(words, month, day[0], day[1], today, tense)


def _number_of_day(words: Words, at: int) -> tuple[int, int] | None:
    read = ordinal(words, at) or cardinal(words, at)
    if read is None or not 1 <= read[0] <= 31:
        return None
    # in "march twenty twenty five" and "march nineteen eighty two" the number begins a year
    whole = year(words, at)
    beyond = year(words, read[1]) is not None
    return None if whole and whole[1] > read[1] and not beyond else read


def _in_some_year(words: Words, month: int, day: int, end: int, today: date, tense: Tense) -> Read | None:
    said = _said_year(words, end)
    years = (said[0],) if said else (today.year - 1, today.year, today.year + 1)
    days = likeliest((one for each in years for one in days_of(each, month, day)), today, tense)
    return (texts_of(days[:2]), said[1] if said else end, 0.95) if days else None


def _said_year(words: Words, at: int) -> tuple[int, int] | None:
    at += has(words, at, "of", "in")
    read = year(words, at)
    short = cardinal(words, at)
    if read is None and short and 30 <= short[0] <= 99:
        return 1900 + short[0], short[1]
    return read


def _holiday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    named = holiday_at(words, at)
    return _in_some_year(words, *named[0], named[1], today, tense) if named else None


def _numeric(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "three fourteen", "oh three fourteen nineteen eighty two": the month first, as in the US."""
    if has(words, at - 1, "at", "around", "about"):
        return None
    begin = at + has(words, at, "oh", "zero")
    month = cardinal(words, begin)
    if month is None or not 1 <= month[0] <= 12:
        return None
    day_at = month[1] + has(words, month[1], "oh", "zero")
    day = ordinal(words, day_at) or cardinal(words, day_at)
    if day is None or not 1 <= day[0] <= 31 or (at and cardinal(words, at - 1)):
        return None
    if has(words, day[1], "am", "pm", "a", "p", "o'clock", "in"):
        # "three thirty pm" is a time
        return None
    read = _in_some_year(words, month[0], day[0], day[1], today, tense)
    return (read[0], read[1], 0.7) if read and not cardinal(words, read[1]) else None


Rule = Callable[[Words, int, date, Tense], Read | None]

RULES: tuple[Rule, ...] = (
    _near_day,
    _weekday,
    _from_day,
    _day_number,
    _month_day,
    _holiday,
    month_edge,
    near_month,
    plain_month,
)

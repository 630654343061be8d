"""
Days by numbers: "the fourteenth", "friday the seventeenth", "the first monday in august", "three fourteen".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from .almanac import Tense, days_of, last_day, likely_pair, on_side, shift, weekday_at
from .months import Read, near_month, plain_month, said_year, texts_of
from .words import Words, cardinal, has, listed, ordinal

__all__ = ["bare_day", "day_of_month", "nth_weekday", "numeric"]

DAY_BEFORE = frozenset(listed("on by since until till before after was for from to between through and"))
"""Words in front of "the fourteenth" that make it a day."""

BEHIND_DAY = frozenset(listed("to until till through at for from and please or if in around between"))
"""Words behind "from fourth" that leave it a day and no fourth thing."""

PARTS_OF_DAY = frozenset(listed("night morning afternoon evening day"))
"""In front of "of the fourteenth"."""

NO_DAY = frozenset(
    listed("one time thing charge payment transaction option choice name account card thought")
)
EACH = frozenset(("each", "every"))
"""In front of "month" they mean a day of all months, which is no date."""

FIGURES = re.compile(r"(\d\d?)([/.-])(\d\d?)[/.-](\d{4}|\d\d)")
ISO = re.compile(r"\d{4}-\d\d-\d\d")
BETWEEN_FIGURES = frozenset(listed("slash dash hyphen oh zero"))

THIS_CENTURY = 30
"""Years written with two digits are of this century below this."""


def day_of_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "on the fourteenth", "tuesday the fourteenth", "the first of next month"."""
    if moved := _month_before(words, at, today):
        return moved
    begin = at + has(words, at, "next", "this", "last", "coming")
    number = weekday_at(words, begin)
    if number < 0 and begin > at:
        return None
    begin += number >= 0
    article = has(words, begin, "the")
    read = ordinal(words, begin + article)
    if read is None or not 1 <= read[0] <= 31:
        return None
    day, end = read
    of_month = end + has(words, end, "of")
    if has(words, of_month, *EACH):
        return None
    if has(words, of_month, "the", "this", "next", "last") and has(words, of_month + 1, "month"):
        moved_by = {"next": 1, "last": -1}.get(words[of_month], 0)
        days = list(days_of(*shift(today.year, today.month, moved_by), day))
        if of_month > end and words[of_month] == "the":
            days = _some_month_days(day, today, tense)
        return (texts_of(days), of_month + 2, 0.95) if days else None
    led = at > 0 and words[at - 1] in DAY_BEFORE
    led = led or (has(words, at - 1, "of") and has(words, at - 2, *PARTS_OF_DAY))
    if not (number >= 0 or (article and led) or (led and _ends_there(words, end))) or has(
        words, end, *NO_DAY
    ):
        return None
    return _in_some_month(day, today, tense, end, 0.8, number)


def _ends_there(words: Words, at: int) -> bool:
    return at >= len(words) or words[at] in BEHIND_DAY


def _month_before(words: Words, at: int, today: date) -> Read | None:
    """Read "next month on the third"."""
    if not has(words, at, "next", "last", "this") or not has(words, at + 1, "month"):
        return None
    begin = at + 2 + has(words, at + 2, "on")
    begin += has(words, begin, "the")
    read = ordinal(words, begin)
    if read is None:
        return None
    month = shift(today.year, today.month, {"next": 1, "last": -1, "this": 0}[words[at]])
    days = list(days_of(*month, read[0]))
    return (texts_of(days), read[1], 0.95) if days else None


def bare_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "the fourteenth" or "fourteenth" where a day is asked for."""
    begin = at + has(words, at, "the")
    read = ordinal(words, begin)
    if read is None or not 1 <= read[0] <= 31 or has(words, read[1], *NO_DAY, "available", "thoughts"):
        return None
    of_month = read[1] + has(words, read[1], "of")
    if has(words, of_month, *EACH) or (words[begin] == "second" and has(words, at - 1, "a", "one", "just")):
        return None
    return _in_some_month(read[0], today, tense, read[1], 0.8)


def _some_month_days(number: int, today: date, tense: Tense, months: int = 2) -> list[date]:
    near = (shift(today.year, today.month, moved) for moved in range(-months, months + 1))
    return likely_pair((day for month in near for day in days_of(*month, number)), today, tense)


def _in_some_month(
    number: int, today: date, tense: Tense, end: int, confidence: float, weekday: int = -1
) -> Read | None:
    days = _some_month_days(number, today, tense)
    if weekday >= 0:
        # "tuesday the fourteenth" means one that is a Tuesday
        near = (shift(today.year, today.month, moved) for moved in range(-12, 13))
        right = [day for month in near for day in days_of(*month, number) if day.weekday() == weekday]
        right = [day for day in right if on_side(day, today, tense)]
        days = likely_pair(right, today, tense) or days
    return (texts_of(days), end, confidence) if days else None


def nth_weekday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "the first monday of august", "the last friday of the month", "the last day of march"."""
    begin = at + has(words, at, "the")
    last = has(words, begin, "last")
    which = (0, begin + 1) if last else ordinal(words, begin)
    if which is None or (which[0] > 5 and not last):
        return None
    name_at = which[1]
    number = weekday_at(words, name_at)
    whole = has(words, name_at, "day") or (last and has(words, name_at, "of"))
    if number < 0 and not (whole and last):
        return None
    of_month = name_at + (not (last and has(words, name_at, "of")))
    if not has(words, of_month, "of", "in"):
        return None
    month = month_said(words, of_month + 1, today, tense)
    if month is None:
        return None
    first, end = month
    final = last_day(first.year, first.month)
    if number < 0:
        return texts_of([final]), end, 0.95
    if last:
        day = final - timedelta(days=(final.weekday() - number) % 7)
    else:
        day = first + timedelta(days=(number - first.weekday()) % 7 + 7 * (which[0] - 1))
    return (texts_of([day]), end, 0.95) if day.month == first.month else None


def month_said(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    """Read "the month", "next month", "august" as the first day of that month."""
    if has(words, at, "the") and has(words, at + 1, "month"):
        return today.replace(day=1), at + 2
    read = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    return (date.fromisoformat(f"{read[0][0]}-01"), read[1]) if read else None


def numeric(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "three fourteen", "oh three slash fourteen nineteen eighty two": the month first, as in the US."""
    if at < len(words) and (written := _figures(words[at])):
        return written, at + 1, 0.95
    if has(words, at - 1, "at", "around", "about", "point"):
        return None
    begin = at + has(words, at, "oh", "zero")
    first = cardinal(words, begin)
    if first is None or (at and cardinal(words, at - 1)):
        return None
    second_at = _skipped(words, first[1])
    second = ordinal(words, second_at) or cardinal(words, second_at)
    if second is None or has(words, second[1], "am", "pm", "a", "p", "o'clock", "in"):
        # "three thirty pm" is a time
        return None
    month, day = (first[0], second[0]) if first[0] <= 12 else (second[0], first[0])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    said = said_year(words, _skipped(words, second[1], "slash", "dash"), today)
    years = (said[0],) if said else (today.year - 1, today.year, today.year + 1)
    days = likely_pair((one for each in years for one in days_of(each, month, day)), today, tense)
    end = said[1] if said else second[1]
    return (texts_of(days), end, 0.7) if days and not cardinal(words, end) else None


def _skipped(words: Words, at: int, *only: str) -> int:
    while has(words, at, *(only or BETWEEN_FIGURES)):
        at += 1
    return at


def _figures(word: str) -> tuple[str, ...]:
    """Read "9/3/2019", the month first unless that cannot be; "9.3.2019", the day first; "2019-09-03"."""
    match = FIGURES.fullmatch(word)
    if match is None:
        return _iso(word)
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if year >= 100 else 2000 if year < THIS_CENTURY else 1900
    orders = [(other, one), (one, other)] if match[2] == "." else [(one, other), (other, one)]
    days = [day for month, number in orders if 1 <= month <= 12 for day in days_of(year, month, number)]
    return texts_of(list(dict.fromkeys(days)))


def _iso(word: str) -> tuple[str, ...]:
    """Read "2019-09-03"; nothing if there is no such day."""
    try:
        return (date.fromisoformat(word).isoformat(),) if ISO.fullmatch(word) else ()
    except ValueError:
        return ()

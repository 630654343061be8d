"""
Ranges of days, both ends included: "from monday to friday", "between the third and the tenth of march",
"next week", "this weekend", "the last two weeks".

A week goes from Monday to Sunday. An end that names no month takes that of the other end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from ..events import Value
from .almanac import Tense, days_of, last_day, month_at, shift, tense_of, weekday_at
from .dates import day_at
from .months import count_at, near_month, plain_month
from .words import FILLERS, Words, cardinal, has, listed, ordinal

__all__ = ["find_ranges"]

Span = tuple[date, date, int]
"""First and last day, and the index behind the words."""

BETWEEN = frozenset(listed("to till until through thru"))
WEEKS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "the": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
OPENING = frozenset(listed("from between starting beginning"))
MOST_DAYS = 400
"""Nobody means a range that is longer."""

FEW = 3
UNITS = {"day": 1, "days": 1, "night": 1, "nights": 1, "week": 7, "weeks": 7}


def find_ranges(words: Words, today: str, tense: Tense = "", *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the ranges of days in *words*, as ``2026-03-03/2026-03-10``; *today* is an ISO date.

    Where one is *asked* for, a single day or month is a range as well.
    """
    day, found, at = date.fromisoformat(today), list[Value](), 0
    tense = tense_of(words, tense)
    rules = (*RULES, _single) if asked else RULES
    while at < len(words):
        spans = [span for rule in rules if (span := rule(words, at, day, tense)) and _sound(span)]
        if not spans:
            at += 1
            continue
        first, last, end = max(spans, key=lambda span: span[2])
        sure = 0.95 if end - at > 1 else 0.8
        found.append(Value("range", f"{first.isoformat()}/{last.isoformat()}", at, end - 1, sure))
        at = end
    return tuple(found)


def _sound(span: Span) -> bool:
    return timedelta() <= span[1] - span[0] <= timedelta(days=MOST_DAYS)


def _from_to(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "from monday to friday", "between the third and the tenth of march", "march third to tenth"."""
    led = has(words, at, *OPENING)
    begin = _skipped(words, at + led)
    start = _bare(words, begin) or _day(words, begin, today, tense)
    if start is None:
        return None
    link = _skipped(words, start[1])
    joined = has(words, link, *BETWEEN) or (led and has(words, link, "and"))
    if not joined:
        return None
    # "up to and including friday"
    behind = _skipped(
        words, link + 1 + 2 * (has(words, link + 1, "and") and has(words, link + 2, "including"))
    )
    numbers = _bare(words, begin), _bare(words, behind)
    if numbers[0] and numbers[1]:
        return _both_bare(numbers[0], numbers[1], today, tense)
    if numbers[0]:
        return _first_bare(words, numbers[0][0], behind, today, tense)
    return _last_after(words, begin, behind, today, tense)


def _both_bare(start: tuple[int, int], end: tuple[int, int], today: date, tense: Tense) -> Span | None:
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


def _first_bare(words: Words, number: int, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the third to the tenth of march": the first day is in the month of the last."""
    read = _day(words, at, today, tense)
    if read is None:
        return None
    last, end = read
    month = (last.year, last.month) if number <= last.day else shift(last.year, last.month, -1)
    return next(((first, last, end) for first in days_of(*month, number)), None)


def _last_after(words: Words, begin: int, at: int, today: date, tense: Tense) -> Span | None:
    """The last day is the first of its name that does not come before the first day."""
    start = _day(words, begin, today, tense)
    if start is None:
        return None
    first = start[0]
    bare = _bare(words, at)
    if bare:
        month = (first.year, first.month) if bare[0] >= first.day else shift(first.year, first.month, 1)
        return next(((first, last, bare[1]) for last in days_of(*month, bare[0])), None)
    named = weekday_at(words, at)
    if named >= 0 and not _more_than_weekday(words, at):
        return first, first + timedelta(days=(named - first.weekday()) % 7), at + 1
    end = _month_end(words, at, today, tense) if _is_month(words, begin, today, tense) else None
    end = end or _day(words, at, today, tense)
    if end is None:
        return None
    last, behind = end
    if last < first:
        # said without a year, it is the next one of that name
        last = next(iter(days_of(first.year + (last.month < first.month), last.month, last.day)), last)
    return first, last, behind


def _more_than_weekday(words: Words, at: int) -> bool:
    read = day_at(words, at, date(2000, 1, 1), "")
    return read is not None and read[1] > at + 1


def _bare(words: Words, at: int) -> tuple[int, int] | None:
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


def _day(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    """Read one day, a month as its first."""
    read = day_at(words, at, today, tense)
    if read is None:
        return None
    text = read[0][0]
    return date.fromisoformat(text if len(text) > len("2026-03") else f"{text}-01"), read[1]


def _is_month(words: Words, at: int, today: date, tense: Tense) -> bool:
    read = day_at(words, at, today, tense)
    return read is not None and len(read[0][0]) == len("2026-03")


def _month_end(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    read = day_at(words, at, today, tense)
    if read is None or len(read[0][0]) > len("2026-03"):
        return None
    first = date.fromisoformat(f"{read[0][0]}-01")
    return last_day(first.year, first.month), read[1]


def _skipped(words: Words, at: int) -> int:
    while has(words, at, *FILLERS, "on"):
        at += 1
    return at


def _week(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "next week", "this weekend", "the week after next", "the week of march third"."""
    begin = at + has(words, at, "the", "all", "any")
    begin += has(words, begin, "of", "time", "day")
    monday = today - timedelta(days=today.weekday())
    if (
        has(words, begin, "week", "weekend")
        and has(words, begin + 1, "after")
        and has(words, begin + 2, "next")
    ):
        return _of_week(monday + timedelta(days=14), words[begin], begin + 3)
    if has(words, begin, "week") and has(words, begin + 1, "of", "starting", "beginning"):
        read = _day(words, begin + 2, today, tense) or _bare_day(words, begin + 2, today, tense)
        return _of_week(read[0] - timedelta(days=read[0].weekday()), "week", read[1]) if read else None
    if has(words, begin, *WEEKS):
        moved, begin = WEEKS[words[begin]], begin + 1
    elif begin > at and words[begin - 1] == "the" and has(words, begin, "weekend"):
        moved = 0
    else:
        return None
    begin += has(words, begin, "coming", "whole", "entire")
    if not has(words, begin, "week", "weekend", "week's"):
        return None
    return _of_week(monday + timedelta(days=7 * moved), words[begin].removesuffix("'s"), begin + 1)


def _of_week(monday: date, what: str, end: int) -> Span:
    first = monday + timedelta(days=5 if what == "weekend" else 0)
    return first, monday + timedelta(days=6), end


def _bare_day(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    bare = _bare(words, at)
    span = _both_bare(bare, bare, today, tense) if bare else None
    return (span[0], span[2]) if span else None


def _counted(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the next three days", "the last two weeks", "the past month"."""
    begin = at + has(words, at, "the", "these")
    if not has(words, begin, "next", "last", "past", "coming", "previous", "following"):
        return None
    back = words[begin] in ("last", "past", "previous")
    count = count_at(words, begin + 1) or ((1, begin + 1) if words[begin] == "past" else None)
    if count is None:
        count = (FEW, begin + 2) if has(words, begin + 1, "few") else None
    if count is None:
        return None
    number, unit = count
    if has(words, unit, "month", "months"):
        month = shift(today.year, today.month, -number if back else number)
        other = next(iter(days_of(*month, today.day)), last_day(*month))
    elif has(words, unit, *UNITS):
        other = today + timedelta(days=number * UNITS[words[unit]] * (-1 if back else 1))
    else:
        return None
    return (other, today, unit + 1) if back else (today, other, unit + 1)


def _lasting(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "three nights from the tenth", "two weeks starting monday", "five days from tomorrow"."""
    begin = at + has(words, at, "for")
    count = count_at(words, begin)
    if count is None or not has(words, count[1], *UNITS):
        return None
    number, unit = count
    link = unit + 1
    if has(words, link, "starting", "beginning"):
        link += has(words, link + 1, "on", "from")
    elif not (begin > at and has(words, link, "from")):
        return None
    start = _day(words, link + 1, today, tense) or _bare_day(words, link + 1, today, tense)
    if start is None:
        return None
    # so many nights end on the day after the last of them
    days = number * UNITS[words[unit]] - (not words[unit].startswith("night"))
    return start[0], start[0] + timedelta(days=days), start[1]


def _open_ended(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "until friday", which begins today, and "since monday", which ends today."""
    if not has(words, at, "until", "till", "since") or has(words, at - 1, "from", "not"):
        return None
    if words[at] == "since":
        read = _day(words, at + 1, today, "past")
        return (read[0], today, read[1]) if read else None
    read = _day(words, at + 1, today, tense or "future")
    return (today, read[0], read[1]) if read else None


def _part_of_month(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the first week of march", "the first two weeks of march", "the last week of next month"."""
    begin = at + has(words, at, "the")
    which = -1 if has(words, begin, "last") else (ordinal(words, begin) or (0, 0))[0]
    unit = begin + 1
    weeks = 1
    if (count := cardinal(words, unit)) and has(words, count[1], "weeks"):
        weeks, unit = count
    if not which or not has(words, unit, "week", "weeks") or not has(words, unit + 1, "of", "in"):
        return None
    month = _month(words, unit + 2, today, tense)
    if month is None:
        return None
    first = month[0]
    if which < 0:
        return (
            last_day(first.year, first.month) - timedelta(days=7 * weeks - 1),
            last_day(first.year, first.month),
            month[1],
        )
    start = first + timedelta(days=7 * (which - 1))
    return start, start + timedelta(days=7 * weeks - 1), month[1]


def _month(words: Words, at: int, today: date, tense: Tense) -> tuple[date, int] | None:
    at += has(words, at, "the") and not has(words, at + 1, "month")
    if has(words, at, "the") and has(words, at + 1, "month"):
        return today.replace(day=1), at + 2
    read = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    return (date.fromisoformat(f"{read[0][0]}-01"), read[1]) if read else None


def _whole_month(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "all of march", "the whole month of march", "the whole of next month"."""
    begin = at + has(words, at, "the")
    if not has(words, begin, "all", "whole", "entire"):
        return None
    begin += 1
    while has(words, begin, "of", "month", "in"):
        begin += 1
    month = _month(words, begin, today, tense)
    return (month[0], last_day(month[0].year, month[0].month), month[1]) if month else None


def _single(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """A day by itself, or a month: "on tuesday", "in march"."""
    month = _month_end(words, at, today, tense)
    if month:
        return month[0].replace(day=1), month[0], month[1]
    read = _day(words, at, today, tense) or _bare_day(words, at, today, tense)
    return (read[0], read[0], read[1]) if read else None


Rule = Callable[[Words, int, date, Tense], Span | None]
RULES: Sequence[Rule] = (
    _from_to,
    _week,
    _counted,
    _lasting,
    _open_ended,
    _part_of_month,
    _whole_month,
)

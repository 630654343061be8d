"""
Ranges of days, both ends included: "from monday to friday", "between the third and the tenth of march",
"next week", "this weekend", "the last two weeks".

An end that names no month takes that of the other end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..events import Value
from .almanac import Tense, days_of, shift, tense_of, weekday_at
from .dates import day_at
from .months import count_at
from .range_ends import (
    OPENING,
    Span,
    bare_day,
    bare_number,
    both_bare,
    day_said,
    end_of_month,
    is_month,
)
from .weeks import UNITS, counted, part_of_month, part_of_year, week, whole_month
from .words import FILLERS, Words, has, phrases

__all__ = ["LINKING", "Ends", "ends_at", "find_ranges"]

CLOSING = phrases(
    """
to | till | until | through | thru | up to | ending | leaving | leave | departing | depart | check out
checking out | returning | return | coming back | come back | back
"""
)
"""Between the ends of a range; also with "and" in front."""

LINKING = frozenset((*(said[0] for said in CLOSING), "and", "two", "too"))
"""Without one of these words two days are no range."""
MOST_DAYS = 400
"""Nobody means a range that is longer."""


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
        last, end = _mended(words, first, last, end, day)
        sure = 0.95 if end - at > 1 else 0.8
        found.append(Value("range", f"{first.isoformat()}/{last.isoformat()}", at, end - 1, sure))
        at = end
    return tuple(found)


def _mended(words: Words, first: date, last: date, end: int, today: date) -> tuple[date, int]:
    """Read another last day behind a "no": "from monday to friday, no, thursday"."""
    at = end
    while has(words, at, "no", "sorry", "wait", "i", "mean", "make", "that", "to", "until", *FILLERS):
        at += 1
    if (
        at == end
        or not any(word in ("no", "sorry", "mean", "that") for word in words[end:at])
        or first == last
    ):
        return last, end
    bare = bare_number(words, at)
    read = day_said(words, at, first, "future") if not bare else None
    days = list(days_of(first.year, first.month, bare[0])) if bare else [read[0]] if read else []
    good = [day for day in days if day >= first]
    behind = bare[1] if bare else read[1] if read else end
    return (good[0], behind) if good and behind == len(words) else (last, end)


def _sound(span: Span) -> bool:
    return timedelta() <= span[1] - span[0] <= timedelta(days=MOST_DAYS)


def _from_to(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "from monday to friday", "between the third and the tenth of march", "march third to tenth"."""
    ends = ends_at(words, at, today, tense)
    return (ends.first, ends.last, ends.end) if ends else None


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a range and where their words are."""

    first: date
    last: date
    first_at: int
    first_end: int
    """The index behind the first end."""
    last_at: int
    end: int


def ends_at(words: Words, at: int, today: date, tense: Tense) -> Ends | None:
    """Read two days as the ends of one range that begins at *at*: "from the third to the tenth of march"."""
    lead = _phrase(words, at, OPENING)
    begin = _skipped(words, at + lead)
    start = bare_number(words, begin) or day_said(words, begin, today, tense)
    if start is None:
        return None
    behind = _link(words, _skipped(words, start[1]), words[at : at + lead])
    if behind < 0:
        return None
    numbers = bare_number(words, begin), bare_number(words, behind, plain=not bare_number(words, begin))
    if numbers[0] and numbers[1]:
        span = both_bare(numbers[0], numbers[1], today, tense)
    elif numbers[0]:
        span = _first_bare(words, numbers[0][0], behind, today, tense)
    else:
        span = _last_after(words, begin, behind, today, tense)
    return Ends(span[0], span[1], begin, start[1], behind, span[2]) if span else None


def _link(words: Words, at: int, lead: Words) -> int:
    """The index behind "to", "and leaving on" and the like at *at*, -1 if nothing links there."""
    joined = has(words, at, "and")
    if has(words, at, "two", "too") and weekday_at(words, at - 1) >= 0 and weekday_at(words, at + 1) >= 0:
        # what is heard for "to"
        return at + 1
    said = _phrase(words, at + joined, CLOSING)
    closing = tuple(words[at + joined : at + joined + said])
    if said and closing != tuple(lead):
        # "up to and including friday"
        end = at + joined + said
        return _skipped(words, end + 2 * (has(words, end, "and") and has(words, end + 1, "including")))
    return _skipped(words, at + 1) if joined and tuple(lead) in (("between",), ("from",)) else -1


def _phrase(words: Words, at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words the longest of *phrases* that stands at *at* has, 0 if none does."""
    return next((len(said) for said in phrases if tuple(words[at : at + len(said)]) == said), 0)


def _first_bare(words: Words, number: int, at: int, today: date, tense: Tense) -> Span | None:
    """Read "the third to the tenth of march": the first day is in the month of the last."""
    read = day_said(words, at, today, tense)
    if read is None:
        return None
    last, end = read
    month = (last.year, last.month) if number <= last.day else shift(last.year, last.month, -1)
    return next(((first, last, end) for first in days_of(*month, number)), None)


def _last_after(words: Words, begin: int, at: int, today: date, tense: Tense) -> Span | None:
    """The last day is the first of its name that does not come before the first day."""
    start = day_said(words, begin, today, tense)
    if start is None:
        return None
    first = start[0]
    bare = bare_number(words, at, plain=True)
    if bare:
        month = (first.year, first.month) if bare[0] >= first.day else shift(first.year, first.month, 1)
        return next(((first, last, bare[1]) for last in days_of(*month, bare[0])), None)
    at += has(words, at, "the") and weekday_at(words, at + 1) >= 0
    named = weekday_at(words, at)
    if named >= 0 and not _more_than_weekday(words, at):
        return first, first + timedelta(days=(named - first.weekday() - 1) % 7 + 1), at + 1
    end = end_of_month(words, at, today, tense) if is_month(words, begin, today, tense) else None
    end = end or day_said(words, at, today, tense)
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


def _skipped(words: Words, at: int) -> int:
    while has(words, at, *FILLERS, "on"):
        at += 1
    return at


def _for_so_long(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "from august tenth for three nights", "august tenth for a week"."""
    start = day_said(words, at + has(words, at, "from"), today, tense)
    if start is None or not has(words, start[1], "for"):
        return None
    count = count_at(words, start[1] + 1)
    if count is None or not has(words, count[1], *UNITS):
        return None
    return start[0], _end_of(start[0], count[0], words[count[1]]), count[1] + 1


def _end_of(first: date, number: int, unit: str) -> date:
    """The last day of so many units; so many nights end on the day after the last of them."""
    return first + timedelta(days=number * UNITS[unit] - (not unit.startswith("night")))


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
    elif not ((begin > at or words[unit].startswith("night")) and has(words, link, "from")):
        return None
    start = day_said(words, link + 1, today, tense) or bare_day(words, link + 1, today, tense)
    if start is None:
        return None
    return start[0], _end_of(start[0], number, words[unit]), start[1]


def _open_ended(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """Read "until friday", which begins today, and "since monday", which ends today."""
    if not has(words, at, "until", "till", "since") or has(words, at - 1, "from", "not"):
        return None
    if words[at] == "since":
        read = day_said(words, at + 1, today, "past")
        if read is None and (span := week(words, at + 1, today, "past")):
            read = span[0], span[2]
        return (read[0], today, read[1]) if read else None
    read = day_said(words, at + 1, today, tense or "future")
    return (today, read[0], read[1]) if read else None


def _single(words: Words, at: int, today: date, tense: Tense) -> Span | None:
    """A day by itself, or a month: "on tuesday", "in march"."""
    month = end_of_month(words, at, today, tense)
    if month:
        return month[0].replace(day=1), month[0], month[1]
    read = day_said(words, at, today, tense) or bare_day(words, at, today, tense)
    return (read[0], read[0], read[1]) if read else None


Rule = Callable[[Words, int, date, Tense], Span | None]
RULES: Sequence[Rule] = (
    _from_to,
    counted,
    week,
    _lasting,
    _for_so_long,
    part_of_year,
    _open_ended,
    part_of_month,
    whole_month,
)

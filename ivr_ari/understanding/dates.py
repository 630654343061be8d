"""
Days and months, relative to a given day: "next tuesday", "march third", "a week from friday", "last month".

A year that is not said is chosen by tense, and without tense by nearness; the next likely reading is kept.
"next tuesday" is the Tuesday of the next calendar week (Monday to Sunday), a bare "tuesday" the coming one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from ..events import Kind, Value
from .almanac import Tense, days_of, last_day, likely_pair, month_at, on_side, tense_of, weekday_at
from .day_numbers import bare_day, day_of_month, nth_weekday, numeric
from .holidays import HOLIDAYS, holiday_at
from .months import Read, month_edge, near_month, plain_month, said_year, texts_of
from .near_days import NEAR_DAYS, from_day, from_month, near_day, that_weekday, week_day, weekday
from .words import FIRST_OF_NUMBERS, ORDINALS, Words, cardinal, has, listed, ordinal, year

__all__ = ["day_at", "find_dates"]

FROM = frozenset(listed("from since starting beginning"))
UNTIL = frozenset(listed("until till through"))
"""In front of a month they mean its first and its last day, where a day is wanted."""


def find_dates(
    words: Words, today: str, tense: Tense = "", asked: Sequence[Kind] = (), *, months: bool = True
) -> tuple[Value, ...]:
    """
    Return the days (kind ``date``) and months (kind ``month``) in *words*; *today* is an ISO date.

    With *asked* ``date`` numbers alone may be one ("three fourteen"). With *asked* ``month`` alone, a day is
    given as its month. Where *months* are not wanted, "since march" is a day.
    """
    day, found, at = date.fromisoformat(today), list[Value](), 0
    tense = tense_of(words, tense)
    rules = (*(() if months else DAYS_RULES), *RULES, *(ASKED_RULES if "date" in asked else ()))
    while at < len(words):
        if not _may_begin(words[at]):
            at += 1
            continue
        reads = [read for rule in rules if (read := rule(words, at, day, tense))]
        if found and found[-1].kind == "date":
            before = date.fromisoformat(str(found[-1].value))
            reads += [read] if (read := that_weekday(words, at, before)) else []
            reads = [read] if (read := _mended(words, found[-1], at)) else reads
        if not reads:
            at += 1
            continue
        texts, end, confidence = max(reads, key=lambda read: read[1])
        found.append(_value(texts, at, end, confidence, asked))
        at = end
    return tuple(found)


BEGINNINGS = frozenset(
    {
        *listed("the a an in within next last this that coming following couple day now right"),
        *listed("end beginning start middle mid oh zero half month previous current"),
        *(name[0] for name in (*HOLIDAYS, *NEAR_DAYS)),
        *ORDINALS,
        *FIRST_OF_NUMBERS,
    }
)


MENDING = frozenset(("no", "sorry", "mean", "wait", "rather", "actually"))
AROUND = MENDING | frozenset(listed("i it's that make the make"))


def _mended(words: Words, before: Value, at: int) -> Read | None:
    """Read the "fourth" of "march third, no, fourth", the year of "... eighty two, no, eighty three"."""
    between = words[before.last + 1 : at]
    if not any(word in MENDING for word in between) or not all(word in AROUND for word in between):
        return None
    day = date.fromisoformat(str(before.value))
    begin = at + has(words, at, "the")
    if (number := ordinal(words, begin)) and not month_at(words, number[1] + has(words, number[1], "of")):
        said_month = any(month_at(words, each) for each in range(before.first, before.last + 1))
        days = list(days_of(day.year, day.month, number[0])) if said_month else []
        return (texts_of(days), number[1], 0.85) if days else None
    other = said_year(words, at, day)
    if other is None or other[1] < len(words) or str(before.value)[:2] not in ("19", "20"):
        return None
    return texts_of(list(days_of(other[0], day.month, day.day))) or (str(before.value),), other[1], 0.85


def _may_begin(word: str) -> bool:
    """Whether a day or month may begin with *word*; most words of a sentence are passed over at once."""
    plain = word in BEGINNINGS or word.replace("'", "") in BEGINNINGS or word[0].isdigit()
    return plain or weekday_at((word,), 0) >= 0 or month_at((word,), 0) > 0


def day_at(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read the day or month that begins at *at*, the longest reading; None if none does."""
    if at >= len(words) or not _may_begin(words[at]):
        return None
    reads = [read for rule in RULES if (read := rule(words, at, today, tense))]
    return max(reads, key=lambda read: read[1], default=None)


def _value(texts: Sequence[str], first: int, end: int, confidence: float, asked: Sequence[Kind]) -> Value:
    if "month" in asked and "date" not in asked:
        texts = tuple(dict.fromkeys(text[:7] for text in texts))
    kind: Kind = "month" if len(texts[0]) == len("2026-03") else "date"
    return Value(kind, texts[0], first, end - 1, confidence, tuple(texts[1:]))


# --- days with a month ------------------------------------------------------------------------------------


def _month_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "march third", "the third of march", "may fifth nineteen eighty two", "tuesday march third"."""
    begin = at + has(words, at, "next", "this", "last", "coming")
    number = weekday_at(words, begin)
    begin = begin + 1 if number >= 0 else at
    begin += has(words, begin, "the")
    month = month_at(words, begin)
    if month:
        day = _number_of_day(words, begin + 1 + has(words, begin + 1, "the"))
    else:
        day = ordinal(words, begin) or _plain_number(words, begin, at)
        month_word = day[1] + has(words, day[1], "day") if day else 0
        month_word += has(words, month_word, "of")
        month = month_at(words, month_word) if day else 0
        if day and month:
            day = day[0], month_word + 1
    if not month or day is None or not 1 <= day[0] <= 31:
        return None
    return _in_some_year(words, lambda year: days_of(year, month, day[0]), day[1], today, tense, number)


def _plain_number(words: Words, at: int, start: int) -> tuple[int, int] | None:
    """Read the "three" of "the three march"; "one may" needs more to be a day."""
    read = cardinal(words, at)
    if read is None or not month_at(words, read[1]):
        return None
    led = at > start or start == 0 or has(words, start - 1, *LED)
    return read if led or words[at] != "one" or not has(words, read[1], "may", "march") else None


LED = frozenset(listed("on for from to until till by since the"))


def _number_of_day(words: Words, at: int) -> tuple[int, int] | None:
    read = ordinal(words, at) or cardinal(words, at)
    if read is None or not 1 <= read[0] <= 31:
        return None
    # in "march twenty twenty five" and "march nineteen eighty two" the number begins a year
    whole = year(words, at)
    beyond = year(words, read[1]) is not None
    return None if whole and whole[1] > read[1] and not beyond else read


def _in_some_year(
    words: Words,
    of_year: Callable[[int], Iterable[date]],
    end: int,
    today: date,
    tense: Tense,
    weekday: int = -1,
) -> Read | None:
    said = said_year(words, end, today)
    years = (said[0],) if said else (today.year - 1, today.year, today.year + 1)
    every = [one for each in years for one in of_year(each)]
    # "tuesday march third" is rather one that is a tuesday
    right = [day for day in every if day.weekday() == weekday and on_side(day, today, tense)]
    days = likely_pair(right or every, today, tense)
    return (texts_of(days), said[1] if said else end, 0.95) if days else None


def _holiday(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    begin = at + has(words, at, "the")
    moved = 0
    if has(words, begin, "day") and has(words, begin + 1, "after", "before"):
        moved = 1 if words[begin + 1] == "after" else -1
        begin += 2
    named = holiday_at(words, begin)
    if named is None:
        return None
    of_year = named[0]
    read = _in_some_year(words, lambda year: [of_year(year)], named[1], today, tense)
    if read is None or not moved:
        return read
    return texts_of(
        [date.fromordinal(date.fromisoformat(text).toordinal() + moved) for text in read[0]]
    ), *read[1:]


def _year_first(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "twenty twenty six march third", "in nineteen eighty two on may fifth"."""
    said = year(words, at)
    if said is None:
        return None
    begin = said[1] + has(words, said[1], "on", "in")
    read = _month_day(words, begin, date(said[0], 1, 1), "future")
    return (read[0][:1], read[1], 0.95) if read and int(read[0][0][:4]) == said[0] else None


# --- months where a day is wanted -------------------------------------------------------------------------


def _month_as_day(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read the month of "since march" as its first day, of "until march" as its last."""
    if not has(words, at - 1, *FROM, *UNTIL) and not (has(words, at - 1, "to") and has(words, at - 2, "up")):
        return None
    read = near_month(words, at, today, tense) or plain_month(words, at, today, tense)
    if read is None:
        return None
    firsts = [date.fromisoformat(f"{text}-01") for text in read[0]]
    if has(words, at - 1, *FROM):
        return texts_of(firsts), read[1], 0.85
    return texts_of([last_day(first.year, first.month) for first in firsts]), read[1], 0.85


def _now(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "from now", "now" where a day is asked for."""
    led = has(words, at - 1, *FROM) or len(words) == 1
    return (texts_of([today]), at + 1, 0.75) if led and has(words, at, "now") else None


Rule = Callable[[Words, int, date, Tense], Read | None]

RULES: tuple[Rule, ...] = (
    near_day,
    weekday,
    week_day,
    from_day,
    day_of_month,
    nth_weekday,
    _month_day,
    _year_first,
    _holiday,
    month_edge,
    near_month,
    plain_month,
)
ASKED_RULES: tuple[Rule, ...] = (numeric, bare_day, _now)
DAYS_RULES: tuple[Rule, ...] = (from_month, _month_as_day)
"""Go before those of months where days are wanted and months are not."""

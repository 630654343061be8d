"""
How values are said in English, as phrases for a recogniser's run-time grammar.

The grammar is a bigram model of the phrases: what counts is which words stand beside each other, so each
function yields short pieces in which every pair of neighbours occurs. A piece may begin and end anywhere in
a value, as speech does that is cut at its pauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

__all__ = [
    "ORDINALS",
    "amounts",
    "clock_times",
    "counted",
    "dates",
    "digits",
    "durations",
    "letters",
    "months",
    "spans",
]

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ZERO = ("zero", "oh")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
DIGITS = (*ZERO, *UNITS)
HOURS = (*UNITS, *TEENS[:3])
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
PARTS_OF_DAY = ("in the morning", "in the afternoon", "in the evening")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST_NINE = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS = (
    *FIRST_NINE,
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
    *(f"twenty {ordinal}" for ordinal in FIRST_NINE),
    *("thirtieth", "thirty first"),
)


def digits() -> Iterator[str]:
    """Yield digits one by one, doubled, and in pairs ("forty one")."""
    yield from _beside(DIGITS, DIGITS)
    yield from _beside(("double", "triple"), DIGITS, DIGITS)
    yield from _beside(DIGITS, ("double", "triple"))
    yield from _beside(TENS, UNITS)
    yield from _beside((*TENS, *TEENS), (*TENS, *TEENS))
    yield from _beside(UNITS, (*TENS, *TEENS, "hundred"))


def counted() -> Iterator[str]:
    """Yield numbers as they are counted: "two hundred and fifty", "fifteen hundred", "three thousand"."""
    small = (*TEENS, *TENS, *UNITS)
    yield from small
    yield from _beside(TENS, UNITS)
    yield from _beside((*UNITS, *TEENS, "a"), ("hundred", "thousand"))
    yield from _beside(TENS, UNITS, ("hundred",))
    yield from _beside(("hundred", "thousand"), small)
    yield from _beside(("hundred and", "thousand and"), small)
    yield from _beside(("thousand",), UNITS, ("hundred",))


def amounts() -> Iterator[str]:
    """Yield sums of money."""
    small = (*TEENS, *TENS, *UNITS)
    yield from counted()
    yield from _beside((*small, "hundred", "thousand"), ("dollars", "dollars and", "bucks"))
    yield from _beside(small, ("cents",))
    yield from _beside(("dollars", "dollars and"), small)
    yield from ("one dollar", "a dollar", "half a dollar", "one cent", "zero dollars")
    yield from ("the full amount", "the whole amount", "all of it", "everything")


def months() -> Iterator[str]:
    """Yield months of some year."""
    yield from MONTHS
    yield from _beside(("in", "last", "this", "of", "since", "from", "for", "next"), MONTHS)
    yield from ("last month", "this month", "the month before", "two months ago", "the month before last")
    yield from _beside(MONTHS, ("last year", "this year"))


def dates() -> Iterator[str]:
    """Yield days, with and without a year."""
    yield from _beside(MONTHS, ("", "the"), ORDINALS)
    yield from _beside(("the",), ORDINALS, ("of",), MONTHS)
    yield from _beside(("on",), MONTHS, ("first", "the"))
    yield from _beside(MONTHS, (*TEENS, *TENS[:2], *UNITS))
    yield from _years()
    yield from WEEKDAYS
    yield from _beside(("next", "last", "this", "on", "for", "this coming", "a week from"), WEEKDAYS)
    yield from _beside(WEEKDAYS, ("the first", "the", "next week", "morning", "afternoon"))
    yield from _beside(("the",), ORDINALS)
    yield from ("today", "tomorrow", "yesterday", "the day after tomorrow", "the day before yesterday")
    yield from ("next week", "last week", "this week", "a week ago", "in a week", "in a month")
    yield from ("a week from today", "a week from tomorrow", "two weeks from today")
    yield from _beside(("in", ""), ("two", "three", "four", "five", "ten"), ("days", "weeks"), ("", "ago"))
    yield from ("tomorrow morning", "tomorrow afternoon")


def spans() -> Iterator[str]:
    """Yield ranges of days."""
    yield from dates()
    yield from months()
    yield from _beside(("from", "until", "to", "till", "between", "and"), (*WEEKDAYS, *MONTHS, "the"))
    yield from _beside((*WEEKDAYS, *ORDINALS), ("to", "until", "through", "and"))


def clock_times() -> Iterator[str]:
    """Yield times of the day."""
    minutes = ("fifteen", "thirty", "forty five", "ten", "twenty", "oh five", "fifty")
    yield from HOURS
    yield from _beside(HOURS, minutes)
    yield from _beside(("at", "after", "before", "around", "until"), HOURS)
    yield from _beside(HOURS, ("o'clock", "a m", "p m"))
    yield from _beside((*HOURS, *minutes, "o'clock"), ("a m", "p m", *PARTS_OF_DAY))
    yield from _beside(("half past", "quarter past", "quarter to", "a quarter past", "a quarter to"), HOURS)
    yield from _beside(("five", "ten", "twenty"), ("past", "to"), HOURS)
    yield from (*PARTS_OF_DAY, "noon", "midnight", "at noon", "any time")


def durations() -> Iterator[str]:
    """Yield lengths of time."""
    small = (*TEENS, *TENS, *UNITS)
    yield from _beside(small, ("minutes", "hours", "days", "weeks", "months", "years"))
    yield from _beside(("a", "one", "half a"), ("minute", "day", "week", "month", "year"))
    yield from _beside(("an hour", "one hour", "hours"), ("", "and a half", "and fifteen minutes"))
    yield from ("half an hour", "a couple of days", "a few days", "a fortnight", "two and a half")
    yield from _beside(TENS, UNITS)


def letters() -> Iterator[str]:
    """Yield letters and digits as they are spelled."""
    spelled = tuple("abcdefghijklmnopqrstuvwxyz")
    yield from _beside(spelled, spelled)
    yield from _beside(spelled, DIGITS)
    yield from _beside(DIGITS, spelled)
    yield from digits()


def _years() -> Iterator[str]:
    small = (*TEENS, *TENS, *(f"oh {unit}" for unit in UNITS))
    yield from _beside((*ORDINALS[-20:], *FIRST_NINE, *MONTHS), ("nineteen", "two thousand"))
    yield from _beside((*ORDINALS[-20:], *FIRST_NINE), ("twenty",))
    yield from _beside(("nineteen",), small)
    yield from _beside(("nineteen",), TENS, UNITS)
    yield from _beside(TENS, UNITS)
    yield from _beside(("two thousand", "two thousand and"), (*UNITS, *TEENS))
    yield from _beside(("twenty",), (*TEENS, "twenty"))


def _beside(*parts: Iterable[str]) -> Iterator[str]:
    return (" ".join(word for word in words if word) for words in product(*parts))

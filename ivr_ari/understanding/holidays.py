"""
Holidays by name: those of a fixed day, those of a weekday in a month, and those that go with Easter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from .words import Words

__all__ = ["HOLIDAYS", "holiday_at"]

OfYear = Callable[[int], date]


def _fixed(month: int, day: int) -> OfYear:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, which: int, days_later: int = 0) -> OfYear:
    """The *which*-th such weekday (Monday is 0) of a month, the last one if *which* is -1."""

    def of_year(year: int) -> date:
        if which < 0:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1) + days_later)

    return of_year


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, shift = century // 4, century % 4
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * shift + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _by_easter(days: int) -> OfYear:
    return lambda year: _easter(year) + timedelta(days=days)


_TABLE: Mapping[str, OfYear] = {
    "christmas eve | xmas eve": _fixed(12, 24),
    "christmas day | christmas | xmas | xmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new years eve | new year eve": _fixed(12, 31),
    "new years day | new years | new year day": _fixed(1, 1),
    "martin luther king day | mlk day": _nth(1, 0, 3),
    "groundhog day": _fixed(2, 2),
    "valentines day | valentine day | valentines": _fixed(2, 14),
    "presidents day": _nth(2, 0, 3),
    "saint patricks day | st patricks day | saint patrick's day": _fixed(3, 17),
    "april fools day | april fools": _fixed(4, 1),
    "cinco de mayo": _fixed(5, 5),
    "mothers day": _nth(5, 6, 2),
    "memorial day": _nth(5, 0, -1),
    "fathers day": _nth(6, 6, 3),
    "juneteenth": _fixed(6, 19),
    "independence day": _fixed(7, 4),
    "labor day | labour day": _nth(9, 0, 1),
    "columbus day | indigenous peoples day": _nth(10, 0, 2),
    "halloween": _fixed(10, 31),
    "veterans day": _fixed(11, 11),
    "thanksgiving day | thanksgiving": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, 1),
    "good friday": _by_easter(-2),
    "easter sunday | easter day | easter": _by_easter(0),
    "easter monday": _by_easter(1),
}
"""Names without apostrophes, since recognisers write them or not."""

HOLIDAYS = {
    tuple(name.replace("'", "").split()): of_year
    for names, of_year in _TABLE.items()
    for name in names.split("|")
}
LONGEST = max(len(name) for name in HOLIDAYS)


def holiday_at(words: Words, at: int) -> tuple[OfYear, int] | None:
    """The day of a holiday named at *at* as a function of the year, and the index behind its name."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        name = tuple(word.replace("'", "") for word in words[at : at + size])
        if name in HOLIDAYS:
            return HOLIDAYS[name], at + size
    return None

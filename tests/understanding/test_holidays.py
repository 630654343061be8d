"""Holidays by name."""

from datetime import date

import pytest

from ivr_ari.understanding.dates import find_dates

TODAY = "2026-07-15"

DAYS = [
    ("christmas eve", date(2026, 12, 24)),
    ("new year's day", date(2027, 1, 1)),
    ("thanksgiving", date(2026, 11, 26)),
    ("the day after thanksgiving", date(2026, 11, 27)),
    ("labor day", date(2026, 9, 7)),
    ("memorial day", date(2027, 5, 31)),
    ("easter sunday", date(2027, 3, 28)),
    ("good friday", date(2027, 3, 26)),
    ("christmas twenty twenty eight", date(2028, 12, 25)),
]


@pytest.mark.parametrize(("said", "day"), DAYS)
def test_days(said: str, day: date) -> None:
    """A holiday is the next one of its name, or that of the year said."""
    (value,) = find_dates(said.split(), TODAY, "future")

    assert value.value == day.isoformat()

"""Durations as slots keep them, ISO 8601 without weeks: right or not, and how long that is."""

from __future__ import annotations

import re
from datetime import timedelta

__all__ = ["iso", "length_of_time", "right_duration"]

ISO = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,5})S)?)?"
)
DAYS_OF_YEAR, DAYS_OF_MONTH = 365, 30
"""What is reckoned with, where no day is given from which months could be counted."""


def right_duration(text: str) -> str | None:
    """Return a duration, or a shorter and a longer one joined by a slash; None for anything else."""
    first, slash, last = text.partition("/")
    shorter, longer = length_of_time(first), length_of_time(last or first)
    if shorter is None or longer is None or longer < shorter or (slash and not last):
        return None
    return first if shorter == longer else text


def length_of_time(text: str) -> timedelta | None:
    """Return how long a duration is, of two the first; a month counts 30 days, a year 365."""
    found = ISO.fullmatch(text.partition("/")[0])
    if not found:
        return None
    parts = {name: int(number or 0) for name, number in found.groupdict().items()}
    days = parts.pop("years") * DAYS_OF_YEAR + parts.pop("months") * DAYS_OF_MONTH + parts.pop("days")
    return timedelta(days=days, **parts)


def iso(length: timedelta) -> str:
    """Return days, hours, minutes and seconds as ISO 8601 writes them; nothing below zero."""
    if length < timedelta():
        return ""
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{length.days}D" if length.days else ""
    times = "".join(f"{part}{sign}" for part, sign in ((hours, "H"), (minutes, "M"), (seconds, "S")) if part)
    return f"P{days}{'T' + times if times else ''}" if days or times else "PT0S"

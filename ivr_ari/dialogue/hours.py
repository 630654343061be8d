"""Whether somebody is there, and when the doors open next: weekdays, holidays, time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .flow import Hours

__all__ = ["is_open", "local", "opens"]

FARTHEST = 370
"""Days looked ahead for the next opening: a year of holidays and weekends."""

DAY = 24 * 60
"""Minutes."""


def is_open(hours: Hours, now: str) -> bool:
    """Return whether *now*, UTC in ISO form, lies within the opening hours; False if it cannot be read."""
    at = local(hours, now)
    if at is None:
        return False
    minute = 60 * at.hour + at.minute
    today, yesterday = _spans(hours, at.date()), _spans(hours, at.date() - timedelta(days=1))
    return any(_holds(start, end, minute) for start, end in today) or any(
        start >= end and minute < end for start, end in yesterday
    )


def opens(hours: Hours, now: str) -> str:
    """
    Return when it opens next, as local time in ISO form to the minute; *now* if it is open, "" if never.

    A time the clocks skip in spring opens when they have gone on.
    """
    at = local(hours, now)
    if at is None:
        return ""
    if is_open(hours, now):
        return f"{at:%Y-%m-%dT%H:%M:00}"
    for ahead in range(FARTHEST):
        day = at.date() + timedelta(days=ahead)
        for start, _ in sorted(_spans(hours, day)):
            moment = _moment(hours, day, start)
            if moment > at:
                return f"{moment:%Y-%m-%dT%H:%M:00}"
    return ""


def local(hours: Hours, now: str) -> datetime | None:
    """Return *now*, UTC in ISO form, as the local time of the hours' zone; None if it cannot be read."""
    try:
        at = datetime.fromisoformat(now)
        zone = ZoneInfo(hours.zone)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    except (ValueError, OSError, LookupError, OverflowError):
        return None


def _holds(start: int, end: int, minute: int) -> bool:
    """Return whether a minute of the day a span begins lies in it; one that ends earlier ends tomorrow."""
    return start <= minute and (minute < end or end <= start)


def _spans(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    if day.isoformat() in hours.holidays or f"{day:%m-%d}" in hours.holidays:
        return ()
    return hours.open[day.weekday()] if day.weekday() < len(hours.open) else ()


def _moment(hours: Hours, day: date, minute: int) -> datetime:
    """Return a minute of a day as local time; by way of UTC, so that a skipped hour becomes the next."""
    zone = ZoneInfo(hours.zone)
    start = datetime(day.year, day.month, day.day, minute % DAY // 60, minute % 60, tzinfo=zone)
    return (start + timedelta(days=minute // DAY)).astimezone(UTC).astimezone(zone)

"""Opening hours: time zones, holidays, nights, clocks that change."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.flow import Hours
from ivr_ari.dialogue.hours import is_open, opens

NEVER: tuple[tuple[int, int], ...] = ()
MADRID = Hours(
    "Europe/Madrid",
    (((540, 750), (840, 1020)),) * 5 + (((600, 780),), NEVER),
    holidays=("2026-04-03", "12-25"),
)
NIGHT = Hours("America/New_York", (((1320, 360),),) * 5 + (NEVER, NEVER))
"""Weekdays 22:00 to 06:00 of the next day."""

ALWAYS = Hours("UTC", (((0, 1440),),) * 7)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("now", "open_"),
        [
            ("2026-03-16T08:00:00", True),  # Monday 09:00, to the minute
            ("2026-03-16T07:59:59", False),
            ("2026-03-16T11:29:00", True),
            ("2026-03-16T11:30:00", False),  # 12:30: lunch begins
            ("2026-03-16T13:00:00", True),
            ("2026-03-21T10:00:00", True),  # Saturday
            ("2026-03-22T10:00:00", False),  # Sunday
            ("2026-03-30T07:00:00", True),  # summer time since the 29th: 09:00 is 07:00 UTC
            ("2026-03-27T07:00:00", False),
            ("2026-04-03T10:00:00", False),  # Good Friday
            ("2026-12-25T10:00:00", False),  # every year
            ("2027-12-25T10:00:00", False),
            ("2026-03-16T08:00:00+00:00", True),
            ("yesterday", False),
            ("", False),
        ],
    )
    def test_local_time_decides(self, now: str, open_: bool) -> None:
        """
        UTC is read as the local time of the place, summer time and holidays included.
        """
        assert is_open(MADRID, now) is open_

    @pytest.mark.parametrize(
        ("now", "open_"),
        [
            ("2026-03-17T02:00:00", True),  # Monday 22:00
            ("2026-03-17T09:59:00", True),  # Tuesday 05:59, Monday's night
            ("2026-03-17T10:00:00", False),
            ("2026-03-21T09:00:00", True),  # Saturday 05:00 belongs to Friday
            ("2026-03-22T02:00:00", False),  # Saturday 22:00
            ("2026-03-16T09:00:00", False),  # Monday 05:00 would belong to Sunday
        ],
    )
    def test_a_night_belongs_to_the_day_it_begins(self, now: str, open_: bool) -> None:
        """
        A span that ends before it begins ends on the next day.
        """
        assert is_open(NIGHT, now) is open_

    def test_all_day(self) -> None:
        """
        00:00-24:00 has no gap at midnight.
        """
        assert is_open(ALWAYS, "2026-03-16T00:00:00")
        assert is_open(ALWAYS, "2026-03-16T23:59:59")

    def test_no_such_zone(self) -> None:
        """
        A zone nobody knows is closed; loading the flow says so first.
        """
        assert not is_open(Hours("Mars/Base", (((0, 1440),),) * 7), "2026-03-16T00:00:00")
        assert opens(Hours("../etc", (((0, 1440),),) * 7), "2026-03-16T00:00:00") == ""


class TestOpens:
    @pytest.mark.parametrize(
        ("now", "at"),
        [
            ("2026-03-16T09:10:20", "2026-03-16T10:10:00"),  # open: now
            ("2026-03-16T12:00:00", "2026-03-16T14:00:00"),  # lunch
            ("2026-03-21T12:30:00", "2026-03-23T09:00:00"),  # Saturday afternoon: Monday
            ("2026-04-02T18:00:00", "2026-04-04T10:00:00"),  # over a holiday
            ("2026-03-28T20:00:00", "2026-03-30T09:00:00"),  # over the change to summer time
        ],
    )
    def test_the_next_opening(self, now: str, at: str) -> None:
        """
        The next moment somebody is there, in local time.
        """
        assert opens(MADRID, now) == at

    def test_never(self) -> None:
        """
        Hours without a single opening have no next one.
        """
        assert opens(Hours("UTC", (NEVER,) * 7), "2026-03-16T12:00:00") == ""
        assert opens(MADRID, "soon") == ""

    def test_an_hour_that_does_not_exist(self) -> None:
        """
        On the night clocks go forward, doors that open at 02:30 open when it would have been: 03:30.
        """
        early = Hours("Europe/Madrid", (((150, 600),),) * 7)

        assert opens(early, "2026-03-29T00:00:00") == "2026-03-29T03:30:00"

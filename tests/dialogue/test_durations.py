"""Durations as slots keep and compare them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr_ari.dialogue.durations import iso, length_of_time, right_duration


@pytest.mark.parametrize("text", ["PT2H30M", "P14D", "P1Y6M", "P21D/P28D", "PT5S"])
def test_right(text: str) -> None:
    """ISO 8601 without weeks, or a shorter and a longer one, is a duration."""
    assert right_duration(text) == text


@pytest.mark.parametrize("text", ["", "P", "PT", "P2W", "2H", "P28D/P21D", "P1D/", "two hours", "P1DT"])
def test_wrong(text: str) -> None:
    """Nothing else is."""
    assert right_duration(text) is None


def test_length() -> None:
    """A month counts 30 days, a year 365; of two durations the shorter counts."""
    assert length_of_time("P1Y1M1DT1H") == timedelta(days=396, hours=1)
    assert length_of_time("P21D/P28D") == timedelta(days=21)


def test_written() -> None:
    """A length of time worked out is written as it was said; one below zero is none."""
    assert iso(timedelta(days=2, hours=3, minutes=4, seconds=5)) == "P2DT3H4M5S"
    assert iso(timedelta()) == "PT0S"
    assert iso(-timedelta(days=1)) == ""

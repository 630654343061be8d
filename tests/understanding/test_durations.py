"""How long something lasts, told in words."""

from __future__ import annotations

import pytest

from ivr_ari.understanding.durations import find_durations


@pytest.mark.parametrize(
    ("said", "duration"),
    [
        ("two and a half hours", "PT2H30M"),
        ("half an hour", "PT30M"),
        ("three quarters of an hour", "PT45M"),
        ("an hour and a quarter", "PT1H15M"),
        ("an hour forty five", "PT1H45M"),
        ("ninety minutes", "PT1H30M"),
        ("one point five hours", "PT1H30M"),
        ("two hours and fifteen minutes", "PT2H15M"),
        ("a fortnight", "P14D"),
        ("two weeks and three days", "P17D"),
        ("five business days", "P5D"),
        ("half a dozen weeks", "P42D"),
        ("a couple of days", "P2D"),
        ("six months", "P6M"),
        ("eighteen months", "P1Y6M"),
        ("a year and a half", "P1Y6M"),
        ("a month and a half", "P1M15D"),
        ("twenty four hours", "PT24H"),
        ("about um three nights please", "P3D"),
        ("a thirty minute appointment", "PT30M"),
        ("three days no four", "P4D"),
        ("two hours make that three hours", "PT3H"),
        ("to hours", "PT2H"),
        ("the whole week", "P7D"),
    ],
)
def test_asked(said: str, duration: str) -> None:
    """A duration is read as ISO 8601 has it: weeks as days, sixty minutes as an hour."""
    assert [value.value for value in find_durations(said.split(), asked=True)] == [duration]


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("three to four weeks", "P21D/P28D"),
        ("three or four months", "P3M/P4M"),
        ("between two and three weeks", "P14D/P21D"),
        ("two hours to three hours", "PT2H/PT3H"),
        ("ten fifteen minutes", "PT10M/PT15M"),
        ("an hour or two", "PT1H/PT2H"),
    ],
)
def test_span(said: str, span: str) -> None:
    """What may last so long or so long is told as both."""
    assert [value.value for value in find_durations(said.split(), asked=True)] == [span]


@pytest.mark.parametrize(
    "said", ["in two weeks", "two days ago", "hold on a second", "twice a day", "a few days", "next week"]
)
def test_unasked(said: str) -> None:
    """Where no duration was asked for, days and manners of speaking are none."""
    assert find_durations(said.split()) == ()


def test_a_moment_is_no_answer() -> None:
    """ "Give me a minute" does not say that something lasts a minute."""
    assert find_durations(["give", "me", "a", "minute"], asked=True) == ()


def test_where() -> None:
    """A value says which words it was made of."""
    (value,) = find_durations(["i", "need", "it", "for", "six", "weeks", "please"])

    assert (value.first, value.last) == (4, 5)

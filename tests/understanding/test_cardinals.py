"""Numbers that count: halves, decimals, dozens, and answers to "how many"."""

import pytest

from ivr_ari.understanding.cardinals import find_cardinals


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("two and a half", "2.5"),
        ("six point two five", "6.25"),
        ("half a million", "500000"),
        ("three dozen", "36"),
        ("half past three", "3"),
    ],
)
def test_anywhere(said: str, number: str) -> None:
    """A number takes what belongs to it, whether one was asked for or not."""
    assert [value.value for value in find_cardinals(said.split())] == [number]


@pytest.mark.parametrize(
    ("said", "number"),
    [("just me", "1"), ("my wife and i", "2"), ("two fifty", "250"), ("too", "2"), ("minus two", "-2")],
)
def test_only_as_an_answer(said: str, number: str) -> None:
    """These are that number where one is asked for, and nowhere else."""
    assert [value.value for value in find_cardinals(said.split(), asked=True)] == [number]
    assert [value.value for value in find_cardinals(said.split())] != [number]

"""Words expected and words heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ivr_ari.events import Pause, Slotted, Style
from ivr_ari.sounds.transcript import compared, likeliest, words_of


def test_words_as_a_recogniser_writes_them() -> None:
    """
    Numbers are words, marks and capitals are none, pauses and styles say nothing.
    """
    parts = ("Hello! It's ", Style(90), Slotted("42.19", "money"), Pause(300), ", by March 3rd.")

    assert words_of(parts, "en") == (
        "hello",
        "it's",
        "forty",
        "two",
        "dollars",
        "and",
        "nineteen",
        "cents",
        "by",
        "march",
        "third",
    )
    assert words_of(("¿En qué puedo ayudarle?",), "es") == ("en", "qué", "puedo", "ayudarle")


@pytest.mark.parametrize(
    ("heard", "wrong", "different"),
    [
        ("please hold the line", 0, ()),
        ("please hold the lion", 1, (("line", "lion"),)),
        ("please hold line", 1, (("the", ""),)),
        ("please do hold the line", 1, (("", "do"),)),
        ("keys hold the line now", 2, (("please", "keys"), ("", "now"))),
        ("", 4, (("please hold the line", ""),)),
    ],
)
def test_differences_are_named(heard: str, wrong: int, different: tuple[tuple[str, str], ...]) -> None:
    """
    Words that are others, missing or too many; neighbours are named together.
    """
    found = compared(["please", "hold", "the", "line"], heard.split())

    assert (found.words, found.wrong, found.different) == (4, wrong, different)
    assert found.share == wrong / 4


def test_nothing_expected() -> None:
    """
    A prompt of words that nobody knows is right if nothing is heard.
    """
    assert compared([], []).share == 0
    assert compared([], ["word"]).share == 1


@given(some.lists(some.sampled_from("abc"), max_size=8), some.lists(some.sampled_from("abc"), max_size=8))
def test_no_more_wrong_than_there_are(expected: list[str], heard: list[str]) -> None:
    """
    As a distance: none of equal ones, at least the difference in length, the same from both sides.
    """
    found = compared(expected, heard)

    assert (found.wrong == 0) == (expected == heard)
    assert abs(len(expected) - len(heard)) <= found.wrong <= max(len(expected), len(heard))
    assert compared(heard, expected).wrong == found.wrong


def test_the_likeliest_text() -> None:
    """
    The text with the fewest words wrong for its length.
    """
    texts = {"sorry": ["i", "am", "sorry"], "bye": ["good", "bye", "and", "thank", "you"]}

    assert likeliest(["good", "bye", "and", "hank", "you"], texts) == "bye"

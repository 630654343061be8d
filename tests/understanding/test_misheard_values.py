"""Readings of a value where the recogniser was unsure."""

from __future__ import annotations

import pytest

from ivr_ari.events import Expect, Heard, Kind, Value, Word
from ivr_ari.understanding.english import find_values
from ivr_ari.understanding.values import read_values

TODAY = "2026-07-15"


def heard(text: str, *unsure: str, alternatives: tuple[str, ...] = ()) -> Heard:
    words = tuple(Word(word, confidence=0.5 if word in unsure else 1.0) for word in text.split())
    return Heard(words, alternatives)


def read(said: Heard, *kinds: Kind, digits: tuple[int, int] = (0, 0)) -> tuple[Value, ...]:
    words = [word.text for word in said.words]
    values, _ = read_values(said, words, Expect(slot="x", kinds=kinds, digits=digits), TODAY, ())
    return tuple(value for value in values if value.kind in kinds)


@pytest.mark.parametrize(
    ("said", "unsure", "kind", "value", "other"),
    [
        ("fifty", "fifty", "number", "50", "15"),
        ("four one five nine", "five", "digits", "4159", "4199"),
        ("a b one two", "b", "id", "AB12", "AD12"),
        ("at five thirty", "thirty", "time", "17:30", "17:13"),
        ("fifteen minutes", "fifteen", "duration", "PT15M", "PT50M"),
    ],
)
def test_unsure_words(said: str, unsure: str, kind: Kind, value: str, other: str) -> None:
    """A word that was hardly heard may have been one that sounds like it."""
    (found,) = read(heard(said, unsure), kind)

    assert found.value == value
    assert other in found.alternatives


def test_sure_words() -> None:
    """What was heard well is what was said."""
    (found,) = read(heard("fifty"), "number")

    assert found.alternatives == ()


def test_what_the_recogniser_tells() -> None:
    """Other readings of the recogniser are readings of the value, of any kind."""
    (found,) = read(heard("fifty dollars", alternatives=("fifteen dollars",)), "amount")

    assert (found.value, found.alternatives) == ("50.00", ("15.00",))


def test_only_in_another_reading() -> None:
    """A value that only another reading of the recogniser holds stands for all the words, less surely."""
    (found,) = read(heard("ways and hours", alternatives=("it's eight hours",)), "duration")

    assert (found.value, found.first, found.last) == ("PT8H", 0, 2)
    assert found.confidence < 0.6


def test_nothing_was_asked() -> None:
    """Where nothing was asked for, words are what they are."""
    said = heard("i owe fifty dollars", "fifty", alternatives=("i owe fifteen dollars",))
    words = [word.text for word in said.words]

    values, _ = read_values(said, words, Expect(), TODAY, ())

    assert [value.alternatives for value in values if value.kind == "amount"] == [
        value.alternatives for value in find_values(words, Expect(), TODAY) if value.kind == "amount"
    ]

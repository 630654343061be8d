"""Choices out of a list of thousands."""

from __future__ import annotations

from itertools import product

import pytest

from ivr_ari.understanding.choices import ENGLISH
from ivr_ari.understanding.long_lists import LongList, probability
from ivr_ari.understanding.pronunciations import pronounce
from ivr_ari.understanding.words import listed

FIRST = listed("maria john susan peter linda robert karen james paula victor helen oscar diana martin")
LAST = listed(
    "lopez smith garcia whitfield johnson brown miller davis wilson anderson thomas jackson white"
    " harris thompson robinson clark lewis walker hall allen young king wright hill scott green adams"
    " baker nelson carter mitchell roberts turner phillips campbell parker evans edwards collins"
    " stewart morris rogers reed"
)
DOCTORS = [f"{first} {last}" for first, last in product(FIRST, LAST)]


@pytest.fixture(scope="module")
def doctors() -> LongList:
    phrases = [(name, name.split()) for name in DOCTORS]
    return LongList(("doctor",), phrases, pronounce, ENGLISH.light | ENGLISH.polite)


@pytest.mark.parametrize(
    ("heard", "doctor"),
    [
        ("maria lopez please", "maria lopez"),
        ("i'd like susan wit field", "susan whitfield"),
        ("victor and ursin", "victor anderson"),
        ("um helen mitchel", "helen mitchell"),
    ],
)
def test_asked(doctors: LongList, heard: str, doctor: str) -> None:
    """The name that sounds most like the words is found, whatever the recogniser made of it."""
    (value,) = doctors.find(heard.split(), asked=True)

    assert (value.kind, value.value, value.slot) == ("choice", doctor, "doctor")


def test_sure_of_the_very_words(doctors: LongList) -> None:
    """What was heard as it is written is sure."""
    (value,) = doctors.find(listed("maria lopez"), asked=True)

    assert value.confidence >= 0.9
    assert value.alternatives == ()


def test_in_part(doctors: LongList) -> None:
    """A last name that fourteen doctors share is not sure, and tells some of the others."""
    (value,) = doctors.find(listed("doctor whitfield"), asked=True)

    assert str(value.value).endswith("whitfield")
    assert value.confidence < 0.8
    assert value.alternatives
    assert all(name.endswith("whitfield") for name in value.alternatives)


def test_unasked(doctors: LongList) -> None:
    """Where no doctor was asked for, a rough likeness in a sentence is none."""
    assert doctors.find(listed("i want to pay my bill with the other card"), asked=False) == ()
    assert doctors.find(listed("let me marry a low peak"), asked=False) == ()
    (value,) = doctors.find(
        ["i", "have", "an", "appointment", "with", "maria", "lopez", "today"], asked=False
    )
    assert (value.value, value.first, value.last) == ("maria lopez", 5, 6)


def test_corrected(doctors: LongList) -> None:
    """The doctor behind "no" is the one who is meant."""
    (value,) = doctors.find(listed("maria lopez no diana hall"), asked=True)

    assert (value.value, value.first, value.last) == ("diana hall", 3, 4)


def test_nothing_alike(doctors: LongList) -> None:
    """What sounds like no name is none, though one was asked for."""
    assert doctors.find(listed("uh"), asked=True) == ()
    assert doctors.find(listed("could you say that again"), asked=True) == ()


def test_shared() -> None:
    """A list of several slots names none of them."""
    shared = LongList(("from", "to"), [("oak", ("oak", "street"))], pronounce, frozenset())

    assert shared.find(("oak", "street"), asked=True)[0].slot == ""


def test_twins() -> None:
    """Names that sound the same are doubtful, and both are told."""
    twins = LongList(
        ("who",), [("a", ("jon", "reed")), ("b", ("john", "reid")), ("c", ("oak",))], pronounce, frozenset()
    )
    (value,) = twins.find(("jon", "reed"), asked=True)

    assert (value.value, value.alternatives) == ("a", ("b",))
    assert value.confidence <= 0.6


def test_probability() -> None:
    """More alike, further ahead, more of the words and longer is surer."""
    assert probability(0.9, 0.3, 1.0, 12) > probability(0.8, 0.3, 1.0, 12) > probability(0.8, 0.1, 1.0, 12)
    assert probability(0.8, 0.1, 1.0, 12) > probability(0.8, 0.1, 0.5, 12) > probability(0.8, 0.1, 0.5, 5)

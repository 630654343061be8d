"""Words that name what a value is."""

import pytest

from ivr_ari.events import Expect, Heard, Value, Word
from ivr_ari.understanding.naming import known_names
from ivr_ari.understanding.values import read_values

NAMES = known_names({"member": ["membership number"]})


def read(said: str, expect: Expect | None = None, *alternatives: str) -> tuple[Value, ...]:
    heard = Heard(tuple(Word(word) for word in said.split()), alternatives)
    return read_values(heard, said.split(), expect or Expect(), "2026-07-15", NAMES)[0]


@pytest.mark.parametrize(
    ("said", "kind", "value", "slot"),
    [
        ("my account number is four one double oh seven two three nine", "digits", "41007239", "account"),
        ("account number four one double oh seven two three nine", "digits", "41007239", "account"),
        ("my pin is nine two zero one", "digits", "9201", "pin"),
        ("my pin is um nine two zero one", "digits", "9201", "pin"),
        ("nine two zero one is my pin", "digits", "9201", "pin"),
        ("the pin code is ninety two oh one", "digits", "9201", "pin"),
        ("my card number is four one one one one", "digits", "41111", "card"),
        ("my phone number is five five five two one two oh one eight seven", "digits", "5552120187", "phone"),
        ("my date of birth is may fifth nineteen eighty two", "date", "1982-05-05", "birth_date"),
        ("my date of birth is three fourteen eighty two", "date", "1982-03-14", "birth_date"),
        ("the amount is fifty", "amount", "50.00", "amount"),
        ("the time is four", "time", "16:00", "time"),
        ("my membership number is one two", "digits", "12", "member"),
    ],
)
def test_named_values(said: str, kind: str, value: str, slot: str) -> None:
    """What stands behind a name, or in front of "is my", is read as the name's kind and carries its slot."""
    assert [(one.kind, one.value, one.slot) for one in read(said)] == [(kind, value, slot)]


def test_two_names_in_one_breath() -> None:
    """Each value gets its own name."""
    values = read(
        "my account number is four one double oh seven two three nine and my pin is nine two zero one"
    )

    assert [(one.slot, one.value) for one in values] == [("account", "41007239"), ("pin", "9201")]


def test_name_without_value() -> None:
    """A name alone gives no value, nor does a value that has nothing to do with it."""
    assert read("my account number is") == ()
    assert [one.slot for one in read("i lost my card two weeks ago")] == [""]


KINDS = [
    ("digits", "four", "4"),
    ("time", "four", "16:00"),
    ("number", "four", "4"),
    ("amount", "four", "4.00"),
    ("amount", "twenty five fifty", "25.50"),
    ("digits", "twenty five fifty", "2550"),
    ("date", "the fourteenth", "2026-07-14"),
    ("ordinal", "the fourteenth", "14"),
    ("month", "march third", "2026-03"),
    ("date", "march third", "2026-03-03"),
    ("time", "three thirty", "15:30"),
    ("digits", "three thirty", "330"),
]


@pytest.mark.parametrize(("kind", "said", "value"), KINDS)
def test_question_decides(kind: str, said: str, value: str) -> None:
    """The same words are read as what was asked for."""
    (one,) = read(said, Expect(kinds=(kind,)))  # type: ignore[arg-type]

    assert (one.kind, one.value) == (kind, value)


def test_plain_words_beat_the_question() -> None:
    """Two hundred dollars are no digits even if digits were asked for."""
    (one,) = read("two hundred dollars", Expect(kinds=("digits",), digits=(8, 8)))

    assert one.kind == "amount"


def test_alternatives_supply_fitting_digits() -> None:
    """If the best hearing has the wrong number of digits, another hearing that fits is taken, less surely."""
    expect = Expect(kinds=("digits",), digits=(4, 4))

    (one,) = read("nine two zero", expect, "nine two zero nine one", "nine two zero one")

    assert (one.value, one.first, one.last) == ("9201", 0, 2)
    assert one.confidence < 0.7


def test_unsure_words_make_unsure_values() -> None:
    """A value is as sure as its words were."""
    heard = Heard((Word("next", confidence=0.5), Word("tuesday", confidence=0.7)))

    ((one,), _) = read_values(heard, ("next", "tuesday"), Expect(), "2026-07-15", NAMES)

    assert one.confidence < 0.6

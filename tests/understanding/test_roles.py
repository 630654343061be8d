"""Slots that share their values, told apart by the words in front: "from checking to savings"."""

import pytest

from ivr_ari.events import Expect, Heard, Kind, Value, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.roles import Roles
from ivr_ari.understanding.spacy_nlu import Understander

from .bank import EXAMPLES

TODAY = "2026-07-15"
ACCOUNTS = {
    "checking": ("checking", "checking account", "current account"),
    "savings": ("savings", "savings account"),
    "credit": ("credit card", "visa"),
}
CITIES: dict[str, tuple[str, ...]] = {"boston": ("boston",), "austin": ("austin",)}
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "from-account": ACCOUNTS,
    "to-account": ACCOUNTS,
    "city": CITIES,
}
AFTER = {"from-account": ("from", "out of"), "to-account": ("to", "into")}
NAMES = {"to-account": ("target account",)}
TYPES: dict[str, Kind] = {"from-account": "choice", "to-account": "choice", "city": "choice"}


@pytest.fixture(scope="module")
def bank() -> Understander:
    return Understander(FlowWords(EXAMPLES, CHOICES, called=NAMES, after=AFTER, types=TYPES))


def slots(bank: Understander, said: str, asked: str = "") -> list[tuple[str, str]]:
    choices = tuple((name, phrases) for name, phrases in CHOICES[asked].items()) if asked else ()
    expect = Expect(slot=asked, kinds=("choice",) if asked else (), choices=choices)
    heard = Heard(tuple(Word(word) for word in said.split()))
    meaning = bank.understand(heard, expect, today=TODAY)
    return [(value.slot, str(value.value)) for value in meaning.values if value.kind == "choice"]


FROM_TO = [
    "from checking to savings",
    "transfer fifty dollars from checking to savings",
    "from my checking account to savings",
    "from my checking account into my savings account",
    "move it to savings from checking",
    "take it out of checking and put it into savings",
    "out of my checking into the savings account",
    "send money from the current account to um my savings",
    "i'd like to move fifty dollars from my checking account to my savings account please",
    "to savings um from checking",
    # as a recogniser heard it
    "from checking two savings",
    "from check in account to saving account",
    "form checking too savings",
]


@pytest.mark.model
@pytest.mark.parametrize("asked", ["", "from-account", "to-account"])
@pytest.mark.parametrize("said", FROM_TO)
def test_the_word_in_front_says_the_role(bank: Understander, said: str, asked: str) -> None:
    """Each account gets the slot of the word in front of it, whatever was asked and in whatever order."""
    assert sorted(slots(bank, said, asked)) == [("from-account", "checking"), ("to-account", "savings")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "asked", "found"),
    [
        ("my savings account", "", [("", "savings")]),
        ("how much is in my savings account", "", [("", "savings")]),
        ("savings", "from-account", [("from-account", "savings")]),
        ("savings", "to-account", [("to-account", "savings")]),
        ("my checking account please", "to-account", [("to-account", "checking")]),
        ("the target account is savings", "", [("to-account", "savings")]),
        ("savings from checking", "to-account", [("to-account", "savings"), ("from-account", "checking")]),
        ("to my savings", "from-account", [("to-account", "savings")]),
        ("to boston", "", [("city", "boston")]),
        ("boston", "", [("city", "boston")]),
    ],
)
def test_without_such_a_word(bank: Understander, said: str, asked: str, found: list[tuple[str, str]]) -> None:
    """A shared choice belongs to no slot unless the question or a name says so; one of a kind always does."""
    assert slots(bank, said, asked) == found


DAYS = Roles(
    {"leave": ("from", "leaving"), "return": ("to", "until", "back on"), "amount": ("of",)},
    {"leave": "date", "return": "date", "amount": "amount"},
    {},
)


@pytest.mark.parametrize(
    ("said", "at", "slot"),
    [
        ("from monday", 1, "leave"),
        ("leaving on monday", 2, "leave"),
        ("until um monday", 2, "return"),
        ("coming back on the monday", 4, "return"),
        ("on monday", 1, ""),
        ("monday", 0, ""),
        # "of" belongs to an amount
        ("of monday", 1, ""),
        ("from new york monday", 3, ""),
    ],
)
def test_days_have_roles_too(said: str, at: int, slot: str) -> None:
    """A word of role counts for values of its slot's kind, straight in front or over small words."""
    (value,) = DAYS.marked(said.split(), [Value("date", "2026-07-20", at, at)], "")

    assert value.slot == slot


def test_a_named_value_keeps_its_name() -> None:
    """What was named is not moved by a word in front; what was merely asked for is."""
    words = ["from", "monday"]
    named, asked = (
        Value("date", "2026-07-20", 1, 1, slot="birth_date"),
        Value("date", "x", 1, 1, slot="return"),
    )

    assert [one.slot for one in DAYS.marked(words, [named], "return")] == ["birth_date"]
    assert [one.slot for one in DAYS.marked(words, [asked], "return")] == ["leave"]

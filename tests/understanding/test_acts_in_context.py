"""Acts that depend on what was asked and on the rest of the turn, on a bank's intents."""

import pytest

from ivr_ari.events import Expect, Heard, Meaning, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

from .bank import CHOICES, EXAMPLES

pytestmark = pytest.mark.model

OPEN = Expect()
CONFIRM = Expect(slot="right", kinds=("yesno",), confirm=True)
ACCOUNT = Expect(slot="account", kinds=("digits",), digits=(8, 8))
TEXT = Expect(slot="note", kinds=("text",))
PARTS = {"morning": ["morning"], "afternoon": ["afternoon"]}
PART = Expect(
    slot="part", kinds=("choice",), choices=tuple((name, tuple(said)) for name, said in PARTS.items())
)


@pytest.fixture(scope="module")
def bank() -> Understander:
    return Understander(FlowWords(EXAMPLES, {**CHOICES, "part": PARTS}, types={"part": "choice"}))


def understood(bank: Understander, said: str, expect: Expect) -> Meaning:
    heard = Heard(tuple(Word(word, 300 * at, 300 * at + 280) for at, word in enumerate(said.split())))
    return bank.understand(heard, expect, today="2026-07-15")


@pytest.mark.parametrize(
    "said", ["why do you need that", "well what do you mean", "where do i find that number"]
)
@pytest.mark.parametrize("expect", [CONFIRM, ACCOUNT, PART])
def test_ask(bank: Understander, said: str, expect: Expect) -> None:
    """A question instead of an answer asks."""
    assert understood(bank, said, expect).acts == ("ask",)


@pytest.mark.parametrize(
    ("said", "expect"),
    [
        ("why do you need that", OPEN),
        ("what happened was that it broke", TEXT),
        ("what's my balance", ACCOUNT),
        ("is it four one double zero seven two three nine", ACCOUNT),
        ("could you repeat that", ACCOUNT),
    ],
)
def test_no_ask(bank: Understander, said: str, expect: Expect) -> None:
    """It asks not where nothing was asked, any words are an answer, or something else is understood."""
    assert "ask" not in understood(bank, said, expect).acts


@pytest.mark.parametrize("expect", [OPEN, PART])
def test_good_morning(bank: Understander, expect: Expect) -> None:
    """The morning of a greeting is no time of the day that somebody wants."""
    meaning = understood(bank, "good morning", expect)

    assert meaning.acts == ("greet",)
    assert meaning.values == ()


def test_in_the_morning(bank: Understander) -> None:
    """A morning that nobody is greeted with is one."""
    assert [value.value for value in understood(bank, "in the morning", PART).values] == ["morning"]


@pytest.mark.parametrize("said", ["hold on", "okay hold on", "hang on"])
def test_hold_on(bank: Understander, said: str) -> None:
    """Who says to hold on has finished saying it."""
    assert understood(bank, said, ACCOUNT).acts == ("hold-on",)

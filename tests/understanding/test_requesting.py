"""When words ask for something, on a bank's intents."""

import pytest

from ivr_ari.events import Expect, Heard, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

from .bank import CHOICES, EXAMPLES

pytestmark = pytest.mark.model

OPEN = Expect()
CONFIRM = Expect(slot="right", kinds=("yesno",), confirm=True)
PAYOUT = Expect(
    slot="payout",
    kinds=("choice",),
    choices=(("card", ("my card", "credit card")), ("checking", ("checking account", "my account"))),
)


@pytest.fixture(scope="module")
def bank() -> Understander:
    # a choice that is also what many requests speak of
    payout = {"card": ["my card"], "account": ["my account"]}
    return Understander(FlowWords(EXAMPLES, {**CHOICES, "payout": payout}))


def intents(bank: Understander, said: str, expect: Expect) -> list[str]:
    words = said.split()
    heard = Heard(tuple(Word(word, 300 * at, 300 * at + 280) for at, word in enumerate(words)))
    return [one.intent for one in bank.understand(heard, expect, today="2026-07-15").requests]


@pytest.mark.parametrize("said", ["no my card", "actually make that my account", "no not my card my account"])
@pytest.mark.parametrize("expect", [OPEN, CONFIRM])
def test_set_right(bank: Understander, said: str, expect: Expect) -> None:
    """What only sets a value right asks for nothing, though its words are near to many requests."""
    assert intents(bank, said, expect) == []


@pytest.mark.parametrize(
    ("said", "intent"),
    [("lost card", "card-lost"), ("balance", "balance"), ("refund", "refund"), ("no my balance", "balance")],
)
def test_a_word_or_two(bank: Understander, said: str, intent: str) -> None:
    """A word or two ask for something where nothing says that they are part of an answer."""
    assert intents(bank, said, OPEN) == [intent]


@pytest.mark.parametrize(
    ("said", "found"),
    [("to my card", []), ("my credit card please", []), ("wait i lost my card", ["card-lost"])],
)
def test_beside_an_answer(bank: Understander, said: str, found: list[str]) -> None:
    """The words of an answer ask for nothing by themselves, a whole request around them does."""
    assert intents(bank, said, PAYOUT) == found


@pytest.mark.parametrize("said", ["cancel my appointment please", "i want to book a flight to boston"])
def test_strangers(bank: Understander, said: str) -> None:
    """What is far from every example is no request."""
    assert intents(bank, said, OPEN) == []

"""When words ask for something, on a bank's intents."""

import pytest

from ivr_ari.events import Expect, Heard, Request, Word
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


def requests(of: Understander, said: str, expect: Expect = OPEN) -> tuple[Request, ...]:
    words = said.split()
    heard = Heard(tuple(Word(word, 300 * at, 300 * at + 280) for at, word in enumerate(words)))
    return of.understand(heard, expect, today="2026-02-15").requests


def intents(of: Understander, said: str, expect: Expect = OPEN) -> list[str]:
    return [one.intent for one in requests(of, said, expect)]


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
    assert intents(bank, said) == [intent]


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
    assert intents(bank, said) == []


HOTEL = {
    "change-date": [
        "change the date of my booking",
        "move my booking to another day",
        "different dates please",
    ],
    "change-room": ["change the room of my booking", "i want a bigger room", "a different room please"],
    "refund": ["refund", "i want my money back", "refund my deposit", "i need a refund please"],
    "parking": ["do you have parking", "where can i park", "parking", "is there a garage"],
    "breakfast": ["is breakfast included", "when is breakfast", "breakfast", "do you serve breakfast"],
}


@pytest.fixture(scope="module")
def hotel() -> Understander:
    return Understander(FlowWords(HOTEL))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("refund and parking please", ["refund", "parking"]),
        ("parking breakfast", ["parking", "breakfast"]),
        ("change the date and the room of my booking", ["change-date", "change-room"]),
        ("do you have parking", ["parking"]),
    ],
)
def test_several_requests(hotel: Understander, said: str, found: list[str]) -> None:
    """Each thing asked for is a request, whatever stands between them, and nothing else is."""
    assert intents(hotel, said) == found


def test_values_of_several(hotel: Understander) -> None:
    """A value belongs to the request whose words it is among."""
    date, room = requests(hotel, "move my booking to march fourteenth and a bigger room")

    assert [value.value for value in date.values] == ["2026-03-14"]
    assert room.values == ()

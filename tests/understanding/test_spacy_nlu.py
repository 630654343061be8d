"""The whole pipeline on a bank's intents, as a call uses it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ivr_ari.errors import FlowError, SetupError
from ivr_ari.events import Expect, Heard, Meaning, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.light_spacy import load
from ivr_ari.understanding.spacy_nlu import Learning, Understander

from .bank import CHOICES, EXAMPLES

pytestmark = pytest.mark.model

TODAY = "2026-07-15"
OPEN = Expect()
ACCOUNT = Expect(slot="account", kinds=("digits",), digits=(8, 8))
CONFIRM = Expect(slot="right", kinds=("yesno",), confirm=True)
PAYOUT = Expect(
    slot="payout",
    kinds=("choice",),
    choices=(("card", ("my card", "credit card")), ("checking", ("checking account", "my account"))),
)


@pytest.fixture(scope="module")
def bank() -> Understander:
    return Understander(FlowWords(EXAMPLES, CHOICES, called={"account": ["account number"]}))


def heard(said: str) -> Heard:
    return Heard(tuple(Word(word, 300 * at, 300 * at + 280) for at, word in enumerate(said.split())))


def understood(bank: Understander, said: str, expect: Expect = OPEN) -> Meaning:
    return bank.understand(heard(said), expect, today=TODAY)


def values(meaning: Meaning) -> list[tuple[str, str, str]]:
    return [(value.kind, str(value.value), value.slot) for value in meaning.values]


def intents(meaning: Meaning) -> list[str]:
    return [request.intent for request in meaning.requests]


TWO = [
    "i was charged twice last month and i need a refund oh and what's my balance",
    # as a recogniser heard it
    "i was charged twice last month and i need a refund o in with my balance",
    "i was charge twice last month and i need a refund owen what's my balance",
]


@pytest.mark.parametrize("said", TWO)
def test_two_requests_in_one_breath(bank: Understander, said: str) -> None:
    """Both requests are found in order, and what was said of the first belongs to it."""
    refund, balance = understood(bank, said).requests

    assert (refund.intent, balance.intent) == ("refund", "balance")
    told = {(value.slot, value.kind, value.value) for value in refund.values}
    assert told == {("problem", "choice", "charged-twice"), ("", "month", "2026-06")}
    assert balance.values == ()
    assert refund.first == 0
    assert refund.last < balance.first


def test_three_requests(bank: Understander) -> None:
    """Three requests are three."""
    meaning = understood(bank, "what's my balance and when are you open and also i lost my card")

    assert intents(meaning) == ["balance", "opening-hours", "card-lost"]


def test_the_same_request_twice_is_one(bank: Understander) -> None:
    """Two clauses that ask for the same are one request with the words of both."""
    said = "someone stole my wallet i need to block my card right away"

    (request,) = understood(bank, said).requests

    assert (request.intent, request.first, request.last) == ("card-lost", 0, len(said.split()) - 1)


def test_correction(bank: Understander) -> None:
    """A correction is an act with a value and no request; the month is the nearest march."""
    meaning = understood(bank, "actually make that march")

    assert meaning.acts == ("correct",)
    assert values(meaning) == [("month", "2026-03", "")]
    assert meaning.requests == ()


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("what are your opening hours", "opening-hours"),
        ("what's your opening hours", "opening-hours"),
        ("okay what's my balance", "balance"),
        ("let me check my balance", "balance"),
        ("i need a refund for a charge in march", "refund"),
        ("can you tell me how much i have in my checking account", "balance"),
        ("hello i'd like to transfer two hundred and fifty dollars from checking to savings", "transfer"),
        ("um i think i lost my card", "card-lost"),
    ],
)
def test_single_requests(bank: Understander, said: str, intent: str) -> None:
    """One sentence is one request, whatever leads it in."""
    assert intents(understood(bank, said)) == [intent]


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("let me talk to somebody", ("person",)),
        ("thank you goodbye", ("thank", "goodbye")),
        ("could you repeat that please", ("repeat",)),
        ("cancel my appointment please", ()),
        ("hold on a second", ("hold-on",)),
        ("no the other one", ("deny", "correct", "other")),
        ("the other one", ("other",)),
        ("sorry the other one", ("correct", "other")),
        ("my account number is", ("more-to-come",)),
        ("okay", ("back-channel",)),
        ("yes please", ("affirm",)),
    ],
)
def test_acts_alone(bank: Understander, said: str, acts: Sequence[str]) -> None:
    """An act by itself asks for nothing."""
    meaning = understood(bank, said)

    assert meaning.acts == tuple(acts)
    assert meaning.requests == ()


def test_act_beside_a_request(bank: Understander) -> None:
    """A request and a wish for a person in one turn are both heard."""
    meaning = understood(bank, "i need a refund and let me talk to somebody")

    assert (meaning.acts, intents(meaning)) == (("person",), ["refund"])


@pytest.mark.parametrize("expect", [OPEN, ACCOUNT])
def test_account_number(bank: Understander, expect: Expect) -> None:
    """A named digit string is read whole, asked for or not, and asks for nothing."""
    meaning = understood(bank, "my account number is four one double oh um seven two three nine", expect)

    assert values(meaning) == [("digits", "41007239", "account")]
    assert not meaning.requests
    assert not meaning.acts


def test_pin(bank: Understander) -> None:
    """A PIN that is named is the PIN's even if the account number was asked for."""
    assert values(understood(bank, "my pin is nine two zero one", ACCOUNT)) == [("digits", "9201", "pin")]


def test_digits_so_far(bank: Understander) -> None:
    """Fewer digits than wanted are a value with more to come."""
    meaning = understood(bank, "four one double oh", ACCOUNT)

    assert meaning.acts == ("more-to-come",)
    assert values(meaning) == [("digits", "4100", "")]


def test_amount(bank: Understander) -> None:
    """An amount is a value in units with two decimals."""
    meaning = understood(bank, "forty two dollars and nineteen cents")

    assert values(meaning) == [("amount", "42.19", "")]
    assert meaning.requests == ()


@pytest.mark.parametrize(
    ("said", "act", "answer"),
    [
        ("yes", "affirm", "yes"),
        ("okay", "affirm", "yes"),
        ("that's right", "affirm", "yes"),
        ("no", "deny", "no"),
    ],
)
def test_answers_to_a_confirmation(bank: Understander, said: str, act: str, answer: str) -> None:
    """Where yes or no is asked for, both the act and the value are there."""
    meaning = understood(bank, said, CONFIRM)

    assert meaning.acts == (act,)
    assert values(meaning) == [("yesno", answer, "right")]


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("to my card please", "card"),
        ("my check in account", "checking"),
        ("the first one", "card"),
        ("the last one", "checking"),
        ("checking", "checking"),
    ],
)
def test_offered_choices(bank: Understander, said: str, choice: str) -> None:
    """A choice is found by its words, bent words, or its place, and is no request."""
    meaning = understood(bank, said, PAYOUT)

    assert values(meaning) == [("choice", choice, "payout")]
    assert meaning.requests == ()


STRANGE = [
    "i like to play football with my friends",
    "what's the weather like today",
    "i'd like to order a large pizza",
    "tell me a story about dragons",
    "my daughter goes to school in the city",
    "do you have the blue jacket in stock",
    "where is the train station",
    "i've got a bad cough and a fever what should i take",
]


@pytest.mark.parametrize("said", STRANGE)
def test_out_of_scope(bank: Understander, said: str) -> None:
    """What the bank does not do means nothing."""
    assert understood(bank, said).requests == ()


@pytest.mark.parametrize("said", ["", "[unk]", "um", "...", "oh"])
def test_next_to_nothing(bank: Understander, said: str) -> None:
    """Hardly any words are no request and no error."""
    meaning = understood(bank, said)

    assert not meaning.requests
    assert not meaning.values


def test_text_where_text_is_asked(bank: Understander) -> None:
    """Free text is the words themselves."""
    meaning = understood(bank, "laura martinez", Expect(slot="name", kinds=("text",)))

    assert values(meaning) == [("text", "laura martinez", "")]


def test_nothing_is_kept(bank: Understander) -> None:
    """The same words mean the same after anything else was heard."""
    before = understood(bank, TWO[0])
    understood(bank, "my pin is nine two zero one", ACCOUNT)

    assert understood(bank, TWO[0]) == before


def test_punctuation_and_case_do_not_matter(bank: Understander) -> None:
    """Words with capitals and punctuation mean the same."""
    assert understood(bank, "What's my balance?") == understood(bank, "what's my balance")


def test_explain(bank: Understander) -> None:
    """An explanation names the words, the requests and the values with their confidences."""
    text = str(bank.explain(heard(TWO[0]), OPEN, today=TODAY))

    assert "balance" in text
    assert '"last month": month 2026-06' in text


def test_unknown_language() -> None:
    """A language we do not understand is the machine's fault, said at once."""
    with pytest.raises(SetupError) as caught:
        Understander(FlowWords(EXAMPLES, language="xx"))

    assert caught.value.code == "understanding.language"


def test_bad_examples() -> None:
    """Examples that contradict each other are the flow's fault."""
    with pytest.raises(FlowError):
        Understander(FlowWords({"a": ["hello there"], "b": ["hello there"]}))


def test_flow_without_intents() -> None:
    """A flow that asks only questions needs no examples."""
    meaning = Understander(FlowWords()).understand(heard("four one"), Expect(kinds=("digits",)), today=TODAY)

    assert values(meaning) == [("digits", "41", "")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("where are you", ["directions"]),
        ("how do i get to you", ["directions"]),
        ("how are you", ["small-talk"]),
        ("how are you today", ["small-talk"]),
        ("how do i get to you and where can i park", ["directions", "parking"]),
        ("what is it", []),
    ],
)
def test_questions_of_small_words(said: str, found: list[str]) -> None:
    """A question may ask for something without one word that is more than small."""
    examples = {
        "directions": ["where are you", "how do i get there", "how do i find you", "what's your address"],
        "parking": ["where can i park", "is there parking", "is there a place for my car", "parking"],
        "small-talk": ["how are you", "how are you doing", "how's it going", "how is your day"],
    }

    assert intents(understood(Understander(FlowWords(examples)), said)) == found


def test_second_start_learns_nothing() -> None:
    """What was learnt from the same examples is read; another example is learnt."""
    examples = {"balance": ["what's my balance"], "refund": ["i need a refund"]}
    Understander(FlowWords(examples))
    again = Understander(FlowWords(examples))

    assert replace(again.learning, seconds=0, size=0) == Learning(cached=True)
    assert intents(understood(again, "what's my balance please")) == ["balance"]


def test_without_examples_nothing_is_learnt(tmp_path: Path) -> None:
    """A flow without intents needs no encoder; it is saved and read again like any other."""
    Understander(FlowWords(), cache=tmp_path / "cache").to_disk(tmp_path / "saved")
    again = Understander.from_disk(tmp_path / "saved", cache=tmp_path / "cache")

    meaning = again.understand(heard("four one"), Expect(kinds=("digits",)), today=TODAY)
    assert [value.value for value in meaning.values] == ["41"]
    assert list((tmp_path / "cache").iterdir()) == []


def test_saved_and_read_again(bank: Understander, tmp_path: Path) -> None:
    """A pipeline read from a folder understands the same, by our own and by spaCy's way to read it."""
    bank.to_disk(tmp_path / "bank")

    again = Understander.from_disk(tmp_path / "bank")

    for said in (TWO[0], "my account number is four one double oh um seven two three nine", "no not tuesday"):
        assert understood(again, said) == understood(bank, said)
    assert load(tmp_path / "bank").pipe_names == ["ivr_values", "ivr_acts", "ivr_requests", "ivr_close"]


def test_a_folder_without_a_pipeline(tmp_path: Path) -> None:
    """Reading what was not saved is the machine's fault, said at once."""
    with pytest.raises(SetupError) as caught:
        Understander.from_disk(tmp_path / "nothing")

    assert caught.value.code == "understanding.saved"

"""What a text asks for, once or more, with an encoder that only counts words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ivr_ari.errors import FlowError
from ivr_ari.understanding.features import Encode
from ivr_ari.understanding.intents import check_examples
from ivr_ari.understanding.judge import Judge
from ivr_ari.understanding.several import spoken_acts

from .test_intents import encode

EXAMPLES = {
    "refund": ["refund", "i want a refund", "refund my money", "give me my money back", "a refund please"],
    "balance": [
        "balance",
        "what is my balance",
        "my account balance",
        "the balance please",
        "tell me my balance",
    ],
    "parking": ["parking", "where can i park", "parking space please", "park the car", "is there parking"],
}
LABELLED = {
    "change": ["change the date", "change the room", "i want to change", "change my booking"],
    "date": ["change the date", "what date is it", "the date please", "which date"],
    "room": ["change the room", "what room is it", "the room please", "which room"],
}
STRANGERS = ("the weather is nice", "tell me a story", "who won the game", "what time is it in tokyo")


def taught(examples: dict[str, list[str]], *, several: bool = False, by: Encode = encode) -> Judge:
    return Judge.taught(examples, by, encode, STRANGERS, spoken_acts, several=several)


def test_one_intent() -> None:
    """What asks for one thing asks for nothing else."""
    (opinion,) = taught(EXAMPLES).opinions(["what is my balance please"])

    assert (opinion.guess.intent, opinion.also) == ("balance", ())


def test_two_intents_of_the_same_words() -> None:
    """What asks for two things is sure of both."""
    (opinion,) = taught(EXAMPLES).opinions(["my account balance refund my money"])

    names = {opinion.guess.intent, *(name for name, _ in opinion.also)}
    assert names == {"refund", "balance"}
    assert all(sure >= 0.6 for sure in (opinion.guess.confidence, *(sure for _, sure in opinion.also)))


def test_several_labels_an_example() -> None:
    """Where examples have several labels, what is new has them as well."""
    opinions = taught(LABELLED, several=True).opinions(["please change the date", "nice weather"])

    change, strange = ({one.guess.intent, *(name for name, _ in one.also)} for one in opinions)
    assert change == {"change", "date"}
    assert strange == {""}


def test_one_example_of_two_intents() -> None:
    """An example of two intents is a mistake unless the flow says that examples have several."""
    check_examples(LABELLED, several=True)
    with pytest.raises(FlowError):
        check_examples(LABELLED)


@pytest.mark.parametrize("several", [False, True])
def test_saved(tmp_path: Path, several: bool) -> None:
    """What was learnt judges the same when it was written and read again."""
    examples = LABELLED if several else EXAMPLES
    judge = taught(examples, several=several)
    judge.save(tmp_path / "kept")
    again = Judge.load(tmp_path / "kept", list(examples), encode, spoken_acts, several=several)

    said = ["change the room", "my balance and a refund"]
    assert again.opinions(said) == judge.opinions(said)
    assert again.several == several


def test_encoded_once() -> None:
    """Both judges together encode each text once, all in one call."""
    calls: list[list[str]] = []

    def counted(sentences: Sequence[str]) -> NDArray[np.float32]:
        calls.append(list(sentences))
        return encode(sentences)

    judge = taught(EXAMPLES, by=counted)
    judge.opinions(["my balance", "a refund", "my balance"])

    assert calls == [["my balance", "a refund"]]


def test_likely() -> None:
    """How likely an intent is can be asked for each by itself, in the order asked."""
    likely = taught(EXAMPLES).likely(["a refund please"], ["balance", "refund"])

    assert likely.shape == (1, 2)
    assert np.argmax(likely) == 1

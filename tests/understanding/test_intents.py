"""Learning intents, with an encoder that only counts words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import FlowError
from ivr_ari.understanding.intents import ACCEPTED, Intents, Learnt, Matrix, check_examples, learn

EXAMPLES = {
    "balance": ["my balance", "tell me the balance", "balance of the account"],
    "refund": ["a refund", "refund my money", "money back refund"],
}


def encode(sentences: Sequence[str]) -> Matrix:
    """Rows of length one: how often each word occurs, in places given by its letters."""
    rows = np.zeros((len(sentences), 384), np.float32)
    for row, sentence in zip(rows, sentences, strict=True):
        for word in sentence.split():
            row[sum(ord(letter) * 31**at for at, letter in enumerate(word)) % 384] += 1
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows / lengths, np.float32)


def learnt(examples: dict[str, list[str]]) -> Intents:
    return Intents(tuple(examples), learn(examples, encode), encode)


@pytest.mark.parametrize(("said", "intent"), [("the balance", "balance"), ("my refund", "refund")])
def test_guess(said: str, intent: str) -> None:
    """A sentence close to one intent's examples is accepted as that intent, with the other behind it."""
    (guess,) = learnt(EXAMPLES).guess([said])

    assert guess.intent == intent
    assert guess.confidence >= ACCEPTED > guess.second
    assert guess.runner_up in EXAMPLES


def test_strangers_are_rejected() -> None:
    """A sentence that shares nothing with the examples stays below the threshold."""
    (guess,) = learnt(EXAMPLES).guess(["zebras yawn"])

    assert guess.confidence < ACCEPTED


def test_learning_is_repeatable() -> None:
    """The same examples give the same confidences."""
    first, second = (learnt(EXAMPLES).guess(["my refund"]) for _ in range(2))

    assert first == second


def test_no_intents() -> None:
    """A flow without intents never wants anything."""
    (guess,) = learnt({}).guess(["my balance"])

    assert (guess.intent, guess.confidence) == ("", 0.0)


def test_all_problems_are_named() -> None:
    """Empty intents, empty examples and examples of two intents are all reported at once."""
    with pytest.raises(FlowError) as caught:
        check_examples({"a": [], "b": ["hello", "  "], "c": ["Hello"]})

    assert caught.value.code == "understanding.examples"
    problems = caught.value.facts["problems"]
    assert isinstance(problems, list)
    assert len(problems) == 3


def test_kept_learning(tmp_path: Path) -> None:
    """What was learnt is the same after it was written to a file and read."""
    intents = learnt(EXAMPLES)
    intents.learnt.save(tmp_path / "learnt.npz")

    read = Intents(intents.names, Learnt.load(tmp_path / "learnt.npz"), encode)

    assert read.guess(["my refund"]) == intents.guess(["my refund"])

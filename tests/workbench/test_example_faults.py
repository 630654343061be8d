"""What is wrong with examples shows before anything is learnt from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ivr_ari.workbench.example_faults import clashes, contrary, few


def at(degrees: float) -> NDArray[np.float32]:
    """A vector of length one in that direction: the cosine of two is that of the angle between them."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


def test_few() -> None:
    """
    Intents with fewer than eight examples.
    """
    assert few({"a": ["x"] * 7, "b": ["x"] * 8}) == {"a": 7}


def test_alike_across_intents() -> None:
    """
    Two examples that say nearly the same under different intents; within one they are welcome.
    """
    examples = {"balance": ["my balance", "the balance"], "fees": ["what do i owe", "my balance now"]}
    vectors = {"my balance": at(0), "the balance": at(1), "what do i owe": at(80), "my balance now": at(20)}

    found = clashes(examples, vectors)

    assert [(one.first, one.second, one.cosine) for one in found] == [
        ("the balance", "my balance now", 0.946),
        ("my balance", "my balance now", 0.94),
    ]


def test_same_words_that_count() -> None:
    """
    Sentences that differ in small words only contradict each other, however the encoder sees them.
    """
    examples = {
        "a": ["i would like to block the card please"],
        "b": ["block my card"],
        "c": ["block my phone"],
    }
    vectors = {
        "i would like to block the card please": at(0),
        "block my card": at(90),
        "block my phone": at(180),
    }

    (found,) = clashes(examples, vectors)

    assert (found.first_intent, found.second_intent, found.same_words) == ("a", "b", True)


def test_in_the_wrong_place() -> None:
    """
    An example that is much nearer to another intent's than to its own.
    """
    examples = {"a": ["one", "two"], "b": ["three", "four"]}
    vectors = {"one": at(0), "two": at(60), "three": at(70), "four": at(75)}

    (found,) = contrary(examples, vectors)

    assert (found.said, found.nearest, found.nearest_intent) == ("two", "three", "b")
    assert (found.cosine, found.own_cosine) == (0.985, 0.5)


def test_alone() -> None:
    """
    The only example of an intent has no own ones to be far from, and one intent has no others.
    """
    vectors = {"one": at(0), "two": at(1)}

    assert contrary({"a": ["one"], "b": ["two"]}, vectors) == ()
    assert contrary({"a": ["one", "two"]}, vectors) == ()


def test_no_examples() -> None:
    """
    A flow without intents has no faults.
    """
    assert (clashes({}, {}), contrary({}, {}), few({})) == ((), (), {})

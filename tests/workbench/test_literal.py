"""What can be understood without a model."""

from __future__ import annotations

import pytest

from ivr_ari.events import Expect, Meaning
from ivr_ari.workbench.literal import Literal
from ivr_ari.workbench.transcript import heard_words
from tests.small_call import FLOW

PAPER = Expect("gift.paper", "paper", ("choice",), choices=(("red", ("red", "the red one")),))


OPEN = Expect()


def meant(text: str, expect: Expect = OPEN) -> Meaning:
    return Literal(FLOW)(heard_words(text), expect, "2026-03-15")


def test_intents() -> None:
    """
    By their name, or by an example word for word.
    """
    assert [request.intent for request in meant("gift").requests] == ["gift"]
    assert [request.intent for request in meant("Where is my order?").requests] == ["order"]
    assert meant("where might my order be").empty


def test_choices() -> None:
    """
    By name or phrase, where one is asked for.
    """
    assert [value.value for value in meant("the red one", PAPER).values] == ["red"]
    assert meant("green", PAPER).empty


@pytest.mark.parametrize(
    ("text", "act"), [("yes", "affirm"), ("start over", "start-over"), ("person", "person")]
)
def test_commands(text: str, act: str) -> None:
    """
    A few words.
    """
    assert meant(text).acts == (act,)


def test_values() -> None:
    """
    Anything else is a value of the kind that is asked for, and nothing where none is.
    """
    expect = Expect("order.number", "number", ("digits",))

    assert [(value.kind, value.value) for value in meant("1818", expect).values] == [("digits", "1818")]
    assert meant("1818").empty
    assert meant("1818", Expect(kinds=("yesno",), confirm=True)).empty

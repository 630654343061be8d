"""What callers say in conversations is noted with its context, and held against recognition errors."""

from __future__ import annotations

from ivr_ari.events import Expect, Heard, Meaning, Request, Value
from ivr_ari.language.load_tests import parse_conversations
from ivr_ari.workbench.check_set import gist, held, misheard
from ivr_ari.workbench.literal import Literal
from tests.small_call import FLOW

TESTS = """\
- test: asked by words
  turns: [{caller: where is my order, asks: number}]
- test: wrongly expected
  turns: [{caller: where is my order, asks: paper}]
- test: by keys alone
  turns: [{keys: "1", asks: number}]
"""


def test_held() -> None:
    """
    Conversations in which the caller speaks are held, what is said and its meaning noted, failures named.
    """
    checked = held(FLOW, parse_conversations(TESTS, "small.yaml", FLOW), Literal(FLOW))

    assert checked.conversations == 2
    assert checked.failed == ("small.yaml:3",)
    assert [one.heard.text for one in checked.said] == ["where is my order"] * 2
    assert [one.meaning.requests[0].intent for one in checked.meant] == ["order"] * 2


def test_misheard() -> None:
    """
    The share of what is said that still means the same.
    """
    checked = held(FLOW, parse_conversations(TESTS, "small.yaml", FLOW), Literal(FLOW))

    assert misheard(checked.said, Literal(FLOW), str) == 1
    assert misheard(checked.said, Literal(FLOW), lambda said: "wear is my odor") == 0
    assert misheard([], Literal(FLOW), str) == 1


def test_gist() -> None:
    """
    What is asked for, values, yes and no count; confidence, places of words and courtesy do not.
    """
    value = Value("digits", "12345", 0, 4)
    one = Meaning(("thank", "affirm"), (Request("order", 0, 3, 0.9),), (value,))
    other = Meaning(("affirm",), (Request("order", 1, 2, 0.6),), (Value("digits", "12345", 2, 3, 0.5),))

    assert gist(one) == gist(other)
    assert gist(one) != gist(Meaning(("deny",), one.requests, one.values))
    assert gist(one) != gist(Meaning(one.acts, (), one.values))
    assert gist(one) != gist(Meaning(one.acts, one.requests, ()))


def test_nothing_said() -> None:
    """
    Words that mean nothing are no part of the check.
    """

    def nothing(heard: Heard, expect: Expect, today: str) -> Meaning:
        return Meaning()

    checked = held(FLOW, parse_conversations(TESTS, "small.yaml", FLOW), nothing)

    assert (len(checked.said), checked.meant) == (2, ())

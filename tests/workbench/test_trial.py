"""A conversation is held with a flow, and what came out differently is told."""

from __future__ import annotations

import pytest

from ivr_ari.language.load_tests import parse_conversations
from ivr_ari.workbench.literal import Literal
from ivr_ari.workbench.trial import Trial, needs_understanding, rehearse
from tests.small_call import FLOW, SECRET


def hold(text: str, *, secret: bool = False) -> Trial:
    """Hold the one conversation written in *text*."""
    flow = SECRET if secret else FLOW
    (conversation,) = parse_conversations(f"- test: one\n{text}", "t.yaml", flow)
    return rehearse(flow, conversation, Literal(flow))


def failures(text: str, *, secret: bool = False) -> list[str]:
    return [str(failure) for failure in hold(text, secret=secret).failures]


LOOK_UP = "  backend: {look-up: {order: {state: shipped}}}\n"

RIGHT = [
    "  says: [hello, what]\n  hears: [hello what can i do]\n",
    "  turns:\n    - caller: Order.\n      says: [acknowledge, ask-number]\n      asks: number\n",
    f"{LOOK_UP}  turns:\n    - caller: order\n    - keys: 1818#\n      does: look-up\n"
    "      fills: {number: 1818, state: shipped, rating: ''}\n      hears: [one eight one eight]\n"
    "  performed: look-up\n  ends: {asks: rating}\n",
    "  turns:\n    - silence: 2\n  ends: {left: error}\n",
    "  turns:\n    - noise: 2\n    - keys: 0\n    - unanswered: busy\n      asks: main\n",
    "  turns:\n    - means: {acts: person}\n  ends: {handed: agent, reason: asked}\n",
    "  turns:\n    - caller: gift\n    - means: {values: [{kind: choice, value: red, slot: paper}]}\n"
    "      fills: {paper: red}\n      agenda: []\n",
    "  turns:\n    - lost: speech\n      says: [use-keys, what]\n    - found: speech\n",
    "  turns:\n    - caller: order\n    - hangs-up: yes\n      asks: ''\n".replace("      asks: ''\n", ""),
    "  turns:\n    - cut: {prompt: what, heard: 0.5}\n    - keys: '1'\n      asks: number\n",
]


@pytest.mark.parametrize("text", RIGHT)
def test_as_it_is_written(text: str) -> None:
    """
    Nothing is told when everything came.
    """
    assert failures(text) == []


WRONG = [
    ("  says: [hello]\n", "1: says: expected [hello], came [hello, what]"),
    ("  hears: good bye\n", "1: hears: 'good bye' was not said"),
    (
        "  turns:\n    - caller: order\n      says: []\n",
        "3: says: expected [], came [acknowledge, ask-number]",
    ),
    (
        "  turns:\n    - caller: order\n      hears-not: order number\n",
        "3: hears-not: 'order number' was said",
    ),
    ("  turns:\n    - caller: order\n      asks: rating\n", "3: asks: expected rating, came number"),
    ("  turns:\n    - caller: order\n      agenda: gift\n", "3: agenda: expected [gift], came []"),
    ("  turns:\n    - caller: order\n      does: look-up\n", "3: does: expected [look-up], came []"),
    (
        "  turns:\n    - caller: order\n      fills: {number: 1818}\n",
        "3: slot number: expected 1818, came nothing",
    ),
    ("  performed: look-up\n", "1: performed: expected [look-up], came []"),
    ("  done: order\n", "1: task order: expected done, came not begun or under way"),
    ("  ends: {left: done}\n", "1: ends: expected left done, came asks main"),
    (
        "  turns: [{keys: 0}]\n  ends: {handed: sales, reason: asked}\n",
        "1: ends: expected handed sales asked, came handed agent asked",
    ),
    (
        "  turns: [{keys: 0}]\n  ends: {summary: bananas}\n",
        "1: ends: 'bananas' is not in the summary 'asked: -'",
    ),
    (
        "  turns: [{silence: 2}]\n  ends: {variables: {IVR_X: one}}\n",
        "1: ends: variable IVR_X: expected one, came nothing",
    ),
    (
        "  turns:\n    - cut: {prompt: goodbye}\n",
        "3: rehearsal.not-said prompt='goodbye': being said is hello, what",
    ),
    (
        "  turns: [{silence: 2}, {caller: hello}]\n",
        "2: rehearsal.over: the call is over by then",
    ),
]


@pytest.mark.parametrize(("text", "failure"), WRONG)
def test_what_is_not(text: str, failure: str) -> None:
    """
    Told with the line of the turn: what was expected, and what came.
    """
    assert failures(text) == [f"t.yaml:{failure}"]


def test_secrets_by_their_length() -> None:
    """
    A test does not see more of them than a record does.
    """
    text = f"{LOOK_UP}  turns:\n    - caller: order\n    - keys: 1818#\n      fills: {{number: (4 digits)}}\n"

    assert failures(text, secret=True) == []
    assert failures(text.replace("(4 digits)", "1818"), secret=True) == [
        "t.yaml:5: slot number: expected 1818, came (4 digits)"
    ]


def test_a_failing_turn_is_the_last() -> None:
    """
    What would follow is no news; the conversation up to there is shown.
    """
    trial = hold("  turns:\n    - caller: order\n      says: []\n    - keys: 1818#\n")

    assert str(trial).splitlines() == [
        "t.yaml:1: one",
        "  line 3: says: expected [], came [acknowledge, ask-number]",
        "    ivr     Hello.  [hello]",
        "    ivr     What can I do?  [what]",
        "    caller  order",
        "    ivr     Sure: your order.  [acknowledge]",
        "    ivr     Your order number?  [ask-number]",
    ]


@pytest.mark.parametrize(
    ("answer", "prompts"),
    [
        ("{order: {state: shipped}}", "[moment, order-is, ask-rating]"),
        ("404", "[moment, bad-number, ask-number]"),
        ("down", "[moment]"),
        ("late", "[moment, moment, moment]"),
        ("{slow: 1, then: {order: {state: shipped}}}", "[moment, moment, order-is, ask-rating]"),
        ("[404, down]", "[moment, bad-number, ask-number]"),
    ],
)
def test_how_a_backend_answers(answer: str, prompts: str) -> None:
    """
    With fields, by failing, after a while, or one way after the other.
    """
    text = f"  backend: {{look-up: {answer}}}\n  turns:\n    - caller: order\n    - keys: 1818#\n"
    trial = hold(f"{text}      says: {prompts}\n")

    said = [one.prompt for one in trial.said if one.who == "ivr"][4:]
    expected = prompts.strip("[]").split(", ")
    # how often a flow fills a wait is its own matter; what comes of the answer is not
    assert [name for name in said if name != "moment"][:2] == [name for name in expected if name != "moment"]


def test_only_words_need_understanding() -> None:
    """
    Keys and meanings do without a model.
    """
    found = parse_conversations(
        "- test: a\n  turns: [{keys: 1}, {means: {acts: help}}]\n- test: b\n  turns: [{caller: hm}]\n",
        "t.yaml",
        FLOW,
    )

    assert [needs_understanding(one) for one in found] == [False, True]

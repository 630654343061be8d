"""Values and errors on their way to a worker and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.engines.codec import error_from_json, error_to_json, from_json, to_json
from ivr_ari.errors import EngineFailed, FlowError, IvrError, SetupError
from ivr_ari.events import (
    Expect,
    Heard,
    Json,
    Keys,
    Meaning,
    Part,
    Pause,
    Request,
    Secret,
    Slotted,
    Style,
    Value,
    Word,
)

SHARES = st.floats(0, 1)
WORDS = st.builds(Word, st.text(max_size=9), st.integers(0), st.integers(0), SHARES)
HEARD = st.builds(Heard, st.lists(WORDS, max_size=4).map(tuple), st.lists(st.text(), max_size=2).map(tuple))
SECRETS = st.builds(Secret, st.text(max_size=6), st.integers(0, 19))
VALUES = st.builds(
    Value,
    kind=st.sampled_from(["digits", "amount", "choice"]),
    value=st.text(max_size=9) | SECRETS,
    first=st.integers(0),
    last=st.integers(0),
    confidence=SHARES,
    alternatives=st.lists(st.text(max_size=5), max_size=2).map(tuple),
)
SEVERAL = st.lists(VALUES, max_size=2).map(tuple)
REQUESTS = st.builds(Request, st.text(max_size=9), st.integers(0), st.integers(0), SHARES, SEVERAL)
MEANINGS = st.builds(
    Meaning,
    st.lists(st.sampled_from(["affirm", "deny"]), max_size=2).map(tuple),
    st.lists(REQUESTS, max_size=2).map(tuple),
    SEVERAL,
)
EXPECTATIONS = [
    Expect(),
    Expect(step="auth.pin", slot="pin", kinds=("digits",), digits=(4, 4), keys=Keys(4, 4), sensitive="pin"),
    Expect(kinds=("choice", "text"), choices=(("card", ("my card", "card")), ("none", ())), tense="past"),
    Expect(confirm=True, barge_in=False, silence_ms=900, patience_ms=700),
]


PARTS: tuple[Part, ...] = (
    *("Pay ", Style(90, True), Slotted("42.19", "money"), Style(), ".", Pause(300)),
    *(Slotted("411", "digits", (3,), fixed=True), Slotted("St.", said="/sənt/", fixed=True)),
)


def through_json(data: Json) -> Json:
    """The pipe carries text."""
    result: Json = json.loads(json.dumps(data))
    return result


@given(HEARD)
def test_heard_round_trip(heard: Heard) -> None:
    """Words, times and confidences arrive as they left."""
    assert from_json(Heard, through_json(to_json(heard))) == heard


def test_parts_of_a_prompt_round_trip() -> None:
    """A pause arrives as a pause, a style as a style, a value as a value."""
    data = [part if isinstance(part, str) else to_json(part) for part in PARTS]

    assert from_json(tuple[Part, ...], through_json(data)) == PARTS


@pytest.mark.parametrize("expect", EXPECTATIONS)
def test_expect_round_trip(expect: Expect) -> None:
    """An expectation arrives as it left, keys and choices included."""
    assert from_json(Expect, through_json(to_json(expect))) == expect


@given(MEANINGS)
def test_meaning_round_trip(meaning: Meaning) -> None:
    """Acts, requests and values, secret or not, arrive as they left."""
    assert from_json(Meaning, through_json(to_json(meaning))) == meaning


@pytest.mark.parametrize("data", [None, 7, [], {"words": "hello"}, {"words": [{"text": 1}]}])
def test_what_is_no_value_is_refused_without_quoting_it(data: Json) -> None:
    """The error says how many problems there are, not what was said."""
    with pytest.raises(EngineFailed) as caught:
        from_json(Heard, data)
    assert caught.value.code == "wire.value"
    assert "hello" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "error",
    [
        SetupError("model.missing", folder="/x", hint="fetch it"),
        FlowError("flow.problems", problems=["one", "two"]),
        EngineFailed("voice.failed"),
    ],
)
def test_errors_round_trip(error: IvrError) -> None:
    """A worker's error is the same kind of error here, with the same code and facts."""
    back = error_from_json(through_json(error_to_json(error)))
    assert (type(back), back.code, back.facts) == (type(error), error.code, error.facts)


def test_a_broken_report_is_an_error_too() -> None:
    """A worker that can't even say what went wrong has failed."""
    assert error_from_json({"code": 1}).code == "wire.error"

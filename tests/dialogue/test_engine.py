"""Whatever happens in a call, a step ends with somebody's turn, and nothing but its arguments decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.expect import expecting
from ivr_ari.dialogue.flow import Flow, Slot, SlotType
from ivr_ari.dialogue.talk import Talk, from_json, to_json
from ivr_ari.errors import FlowError
from ivr_ari.events import (
    ActionDone,
    ActionFailed,
    Began,
    Effect,
    EngineDown,
    EngineUp,
    Event,
    HandOver,
    Hungup,
    Json,
    Keyed,
    Kind,
    Leave,
    Listen,
    Meaning,
    Noise,
    Perform,
    Request,
    Returned,
    Say,
    Secret,
    Silent,
    Spoken,
    Understood,
    Value,
)
from ivr_ari.language.load import load_flow

from .conversation import ACCOUNT, FLOWS, TODAY, Conversation, bank, meant, value, wants

BANK = bank()
READBACK = load_flow(FLOWS / "qa-readback.yaml")
LAST = (Listen, Perform, HandOver, Leave)

ACTS = st.sampled_from(
    (
        *("affirm", "deny", "correct", "cancel", "repeat", "back", "start-over", "person", "help"),
        *("goodbye", "hold-on", "thank", "greet", "complain", "back-channel", "more-to-come"),
    )
)
TEXTS = st.one_of(
    st.sampled_from(
        (
            *("2026-06", "2026-03", "2027-01", "2026-03-03", "41007239", "9201", "42.19", "yes", "no"),
            *("card", "account", "charged-twice", "again", "stay", "1", "2", "refund", "hours", "00", ""),
        )
    ),
    st.text(max_size=8),
)
SECRETS = st.builds(Secret, st.sampled_from(("pin-1", "account-1")), st.integers(0, 9), st.just("39"))
KINDS = st.sampled_from(
    ("digits", "amount", "date", "month", "time", "number", "ordinal", "yesno", "choice", "text")
)
SLOTS = st.sampled_from(("", "", "", *BANK.slots, "elsewhere"))
VALUES = st.builds(
    Value,
    KINDS,
    st.one_of(TEXTS, SECRETS),
    st.integers(0, 9),
    st.integers(0, 9),
    st.floats(0, 1),
    st.lists(TEXTS, max_size=2).map(tuple),
    SLOTS,
)
INTENTS = st.sampled_from((*BANK.intents, "unknown"))
REQUESTS = st.builds(
    Request,
    INTENTS,
    st.integers(0, 4),
    st.integers(4, 9),
    st.floats(0, 1),
    st.lists(VALUES, max_size=2).map(tuple),
    st.one_of(st.just(""), INTENTS),
)
MEANINGS = st.builds(
    Meaning,
    st.lists(ACTS, max_size=2).map(tuple),
    st.lists(REQUESTS, max_size=3).map(tuple),
    st.lists(VALUES, max_size=3).map(tuple),
)
JSON: st.SearchStrategy[Json] = st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.just([]))
FIELDS = st.sampled_from(("customer", "balance_cents", "duplicate_cents", "reference", "hours"))
GOOD: dict[str, Json] = {
    "customer": "C1007",
    "balance_cents": 120437,
    "duplicate_cents": 4219,
    "reference": "R1",
    "hours": "Always.",
}
ANSWERS = st.one_of(st.just(GOOD), st.just({**GOOD, "duplicate_cents": 0}), st.dictionaries(FIELDS, JSON))
PENDING = "the request under way"
ANSWER_TO: Mapping[SlotType, Callable[[Slot], tuple[Kind, str | Secret]]] = {
    "digits": lambda slot: ("digits", Secret(f"{slot.name}-1", slot.length[0])),
    "month": lambda slot: ("month", "2026-03"),
    "date": lambda slot: ("date", "2026-03-05"),
    "amount": lambda slot: ("amount", "12.50"),
    "yesno": lambda slot: ("yesno", "yes"),
    "choice": lambda slot: ("choice", next(iter(slot.choices))),
    "text": lambda slot: ("text", "some words"),
    "number": lambda slot: ("number", "3"),
}
EVENTS = st.one_of(
    st.builds(Understood, MEANINGS, TEXTS, st.floats(0, 1)),
    st.builds(Understood, MEANINGS, TEXTS, st.floats(0, 1)),
    st.builds(Keyed, st.one_of(SECRETS, st.text("0123456789*#", max_size=9))),
    st.builds(ActionDone, st.sampled_from((PENDING, PENDING, "a1")), ANSWERS),
    st.builds(ActionDone, st.just(PENDING), st.just(GOOD)),
    st.builds(ActionFailed, st.just(PENDING), st.just("http"), st.sampled_from((0, 401, 500))),
    st.sampled_from((Silent(), Noise(), Spoken("s1", 300, False), Began(TODAY))),
    st.builds(Returned, st.sampled_from(("busy", "noanswer", "failed", "?"))),
    st.sampled_from((EngineDown("speech"), EngineUp("speech"), EngineDown("voice"), EngineUp("voice"))),
)
GOING_ALONG = st.just(ActionDone(PENDING, GOOD))


def check_step(flow: Flow, before: Talk, after: Talk, effects: tuple[Effect, ...]) -> None:
    """What holds after every step."""
    assert after.over or after.waiting is not None, "nobody's turn"
    head, last = effects[:-1], effects[-1:]
    assert all(isinstance(effect, Say) for effect in head)
    if before.over and after.over:
        assert not effects
    for effect in last:
        assert isinstance(effect, (Say, *LAST))
        assert after.over == isinstance(effect, HandOver | Leave)
        if isinstance(effect, Listen):
            assert effect.expect == expecting(flow, after)
        if isinstance(effect, HandOver):
            assert len(effect.summary) <= 250
            assert effect.summary.isascii()
            assert effect.target in flow.targets
    ids = [effect.id for effect in effects if isinstance(effect, Say | Perform)]
    assert len(set(ids)) == len(ids)
    assert all(before.count < int(name[1:]) <= after.count for name in ids)


def resolved(flow: Flow, talk: Talk, drawn: Event) -> Event:
    """Return *drawn* with the id that is awaited; what is no request is answered as the flow hopes."""
    waiting = talk.waiting
    if waiting is None or not isinstance(drawn, ActionDone | ActionFailed) or drawn.id != PENDING:
        return drawn
    if waiting.what == "action":
        return replace(drawn, id=waiting.name)
    slot = flow.slots.get(waiting.name)
    if waiting.what == "slot" and slot:
        return meant(value(*ANSWER_TO[slot.type](slot)), words="some words")
    return meant("affirm")


def follow(flow: Flow, events: list[Event]) -> Talk:
    talk, effects = begin(flow, Began(TODAY))
    assert isinstance(effects[-1], Listen)
    for drawn in events:
        event = resolved(flow, talk, drawn)
        kept = to_json(talk)
        after, effects = step(flow, talk, event)
        assert to_json(talk) == kept, "a step changed its argument"
        assert step(flow, from_json(kept), event) == (after, effects), "a step is not repeatable"
        check_step(flow, talk, after, effects)
        written = to_json(after)
        assert from_json(written) == after
        assert len(written.encode()) < 8192
        talk = after
    return talk


class TestStep:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(EVENTS, max_size=25))
    def test_any_events_in_any_order_end_with_a_turn(self, events: list[Event]) -> None:
        """
        No sequence of events raises or leaves the call with nothing to wait for; every state can be
        written down and read back.
        """
        follow(BANK, events)

    @settings(max_examples=10, deadline=None)
    @given(st.lists(EVENTS, max_size=25))
    def test_any_events_suit_the_read_back(self, events: list[Event]) -> None:
        """
        The same holds for a flow without intents, whose callers can say nothing but text.
        """
        follow(READBACK, events)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.one_of(EVENTS, GOING_ALONG, GOING_ALONG), max_size=20))
    def test_deep_in_a_refund_anything_may_happen(self, events: list[Event]) -> None:
        """
        The same holds when the caller is known and a refund is under way.
        """
        begun: list[Event] = [
            meant(wants("refund", value("month", "2026-06")), wants("balance")),
            meant(value("digits", ACCOUNT)),
            Keyed(Secret("pin-1", 4)),
            *[ActionDone(PENDING, GOOD)] * 2,
        ]
        follow(BANK, [*begun, *events])

    def test_nothing_follows_a_hang_up(self) -> None:
        """
        When the caller is gone, no event has an effect any more.
        """
        call = Conversation(BANK)
        assert call.take(Hungup()) == ()
        assert call.talk.over

        assert call.hear("person") == ()
        assert call.take(Returned("busy")) == ()

    def test_a_state_belongs_to_one_version_of_a_flow(self) -> None:
        """
        A call begun on one version of a flow is never continued on another.
        """
        call = Conversation(BANK)

        with pytest.raises(FlowError) as caught:
            step(READBACK, call.talk, Silent())

        assert caught.value.code == "flow.other"

    def test_a_replay_gives_the_same_effects(self) -> None:
        """
        The events of a call, told again, give the same call.
        """
        events: list[Event] = [
            meant(wants("balance")),
            meant(value("digits", ACCOUNT)),
            Keyed(Secret("pin-1", 4)),
            Silent(),
            Noise(),
        ]
        runs = []
        for _ in range(2):
            call = Conversation(BANK)
            runs.append([call.take(event) for event in events])

        assert runs[0] == runs[1]

    def test_what_was_heard_of_a_prompt_makes_no_turn(self) -> None:
        """
        Being told how much of a prompt was heard is remembered, and that is all.
        """
        call = Conversation(BANK)
        before = call.talk

        assert call.take(Spoken("s1", 120, whole=False, total_ms=480)) == ()
        assert call.talk == replace(before, cut="s1", heard=250)


class TestBegin:
    def test_greets_and_asks_the_open_question(self) -> None:
        """
        A call begins with the flow's greeting and its open question.
        """
        call = Conversation(BANK)

        assert call.said == ["greeting", "how-can-i-help"]
        assert call.expect.kinds == ()

    def test_facts_of_the_dialplan_are_bounded(self) -> None:
        """
        Whatever the dialplan passes in, the state stays small.
        """
        call = Conversation(BANK, {f"fact {i}": "x" * 500 for i in range(100)})

        assert len(to_json(call.talk)) < 8192
        assert all(len(text) <= 64 for text in call.talk.facts.values())

    def test_a_media_mode_is_no_dialogue(self) -> None:
        """
        Echo and latency are done by the shell; there is nothing to step through.
        """
        with pytest.raises(FlowError) as caught:
            begin(load_flow(FLOWS / "qa-echo.yaml"), Began(TODAY))

        assert caught.value.code == "flow.no-dialogue"


class TestEngineDown:
    def test_without_speech_the_keypad_takes_over(self) -> None:
        """
        When recognition dies, the open question is put in terms of keys, and so are those that follow.
        """
        call = Conversation(BANK)

        call.take(EngineDown("speech"))
        assert call.said == ["use-keys", "main-keys"]
        call.key("1")
        assert call.said[-1] == "key-account"

    def test_with_speech_again_questions_are_spoken_ones(self) -> None:
        """
        Once recognition works again, questions sound as before.
        """
        call = Conversation(BANK)
        call.take(EngineDown("understanding"))

        assert call.take(EngineUp("understanding")) == ()
        call.key("1")
        assert call.said[-1] == "ask-account"

    def test_a_silent_voice_takes_nothing_from_hearing(self) -> None:
        """
        A dead voice is the business of the prompts: the dialogue goes on as it was.
        """
        call = Conversation(BANK)

        assert call.take(EngineDown("voice")) == ()

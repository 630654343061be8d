"""Requests to backends and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ivr_ari.dialogue.acting import perform
from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.steps import ActionStep
from ivr_ari.dialogue.talk import Frame
from ivr_ari.dialogue.template import parse_template
from ivr_ari.events import ActionDone, ActionFailed, ActionSlow, Inquire, Json, Perform, Query

from .conversation import Conversation, at_confirmation, authenticated, bank, flow_of, value, wants
from .manners import at_hotel, hotel
from .small import SMALL

UNCONFIRMED = SMALL.replace("    confirm: explicit\n", "")
"""The small flow without the question whether the number is right."""


class TestPerform:
    def test_numbers_go_out_as_numbers(self) -> None:
        """
        Cents are whole numbers, texts are texts.
        """
        call = at_confirmation()
        call.hear("affirm")
        assert call.request.body == {"month": "2026-06", "amount_cents": 4219, "problem": "charged-twice"}

    def test_values_cannot_lead_elsewhere(self) -> None:
        """
        What a backend calls a customer is quoted before it becomes part of a path.
        """
        other = Conversation(bank())
        other.hear(wants("balance"))
        other.hear(value("digits", "41007239"))
        other.hear(value("digits", "9201"))
        other.done(customer="../admin?x=1&y=#")
        assert other.request.path == "/customers/..%2Fadmin%3Fx%3D1%26y%3D%23/balance"

    def test_what_changes_something_has_a_key(self) -> None:
        """
        Equal requests have equal keys, others have others, and reading has none.
        """
        keys = []
        for _ in range(2):
            call = at_confirmation()
            call.hear("affirm")
            keys.append(call.request.once)
        other = at_confirmation()
        other.hear("correct", value("month", "2026-03"))
        assert other.request.once == ""
        other.done(duplicate_cents=1850)
        other.hear("affirm")

        assert keys[0] == keys[1] != other.request.once
        assert len(keys[0]) == 32

    def test_a_failed_refund_is_not_made_again_by_itself(self) -> None:
        """
        Nobody knows whether it went through, so a person takes over.
        """
        call = at_confirmation()
        call.hear("affirm")
        call.fails(0)
        assert call.said[0] == "refund-unsure"
        assert call.handed.reason == "refund-unsure"


class TestAnswered:
    @pytest.fixture
    def asking(self) -> Conversation:
        call = Conversation(bank())
        call.hear(wants("balance"))
        authenticated(call)
        return call

    @pytest.mark.parametrize(
        "answer",
        [
            {},
            {"balance_cents": None},
            {"balance_cents": "12"},
            {"balance_cents": 1.5},
            {"balance_cents": True},
            {"balance_cents": []},
            {"balance": 3},
        ],
    )
    def test_an_answer_without_what_is_needed_is_a_failure(
        self, asking: Conversation, answer: dict[str, Json]
    ) -> None:
        """
        A backend that answers something else has failed.
        """
        asking.done(**answer)
        assert asking.said == ["no-balance-now", "anything-else"]

    def test_only_the_awaited_answer_counts(self, asking: Conversation) -> None:
        """
        Answers to other requests, and second answers, are dropped.
        """
        awaited = asking.request.id
        assert asking.take(ActionDone("a1", {"balance_cents": 1})) == ()
        assert asking.take(ActionFailed("a99", "http.late")) == ()
        asking.take(ActionDone(awaited, {"balance_cents": 100}))
        assert asking.said == ["balance-is", "anything-else"]
        assert asking.take(ActionDone(awaited, {"balance_cents": 200})) == ()

    def test_fields_inside_fields(self) -> None:
        """
        ``order.state`` is the field of a field.
        """
        shop = Conversation(flow_of(UNCONFIRMED))
        shop.hear(wants("order"))
        shop.key("79921")
        shop.done(order={"state": "shipped"})
        assert shop.said == ["order-is", "ask-rating"]

    def test_failures_by_status(self) -> None:
        """
        What is not found is asked for again, three times in all; anything else goes to a person.
        """
        shop = Conversation(flow_of(UNCONFIRMED))
        shop.hear(wants("order"))
        for _ in range(2):
            shop.key("79921")
            shop.fails(404)
            assert shop.said == ["bad-number", "ask-number"]
        shop.key("79921")
        shop.fails(404)
        assert shop.handed.reason == "attempts"

        other = Conversation(flow_of(UNCONFIRMED))
        other.hear(wants("order"))
        other.key("79921")
        other.fails(503)
        assert other.handed.reason == "backend"

    def test_texts_of_a_backend_are_one_short_line(self) -> None:
        """
        What a backend says is spoken, so it is bounded and has no control characters.
        """
        call = Conversation(bank())
        call.hear(wants("hours"))
        call.done(hours="Open\n\x00 now. " + "x" * 500)
        assert call.talk.slots["opening-hours"] == "Open now. " + "x" * 190


class TestKinds:
    def test_a_request_carries_headers(self) -> None:
        """
        Headers hold values and the names of secrets; with further fillers the shell is asked to say when it
        is slow.
        """
        request = at_booking().request

        assert request.headers == {"X-Token": "secret house-token", "X-Guests": "2"}
        assert request.slow_ms == 3000

    def test_a_look_up_binds_its_values(self) -> None:
        """
        Values are parameters, never part of the SELECT.
        """
        call = at_hotel()
        call.hear(wants("find"))
        call.hear(value("id", "AB1234"))
        query = call.effects[-1]

        assert isinstance(query, Query)
        assert (query.database, query.parameters, query.slow_ms) == ("house", {"code": "AB1234"}, 0)
        assert "AB1234" not in query.sql
        call.done(name="Dana")
        assert call.said[0] == "found"

    def test_no_row_is_a_failure(self) -> None:
        """
        What is not found takes the flow's way out.
        """
        call = at_hotel()
        call.hear(wants("find"))
        call.hear(value("id", "AB1234"))
        call.fails(404)
        assert call.said[0] == "not-found"

    def test_the_pbx_is_asked(self) -> None:
        """
        Device, queue and variable are inquiries by name, each answered into its slot.
        """
        call = at_hotel()
        call.hear(wants("desk"))
        asked = []
        for answer in ({"state": "INUSE"}, {"waiting": 3, "members": 2}, {"value": "600\n${X}"}):
            inquiry = call.effects[-1]
            assert isinstance(inquiry, Inquire)
            asked.append((inquiry.what, inquiry.name))
            call.done(**answer)

        assert asked == [("device", "desk"), ("queue", "guests"), ("variable", "DIALLED")]
        assert call.talk.slots["waiting"] == "3"
        assert call.talk.slots["called"] == "600 ${X}"


class TestSlow:
    def test_fillers_take_turns(self) -> None:
        """
        The first is said at once, the others each time it takes longer, in turn; nothing else happens.
        """
        call = at_booking()
        assert call.said == ["moment"]
        said = []
        for _ in range(3):
            call.take(ActionSlow(call.talk.waiting.name if call.talk.waiting else ""))
            said += call.said
            assert not isinstance(call.effects[-1], Perform)
        assert said == ["still-busy", "nearly-there", "still-busy"]
        call.done()
        assert "booked" in call.said

    def test_in_the_language_of_the_call(self) -> None:
        """
        Fillers are prompts like all others.
        """
        call = at_booking("es")
        assert call.text == "Un momento."
        call.take(ActionSlow(call.request.id))
        assert call.text == "Un poco de paciencia."

    def test_another_request(self) -> None:
        """
        A request that nobody waits for any more fills no silence.
        """
        call = at_booking()
        assert call.take(ActionSlow("a99")) == ()
        other = Conversation(bank())
        other.hear(wants("balance"))
        authenticated(other)
        assert other.take(ActionSlow(other.request.id)) == ()


class TestUntrusted:
    def test_values_cannot_reach_the_dialplan(self) -> None:
        """
        A caller or a backend that says ``${...}`` says it to nobody.
        """
        call = at_booking()
        call.done()
        draft = Draft(hotel(), call.talk)
        draft.fill("guest", "${SHELL(x)}\r\nX-Other: 1")
        draft.push(Frame("find"))
        body = perform_with(draft, "{guest}")

        assert body == {"x": "{SHELL(x)}  X-Other: 1"}

    def test_after_taking_back_a_request_is_a_new_one(self) -> None:
        """
        What was undone and is wanted again must not be answered by what was done before.
        """
        call = at_booking()
        first = call.request.once
        again = at_booking(undone=1)
        assert again.request.once != first
        assert at_booking().request.once == first


def at_booking(language: str = "en", *, undone: int = 0) -> Conversation:
    """Return a call that waits for the answer to a booking."""
    call = at_hotel(language)
    call.talk = replace(call.talk, undone=undone)
    call.hear(wants("book", value("choice", "suite", "room"), value("number", "2", "guests")))
    call.hear(value("range", "2026-07-20/2026-07-22"))
    call.hear("affirm")
    call.hear("affirm")
    return call


def perform_with(draft: Draft, text: str) -> Mapping[str, object]:
    """Return the body of a request that carries *text*."""
    template, _ = parse_template(text)
    action = replace(draft.flow.actions["book"], body={"x": template}, waiting=())
    draft.flow = replace(draft.flow, actions={"book": action})
    perform(draft, ActionStep("book", {0: 0}))
    effect = draft.effects[-1]
    assert isinstance(effect, Perform)
    return effect.body

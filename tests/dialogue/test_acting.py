"""Requests to backends and their answers."""

from __future__ import annotations

import pytest

from ivr_ari.events import ActionDone, ActionFailed, Json

from .conversation import Conversation, at_confirmation, authenticated, bank, flow_of, value, wants
from .small import SMALL


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
        shop = Conversation(flow_of(SMALL))
        shop.hear(wants("order"))
        shop.key("79921")
        shop.done(order={"state": "shipped"})
        assert shop.said == ["order-is", "ask-rating"]

    def test_failures_by_status(self) -> None:
        """
        What is not found is asked for again, three times in all; anything else goes to a person.
        """
        shop = Conversation(flow_of(SMALL))
        shop.hear(wants("order"))
        for _ in range(2):
            shop.key("79921")
            shop.fails(404)
            assert shop.said == ["bad-number", "ask-number"]
        shop.key("79921")
        shop.fails(404)
        assert shop.handed.reason == "attempts"

        other = Conversation(flow_of(SMALL))
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

"""Everything that can be in one utterance, taken in one step."""

from __future__ import annotations

import pytest

from ivr_ari.events import Act, ActionDone, Request, Value

from .conversation import (
    ACCOUNT,
    PIN,
    Conversation,
    at_confirmation,
    authenticated,
    bank,
    flow_of,
    meant,
    value,
    wants,
)
from .small import SMALL

ORDER = value("digits", "79921")  # a right check digit


@pytest.fixture
def call() -> Conversation:
    return Conversation(bank())


@pytest.fixture
def shop() -> Conversation:
    return Conversation(flow_of(SMALL))


class TestRequests:
    def test_several_at_once_are_acknowledged_in_the_order_they_are_done(self, call: Conversation) -> None:
        """
        The caller hears what was understood, the quick one first.
        """
        call.hear(wants("refund"), wants("balance"))

        assert call.text.startswith("Sure: your balance, and your refund.")
        assert [frame.task for frame in call.talk.stack] == ["balance", "authenticate"]
        assert call.talk.agenda == ("refund",)

    def test_the_same_thing_twice_is_one_task(self, call: Conversation) -> None:
        """
        Who says it in two ways wants it once.
        """
        call.hear(wants("balance"), wants("balance"))
        call.hear(wants("balance"))

        assert call.talk.agenda == ()
        assert call.said == ["ask-account-again"]

    def test_a_new_request_in_the_middle_waits(self) -> None:
        """
        A request made at a question is queued, acknowledged, and the question put again.
        """
        call = at_confirmation()

        call.hear(wants("balance"))

        assert call.said == ["queued", "refund-it"]
        call.hear("affirm")
        call.done(reference="R1")
        assert call.request.path == "/customers/C1007/balance"

    def test_an_answer_and_a_request_in_one_breath(self) -> None:
        """
        "Yes, and what's my balance": both count.
        """
        call = at_confirmation()

        call.hear("affirm", wants("balance"))

        assert call.said[0] == "queued"
        assert call.request.path == "/customers/C1007/refunds"

    def test_a_task_can_be_had_again(self, call: Conversation) -> None:
        """
        Asked for a second time, a finished task begins anew and asks its backend anew.
        """
        call.hear(wants("balance"))
        authenticated(call)
        call.done(balance_cents=100)

        call.hear(wants("balance"))

        assert call.request.path == "/customers/C1007/balance"

    def test_what_is_urgent_does_not_wait(self) -> None:
        """
        A lost card is taken care of in the middle of a refund, which stays open.
        """
        call = at_confirmation()

        call.hear(wants("card-lost"))

        assert call.handed.reason == "card-lost"
        assert [frame.task for frame in call.talk.stack] == ["refund", "card-lost"]

    def test_an_unknown_intent_is_no_request(self, call: Conversation) -> None:
        """
        What no task starts with is not understood.
        """
        call.hear(wants("weather"))

        assert call.said == ["sorry", "how-can-i-help"]

    def test_a_doubtful_request_that_answers_is_an_answer(self) -> None:
        """
        "To my card" is where the money goes, though it sounds like a lost card.
        """
        call = at_confirmation()
        card = value("choice", "account", "payout")

        call.hear("correct", Request("card-lost", 0, 3, 0.6, (card,)))

        assert call.said == ["changed", "refund-it"]
        assert call.talk.agenda == ()


class TestDigression:
    def test_a_question_is_answered_in_place(self) -> None:
        """
        The answer, a bridge, and the question once more.
        """
        call = at_confirmation()

        call.hear(wants("fees"))

        assert call.said == ["fees-are", "back-to", "refund-it"]
        assert "Now, back to your refund." in call.text

    def test_two_questions_have_one_bridge(self) -> None:
        """
        Questions are answered in the order they were put.
        """
        call = at_confirmation()

        call.hear(wants("hours"), wants("fees"))
        call.done(hours="Always open.")

        assert call.said == ["hours-are", "fees-are", "back-to", "refund-it"]

    def test_at_the_open_question_there_is_nothing_to_go_back_to(self, call: Conversation) -> None:
        """
        Without a task under way the call goes on with "anything else?".
        """
        call.hear(wants("fees"))

        assert call.said == ["fees-are", "anything-else"]

    def test_an_answer_before_the_task_asked_for_with_it(self, call: Conversation) -> None:
        """
        A question and a request in one breath: the question is answered first.
        """
        call.hear(wants("balance"), wants("fees"))

        assert call.said == ["acknowledge", "fees-are", "ask-account"]

    def test_an_answer_that_cannot_be_had_is_given_otherwise(self, call: Conversation) -> None:
        """
        When the backend fails, the flow's other words are spoken and the call goes on.
        """
        call.hear(wants("hours"))
        call.fails(500)

        assert call.said == ["hours-usually", "anything-else"]


class TestEarlyAnswers:
    def test_what_was_told_is_not_asked_for(self, call: Conversation) -> None:
        """
        Values of a request fill its slots before any question.
        """
        call.hear(wants("refund", value("choice", "not-mine", "problem"), value("month", "2026-05")))
        authenticated(call)

        assert call.request.path.endswith("month=2026-05")

    def test_an_answer_to_a_later_question(self, call: Conversation) -> None:
        """
        An answer that comes before its question is kept for it.
        """
        call.hear(wants("refund"))
        call.hear(value("month", "2026-05"))
        assert call.asked == "authenticate.account"
        authenticated(call)
        call.hear(value("choice", "not-mine", "problem"))

        assert call.request.path.endswith("month=2026-05")

    def test_words_that_turn_up_anywhere_are_no_answer_yet(self, call: Conversation) -> None:
        """
        "My account number is ..." does not say where the money goes.
        """
        call.hear(wants("refund"))
        call.hear(value("choice", "account", "payout"), value("digits", ACCOUNT, "account"))

        assert "payout" not in call.talk.slots
        assert call.asked == "authenticate.pin"


class TestConfirming:
    def test_an_explicit_confirmation_is_a_question(self, shop: Conversation) -> None:
        """
        The value is read back; a yes keeps it, a no asks again.
        """
        shop.hear(wants("order"))
        shop.hear(ORDER)
        assert (shop.said, shop.expect.confirm) == (["is-that-right"], True)

        shop.hear("deny")
        assert shop.said == ["ask-number"]
        shop.hear(ORDER)
        shop.hear("affirm")
        assert shop.request.path == "/orders/79921?lang=en"

    def test_a_no_with_the_right_value_is_both(self, shop: Conversation) -> None:
        """
        "No, seven nine nine two one" is read back at once.
        """
        shop.hear(wants("order"))
        shop.hear(value("digits", "18"), value("digits", "59"))
        shop.hear(value("digits", "1818"))
        assert shop.said == ["is-that-right"]

        shop.hear("deny", ORDER)

        assert shop.text == "79921, right?"

    def test_keys_are_confirmed_where_it_is_explicit(self, shop: Conversation) -> None:
        """
        A flow that wants to be sure is, of keys as well.
        """
        shop.hear(wants("order"))
        shop.key("79921")
        assert shop.said == ["is-that-right"]
        shop.key("1")

        assert shop.request.path.startswith("/orders/79921")

    def test_an_implicit_confirmation_is_said_in_passing(self, shop: Conversation) -> None:
        """
        The value is heard, and the next question follows.
        """
        shop.hear(wants("gift"))
        shop.hear(value("choice", "red", "paper"))

        assert shop.said == ["understood", "ask-price"]
        assert shop.text.startswith("red.")

    def test_a_doubtful_value_is_asked_about(self, shop: Conversation) -> None:
        """
        Below half a confidence, in passing becomes a question.
        """
        shop.hear(wants("gift"))
        shop.hear(value("choice", "red", "paper", confidence=0.3))

        assert shop.said == ["is-that-right"]


class TestWhich:
    def test_two_likely_meanings_are_a_question(self, call: Conversation) -> None:
        """
        The caller is asked which was meant, and not asked for anything else meanwhile.
        """
        call.hear(wants("balance", runner_up="statement"))

        assert call.said == ["did-you-mean"]
        assert call.talk.agenda == ()

    @pytest.mark.parametrize(
        "answer",
        [
            wants("statement"),
            value("choice", "statement", "which"),
            value("ordinal", "2"),
            value("number", "2"),
        ],
    )
    def test_the_answer_can_be_a_name_or_a_place(self, call: Conversation, answer: Request | Value) -> None:
        """
        "The statement", "the second one", "two".
        """
        call.hear(wants("balance", runner_up="statement"))
        call.hear(answer)

        assert [frame.task for frame in call.talk.stack] == ["statement", "authenticate"]

    def test_by_key(self, call: Conversation) -> None:
        """
        One key chooses.
        """
        call.hear(wants("balance", runner_up="statement"))
        call.key("1")

        assert [frame.task for frame in call.talk.stack] == ["balance", "authenticate"]

    def test_neither(self, call: Conversation) -> None:
        """
        A no takes both back.
        """
        call.hear(wants("balance", runner_up="statement"))
        call.hear("deny")

        assert call.said == ["how-can-i-help"]

    def test_two_ways_to_the_same_task_need_no_question(self, call: Conversation) -> None:
        """
        What makes no difference is not asked about.
        """
        call.hear(wants("balance", runner_up="balance"))
        assert call.said[0] == "acknowledge"
        other = Conversation(bank())
        other.hear(wants("balance", runner_up="weather"))
        assert other.said[0] == "acknowledge"


class TestWhileABackendWorks:
    @pytest.fixture
    def working(self, call: Conversation) -> Conversation:
        call.hear(wants("refund", value("month", "2026-06"), value("choice", "not-mine", "problem")))
        authenticated(call)
        return call

    def test_a_request_is_queued(self, working: Conversation) -> None:
        """
        What is asked for meanwhile is done next.
        """
        working.hear(wants("balance"))
        assert working.said == ["queued"]
        assert working.effects[1:] == ()

        working.done(duplicate_cents=4219)
        assert working.asked == "refund.payout"
        assert working.talk.agenda == ("balance",)

    def test_a_correction_asks_anew_and_the_late_answer_is_dropped(self, working: Conversation) -> None:
        """
        The answer to the request that is no longer wanted changes nothing.
        """
        late = working.request.id
        working.hear("correct", value("month", "2026-03"))
        assert working.request.path.endswith("month=2026-03")

        assert working.take(ActionDone(late, {"duplicate_cents": 1})) == ()
        working.done(duplicate_cents=1850)
        assert "18.50" in working.text

    def test_a_person_is_had_at_once(self, working: Conversation) -> None:
        """
        Who wants a person does not wait for a backend.
        """
        working.hear("person")
        assert working.handed.reason == "asked"

    def test_calling_it_off(self, working: Conversation) -> None:
        """
        What is only being looked up can be left.
        """
        working.hear("cancel")
        assert working.said == ["cancelled", "anything-else"]

    def test_what_is_being_changed_cannot_be_called_off(self) -> None:
        """
        A refund on its way to the bank is not called off, and its month cannot be changed.
        """
        call = at_confirmation()
        call.hear("affirm")

        assert call.hear("cancel") == ()
        call.hear("correct", value("month", "2026-03"))
        assert call.said == ["already-done"]
        call.done(reference="R1")
        assert call.said[0] == "refund-made"

    @pytest.mark.parametrize("act", ["affirm", "repeat", "help", "back-channel"])
    def test_anything_else_has_no_effect(self, working: Conversation, act: Act) -> None:
        """
        Nothing was asked, so nothing is answered.
        """
        assert working.take(meant(act)) == ()


def test_account_and_pin_belong_to_whoever_asks() -> None:
    """
    Digits of a wrong length fit neither; the right ones fit by what was asked.
    """
    call = Conversation(bank())
    call.hear(wants("balance"))
    call.hear(value("digits", PIN))
    assert call.said == ["not-eight-digits", "ask-account-again"]

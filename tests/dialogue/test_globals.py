"""What can be said or keyed in at any time."""

from __future__ import annotations

import pytest

from ivr_ari.events import Act

from .conversation import ACCOUNT, PIN, Conversation, at_confirmation, authenticated, bank, value, wants


@pytest.fixture
def call() -> Conversation:
    return Conversation(bank())


class TestActs:
    def test_repeat_says_what_was_told_and_asked(self) -> None:
        """
        Once more what was told in the latest turn, and the question.
        """
        call = at_confirmation()
        call.hear("correct", value("month", "2026-03"))
        call.done(duplicate_cents=1850)

        for _ in range(2):
            call.hear("repeat")
            assert call.said == ["charge-found", "refund-it"]

    def test_help_is_that_of_the_question(self, call: Conversation) -> None:
        """
        Help explains what is asked; where the question has none, what the flow can do.
        """
        call.hear("help")
        assert call.said == ["what-i-can-do", "how-can-i-help"]
        call.hear(wants("balance"))
        call.hear("help")
        assert call.said == ["help-account", "ask-account-again"]

    def test_goodbye_ends_the_call(self) -> None:
        """
        Who says goodbye in the middle is let go.
        """
        call = at_confirmation()
        call.hear("goodbye")
        assert (call.said, call.left.reason) == (["goodbye"], "goodbye")

    @pytest.mark.parametrize("act", ["deny", "thank"])
    def test_nothing_else(self, act: Act) -> None:
        """
        "No" and "thanks" end the call at "anything else?".
        """
        call = at_confirmation()
        call.hear("deny")
        call.hear(act)
        assert call.left.result == "done"

    def test_a_bare_yes_to_anything_else(self) -> None:
        """
        "Yes" asks what it is.
        """
        call = at_confirmation()
        call.hear("deny")
        call.hear("affirm")
        assert call.said == ["how-can-i-help"]

    @pytest.mark.parametrize("act", ["deny", "affirm"])
    def test_yes_and_no_to_how_can_i_help_are_no_answers(self, call: Conversation, act: Act) -> None:
        """
        Before anything was done, yes and no mean nothing at the open question.
        """
        call.hear(act)
        assert call.said == ["sorry", "how-can-i-help"]

    def test_cancel_leaves_the_task_and_what_waits_for_the_same(self, call: Conversation) -> None:
        """
        Who calls off the account number is not asked for it again by the next task.
        """
        call.hear(wants("balance"), wants("refund"))
        call.hear("cancel")

        assert call.said == ["cancelled", "anything-else"]
        assert call.talk.outcomes == {"balance": "cancelled", "refund": "cancelled"}

    def test_cancel_goes_on_with_what_else_was_wanted(self) -> None:
        """
        Calling off the refund leaves the balance wanted.
        """
        call = at_confirmation()
        call.hear(wants("balance"))
        call.hear("cancel")

        assert call.said[0] == "cancelled"
        assert call.request.path.endswith("/balance")
        assert "month" not in call.talk.slots

    def test_cancel_and_a_request(self) -> None:
        """
        "Forget it, what's my balance" is both.
        """
        call = at_confirmation()
        call.hear("cancel", wants("balance"))

        assert call.said == ["cancelled", "acknowledge"]
        assert call.request.path.endswith("/balance")

    def test_cancel_where_there_is_nothing(self, call: Conversation) -> None:
        """
        With nothing under way there is nothing to leave.
        """
        call.hear("cancel")
        assert call.said == ["how-can-i-help"]

    def test_start_over_forgets_what_was_wanted_but_not_who_you_are(self) -> None:
        """
        The caller stays recognised.
        """
        call = at_confirmation()
        call.hear("start-over")
        assert call.said[0] == "starting-over"
        assert "month" not in call.talk.slots

        call.hear(wants("balance"))
        assert call.request.path == "/customers/C1007/balance"

    def test_back_asks_the_question_before(self) -> None:
        """
        The latest answer is forgotten and asked for again.
        """
        call = at_confirmation()
        call.hear("back")
        assert call.said == ["ask-payout"]
        call.hear("back")
        assert call.asked == "refund.month"

    def test_back_at_the_beginning(self, call: Conversation) -> None:
        """
        Before the first answer the question is put again.
        """
        call.hear("back")
        assert call.said == ["how-can-i-help"]

    def test_small_talk(self, call: Conversation) -> None:
        """
        Greetings, thanks and complaints have a word and the question; a "mhm" has none.
        """
        call.hear("greet")
        assert call.said == ["how-can-i-help"]
        call.hear("complain")
        assert call.said == ["apology", "how-can-i-help"]
        call.hear("thank")
        assert call.said == ["how-can-i-help"]
        call.hear("back-channel")
        assert call.said == []
        assert call.asked == "main"

    def test_a_person_before_anything_else(self, call: Conversation) -> None:
        """
        A person is had from the first moment, whatever else was said.
        """
        call.hear("person", wants("balance"), "repeat")
        assert call.handed.target == "billing"


class TestKeys:
    def test_nine_repeats(self, call: Conversation) -> None:
        """
        Keys that work anywhere do what their act does.
        """
        call.hear(wants("fees"))
        call.key("9")
        assert call.said == ["fees-are", "anything-else"]

    def test_zero_is_a_person_while_a_backend_works(self, call: Conversation) -> None:
        """
        A person can be keyed for at any moment.
        """
        call.hear(wants("balance"))
        call.hear(value("digits", ACCOUNT))
        call.key(PIN)
        assert call.key("5") == ()
        call.key("0")
        assert call.handed.reason == "asked"

    def test_zero_where_digits_are_asked_for(self, call: Conversation) -> None:
        """
        A single zero, too short for a month, is a person.
        """
        call.hear(wants("refund", value("choice", "not-mine", "problem")))
        authenticated(call)
        assert call.asked == "refund.month"
        call.key("0")
        assert call.handed.reason == "asked"

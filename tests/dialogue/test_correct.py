"""A change of mind, and everything that has to be asked or computed again."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.depending import stale_with
from ivr_ari.dialogue.talk import Frame

from .conversation import Conversation, at_confirmation, authenticated, bank, flow_of, meant, value, wants
from .small import SMALL


class TestCorrect:
    def test_what_depended_on_it_is_computed_again(self) -> None:
        """
        Another month: its charges are looked up, the amount said, the question put again; nothing else.
        """
        call = at_confirmation()

        call.hear("correct", value("month", "2026-03"))
        assert call.said == ["month-changed", "looking-up"]
        assert "duplicate" not in call.talk.slots
        assert call.talk.slots["payout"] == "card"

        call.done(duplicate_cents=1850)
        assert call.said == ["charge-found", "refund-it"]

    def test_what_did_not_depend_on_it_is_not(self) -> None:
        """
        Another payout asks the bank nothing.
        """
        call = at_confirmation()

        call.hear("correct", value("choice", "account", "payout"))

        assert call.said == ["changed", "refund-it"]
        assert "to your account now" in call.text

    @pytest.mark.parametrize(
        "parts",
        [
            ("correct", value("month", "2026-03")),
            ("deny", value("month", "2026-03")),
            ("deny", "correct", value("month", "2026-03")),
            ("affirm", "correct", value("month", "2026-03")),
            (value("month", "2026-03"),),
            ("correct", value("date", "2026-03-04")),
        ],
    )
    def test_ways_to_say_it(self, parts: tuple[object, ...]) -> None:
        """
        "Actually march", "no, march", "yes but make it march", or just "march".
        """
        call = at_confirmation()

        call.take(meant(*parts))  # type: ignore[arg-type]

        assert call.said[0] == "month-changed"
        assert call.request.path.endswith("2026-03")

    def test_the_same_again_changes_nothing(self) -> None:
        """
        Who corrects june to june is only asked the question again.
        """
        call = at_confirmation()

        call.hear("correct", value("month", "2026-06"))

        assert call.said == ["refund-it"]

    def test_what_is_not_right_changes_nothing(self) -> None:
        """
        A month to come is refused in the slot's own words, and the old one stays.
        """
        call = at_confirmation()

        call.hear("correct", value("month", "2026-12"))

        assert call.said == ["month-not-past", "refund-it"]
        assert call.talk.slots["month"] == "2026-06"

    def test_inside_the_authentication(self) -> None:
        """
        A correction of what a task still waiting on the stack knows is kept for it.
        """
        call = Conversation(bank())
        call.hear(wants("refund", value("month", "2026-06"), value("choice", "not-mine", "problem")))

        call.hear("correct", value("month", "2026-05"))

        assert call.said == ["month-changed", "ask-account-again"]
        authenticated(call)
        assert call.request.path.endswith("2026-05")

    def test_what_has_been_done_cannot_be_corrected(self) -> None:
        """
        After the refund the caller hears that it is too late.
        """
        call = at_confirmation()
        call.hear("affirm")
        call.done(reference="R1")

        call.hear("correct", value("month", "2026-03"))

        assert call.said == ["already-done", "anything-else"]
        assert call.talk.slots["month"] == "2026-06"

    def test_who_you_are_cannot_be_corrected(self) -> None:
        """
        Once the bank knows the caller, another account number is refused.
        """
        call = at_confirmation()

        call.hear("correct", value("digits", "11112222", "account"))

        assert call.said == ["already-done", "refund-it"]

    def test_a_finished_task_that_changed_nothing_is_opened_again(self) -> None:
        """
        What was only told can be told anew: the latest task goes back to where the value was used.
        """
        call = Conversation(flow_of(SMALL))
        call.hear(wants("gift"))
        call.hear(value("choice", "red", "paper"))
        call.hear(value("amount", "12.00"))
        assert call.said == ["gift-is", "more"]

        call.hear("correct", value("amount", "15.00"))

        assert call.said == ["changed", "gift-is", "more"]
        assert "15.00" in call.text

    def test_a_set_value_follows_what_it_was_made_from(self) -> None:
        """
        A text made from a slot is made again when the slot changes.
        """
        call = Conversation(flow_of(SMALL))
        call.hear(wants("gift"))
        call.hear(value("choice", "red", "paper"))
        call.hear(value("amount", "12.00"))

        call.hear("correct", value("choice", "blue", "paper"))

        assert "wrapped in blue" in call.text


class TestStale:
    def test_declared_and_derived(self) -> None:
        """
        Stale is what a slot declares, and what requests answered that carried it.
        """
        flow = bank()
        frames = (Frame("refund"), Frame("authenticate"))

        assert stale_with(flow, frames, {"month"}) == {"month", "duplicate", "reference"}
        assert stale_with(flow, frames, {"payout"}) == {"payout"}
        assert stale_with(flow, (), {"account"}) == {"account", "customer"}

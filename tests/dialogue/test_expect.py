"""What is listened for at each question."""

from __future__ import annotations

from ivr_ari.events import Keys, Silent

from .conversation import ACCOUNT, Conversation, at_confirmation, authenticated, bank, value, wants


class TestExpecting:
    def test_the_open_question(self) -> None:
        """
        Anything may be said, one key may be pressed.
        """
        expect = Conversation(bank()).expect

        assert (expect.step, expect.kinds, expect.keys) == ("main", (), Keys(1, 1))
        assert expect.silence_ms == 7000

    def test_sensitive_digits(self) -> None:
        """
        The number of digits, the patience in dictation and the sensitivity come from the slot.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        expect = call.expect
        assert (expect.slot, expect.kinds, expect.digits) == ("account", ("digits",), (8, 8))
        assert (expect.sensitive, expect.patience_ms, expect.keys) == ("pii", 1200, Keys(8, 8, 8000, 4000))

        call.hear(value("digits", ACCOUNT))
        assert (call.expect.sensitive, call.expect.digits) == ("pin", (4, 4))

    def test_choices_and_months(self) -> None:
        """
        Choices bring their phrases; a month of the past says so.
        """
        call = Conversation(bank())
        call.hear(wants("refund"))
        authenticated(call)
        assert call.expect.kinds == ("choice",)
        assert dict(call.expect.choices)["not-mine"][0] == "not mine"

        call.hear(value("choice", "not-mine", "problem"))
        assert (call.expect.kinds, call.expect.tense) == (("month",), "past")
        assert call.expect.keys == Keys(2, 2)

    def test_yes_or_no(self) -> None:
        """
        A confirmation is answered by yes, no or a key.
        """
        expect = at_confirmation().expect

        assert (expect.step, expect.kinds, expect.confirm) == ("refund.refund-it", ("yesno",), True)
        assert expect.keys == Keys(1, 1)

    def test_which_of_two(self) -> None:
        """
        "Did you mean" is answered by the examples of either.
        """
        call = Conversation(bank())
        call.hear(wants("balance", runner_up="refund"))

        assert call.expect.slot == "which"
        assert [name for name, _ in call.expect.choices] == ["balance", "refund"]

    def test_time_to_look_something_up(self) -> None:
        """
        After "hold on" silence may last five times as long, until it is broken.
        """
        call = Conversation(bank())
        call.hear("hold-on")
        assert (call.said, call.expect.silence_ms) == (["take-your-time"], 35000)

        call.take(Silent())
        assert call.expect.silence_ms == 7000

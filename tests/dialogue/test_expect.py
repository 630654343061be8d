"""What is listened for at each question."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.dialogue.expect import by_keypad, expecting
from ivr_ari.dialogue.talk import Waiting
from ivr_ari.events import Keys, Silent

from .conversation import ACCOUNT, Conversation, at_confirmation, authenticated, bank, value, wants
from .manners import at_hotel, hotel


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


class TestLanguages:
    def test_the_language_is_told(self) -> None:
        """
        Recognition and understanding know which language is spoken, with its words for the choices.
        """
        call = at_hotel("es")
        assert call.expect.language == "es"
        call.hear(wants("book", value("range", "2026-07-20/2026-07-22")))
        call.key("1")
        assert dict(call.expect.choices)["double"] == ("doble", "habitación doble")
        assert at_hotel().expect.language == "en"

    def test_what_is_not_understood_is_keyed_in(self) -> None:
        """
        In a language nobody listens to, questions are put by keypad from the start.
        """
        call = at_hotel("es", heard=("en",))
        call.hear(wants("book", value("range", "2026-07-20/2026-07-22")))
        assert call.said[-1] == "key-yes-no"
        call.key("1")
        assert call.said == ["key-room"]
        assert by_keypad(call.flow, call.talk)
        assert not by_keypad(call.flow, at_hotel().talk)
        assert not by_keypad(at_hotel().flow, call.talk)


class TestTypes:
    def test_the_grammar_of_a_slot(self) -> None:
        """
        A slot says which grammar listens; ids can be keyed in, names cannot.
        """
        call = at_hotel()
        call.hear(wants("find"))
        assert (call.expect.kinds, call.expect.listen) == (("id",), "open")
        assert call.expect.keys is not None

        talk = replace(call.talk, waiting=Waiting("slot", "who"))
        expect = expecting(hotel(), talk)
        assert expect is not None
        assert (expect.kinds, expect.keys) == (("name",), None)

    def test_which_of_several_is_wrong(self) -> None:
        """
        After a no to several values, their names are choices.
        """
        talk = replace(at_hotel().talk, waiting=Waiting("wrong", options=("stay", "room")))
        expect = expecting(hotel(), talk)

        assert expect is not None
        assert (expect.slot, expect.kinds) == ("wrong", ("choice",))
        assert expect.choices == (("stay", ("stay",)), ("room", ("room",)))

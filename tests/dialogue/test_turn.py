"""Whether a turn is over, judged by what it means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr_ari.dialogue.flow import Slot, SlotType
from ivr_ari.dialogue.talk import Waiting
from ivr_ari.dialogue.turn import verdict
from ivr_ari.events import Act, Meaning, Request, Secret, Understood, Value

from .conversation import (
    ACCOUNT,
    PIN,
    Conversation,
    at_confirmation,
    authenticated,
    bank,
    meant,
    value,
    wants,
)
from .manners import at_hotel, hotel


def judge(call: Conversation, event: Understood, words: str = "some words") -> str:
    return verdict(call.flow, call.talk, event.meaning, words)


class TestOpenQuestion:
    @pytest.mark.parametrize(
        ("parts", "words", "says"),
        [
            ((), "i", "incomplete"),
            ((), "well i was wondering about something", "growing"),
            (("more-to-come",), "i would like to", "incomplete"),
            ((wants("balance"), "more-to-come"), "my balance and", "incomplete"),
            ((wants("balance"),), "what is my balance", "open"),
            (("person",), "a person please", "closed"),
            (("person",), "i want to speak to a person because i was charged twice", "open"),
            (("repeat",), "say that again", "closed"),
            (("slower",), "a bit slower please", "closed"),
            (("deny",), "no", "open"),
        ],
    )
    def test_verdicts(self, parts: tuple[Request | Value | Act, ...], words: str, says: str) -> None:
        """
        A command closes the turn at once, a request may go on, a beginning must.
        """
        assert judge(Conversation(bank()), meant(*parts), words) == says

    def test_nothing_else_closes_the_last_question(self) -> None:
        """
        A no to "anything else?" needs no more waiting.
        """
        call = at_confirmation()
        call.hear("deny")

        assert judge(call, meant("deny", "thank"), "no thanks") == "closed"


class TestDigits:
    @pytest.mark.parametrize(("length", "says"), [(5, "incomplete"), (8, "closed"), (9, "growing")])
    def test_the_number_of_digits_decides(self, length: int, says: str) -> None:
        """
        Too few digits are waited for, enough of them are an answer.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))

        assert judge(call, meant(value("digits", Secret("account-1", length)))) == says
        assert judge(call, meant(value("digits", "1" * length))) == says

    @pytest.mark.parametrize(("act", "says"), [("affirm", "incomplete"), ("deny", "open")])
    def test_okay_is_no_number(self, act: Act, says: str) -> None:
        """
        "Okay", and then the number: the turn has only begun.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))

        assert judge(call, meant(act), "okay") == says

    def test_between_fewest_and_most_silence_decides(self) -> None:
        """
        Where the length may differ, an entry of the fewest digits may go on.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))

        assert judge(call, meant(value("month", "2026-03"))) == "open"


class TestAnswers:
    def test_yes_or_no_is_all_of_an_answer(self) -> None:
        """
        A yes closes the turn unless something else came with it.
        """
        call = at_confirmation()

        assert judge(call, meant("affirm"), "yes") == "closed"
        assert judge(call, meant(value("yesno", "no")), "no") == "closed"
        assert judge(call, meant("deny", value("month", "2026-03")), "no march") == "open"
        assert judge(call, meant("affirm", wants("hours")), "yes and when are you open") == "open"

    def test_a_right_value_is_all_of_an_answer(self) -> None:
        """
        The month that was asked for closes the turn, a wrong one doesn't.
        """
        call = Conversation(bank())
        call.hear(wants("refund", value("choice", "charged-twice", "problem")))
        authenticated(call)
        assert call.asked == "refund.month"

        assert judge(call, meant(value("month", "2026-03")), "march") == "closed"
        assert judge(call, meant(value("month", "2027-03")), "march next year") == "open"

    def test_while_a_request_runs_nothing_is_judged(self) -> None:
        """
        Where nothing was asked, only a command is complete.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        call.hear(value("digits", ACCOUNT))
        call.hear(value("digits", PIN))

        assert judge(call, meant("affirm"), "yes") == "open"
        assert judge(call, meant("person"), "a person") == "closed"


class TestNewTypes:
    @pytest.mark.parametrize(
        ("slot", "said", "says"),
        [
            ("at", value("time", "16:00"), "open"),
            ("stay", value("range", "2026-07-20/2026-07-22"), "closed"),
            ("stay", value("date", "2026-07-20"), "open"),
            ("who", value("name", "dana"), "growing"),
            ("code", value("id", "AB1234"), "closed"),
            ("code", value("id", "AB12"), "incomplete"),
            ("code", value("id", Secret("code-1", 6)), "closed"),
            ("phone", value("phone", "+13125550123"), "closed"),
            ("phone", value("digits", "312555"), "incomplete"),
            ("room", value("choice", "suite", "room"), "closed"),
        ],
    )
    def test_verdicts(self, slot: str, said: Value, says: str) -> None:
        """
        What may grow with the next word is left open, what is whole is not.
        """
        talk = replace(at_hotel().talk, waiting=Waiting("slot", slot))
        assert verdict(hotel(), talk, meant(said).meaning, "some words") == says

    def test_a_birthday_may_have_a_year(self) -> None:
        """
        A date in the past is left open for its year, one to come is not.
        """
        for tense, says in (("past", "growing"), ("future", "closed")):
            day = Slot("day", "date", tense=tense)  # type: ignore[arg-type]
            flow = replace(hotel(), slots={"day": day})
            talk = replace(at_hotel().talk, waiting=Waiting("slot", "day"))
            said = value("date", "2026-03-03" if tense == "past" else "2026-09-03")
            assert verdict(flow, talk, meant(said).meaning, "march third") == says
            whole = replace(said, last=said.first + 4)
            assert verdict(flow, talk, Meaning(values=(whole,)), "march third nineteen sixty two") == "closed"

    @pytest.mark.parametrize(
        ("kind", "said", "says"),
        [
            ("address", value("address", "212"), "incomplete"),
            ("address", value("number", "212"), "incomplete"),
            ("address", value("address", "212 Maple Street"), "growing"),
            ("address", value("address", "212 Maple Street, Boston, MA 02110"), "closed"),
            ("date", value("month", "2026-03"), "incomplete"),
            ("date", value("date", "2026-07-14"), "open"),
            ("amount", value("amount", "400.00"), "growing"),
            ("amount", value("amount", "42.19"), "open"),
            ("number", value("number", "3"), "open"),
        ],
    )
    def test_parts_of_an_answer(self, kind: SlotType, said: Value, says: str) -> None:
        """
        What people give in parts is waited for: streets behind house numbers, days behind months.
        """
        flow = replace(hotel(), slots={"it": Slot("it", kind, tense="past")})
        talk = replace(at_hotel().talk, waiting=Waiting("slot", "it"), today="2026-07-15")

        assert verdict(flow, talk, meant(said).meaning, "some words") == says

    def test_with_cents_an_amount_is_whole(self) -> None:
        """
        Nothing is said behind them.
        """
        flow = replace(hotel(), slots={"it": Slot("it", "amount")})
        talk = replace(at_hotel().talk, waiting=Waiting("slot", "it"))
        said = meant(value("amount", "42.19")).meaning

        assert verdict(flow, talk, said, "forty two dollars and nineteen cents") == "closed"
        assert verdict(flow, talk, said, "forty two nineteen") == "open"

    def test_which_was_wrong(self) -> None:
        """
        The name of one of the values is all of an answer.
        """
        talk = replace(at_hotel().talk, waiting=Waiting("wrong", options=("stay", "room")))
        assert verdict(hotel(), talk, meant(value("choice", "room")).meaning, "the room") == "closed"
        assert verdict(hotel(), talk, meant(value("choice", "lost")).meaning, "the other") == "open"

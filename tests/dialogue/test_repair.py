"""Ladders: first, second, third, then somebody else."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.flow import Handover
from ivr_ari.dialogue.repair import missed, silent
from ivr_ari.events import EngineDown, Leave, Noise, Say, Silent

from .conversation import ACCOUNT, PIN, Conversation, at_confirmation, bank, flow_of, meant, value, wants
from .manners import at_hotel, hotel
from .small import SMALL


class TestMissed:
    def test_the_keypad_is_offered_at_every_kind_of_question(self) -> None:
        """
        The third rung puts the question in terms of keys.
        """
        call = at_confirmation()
        for _ in range(3):
            call.take(meant())
        assert call.said == ["use-keys", "refund-it", "key-yes-no"]

        which = Conversation(bank())
        which.hear(wants("balance", runner_up="refund"))
        for _ in range(3):
            which.take(Noise())
        assert which.said == ["use-keys", "did-you-mean", "key-first-second"]

    def test_an_answer_begins_the_ladder_anew(self) -> None:
        """
        Misses are counted for each question; altogether they are counted for the person.
        """
        call = Conversation(bank())
        call.take(Noise())
        call.take(Noise())
        call.hear(wants("balance"))
        call.take(Noise())
        assert call.said[0] == "sorry"
        assert call.talk.not_understood == 3

    def test_the_same_words_do_not_come_twice_in_a_row(self) -> None:
        """
        Variants of a prompt take turns.
        """
        call = Conversation(bank())
        call.take(Noise())
        first = call.text
        call.hear(wants("balance"))
        call.take(Noise())
        assert call.text.split("?")[0] != first.split("?")[0]

    def test_a_refused_value_says_why(self) -> None:
        """
        In place of "sorry", the caller hears what was wrong.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        call.hear(value("digits", PIN))
        assert call.said == ["not-eight-digits", "ask-account-again"]

    def test_the_end_of_the_ladder_is_that_of_the_flow(self) -> None:
        """
        A flow may leave in place of handing over.
        """
        call = Conversation(flow_of(SMALL))
        call.take(Silent())
        call.take(Silent())
        assert (call.left.result, call.left.reason) == ("error", "silent")


class TestSilent:
    def test_silence_and_misses_are_counted_apart(self) -> None:
        """
        One silence after two misses is the first silence.
        """
        call = Conversation(bank())
        call.take(Noise())
        call.take(Noise())
        call.take(Silent())
        assert call.said[0] == "are-you-there"

    def test_while_a_backend_works_silence_is_right(self) -> None:
        """
        Nothing was asked: nobody is reproached.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        call.hear(value("digits", ACCOUNT))
        call.hear(value("digits", PIN))
        assert call.take(Silent()) == ()
        assert call.take(Noise()) == ()
        assert call.take(EngineDown("speech")) == ()


class TestLadders:
    def test_a_question_has_its_own(self) -> None:
        """
        A slot's ladder goes before the flow's; what it does not have is the flow's.
        """
        call = asked_for_guests()
        call.take(meant())
        assert call.said == ["guests-again", "ask-guests"]
        call.take(meant())
        assert call.handed.target == "concierge"

        quiet = asked_for_guests()
        quiet.take(Silent())
        assert quiet.said[0] == "hm"

    def test_the_open_question_has_its_own(self) -> None:
        """
        Silence at the beginning leaves, silence later hands over, as the flow says.
        """
        call = at_hotel()
        call.take(Silent())
        call.take(Silent())
        assert call.left.reason == "silent"

    def test_noise_and_doubt(self) -> None:
        """
        Noise has a ladder here; words hardly heard climb that of a no-match.
        """
        call = at_hotel()
        draft = Draft(hotel(), call.talk)
        missed(draft, ladder="noise")
        missed(draft, ladder="low-confidence")
        says = [effect.prompt for effect in draft.effects if isinstance(effect, Say)]

        assert says == ["loud", "what", "sorry", "what"]
        assert draft.talk.waiting is not None
        assert draft.talk.waiting.keypad  # the second rung: all three are counted together
        assert draft.talk.not_understood == 2

    def test_without_any_ladder(self) -> None:
        """
        A flow without ladders apologises, offers the keypad and then a person.
        """
        flow = replace(hotel(), ladders={}, main=replace(hotel().main, ladders={}))
        draft = Draft(flow, at_hotel().talk)
        for _ in range(3):
            missed(draft)
        says = [effect.prompt for effect in draft.effects if isinstance(effect, Say)]
        assert says == ["sorry", "what", "use-keys", "what", "moment"]
        assert draft.talk.over

        alone = Draft(replace(flow, handover=Handover({}, "", "", ())), at_hotel().talk)
        for _ in range(3):
            silent(alone)
        assert isinstance(alone.effects[-1], Leave)

    def test_the_reason_comes_first(self) -> None:
        """
        A value refused for a reason is answered with that reason; without one with the slot's words.
        """
        call = asked_for_guests()
        draft = Draft(hotel(), call.talk)
        missed(draft, "guests", reason="too-many")
        assert isinstance(draft.effects[0], Say)
        assert draft.effects[0].prompt == "too-many"

        call.hear(value("number", "0"))
        assert call.said[0] == "bad-guests"


def asked_for_guests() -> Conversation:
    call = at_hotel()
    call.hear(wants("book", value("choice", "suite", "room")))
    call.hear(value("range", "2026-07-20/2026-07-22"))
    call.hear("affirm")
    assert call.asked == "book.guests"
    return call

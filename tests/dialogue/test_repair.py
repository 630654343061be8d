"""Ladders: first, second, third, then somebody else."""

from __future__ import annotations

from ivr_ari.events import EngineDown, Noise, Silent

from .conversation import ACCOUNT, PIN, Conversation, at_confirmation, bank, flow_of, meant, value, wants
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

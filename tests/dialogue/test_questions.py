"""The words of a question: the first time, the next time, by keypad."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.questions import put
from ivr_ari.dialogue.talk import Talk, Waiting
from ivr_ari.events import Listen, Say

from .conversation import Conversation, authenticated, bank, value, wants
from .manners import at_hotel, hotel


def asked(talk: Talk, waiting: Waiting) -> list[str]:
    """Return the prompts of a question."""
    draft = Draft(hotel(), talk)
    put(draft, waiting)
    assert isinstance(draft.effects[-1], Listen)
    return [effect.prompt for effect in draft.effects if isinstance(effect, Say)]


class TestMain:
    def test_who_one_is_was_not_the_wish(self) -> None:
        """
        After starting over the open question is the first one, though the caller has been recognised.
        """
        call = Conversation(bank())
        call.hear(wants("refund", value("choice", "charged-twice", "problem")))
        authenticated(call)
        call.hear("start-over")
        assert call.said == ["starting-over", "how-can-i-help"]

    def test_something_more(self) -> None:
        """
        When a wish has ended, however it did, the question is for another.
        """
        call = at_hotel()
        call.hear(wants("pool"))
        assert call.said == ["pool-is", "more"]


class TestByKeypad:
    @pytest.mark.parametrize(
        ("waiting", "prompts"),
        [
            (Waiting("slot", "room", keypad=True), ["key-room"]),
            (Waiting("slot", "guests", keypad=True), ["ask-guests"]),
            (Waiting("slot", "late", keypad=True), ["key-yes-no"]),
            (Waiting("confirm", "book-it", keypad=True), ["book-it", "key-yes-no"]),
            (Waiting("check", "room", keypad=True), ["is-that-right", "key-yes-no"]),
            (Waiting("which", options=("book", "find"), keypad=True), ["did-you-mean", "key-first-second"]),
            (Waiting("confirm", "book-it"), ["book-it"]),
        ],
    )
    def test_each_kind_of_question(self, waiting: Waiting, prompts: list[str]) -> None:
        """
        A question that is answered by keys says which, in its own words or the standard ones.
        """
        talk = replace(at_hotel().talk, slots={"room": "suite"})
        assert asked(talk, waiting) == prompts

    def test_when_speech_does_not_work(self) -> None:
        """
        Once speech has failed every question is put in terms of keys.
        """
        assert asked(replace(at_hotel().talk, keypad=True), Waiting("slot", "room")) == ["key-room"]

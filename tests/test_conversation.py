"""Steps that are taken, and a step that is only tried."""

from __future__ import annotations

from ivr_ari.conversation import Conversation
from ivr_ari.dialogue.engine import begin
from ivr_ari.events import (
    Began,
    Expect,
    Heard,
    Keyed,
    Listen,
    Meaning,
    Request,
    Say,
    Secret,
    Spoken,
    Understood,
    Value,
    Word,
)
from tests.small_call import FLOW, SECRET

STATUS = Meaning(requests=(Request("order", 0, 2),))
NUMBER = Meaning(values=(Value("digits", "4242", 0, 3),))
ASKED = Expect(slot="number", kinds=("digits",), digits=(4, 6), sensitive="pii")


def words(text: str) -> Heard:
    return Heard(tuple(Word(word) for word in text.split()))


def conversation(flow: object = FLOW) -> Conversation:
    talk, _ = begin(flow, Began("2026-03-15"))  # type: ignore[arg-type]
    return Conversation(flow, talk)  # type: ignore[arg-type]


class TestConversation:
    def test_a_try_changes_nothing(self) -> None:
        """
        What would be said is known; the talk is what it was, and nothing is to be written.
        """
        call = conversation()
        before = call.talk

        draft = call.attempt(words("where is my order"), STATUS, Expect(), now=1)

        assert any(isinstance(effect, Say) for effect in draft.effects)
        assert call.talk == before
        kept = call.keep()
        assert (kept.lines, kept.events) == ((), ())

    def test_commit_makes_it_happen(self) -> None:
        """
        Exactly as it was tried, and once.
        """
        call = conversation()
        draft = call.attempt(words("where is my order"), STATUS, Expect(), now=1)

        event, effects = call.commit(now=2)

        assert (event, effects) == (draft.event, draft.effects)
        assert call.talk == draft.talk
        assert call.draft is None
        kept = call.keep()
        assert [line.who for line in kept.lines][0] == "caller"
        assert [event for _, event in kept.events] == [draft.event]

    def test_what_is_dropped_leaves_no_digit(self) -> None:
        """
        Half a number, spoken and then gone on with, is not kept as a secret of its own.
        """
        call = conversation(SECRET)
        call.take(Understood(STATUS), now=1)
        call.attempt(words("four two four two"), NUMBER, ASKED, now=2)
        assert call.vault.count == 1

        call.drop()
        assert call.vault.count == 0
        call.attempt(words("four two four two"), NUMBER, ASKED, now=3)
        call.commit(now=4)
        call.drop()
        assert call.vault.count == 1

    def test_a_try_is_made_anew_on_a_state_that_has_changed(self) -> None:
        """
        What was heard of a prompt is told while the caller's turn lasts: the commit must not undo it.
        """
        call = conversation()
        say = call.talk.playing[0][0]
        call.attempt(words("where is my order"), STATUS, Expect(), now=1)
        call.take(Spoken(say, 100, False, 900), now=2)
        assert call.draft is not None

        call.commit(now=3)
        assert any(frame.task for frame in call.talk.stack)

    def test_keys(self) -> None:
        """
        An entry is plain where nothing is secret.
        """
        call = conversation(SECRET)

        assert call.keyed("4242", Expect()) == Keyed("4242")
        secret = call.keyed("4242", ASKED).digits
        assert isinstance(secret, Secret)
        assert call.vault.open(secret) == "4242"

    def test_listens_last(self) -> None:
        """
        A step ends with what is waited for.
        """
        call = conversation()

        assert isinstance(call.take(Understood(STATUS), now=1)[-1], Listen)

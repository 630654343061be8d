"""
The caller's side of a call: voice becomes a turn, its words a meaning, the meaning a draft of what follows.

No clock, and nothing happens: whether the draft is to happen is for `call` to say when the turn is over.
"""

from __future__ import annotations

from .conversation import Conversation
from .dialogue.turn import Verdict, verdict
from .events import Act, Expect, Heard, Meaning, Say
from .floor import Floor
from .orders import Disregard, Flush, Order, Prepare, Understand
from .speech.endpointer import Endpointer, Mark, Paused, Resumed, VoiceBegan
from .turn import Turn

__all__ = ["Caller"]

NOTHING: frozenset[Act] = frozenset(("back-channel", "more-to-come"))
"""Acts of somebody who listens, or who has not said anything yet."""

SLIGHT_S = 0.6
"""Voice into a prompt no longer than this, of which nothing is understood, was a hum."""


class Caller:
    """What one caller is saying; times are seconds on the shell's clock. `meant` may raise FlowError."""

    def __init__(self, conversation: Conversation, floor: Floor) -> None:
        self.ear = Endpointer()
        self.turn = Turn()
        self.expect = Expect()
        """What the dialogue waits for."""

        self.moved = False
        """Whether the latest frame began a turn, paused it or went on with it."""

        self.hummed = False
        """Whether the turn so far is no more than a sound made into a prompt."""

        self.hums = False
        """Whether the voice that was heard last is a hum with closed lips, as far as sound can tell."""

        self._conversation = conversation
        self._floor = floor

    def frame(self, voiced: bool, sounding: bool, *, now: float) -> tuple[Order, ...]:
        """Take 20 ms of the caller's audio: was it a voice, was it a sound that may be one?"""
        mark = self.ear.frame(voiced)
        self.moved = mark is not None
        orders = self._mark(mark, now=now)
        if sounding:
            self.turn.sounds(now=now)
        was_noisy = self._floor.noisy
        changed = self._floor.frame(voiced, sounding, in_turn=self.turn.began is not None, now=now)
        if self._floor.noisy and not was_noisy:
            return (*self.disregard(), *changed)
        return (*orders, *changed)

    def _mark(self, mark: Mark | None, *, now: float) -> tuple[Order, ...]:
        match mark:
            case VoiceBegan():
                self.turn.begin(self.expect, now=now)
                self._floor.taken()
            case Paused(at_ms):
                return (Flush(self.turn.pause(since=self._at(at_ms, now=now), now=now)),)
            case Resumed(at_ms):
                self.turn.resume(at=self._at(at_ms, now=now))
                self._conversation.drop()
            case None:
                pass
        return ()

    def _at(self, audio_ms: int, *, now: float) -> float:
        """Return when the caller's audio was at *audio_ms*."""
        return now - (self.ear.audio_ms - audio_ms) / 1000

    def partial(self, text: str, *, now: float) -> tuple[Order, ...]:
        """Take the words that are made out before anybody asked; they may still change."""
        if not self.turn.speaking or not self._floor.contested:
            return ()
        return self._floor.words(text, self.expect, now=now) or ()

    def heard(self, flush: str, heard: Heard, *, now: float) -> tuple[Order, ...]:
        """Take the words of one flush; the turn may turn out to be none."""
        if not self.turn.heard(flush, heard):
            return ()
        orders: tuple[Order, ...] = ()
        if self._floor.contested and self.turn.settled:
            interrupted = self._floor.words(self.turn.words.text, self.expect, now=now)
            if interrupted is None:
                return self.dismiss(now=now)
            orders = interrupted
        asked = self.turn.ask()
        return (*orders, Understand(asked, self.turn.words, self.expect)) if asked else orders

    def dismiss(self, *, now: float) -> tuple[Order, ...]:
        """What was heard into a prompt is no interruption."""
        self.end_turn()
        return self._floor.release(now=now)

    def meant(self, asked: str, meaning: Meaning, *, now: float) -> tuple[Order, ...]:
        """Take a meaning: try the step it would cause, and decide when the turn is over."""
        if not self.turn.meant(asked):
            return ()
        conversation, expect = self._conversation, self.expect
        draft = conversation.attempt(self.turn.words, meaning, expect, now=now)
        judged = verdict(conversation.flow, conversation.talk, draft.event.meaning, draft.event.words)
        self.hummed = self._hummed(meaning, judged)
        if self.hummed and judged == "incomplete" and not meaning.acts:
            judged = "open"
        self.turn.judge(judged, expect)
        if self.turn.wake_at is not None and self.turn.wake_at <= now:
            return ()  # it happens at once
        return tuple(Prepare(effect) for effect in draft.effects if isinstance(effect, Say))

    def _hummed(self, meaning: Meaning, judged: Verdict) -> bool:
        """Whether a sound into a prompt says nothing; recognisers take a hum for some short word or other."""
        turn = self.turn
        if not self._floor.disputed or turn.quiet_since is None or self._taken_up(meaning):
            return False
        slight = turn.began is not None and turn.quiet_since - turn.began <= SLIGHT_S
        if slight and judged == "incomplete" and not meaning.requests:
            return True  # one digit of eight, and then nothing
        told = bool(meaning.requests or (meaning.values and not self.hums))
        return (slight or self.hums) and not told and set(meaning.acts) <= NOTHING

    def _taken_up(self, meaning: Meaning) -> bool:
        """Whether as little as a yes answers what is asked: a question, or the choice that was named last."""
        kinds, yes = self.expect.kinds, "affirm" in meaning.acts
        answers = self.expect.confirm or "yesno" in kinds or ("choice" in kinds and yes)
        return answers and self._floor.asked

    def disregard(self) -> tuple[Order, ...]:
        """What is being heard, if anything, does not count."""
        if self.turn.began is None:
            return ()
        self.end_turn()
        return (Disregard(),)

    def end_turn(self) -> None:
        """The next voice begins another turn; what was tried is forgotten."""
        self.turn.clear()
        self.hummed = False
        self.ear.end_turn()
        self._conversation.drop()

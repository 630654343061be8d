"""
Who has the floor: prompts that are being said, the caller who speaks into them, and how they go on. No clock.

Joins what is `playing` with the caller's `interruption` of it. Whoever asks carries out the orders.
"""

from __future__ import annotations

from .events import Expect, Say, Spoken
from .interruption import Interruption, telling
from .orders import Duck, GoOn, Order, StopPlaying, Unduck
from .playing import Playing

__all__ = ["SILENT_S", "Floor"]

SILENT_S = 1.2
"""An interrupted prompt is gone on with after so long a silence; with the way to the ear within 2 s of it."""


class Floor:
    """Of one call; times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self.playing = Playing()
        self._interruption = Interruption()
        self._silent_at: float | None = None
        """When silence after an interruption has lasted too long."""

    @property
    def wake_at(self) -> float | None:
        return self._silent_at

    @property
    def disputed(self) -> bool:
        """Whether the caller has spoken into a prompt, and it is not decided what becomes of it."""
        return self._interruption.state != "loud"

    @property
    def contested(self) -> bool:
        """Whether the caller's words are said into a prompt, or were just now."""
        return self.disputed or bool(self.playing)

    @property
    def asked(self) -> bool:
        """Whether the question itself is being said, or was when the caller spoke, not what leads to it."""
        return len(self.playing.prompts or self.playing.cut) <= 1

    @property
    def ducked(self) -> bool:
        """Whether a prompt is being said quietly."""
        return self._interruption.state == "ducked"

    @property
    def noisy(self) -> bool:
        """Whether the voice on the line has proved to be noise."""
        return self._interruption.noisy

    def say(self, say: Say, *, now: float) -> None:
        """Something new is said: what was interrupted is not gone on with."""
        self.playing.add(say, now=now)
        self._silent_at = None
        if not self.ducked:  # what the caller has stopped was something else
            self._interruption.over()

    def frame(self, voiced: bool, sounding: bool, *, in_turn: bool, now: float) -> tuple[Order, ...]:
        """Take 20 ms of the caller's audio; `noisy` may have changed."""
        match self._interruption.frame(voiced, sounding, playing=bool(self.playing), in_turn=in_turn):
            case "duck":
                return (Duck(),)
            case "unduck":
                return (Unduck(),)
            case "stop":
                return self._stop(now=now)
            case "noise":
                return self.release(now=now)
            case None:
                return ()

    def words(self, text: str, expect: Expect, *, now: float) -> tuple[Order, ...] | None:
        """Take what the caller has said so far; None if nothing in it means to interrupt."""
        if not telling(text, expect, asked=self.asked):
            return None
        return self._stop(now=now) if self._interruption.words() else ()

    def key(self, *, now: float) -> tuple[Order, ...]:
        """A key interrupts at once."""
        return self._stop(now=now) if self.playing else ()

    def _stop(self, *, now: float) -> tuple[Order, ...]:
        if not self.playing:
            return ()
        self.playing.interrupt(spoke_at=now - self._interruption.onset_ms / 1000)
        return (StopPlaying(),)

    def ended(self, report: Spoken, *, now: float) -> Spoken | None:
        """Take the report of a prompt's end; return it as the dialogue knows the prompt."""
        return self.playing.ended(report, now=now)

    def settle(self) -> tuple[Order, ...]:
        """Nothing is being said any more: what follows is said in full voice."""
        if not self.ducked:
            return ()
        self._interruption.over()
        return (Unduck(),)

    def release(self, *, now: float) -> tuple[Order, ...]:
        """The caller had nothing to say: prompts go on as if nothing had been."""
        ducked = self.ducked
        self._interruption.over()
        return (Unduck(),) if ducked else self.go_on(now=now)

    def taken(self) -> None:
        """The caller speaks."""
        self._silent_at = None

    def answered(self, *, silent: bool, now: float) -> tuple[Order, ...]:
        """
        The caller's turn has led where it has.

        If nothing is said because of it and they are *silent*, what was interrupted is said soon.
        """
        orders = self.settle()
        self._interruption.over()
        self._silent_at = now + SILENT_S if silent and self.playing.interrupted else None
        return orders

    def go_on(self, *, now: float) -> tuple[Order, ...]:
        """Say what was interrupted, if nothing was said in its place."""
        self._silent_at = None
        if self.playing:
            return ()
        return tuple(GoOn(cut.say, cut.heard_ms) for cut in self.playing.go_on(now=now))

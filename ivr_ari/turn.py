"""
The caller's turn: pieces of words joined, what they mean so far, and when the turn counts as over.

The recogniser is flushed at every short pause, so the words are known long before it is clear whether
the caller has finished. Whether they have is judged by meaning (`Verdict`), not by silence alone: a whole
answer is taken at once, an open sentence after a breath, an unfinished one only after a real wait.
Times are seconds on the clock of whoever calls.
"""

from __future__ import annotations

from typing import Literal

from .dialogue.turn import Verdict
from .events import Expect, Heard
from .rhythm import Rhythm

__all__ = ["ENGINE_S", "LONGEST_S", "NO_WORDS_S", "Turn"]

NO_WORDS_S = 0.6
"""Silence after which voice without any words is taken for noise."""

ENGINE_S = 1.5
"""An engine that has not answered this long after the pause began is given up for this turn."""

HESITATION_S = 0.28
"""Who has been silent for so long in the middle of a sentence gets more time for the rest of it."""

SOUND_S = 0.1
"""So long after a sound it is known whether it was the caller who goes on; the turn is not over before."""

SOUNDS_S = 0.2
"""Beyond the end of a turn no sound counts: on some lines something always sounds."""

CUT_OFF_S = 1.0
"""A turn that begins so soon after the one before is the rest of it: the caller was taken too early."""

LONGEST_S = 25.0
"""A turn is cut here even if the caller goes on, unless the step says otherwise."""


class Turn:
    """One turn at a time; `clear` begins the next."""

    def __init__(self) -> None:
        self.rhythm = Rhythm()
        self._count = 0
        self._voice_until: float | None = None
        self.clear()

    def clear(self) -> None:
        """Forget everything; answers still under way will not be recognised as ours."""
        self.began: float | None = None
        self.quiet_since: float | None = None
        self._longest_s = LONGEST_S
        self._hesitated = False
        self._pieces: tuple[Heard, ...] = ()
        self._flushes: tuple[str, ...] = ()
        self._asked = ""
        self._over_at: float | None = None
        self._over_by: float | None = None
        self._open = False
        self._engine_by: float | None = None

    # what happens to the turn ---------------------------------------------------------------------

    def begin(self, expect: Expect, *, now: float) -> None:
        if self._voice_until is not None and now - self._voice_until < CUT_OFF_S:
            self.rhythm.paused(now - self._voice_until)
        self.began, self.quiet_since = now, None
        self._longest_s = expect.longest_ms / 1000 or LONGEST_S

    def pause(self, *, since: float, now: float) -> str:
        """The caller paused at *since*; returns the id under which to flush the recogniser."""
        self.quiet_since, self._engine_by = since, now + ENGINE_S
        self._voice_until = since
        self._count += 1
        flush = f"f{self._count}"
        self._flushes = (*self._flushes, flush)
        return flush

    def cut(self, *, now: float) -> str:
        """The turn is too long: like a pause that began long ago, so that whatever comes out ends it."""
        return self.pause(since=now - LONGEST_S, now=now)

    def resume(self, *, at: float) -> None:
        """The caller has gone on since *at*: what was concluded from the pause is void, the words stay."""
        if self.quiet_since is not None:
            self.rhythm.paused(at - self.quiet_since)
            self._hesitated |= at - self.quiet_since >= HESITATION_S
        self.quiet_since, self._asked, self._engine_by = None, "", None
        self._over_at = self._over_by = None

    def heard(self, flush: str, heard: Heard) -> bool:
        """Take a flushed piece; False if it belongs to a turn that is gone."""
        if flush not in self._flushes:
            return False
        self._flushes = self._flushes[self._flushes.index(flush) + 1 :]
        if heard.words:
            self._pieces = (*self._pieces, heard)
        if self.settled and not self._pieces:
            assert self.quiet_since is not None
            self._over_at = self.quiet_since + NO_WORDS_S
        return True

    def ask(self) -> str:
        """Return an id under which to ask for the meaning, "" while that makes no sense."""
        if not self.settled or not self._pieces:
            return ""
        self._count += 1
        self._asked = f"m{self._count}"
        return self._asked

    def meant(self, asked: str) -> bool:
        """False if the meaning *asked* for is no longer wanted."""
        return bool(asked) and asked == self._asked

    def judge(self, verdict: Verdict, expect: Expect) -> None:
        """The meaning is known: decide when the turn is over, should the silence last."""
        assert self.quiet_since is not None  # meant() holds only inside a pause
        self._over_at = self.quiet_since + self._wait_s(verdict, expect)
        self._over_by = self._over_at + (0 if verdict == "closed" else SOUNDS_S)
        self._open = verdict in ("open", "growing")

    def sounds(self, *, now: float) -> None:
        """Something sounds that may be the caller going on: an answer that is not whole waits for it."""
        if self._over_at is not None and self._over_by is not None:
            self._over_at = max(self._over_at, min(now + SOUND_S, self._over_by))

    def taken(self) -> None:
        """What was said happens."""
        self.rhythm.fresh = self.rhythm.fresh and not self._open

    def _wait_s(self, verdict: Verdict, expect: Expect) -> float:
        hesitant = verdict == "open" and self._hesitated
        wait_s = self.rhythm.wait_s("growing" if hesitant else verdict)
        match verdict:
            case "closed":
                return expect.closed_ms / 1000 or wait_s
            case "open":
                return expect.open_ms / 1000 or wait_s
            case "growing":
                return max(expect.open_ms, expect.patience_ms) / 1000 or wait_s
            case "incomplete":
                return max(expect.patience_ms / 1000, wait_s)

    # what the turn is -------------------------------------------------------------------------------

    @property
    def words(self) -> Heard:
        """Everything heard in this turn, joined."""
        return Heard.joined(self._pieces)

    @property
    def silent(self) -> bool:
        """True if the turn held voice but no words."""
        return not self._pieces

    @property
    def speaking(self) -> bool:
        """True while the caller speaks."""
        return self.began is not None and self.quiet_since is None

    @property
    def settled(self) -> bool:
        """True in a pause up to which all words are known."""
        return self.quiet_since is not None and not self._flushes

    @property
    def late(self) -> Literal["", "speech", "understanding"]:
        """Which engine's answer is missing."""
        if self._flushes:
            return "speech"
        return "understanding" if self._asked and self._over_at is None else ""

    @property
    def wake_at(self) -> float | None:
        """When to look again: the turn is over, an engine is too late, or the caller talks too long."""
        if self._over_at is not None:
            return self._over_at
        if self._engine_by is not None:
            return self._engine_by
        return self.began + self._longest_s if self.began is not None else None

    @property
    def over(self) -> bool:
        """True once it is decided when the turn ends; it does at `wake_at`."""
        return self._over_at is not None

"""
What both sides of a call have said, in step with each other, without what may not be kept.

`Recording` is handed the very frames that were heard and sent, as they were. It owns neither file nor
clock: 20 ms are over when 20 ms have been sent, and what is heard lies where it was heard by that count.

A caller may say a secret at any time, so what they say is kept only once it has been judged. A turn that
never was (the caller hung up in the middle of it, an engine died, a key was pressed, nothing was made out)
and what was said while nobody listened are silence.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from .rtp import FRAME_MS, frame_bytes

__all__ = ["Piece", "Recording", "Track"]

SLIP = 500 // FRAME_MS
"""Frames that a side may lie off the count until it is put right: jitter passes, lost time does not."""

AFTER = 1000 // FRAME_MS
"""Frames left out after what is secret is over: the end of a word, keys still held, an echo on the way."""

BEFORE = 500 // FRAME_MS
"""Frames before a turn is noticed that belong to it."""

LONGEST = 150_000 // FRAME_MS
"""
Frames of one turn held back until it is known whether it may be kept; what is beyond is not kept. A flow may
let a turn last 120 s.
"""

PIECE = 1000 // FRAME_MS
"""Frames given out together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some audio of one side (16-bit little-endian mono) and where it lies, in bytes from the beginning."""

    offset: int
    pcm: bytes


@dataclass(slots=True)
class Track:
    """One side: frames by their place. A place without one is silence."""

    rate_hz: int
    place: int = 0
    """Of the next frame."""

    _held: deque[tuple[int, bytes]] = field(default_factory=deque)

    def add(self, pcm: bytes, *, kept: bool) -> None:
        """The next 20 ms; they are silence if they may not be *kept*."""
        if kept:
            self._held.append((self.place, pcm))
        self.place += 1

    def leave_out(self, since: int) -> None:
        """Make silence of everything from place *since* on that has not been given out."""
        while self._held and self._held[-1][0] >= since:
            self._held.pop()

    def pieces(self, until: int) -> tuple[Piece, ...]:
        """Give out what lies before place *until*; silence is not given out."""
        each = frame_bytes(self.rate_hz)
        pieces: list[Piece] = []
        while self._held and self._held[0][0] < until:
            first, pcm = self._held.popleft()
            frames = [pcm]
            while self._held and self._held[0][0] == first + len(frames) < until:
                frames.append(self._held.popleft()[1])
            pieces.append(Piece(first * each, b"".join(frames)))
        return tuple(pieces)


class Recording:
    """
    Both sides of one call; *heard_hz* and *sent_hz* are their rates.

    Give it each frame that is heard and sent, tell it when what is said is secret, when the caller has a turn
    and what became of that (`judged`), and take from it now and then.
    """

    def __init__(self, heard_hz: int, sent_hz: int) -> None:
        self.caller = Track(heard_hz)
        self.service = Track(sent_hz)
        self._quiet_until = 0
        # Where the turn began that has not been judged yet.
        self._turn: int | None = None
        self._taken = 0

    def heard(self, pcm: bytes, *, secret: bool, in_turn: bool, listened: bool = True) -> None:
        """
        20 ms of the caller.

        *in_turn*: they are saying something that has not been judged yet; if it ends so, it is left out.
        Not *listened*: whatever they say now will not be judged.
        """
        caller, now = self.caller, self.service.place
        self._tell(secret)
        if not in_turn:
            self._leave_turn_out()
        elif self._turn is None:
            self._turn = caller.place - BEFORE
        if caller.place < now - SLIP:
            caller.place = now
        if caller.place <= now + SLIP:
            too_long = self._turn is not None and caller.place - self._turn > LONGEST
            caller.add(pcm, kept=listened and self._kept and not too_long)

    def sent(self, pcm: bytes, *, secret: bool) -> None:
        """20 ms of the service; *secret*: what is said right now, by whomever, may not be kept."""
        self._tell(secret)
        self.service.add(pcm, kept=self._kept)

    def judged(self, *, kept: bool) -> None:
        """What the caller has said in this turn is known, and may be *kept* or not."""
        if kept:
            self._turn = None
            return
        self._leave_turn_out()
        self._quiet_until = self.service.place + AFTER

    @property
    def due(self) -> bool:
        """Whether there is enough to be taken."""
        return self.service.place - self._taken >= PIECE

    def take(self, *, over: bool = False) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return what may be written of the caller's side and of the service's; all if the call is *over*."""
        now = self._taken = self.service.place
        if over:
            self._leave_turn_out()
            until = now + SLIP + 1
        elif self._turn is None:
            until = self.caller.place - BEFORE
        else:
            until = self._turn
        return self.caller.pieces(until), self.service.pieces(now)

    def bytes_of(self, rate_hz: int) -> int:
        """How long the call has been, in bytes of audio at *rate_hz*."""
        return frame_bytes(rate_hz) * self.service.place

    @property
    def _kept(self) -> bool:
        return self.service.place >= self._quiet_until

    def _leave_turn_out(self) -> None:
        if self._turn is not None:
            self.caller.leave_out(self._turn)
            self._turn = None

    def _tell(self, secret: bool) -> None:
        if secret:
            self._quiet_until = self.service.place + AFTER

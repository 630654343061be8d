"""
Which of the caller's audio goes to the recogniser: what is around speech, and nothing of the silence.

Decoding silence costs as much as decoding speech, and a recogniser that hears a quiet line for minutes
finds words in it. So audio is kept back until somebody listens; then what lies just before goes with it,
for a voice is noticed later than it begins. Words keep their times: every piece says where it begins.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

__all__ = ["FRAME_MS", "PRE_ROLL_MS", "Feeding", "Piece"]

FRAME_MS = 20
"""Audio in one frame."""

PRE_ROLL_MS = 300
"""Audio kept from before somebody listens: the onset takes 100 ms to be certain, a weak first sound more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Audio without a gap that begins at *at_ms* of the call."""

    at_ms: int
    pcm: bytes


class Feeding:
    """One call's audio on its way to the recogniser; no frame is ever given twice."""

    def __init__(self, pre_roll_ms: int = PRE_ROLL_MS) -> None:
        """*pre_roll_ms* is a multiple of 20 ms."""
        self.audio_ms = 0
        """Audio of the call so far, given away or not."""

        self._kept: deque[bytes] = deque(maxlen=pre_roll_ms // FRAME_MS)

    def frame(self, pcm: bytes, *, listening: bool) -> Piece | None:
        """
        Take the next 20 ms; return what the recogniser gets now, None if it gets nothing.

        *listening*: a voice may be there whose words are wanted. From the first such frame on the piece holds
        up to the pre-roll of audio from before.
        """
        self._kept.append(pcm)
        self.audio_ms += FRAME_MS
        if not listening:
            return None
        piece = Piece(self.audio_ms - FRAME_MS * len(self._kept), b"".join(self._kept))
        self._kept.clear()
        return piece

    def forget(self) -> None:
        """What is kept must not be heard: keys as sound, a sensitive step, somebody else's turn."""
        self._kept.clear()

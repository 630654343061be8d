"""
One caller's ear: which frames hold the caller's voice, and what of them the recogniser gets. No clock.

What our own prompts leave on the line is not the caller's: every frame that was sent is known here too.
"""

from __future__ import annotations

import numpy as np

from .speech.echo import Echo
from .speech.feeding import Feeding, Piece
from .speech.hum import Hum
from .speech.vad import Vad

__all__ = ["Ear"]


class Ear:
    """Of one call; takes 20 ms frames of 16-bit little-endian mono at *rate_hz*, heard and sent."""

    def __init__(self, rate_hz: int = 8000) -> None:
        self.rate_hz = rate_hz
        self.voiced = False
        """Whether the last frame holds the caller's voice."""

        self.sounding = False
        """Whether it holds a sound that may become one; known sooner."""

        self._echo = Echo(rate_hz)
        self._vad = Vad(rate_hz, self._echo)
        self._feeding = Feeding()
        self._hum = Hum(rate_hz)

    def sent(self, pcm: bytes) -> None:
        """Take what was sent in the last 20 ms."""
        self._echo.sent(pcm)

    @property
    def hummed(self) -> bool:
        """Whether the caller's voice since it last began is the hum of somebody who listens."""
        return self._hum.hummed

    def frame(self, pcm: bytes) -> None:
        """Take what was heard in the last 20 ms: `voiced` and `sounding` tell of it."""
        self.voiced = self._vad.voiced(pcm)
        self._hum.frame(pcm, self.voiced)
        self.sounding = self._vad.sounding

    def piece(self, pcm: bytes, *, listening: bool) -> Piece | None:
        """Return what the recogniser gets now of the audio up to this frame; see `Feeding`."""
        return self._feeding.frame(lowered(pcm) if self._vad.ours else pcm, listening=listening)

    def forget(self) -> None:
        """What came until now must not be recognised."""
        self._feeding.forget()


def lowered(pcm: bytes) -> bytes:
    """Return 16-bit samples 18 dB weaker: words of our own prompt are not the caller's."""
    return (np.frombuffer(pcm, "<i2") >> 3).tobytes()

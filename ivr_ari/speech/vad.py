"""
Does somebody speak in this frame: a quick detector asks, a slow one answers.

`WebrtcVad` costs 6 us a frame and knows within 50 ms that something sounds like a voice, and within 20 ms
that it has ended; but to it a cough and music are voices too. `SileroVad` tells those apart, costs twenty
times as much, and lags. So the slow one hears only what the quick one lets through, with what came just
before, and once it is sure it rests while the sound goes on.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .echo import Echo
from .silero_vad import WINDOW_MS, Samples, SileroVad
from .webrtc_vad import WebrtcVad

__all__ = ["HOLD_MS", "Vad"]

FRAME_MS = 20

BEFORE = 4 * WINDOW_MS // FRAME_MS + 1
"""Frames before a sound that the network is given: it is then as sure as one that had heard everything."""

SPEECH = 0.5
STILL_SPEECH = 0.3
"""Probability of speech above which a sound is a voice, and below which it is none any more."""

CERTAIN_PIECES = 3
"""So many likely pieces in a row, and the voice is believed for a while."""

LINGER_MS = 200
"""A gap this short between two sounds does not make the second a new one."""

REST_MS = 1000
"""For so long a voice is believed, if the sound goes on."""

SETTLED_PIECES = 8
"""When the network is asked again, its no counts from this piece on; the first four are from before."""

DISTRUST_MS = 300
TRUST_AGAIN_MS = 2000
"""
A sound of this length that is no voice (music, an engine) makes the next ones doubtful: until there was
none for the longer time, `sounding` waits for the network.
"""

HOLD_MS = 240
"""
In noise a voice is held for so long after its last sound. A pause seen where there is none ends a piece of
speech within a word, and the words beside the cut are lost.
"""

HOLD_FRAMES = 2
"""So many frames of voice in a row are held; one alone is often the crowd's."""


class Vad:
    """One caller's detector, at 8 or 16 kHz."""

    def __init__(self, rate_hz: int = 8000, echo: Echo | None = None) -> None:
        """With *echo* our own voice on the line is none, and does not make a cough over it one."""
        self.sounding = False
        """Whether the last frame may be a voice, decided 40 ms sooner: enough to lower our own."""

        self.ours = False
        """Whether the last frame is our own voice coming back."""

        self._rate_hz = rate_hz
        self._echo = echo
        self._silence = bytes(rate_hz // 1000 * FRAME_MS * 2)
        self._quick = WebrtcVad(rate_hz)
        self._slow: SileroVad | None = None
        self._before = deque([self._silence] * BEFORE, BEFORE)
        self._sure = False
        self._certain = False
        self._quiet_ms = LINGER_MS
        self._rest_ms = 0
        self._doubtful_ms = 0
        self._denied_ms = 0
        self._run = 0
        self._hold_ms = 0

    def voiced(self, frame: bytes) -> bool:
        """Tell whether *frame*, 20 ms of 16-bit little-endian mono, holds somebody's voice."""
        quick = self._quick.voiced(frame)
        self.ours = self._echo is not None and self._echo.is_ours(frame, quick)
        if self.ours:
            quick, frame = False, self._silence
        self._before.append(frame)
        self._quiet_ms = 0 if quick else self._quiet_ms + FRAME_MS
        if self._quiet_ms < LINGER_MS:
            self._ask(frame)
        else:
            self._slow, self._sure, self._certain = None, False, False
            self._rest_ms = self._denied_ms = 0
        voiced = self._held(quick and self._sure)
        self._doubt(quick)
        self.sounding = voiced or (quick and not self._doubtful_ms)
        return voiced

    def _held(self, voiced: bool) -> bool:
        """Return whether there is a voice, or in noise was one just now."""
        self._run = self._run + 1 if voiced else 0
        self._hold_ms = HOLD_MS if self._run >= HOLD_FRAMES else max(0, self._hold_ms - FRAME_MS)
        return voiced or (self._hold_ms > 0 and self._quick.noisy)

    def _ask(self, frame: bytes) -> None:
        """Have the network judge what sounds, unless it has just done so."""
        if self._rest_ms:
            self._rest_ms -= FRAME_MS
            return
        if self._slow is None:
            self._slow = SileroVad(self._rate_hz, samples_of(b"".join(self._before)))
        else:
            self._slow.hear(samples_of(frame))
        self._judge(self._slow)

    def _judge(self, slow: SileroVad) -> None:
        if slow.likely >= CERTAIN_PIECES:
            self._sure = self._certain = True
            self._slow, self._rest_ms = None, REST_MS
        elif slow.probability > SPEECH:
            self._sure = True
        elif slow.probability < STILL_SPEECH and (not self._certain or slow.pieces >= SETTLED_PIECES):
            self._sure = self._certain = False

    def _doubt(self, quick: bool) -> None:
        if self._sure:
            self._denied_ms = self._doubtful_ms = 0
            return
        self._denied_ms += FRAME_MS if quick else 0
        if self._denied_ms >= DISTRUST_MS:
            self._doubtful_ms = TRUST_AGAIN_MS
        elif not quick:
            self._doubtful_ms = max(0, self._doubtful_ms - FRAME_MS)


def samples_of(pcm: bytes) -> Samples:
    """Return 16-bit samples as those of 1.0 full scale."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)

"""
What is heard where no packet came: the voice a little longer, then the line's own noise.

A lost packet is filled with the last periods of the voice, which fade out within 60 ms, after the idea of
ITU-T G.711, Appendix I, but without its delay: the first good samples after the loss are blended, not held
back. Longer gaps (a telephone that sends nothing while its owner is silent, RFC 3389) are noise as loud as
the line's own, so that neither a recogniser nor a voice detector sees a step where nobody spoke.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from .codecs import Pcm

__all__ = ["FADED_MS", "Concealer", "comfort_noise"]

FADED_MS = 60
"""A voice that goes on longer without its owner becomes a buzz (G.711, Appendix I)."""

STEADY_MS = 10
"""It begins to fade after this."""

SHORTEST_MS, LONGEST_MS = 2.5, 15
"""Pitch periods looked for: voices from 400 to 66 Hz."""

COMPARED_MS = 15
"""How much of the past the period is found by."""

BLENDED_MS = 4
"""Over which the invented voice goes over into the real one."""

KEPT = 4
"""Pieces of the past that are remembered: of 10 ms each, enough to find a period in."""

LOUDEST_NOISE = 100.0
"""RMS, -50 dBFS: noise of our own never sounds like speech."""

FLOOR_RISE = 1.05
"""A look: the noise estimate falls at once and rises by 4 dB a second, slower than syllables come."""

LEAST_FLOOR = 1.0

Floats = NDArray[np.float32]

NOISE: Floats = np.random.default_rng(3389).standard_normal(32_000).astype(np.float32)
"""Two seconds of it, or four; nobody hears that it repeats, and no gap that is filled at once is as long."""


def comfort_noise(level: float, start: int, samples: int) -> Floats:
    """Return noise of RMS *level* from place *start* of an endless piece on."""
    begin = start % (NOISE.size - samples)
    return NOISE[begin : begin + samples] * np.float32(level)


class Concealer:
    """
    Follows one side's samples; when some are missing, says what to hear instead.

    Every good frame has to be shown to it (`good`), in order, and `missing` asked for every gap.
    """

    def __init__(self, rate_hz: int) -> None:
        self.floor = LEAST_FLOOR
        """RMS of the line's noise: the quietest frames of late."""

        self._per_ms = rate_hz // 1000
        self._past: deque[Pcm] = deque(maxlen=KEPT)
        self._voice: Floats | None = None
        self._gone = 0
        # Samples missing so far in this gap.
        self._place = 0
        self._looked = False

    def good(self, pcm: Pcm) -> Pcm:
        """Take samples that came; return them, blended with what was invented just before."""
        if self._gone:
            pcm = self._blend(pcm)
            self._gone, self._voice = 0, None
        self.keep(pcm)
        return pcm

    def keep(self, pcm: Pcm) -> None:
        """Take samples that came when none were missing before them."""
        self._past.append(pcm)

    def level(self, rms: float) -> None:
        """Note how loud a good frame was."""
        risen = self.floor * FLOOR_RISE if self._looked else rms
        self.floor = max(min(rms, risen), LEAST_FLOOR)
        self._looked = True

    def missing(self, samples: int) -> Pcm:
        """Return what to hear for the next *samples* that did not come."""
        out = self._invented(samples)
        self._gone += samples
        return np.clip(np.rint(out), -32768, 32767).astype(np.int16)

    def noise_level(self, rms: float) -> None:
        """The far side says itself how loud its silence is (RFC 3389)."""
        self.floor = max(rms, LEAST_FLOOR)
        self._looked = True

    def noise(self, samples: int) -> Pcm:
        """Return the line's own noise."""
        self._place += samples
        return np.rint(comfort_noise(min(self.floor, LOUDEST_NOISE), self._place, samples)).astype(np.int16)

    def _invented(self, samples: int) -> Floats:
        """The voice going on, fading into noise; used by the gap and by the blend at its end."""
        if self._voice is None:
            self._voice = self._continue() if self._gone == 0 else np.zeros(0, np.float32)
        level = min(self.floor, LOUDEST_NOISE)
        out = comfort_noise(level, self._place, samples)
        self._place += samples
        voice = self._voice[self._gone : self._gone + samples]
        out[: voice.size] += voice
        return out

    def _continue(self) -> Floats:
        """Return the next `FADED_MS` of voice as its last periods would have it."""
        past = np.concatenate(self._past).astype(np.float32) if self._past else np.zeros(0, np.float32)
        length = FADED_MS * self._per_ms
        if past.size < (COMPARED_MS + LONGEST_MS) * self._per_ms:
            return np.zeros(0, np.float32)
        period = self._period(past)
        # Several periods at a time: one alone, repeated, buzzes.
        count = -(-STEADY_MS * self._per_ms // period)
        piece = past[-count * period :].copy() if count * period < past.size else past[-period:].copy()
        joint = min(period // 4, past.size - piece.size)
        if joint:
            rising = np.linspace(0, 1, joint, dtype=np.float32)
            piece[-joint:] = piece[-joint:] * (1 - rising) + past[-piece.size - joint : -piece.size] * rising
        voice = np.resize(piece, length)
        steady = STEADY_MS * self._per_ms
        fading = np.linspace(1, 0, length - steady, dtype=np.float32)
        voice[steady:] *= fading
        return voice

    def _period(self, past: Floats) -> int:
        """Return the pitch period in samples, by normalised correlation."""
        compared = COMPARED_MS * self._per_ms
        shortest, longest = int(SHORTEST_MS * self._per_ms), LONGEST_MS * self._per_ms
        last = past[-compared:]
        span = past[-compared - longest : -shortest]
        products = np.correlate(span, last, "valid")[::-1]
        energy = np.convolve(span * span, np.ones(compared, np.float32), "valid")[::-1]
        alike = products / np.sqrt(energy + 1.0)
        return shortest + int(np.argmax(alike))

    def _blend(self, pcm: Pcm) -> Pcm:
        samples = min(BLENDED_MS * self._per_ms, pcm.size)
        invented = self._invented(samples)
        rising = np.linspace(0, 1, samples, dtype=np.float32)
        mixed = pcm.copy()
        mixed[:samples] = np.rint(pcm[:samples] * rising + invented * (1 - rising))
        return mixed

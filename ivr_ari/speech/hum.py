"""
Was a voice no more than a hum with closed lips: the "mhm" of a caller who listens.

A nasal has one strong resonance near 250 Hz and next to nothing above 700 Hz, while any word opens the mouth
for some frames. Of recorded callers one in forty begins with 300 ms like a hum, and those say "no": so a hum
is only a reason to doubt words, not to drop them.
"""

from __future__ import annotations

import numpy as np

__all__ = ["Hum"]

FRAME_MS = 20

OPEN = 0.1
"""Energy of the 8 kHz signal's first difference over its own: 0.04 at 250 Hz, 0.15 at 500 Hz."""

OPEN_FRAMES = 2
"""So many frames may sound open: the hum's onset, the breath in its middle."""

SHORTEST_MS, LONGEST_MS = 80, 600

GAP_MS = 300
"""After so long without voice a new one begins."""


class Hum:
    """What one caller's voice has been like since it last began."""

    def __init__(self, rate_hz: int = 8000) -> None:
        """*rate_hz* is 8000 or 16000."""
        self._every = rate_hz // 8000
        self._voiced_ms = self._quiet_ms = self._open = 0

    def frame(self, pcm: bytes, voiced: bool) -> None:
        """Take 20 ms (int16); only those that are *voiced* are looked at."""
        if not voiced:
            self._quiet_ms += FRAME_MS
            return
        if self._quiet_ms >= GAP_MS:
            self._voiced_ms = self._open = 0
        self._quiet_ms = 0
        self._voiced_ms += FRAME_MS
        if self._voiced_ms > LONGEST_MS:
            return  # it is none whatever comes
        samples = np.frombuffer(pcm, "<i2")[:: self._every].astype(np.float32)
        steps = samples[1:] - samples[:-1]
        self._open += float(np.dot(steps, steps)) > OPEN * float(np.dot(samples, samples))

    @property
    def hummed(self) -> bool:
        """Whether all of it was a hum, and as short as one that means nothing else."""
        return SHORTEST_MS <= self._voiced_ms <= LONGEST_MS and self._open <= OPEN_FRAMES

"""
Is what is heard our own prompt coming back from the line?

A line that reflects (a hybrid, a telephone's loudspeaker in a room) returns what was sent, weaker, 20 to
400 ms later and bent. Two things tell it from a caller. What a short filter makes of what was sent, at one
delay, explains most of its energy; this also finds the delay and how much weaker the echo is. And once
those are known, nothing that is louder than the echo can be is only echo: who speaks at the same time is
heard, for a caller is 15 dB and more above the echo of a usable line (ITU-T G.122).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .level import level_db

__all__ = ["Echo"]

Samples = npt.NDArray[np.float32]

FRAME_MS = 20
LATEST_MS = 400
"""The longest way out and back, jitter buffers of both sides included."""

WINDOW_MS = 80
"""Heard audio that is compared at once: shorter ones resemble any vowel of the same pitch."""

AUDIBLE_DB = -50.0
"""Level below which a sent frame cannot come back as a voice."""

TAPS_MS = (1, 2)
"""The filter's reach before and after the delay: a hybrid's echo is no longer, a room's is only begun."""

EXPLAINED = 0.6
"""Share of the heard energy that must be ours while nothing is known of the line."""

HINTED = 0.1
"""The same where level and delay are those of an echo that is known."""

ABOVE_ECHO_DB = 6.0
"""How much an echo may exceed what is expected of it."""

TAIL_MS = 140
"""For so long after the delay a room goes on."""

FINDS = 4
"""So many finds of one delay make the line's echo known."""

PROMISING = 0.2
"""Share explained by the delay alone below which no filter will explain enough."""

EAGER = 6
SPARING = 4
"""After so many searches in vain the delay is looked for only every so many frames, until it is quiet."""

SAME_MS = 3
"""Finds so near to each other are one delay."""


class Echo:
    """One call's echo; costs next to nothing while no prompt plays or nothing sounds."""

    def __init__(self, rate_hz: int = 8000) -> None:
        """*rate_hz* is 8000 or 16000, of both directions."""
        self._per_ms = rate_hz // 1000
        silence = bytes(2 * self._per_ms * FRAME_MS)
        self._silence = silence
        # Joined and made numbers of only when something sounds while we speak, which is rare.
        frames = (LATEST_MS + WINDOW_MS) // FRAME_MS
        self._sent: deque[bytes] = deque([silence] * frames, frames)
        self._levels: deque[float] = deque([-96.0] * (LATEST_MS // FRAME_MS), LATEST_MS // FRAME_MS)
        self._heard: deque[bytes] = deque([silence] * (WINDOW_MS // FRAME_MS), WINDOW_MS // FRAME_MS)
        self._sounding = 0
        self._finds: deque[tuple[int, float]] = deque(maxlen=3 * FINDS)
        self._vain = 0

    def sent(self, pcm: bytes) -> None:
        """Take the 20 ms (int16) that just left. Every 20 ms, in order."""
        self._levels.append(-96.0 if pcm == self._silence else level_db(pcm))
        self._sounding = (
            LATEST_MS // FRAME_MS if self._levels[-1] > AUDIBLE_DB else max(0, self._sounding - 1)
        )
        self._sent.append(pcm)

    def is_ours(self, pcm: bytes, sounding: bool) -> bool:
        """
        Take the next heard 20 ms (int16) and tell whether it is our own voice.

        Every frame in order; one that is not *sounding* is only remembered.
        """
        self._heard.append(pcm)
        if not sounding or not self._sounding:
            self._vain = max(0, self._vain - 1)
            return False
        level = level_db(pcm)
        heard, sent = sharpened(self._heard), sharpened(self._sent)
        return self._as_known(level, heard, sent) or self._found(level, heard, sent)

    def _as_known(self, level: float, heard: Samples, sent: Samples) -> bool:
        """Whether a frame of *level* dBFS is what the known echo makes of what was sent."""
        known = self._known()
        if known is None:
            return False
        delay, weaker_db = known
        above = level - self._sent_db(delay) - weaker_db
        if above > ABOVE_ECHO_DB:
            return False
        return above < 0 or self._explained(delay, heard, sent) > HINTED

    def _found(self, level: float, heard: Samples, sent: Samples) -> bool:
        self._vain += 1
        if self._vain > EAGER and self._vain % SPARING:
            return False
        delay, alike = delay_of(heard, sent)
        if alike < PROMISING or self._explained(delay, heard, sent) < EXPLAINED:
            return False
        self._vain = 0
        self._finds.append((delay, level - self._sent_db(delay)))
        return True

    def _known(self) -> tuple[int, float] | None:
        """Return delay (samples) and strength (dB) of the line's echo, once it was found often enough."""
        if len(self._finds) < FINDS:
            return None
        delay = sorted(delay for delay, _ in self._finds)[len(self._finds) // 2]
        same = [db for found, db in self._finds if abs(found - delay) <= SAME_MS * self._per_ms]
        return (delay, sorted(same)[len(same) // 2]) if len(same) >= FINDS else None

    def _sent_db(self, delay: int) -> float:
        """Return the loudest that was sent *delay* samples ago and in the tail before."""
        newest = min(delay // self._per_ms // FRAME_MS, len(self._levels) - 1)
        oldest = newest + TAIL_MS // FRAME_MS
        return max(list(self._levels)[max(0, len(self._levels) - 1 - oldest) : len(self._levels) - newest])

    def _explained(self, delay: int, heard: Samples, sent: Samples) -> float:
        """Return the share of the heard energy that a short filter makes of what was sent, 0 to 1."""
        before, after = (self._per_ms * ms for ms in TAPS_MS)
        end = sent.size - max(0, delay - before)
        start = max(0, end - heard.size - before - after)
        if end - start < heard.size:
            return 0.0
        # Copied: products of a view that overlaps itself are ten times as slow.
        shifted = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(sent[start:end], heard.size))
        own = float(np.dot(heard, heard)) + 1.0
        alike = shifted @ heard
        among = shifted @ shifted.T
        among.flat[:: len(among) + 1] += 1e-3 * among[0, 0] + 1.0
        return float(np.dot(alike, np.linalg.solve(among, alike))) / own


def delay_of(heard: Samples, sent: Samples) -> tuple[int, float]:
    """Return how many samples ago what was sent resembles most what is heard, and how much, 0 to 1."""
    size = sent.size + 1  # of even frames; where the transform wraps around is not looked at
    crossed = np.fft.irfft(np.fft.rfft(sent, size) * np.conj(np.fft.rfft(heard, size)), size)
    energy = np.concatenate((np.zeros(1), np.cumsum(sent * sent, dtype=np.float64)))
    local = energy[heard.size :] - energy[: -heard.size]
    alike = crossed[: local.size] ** 2 / (local + 1e6)
    best = int(np.argmax(alike))
    return local.size - 1 - best, float(alike[best]) / (float(np.dot(heard, heard)) + 1.0)


def sharpened(frames: Iterable[bytes]) -> Samples:
    """Return frames as one, the high end raised: without that everything low and loud resembles the rest."""
    samples = np.frombuffer(b"".join(frames), "<i2").astype(np.float32)
    return samples[1:] - np.float32(0.95) * samples[:-1]

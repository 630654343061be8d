"""
Is what is heard our own prompt coming back from the line?

A line that reflects (a hybrid, a telephone's loudspeaker) returns what was sent, weaker, 20 to 400 ms
later and a little bent. So a heard frame is ours if most of its energy is what a short filter makes of
what was sent at one delay. Someone who speaks at the same time adds energy that no filter of ours
explains: then the frame is theirs, whatever echo lies below.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Echo"]

Samples = npt.NDArray[np.float32]

FRAME_MS = 20
LATEST_MS = 400
"""The longest way out and back, jitter buffers of both sides included."""

WINDOW_MS = 80
"""Heard audio that is compared at once: shorter ones resemble any vowel of the same pitch."""

AUDIBLE = 100.0
"""Amplitude (-50 dBFS) below which a sent frame cannot come back as a voice."""

EXPLAINED = 0.5
"""Share of the heard energy that must be ours."""


class Echo:
    """One call's echo; costs next to nothing while no prompt plays or no voice is heard."""

    def __init__(self, rate_hz: int = 8000) -> None:
        """*rate_hz* is 8000 or 16000, of both directions."""
        self._frame = rate_hz // 1000 * FRAME_MS
        self._window = rate_hz // 1000 * WINDOW_MS
        self._sent = np.zeros(rate_hz // 1000 * LATEST_MS + self._window, np.float32)
        self._heard = np.zeros(self._window, np.float32)
        self._sounding = 0

    def sent(self, pcm: bytes) -> None:
        """Take the 20 ms (int16) that just left; b"" is silence. Every 20 ms, in order."""
        samples = np.frombuffer(pcm, "<i2") if pcm else np.zeros(self._frame, np.int16)
        loud = bool(pcm) and float(np.abs(samples).max()) > AUDIBLE
        self._sounding = len(self._sent) // self._frame if loud else max(0, self._sounding - 1)
        self._sent = np.concatenate((self._sent[self._frame :], samples.astype(np.float32)))

    def is_ours(self, pcm: bytes, voiced: bool) -> bool:
        """
        Take the next heard 20 ms (int16) and tell whether it is our own voice.

        Every frame in order; one that is not *voiced* is only remembered.
        """
        samples = np.frombuffer(pcm, "<i2").astype(np.float32)
        self._heard = np.concatenate((self._heard[self._frame :], samples))
        if not voiced or not self._sounding:
            return False
        return _resemblance(self._heard, self._sent) >= EXPLAINED


def _resemblance(heard: Samples, sent: Samples) -> float:
    """Return the share of *heard* explained by the piece of *sent* most like it, 0 to 1."""
    # Pre-emphasis: without it everything low and loud resembles everything else.
    heard, sent = heard[1:] - 0.95 * heard[:-1], sent[1:] - 0.95 * sent[:-1]
    size = 1 << (len(sent) + len(heard)).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(sent, size) * np.conj(np.fft.rfft(heard, size)), size)
    lags = len(sent) - len(heard) + 1
    energy = np.concatenate(([0.0], np.cumsum(sent.astype(np.float64) ** 2)))
    local = energy[len(heard) :] - energy[: -len(heard)]
    own = float(np.dot(heard, heard))
    return float(np.max(crossed[:lags] ** 2 / (local * own + 1e6)))

"""
Between 8 and 16 kHz, 20 ms at a time, with 2 ms of delay.

Whole prompts are resampled by soxr; its streams hold back up to 100 ms (measured, soxr 1.1.0), which a call
can't wait for. For a factor of two a half-band filter does it: windowed sinc, flat to 3.4 kHz, what would
fold over is 60 dB down from 4.6 kHz on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .codecs import Pcm

__all__ = ["Doubler", "Halver"]

TAPS = 63
"""Odd, so that the delay is whole samples: 31 of 16 kHz."""

KAISER_BETA = 5.7

FILTER: NDArray[np.float32] = (
    np.sinc((np.arange(TAPS) - TAPS // 2) / 2) / 2 * np.kaiser(TAPS, KAISER_BETA)
).astype(np.float32)


class Halver:
    """16 kHz to 8 kHz; keeps the end of each piece for the next one."""

    def __init__(self) -> None:
        self._past: NDArray[np.float32] = np.zeros(TAPS - 1, np.float32)

    def __call__(self, pcm: Pcm) -> Pcm:
        """Return half as many samples; *pcm* has an even number."""
        samples = np.concatenate((self._past, pcm.astype(np.float32)))
        self._past = samples[-(TAPS - 1) :]
        return rounded(np.convolve(samples, FILTER, "valid")[::2])


class Doubler:
    """8 kHz to 16 kHz."""

    def __init__(self) -> None:
        self._past: NDArray[np.float32] = np.zeros(TAPS - 1, np.float32)

    def __call__(self, pcm: Pcm) -> Pcm:
        """Return twice as many samples."""
        spread = np.zeros(2 * pcm.size, np.float32)
        spread[::2] = 2.0 * pcm
        samples = np.concatenate((self._past, spread))
        self._past = samples[-(TAPS - 1) :]
        return rounded(np.convolve(samples, FILTER, "valid"))


def rounded(samples: NDArray[np.float32]) -> Pcm:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)

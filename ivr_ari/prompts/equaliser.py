"""
The equaliser for 8 kHz: less of what a telephone can't carry, more of what makes consonants clear.

A telephone carries 300 to 3400 Hz (ITU-T G.712). What a voice has below only takes room from the rest,
and what it has above, where consonants differ, is lost; a lift of the upper band makes up for some of that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from .resample import Samples

__all__ = ["RATE_HZ", "Equaliser", "response_db"]

RATE_HZ = 8000

LOWEST_HZ, LOWEST_ORDER = 180.0, 4
"""Below, 24 dB an octave are taken away."""

LIFT_DB, LIFT_HZ = 3.0, 1800.0
"""
Added above, half of it there.

Measured at one loudness, 5 dB over pink noise: the speech intelligibility index (ANSI S3.5) is 0.542 without
an equaliser, 0.549 with the high-pass alone, 0.569 with this lift and 0.586 with twice as much, which sounds
thin; DNSMOS stays within 0.05.
"""

TAPS = 128
"""16 ms."""

POINTS = 4096


class Equaliser:
    """
    Filters audio at 8 kHz as it goes by, as long as it was and without delay.

    Each sample depends on itself and TAPS - 1 before it alone, so pieces don't matter.
    """

    def __init__(self) -> None:
        self.before: Samples = np.zeros(TAPS - 1, np.float32)

    def feed(self, audio: Samples) -> Samples:
        """Return the same number of samples, filtered."""
        if not len(audio):
            return audio
        known = np.concatenate([self.before, audio])
        self.before = known[-(TAPS - 1) :]
        filtered: Samples = np.einsum("nt,t->n", sliding_window_view(known, TAPS), _taps())
        return filtered


def response_db(hz: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
    """Return what the equaliser is meant to do at these frequencies."""
    hz = np.maximum(hz, 1.0)
    high_pass = -10.0 * np.log10(1.0 + (LOWEST_HZ / hz) ** (2 * LOWEST_ORDER))
    found: npt.NDArray[np.floating[Any]] = high_pass + LIFT_DB / (1.0 + (LIFT_HZ / hz) ** 4)
    return found


@lru_cache(maxsize=1)
def _taps() -> Samples:
    """
    Return the filter, its newest sample last.

    Of all filters with this response it is the one of minimum phase, which has no delay: the logarithm of the
    response, folded to one side of its cepstrum (Oppenheim and Schafer, section 13.5).
    """
    wanted = np.maximum(response_db(np.fft.rfftfreq(POINTS, 1.0 / RATE_HZ)), -60.0)
    cepstrum = np.fft.irfft(wanted * np.log(10.0) / 20.0)
    fold = np.zeros(POINTS)
    fold[[0, POINTS // 2]] = 1.0
    fold[1 : POINTS // 2] = 2.0
    taps = np.fft.irfft(np.exp(np.fft.rfft(cepstrum * fold)))[:TAPS]
    fade = TAPS // 4
    taps[-fade:] *= 0.5 + 0.5 * np.cos(np.linspace(0.0, np.pi, fade))
    return np.ascontiguousarray(taps[::-1], np.float32)

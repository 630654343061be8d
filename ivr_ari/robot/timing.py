"""
When did speech end, when did the answer begin: the two ends of a turn, found by level alone.

Levels are RMS in dB below full scale (a square wave at full scale has 0 dBFS). Times are seconds on the
clock that stamped the packets.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..media.g711 import SAMPLE_RATE, Pcm

__all__ = ["LOUD_DBFS", "Sounding", "first_audio_after", "last_voiced", "level_dbfs", "percentile"]

LOUD_DBFS = -45.0
"""Above this a packet is heard as sound, below it is line noise."""

SILENCE_DBFS = -120.0
"""What digital silence is called, whose level has no logarithm."""

WINDOWS_A_SECOND = 200
"""The end of speech is looked for in pieces of 5 ms."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """How loud one packet was, and when it came."""

    at: float
    """Seconds, when the packet arrived."""

    level: float
    """dBFS."""


def level_dbfs(pcm: Pcm) -> float:
    """Return the RMS level of some samples."""
    if not pcm.size:
        return SILENCE_DBFS
    power = float(np.mean(np.square(pcm.astype(np.float64))))
    return max(SILENCE_DBFS, 10 * math.log10(power / 32768**2)) if power else SILENCE_DBFS


def last_voiced(pcm: Pcm, threshold_dbfs: float = LOUD_DBFS, rate_hz: int = SAMPLE_RATE) -> int:
    """Return the index after the last 5 ms louder than the threshold; 0 if none are."""
    window = rate_hz // WINDOWS_A_SECOND
    for end in range(pcm.size, 0, -window):
        if level_dbfs(pcm[max(0, end - window) : end]) > threshold_dbfs:
            return end
    return 0


def first_audio_after(
    heard: Iterable[Sounding], after: float, *, threshold_dbfs: float = LOUD_DBFS, quiet_ms: float = 200
) -> float | None:
    """
    Return when the first loud packet of an answer came, None if it did not.

    A prompt that was still playing at *after* is no answer: before the loud packet there must have been
    *quiet_ms* without a loud one, wherever that silence began.
    """
    last_loud = -math.inf
    for sound in heard:
        if sound.level <= threshold_dbfs:
            continue
        if sound.at > after and (sound.at - last_loud) * 1000 >= quiet_ms:
            return sound.at
        last_loud = sound.at
    return None


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which *share* (0 to 1) of all lie, by nearest rank; NaN if there is none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan

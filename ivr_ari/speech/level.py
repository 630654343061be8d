"""How loud 20 ms are."""

from __future__ import annotations

import math

import numpy as np

__all__ = ["level_db"]


def level_db(frame: bytes) -> float:
    """Return the level of 16-bit samples in dB below full scale; -96 for digital silence."""
    samples = np.frombuffer(frame, "<i2").astype(np.float32)
    power = float(np.dot(samples, samples)) / (samples.size * 32768.0**2)
    return 10 * math.log10(power + 2.5e-10)

"""Sounds with a pitch, for tests of melody."""

from __future__ import annotations

import numpy as np

from ivr_ari.prompts.vits_model import Floats

__all__ = ["RATE_HZ", "buzz"]

RATE_HZ = 22050


def buzz(begin_hz: float, end_hz: float, ms: int) -> Floats:
    """Return a voice's buzz that glides, with pulses like those of vocal folds (-1..1)."""
    hz = np.linspace(begin_hz, end_hz, ms * RATE_HZ // 1000)
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    wave: Floats = np.sum([np.cos(number * phase) / number for number in range(1, 12)], axis=0) / 10
    return wave.astype(np.float32)

"""
How loud speech is heard: integrated loudness after EBU R128 (ITU-R BS.1770-4), in LUFS.

The weighting (a lift of the treble, a cut of the bass) and the gate that leaves pauses out are those of the
package ``loudness``.
"""

from __future__ import annotations

import math

import loudness
import numpy as np

from .resample import Samples

__all__ = ["SHORTEST_MS", "loudness_lufs"]

SHORTEST_MS = 400
"""The standard's smallest measure; what is shorter is measured as if it went on and on."""

ENOUGH_MS = 1200
"""How long a short one is made for that."""

SILENT_LUFS = -70.0
"""The standard's absolute gate: nothing lower is measured."""


def loudness_lufs(samples: Samples, rate_hz: int) -> float:
    """
    Return the integrated loudness of *samples*; -70 for silence.

    A full-scale sine of 1 kHz has -3 LUFS, EBU's programmes -23, the prompts that come with a PBX some -19.
    """
    if not len(samples):
        return SILENT_LUFS
    ms = 1000 * len(samples) / rate_hz
    if ms < SHORTEST_MS:
        samples = np.tile(samples, math.ceil(ENOUGH_MS / ms))
    measured = float(loudness.integrated_loudness(np.ascontiguousarray(samples, np.float32), rate_hz))
    return max(measured, SILENT_LUFS)

"""Sounds that are not speech: a beep to measure by, and something soft to wait with."""

from __future__ import annotations

import math

import numpy as np

from .voice import Pcm

__all__ = ["beep", "silence", "thinking"]

EDGE_MS = 5
"""Fade at a tone's ends; a tone that starts at full level clicks."""


def silence(ms: int, rate: int = 8000) -> Pcm:
    """Return *ms* of nothing at *rate* Hz."""
    return np.zeros(ms * rate // 1000, np.int16)


def beep(hz: float, ms: int, rate: int = 8000, *, dbfs: float = -12.0) -> Pcm:
    """Return a sine of *hz* for *ms* at *rate* Hz; *dbfs* is its peak against full scale."""
    count = ms * rate // 1000
    wave = np.sin(2.0 * math.pi * hz * np.arange(count) / rate)
    edge = min(EDGE_MS * rate // 1000, count // 2)
    if edge:
        # raised cosine: no step in level or slope
        ramp = 0.5 - 0.5 * np.cos(math.pi * np.arange(edge) / edge)
        wave[:edge] *= ramp
        wave[-edge:] *= ramp[::-1]
    peak = 32767.0 * 10.0 ** (dbfs / 20.0)
    tone: Pcm = np.round(wave * peak).astype(np.int16)
    return tone


def thinking(ms: int, rate: int = 8000) -> Pcm:
    """
    Return a soft double tap every 1.2 s, for the time a backend needs.

    At -30 dBFS and low in pitch: heard in a pause, masked by a caller who speaks, and no tone that a
    telephone network means something by (ITU-T E.180 uses 300-500 Hz for 250 ms and more).
    """
    bar = np.concatenate([beep(620, 30, rate, dbfs=-30), silence(70, rate), beep(780, 40, rate, dbfs=-30)])
    bar = np.concatenate([bar, silence(1200 - len(bar) * 1000 // rate, rate)])
    count = ms * rate // 1000
    repeats = -(-count // len(bar)) if count else 0
    return np.tile(bar, repeats)[:count] if repeats else np.zeros(0, np.int16)

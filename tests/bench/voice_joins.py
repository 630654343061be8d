"""What can be heard where audio is joined: clicks, and steps of the level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ivr_ari.prompts.voice import Pcm

__all__ = ["CLICK", "click", "level_db", "roughest"]

CLICK = 3.0
"""A bend so many times sharper than those around it is heard as a click (a cut sentence has 5 and more)."""

NEAR_MS, AROUND_MS = 1, 40
FLOOR = 60.0
"""Sharpness (in steps of 16 bit) that nobody hears, -55 dBFS; nothing is measured against less."""


def click(audio: Pcm, at: int, rate_hz: int = 8000) -> float:
    """Return how much sharper *audio* bends within 1 ms of sample *at* than within 40 ms around."""
    return float(_sharpness(audio, np.array([at]), rate_hz)[0])


def roughest(audio: Pcm, begin: int, end: int, rate_hz: int = 8000) -> float:
    """Return the largest `click` of the samples *begin* to *end*."""
    places = np.arange(max(0, begin), min(len(audio), end), max(1, rate_hz // 1000))
    return float(_sharpness(audio, places, rate_hz).max()) if len(places) else 0.0


def level_db(audio: Pcm, begin: int, end: int) -> float:
    """Return the level of these samples against full scale."""
    part = audio[max(0, begin) : max(0, end)].astype(np.float64) / 32768.0
    return float(10.0 * np.log10(max(np.square(part).mean() if len(part) else 0.0, 1e-10)))


def _sharpness(audio: Pcm, places: npt.NDArray[np.int_], rate_hz: int) -> npt.NDArray[np.float64]:
    near, around = NEAR_MS * rate_hz // 1000, AROUND_MS * rate_hz // 1000
    bends = np.abs(np.diff(audio.astype(np.float64), 2, prepend=0.0, append=0.0))
    padded = np.pad(bends, around)
    found = []
    for place in places + around:
        beside = np.concatenate(
            [padded[place - around : place - near], padded[place + near : place + around]]
        )
        sharpest = padded[place - near : place + near + 1].max()
        found.append(sharpest / max(float(np.quantile(beside, 0.98)), FLOOR))
    return np.array(found)

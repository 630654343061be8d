"""The periods of a voice: how high it speaks, and where each of its periods has its peak."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np
import numpy.typing as npt

__all__ = ["STEP_MS", "Curve", "Floats", "peaks", "pitches"]

Floats = npt.NDArray[np.float32]
Curve = npt.NDArray[np.float64]

STEP_MS, FRAME_MS = 5, 40
"""How often the pitch is told, and from how much sound."""

LOWEST_HZ, HIGHEST_HZ = 55.0, 400.0
"""Pitches of voices that speak."""

LAGS = 90
"""Periods that are tried, evenly spread by ear: 2.3 % from one to the next; peaks are then found exactly."""

COARSE_HZ = 11000
"""A pitch is heard as well at this rate, and found four times as soon."""

VOICED = 0.5
"""Of the correlation with the period before; less is noise."""

QUIET_DB = -26.0
"""Against the loudest of all; what is below has no pitch that matters."""

SHORT = 0.03
"""What each octave of a longer period costs: two periods are as alike as one."""

JUMP, DEAREST = 1.2, 1.5
"""What a jump by an octave costs from one step to the next, and the most that any costs."""

STRAY = 0.2
"""How far a period's length may be from the one told, as a share of it."""


def pitches(audio: Floats, rate_hz: int) -> tuple[Curve, Curve]:
    """
    Return the pitch every 5 ms in Hz, 0 where there is none, and the level there in dB of full scale.

    The best path (Viterbi) through autocorrelations, each set right for its window (Boersma, 1993).
    """
    thin = max(1, rate_hz // COARSE_HZ)
    coarse = audio[: len(audio) // thin * thin].reshape(-1, thin).mean(axis=1, dtype=np.float64)
    rate, size = rate_hz / thin, FRAME_MS * rate_hz // thin // 1000
    lags = np.unique(np.geomspace(rate / HIGHEST_HZ, rate / LOWEST_HZ, LAGS).round().astype(np.int64))
    begins = np.arange(0, len(audio) + 1, STEP_MS * rate_hz // 1000) // thin
    padded = np.pad(coarse, (size // 2, size))
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[begins]
    level_db = 10.0 * np.log10(np.square(frames).mean(axis=1) + 1e-12)
    window = np.hanning(size)
    found = _correlations((frames - frames.mean(axis=1, keepdims=True)) * window)
    usual = _correlations(window[None])[0]
    alike = found[:, lags] / (found[:, :1] + 1e-9) * (usual[0] / usual[lags])
    path = _path(alike - SHORT * np.log2(lags / lags[0]), np.log2(lags))
    voiced = (alike[np.arange(len(path)), path] > VOICED) & (level_db > level_db.max() + QUIET_DB)
    return np.where(voiced, rate / lags[path], 0.0), level_db


def _correlations(frames: Curve) -> Curve:
    width = 1 << (2 * frames.shape[1] - 1).bit_length()
    return np.fft.irfft(np.square(np.abs(np.fft.rfft(frames, width))))


def _path(alike: Curve, octaves: Curve) -> npt.NDArray[np.int64]:
    """Return which lag each step has on the best path."""
    cost = np.minimum(JUMP * np.abs(octaves[:, None] - octaves[None, :]), DEAREST)
    total, came = alike[0], []
    for step in alike[1:]:
        ways = total[:, None] - cost
        came.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + step
    path = [int(total.argmax())]
    for before in reversed(came):
        path.append(int(before[path[-1]]))
    return np.array(path[::-1])


def peaks(audio: Curve, found: Curve, first: int, last: int, rate_hz: int) -> npt.NDArray[np.int64]:
    """Return the peaks of the periods in steps *first* to *last* of what `pitches` *found*, one a period."""
    hop = STEP_MS * rate_hz // 1000
    low, high = max(0, (first - 1) * hop), min(len(audio), (last + 2) * hop)
    steps = np.flatnonzero(found)
    periods = np.interp(np.arange(len(found)), steps, rate_hz / found[steps])
    inside = int(periods.max() / 2) + 1
    part = audio[max(low, inside) : min(high, len(audio) - inside)]
    if not len(part):
        return np.zeros(0, np.int64)
    start = max(low, inside) + int(np.argmax(part if part.max() > -part.min() else -part))
    before = takewhile(lambda at: at >= low, _walked(audio, start, -1, periods, hop))
    after = takewhile(lambda at: at <= high, _walked(audio, start, 1, periods, hop))
    return np.array([*reversed([*before]), start, *after], np.int64)


def _walked(audio: Curve, at: int, way: int, periods: Curve, hop: int) -> Iterator[int]:
    """Yield the same place in the periods before or after that at *at*: where they are most alike."""
    while True:
        period = float(periods[min(at // hop, len(periods) - 1)])
        half, reach = int(period / 2), max(1, int(period * STRAY))
        aim = at + way * round(period)
        if min(at, aim - reach) < half or max(at, aim + reach) + half > len(audio):
            return
        views = np.lib.stride_tricks.sliding_window_view(
            audio[aim - reach - half : aim + reach + half], 2 * half
        )
        alike = views @ audio[at - half : at + half] / np.sqrt(np.square(views).sum(axis=1) + 1e-9)
        at = aim - reach + int(np.argmax(alike))
        yield at

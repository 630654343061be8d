"""The melody of speech: its pitch, and how it moves at a sentence's end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["final_rise", "pitches"]

LOWEST_HZ, HIGHEST_HZ = 60.0, 350.0
FRAME_MS, STEP_MS = 40, 10
VOICED = 0.55
"""Of the autocorrelation at a period; less is noise."""

LAST_MS, BEFORE_MS = 180, 500
"""What counts as a sentence's end, and what it is compared with, in ms of voiced sound."""


def pitches(audio: npt.NDArray[np.int16], rate_hz: int) -> npt.NDArray[np.float64]:
    """Return the pitch each 10 ms in Hz, nan where there is none (autocorrelation, Boersma 1993)."""
    size, step = FRAME_MS * rate_hz // 1000, STEP_MS * rate_hz // 1000
    shortest, longest = int(rate_hz / HIGHEST_HZ), int(rate_hz / LOWEST_HZ)
    window = np.hanning(size)
    of_window = _correlation(window)[: longest + 2]
    samples = audio.astype(np.float64) / 32768.0
    found = []
    for at in range(0, len(samples) - size, step):
        frame = samples[at : at + size]
        frame = (frame - frame.mean()) * window
        if np.square(frame).mean() < 1e-6:
            found.append(np.nan)
            continue
        likeness = _correlation(frame)[: longest + 2] / of_window
        # a period twice as long is as alike: the shortest good one is meant
        part = likeness[shortest:longest] - 0.02 * np.log2(np.arange(shortest, longest) / shortest)
        best = int(np.argmax(part)) + shortest
        found.append(rate_hz / best if likeness[best] > VOICED else np.nan)
    return np.array(found)


def final_rise(audio: npt.NDArray[np.int16], rate_hz: int) -> float:
    """Return by how many semitones the last voiced 180 ms lie above those before; nan if too short."""
    voiced = pitches(audio, rate_hz)
    voiced = voiced[~np.isnan(voiced)]
    last, before = LAST_MS // STEP_MS, BEFORE_MS // STEP_MS
    if len(voiced) < last + 10:
        return float("nan")
    end, earlier = voiced[-last:], voiced[-last - before : -last]
    return float(12.0 * np.log2(np.quantile(end, 0.8) / np.median(earlier)))


def _correlation(frame: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spectrum = np.fft.rfft(frame, 2 * len(frame))
    likeness = np.fft.irfft(np.square(np.abs(spectrum)))[: len(frame)]
    scaled: npt.NDArray[np.float64] = likeness / max(likeness[0], 1e-12)
    return scaled

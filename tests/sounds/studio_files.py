"""WAV files as a studio may deliver them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

__all__ = ["delivered", "voice_like"]


def voice_like(seconds: float, rate_hz: int, peak: float = 0.3) -> npt.NDArray[np.float64]:
    """Return a tone of 300 Hz that swells four times a second, as speech does."""
    moments = np.arange(round(seconds * rate_hz)) / rate_hz
    swelling = 0.55 - 0.45 * np.cos(2 * np.pi * 4 * moments)
    return np.asarray(peak * swelling * np.sin(2 * np.pi * 300 * moments))


def delivered(
    path: Path,
    samples: npt.NDArray[np.float64] | None = None,
    rate_hz: int = 48000,
    subtype: str = "PCM_24",
) -> Path:
    """Write a WAV file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, voice_like(1.0, rate_hz) if samples is None else samples, rate_hz, subtype)
    return path

"""A studio's WAV file as the audio of a prompt: one channel, levelled like every other prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from ..errors import SetupError
from ..prompts.cache import RATES_HZ
from ..prompts.level import finished

__all__ = ["Studio", "read_studio"]

LOWEST_HZ = 8000
SHORTEST_S = 0.1
SILENT = 10 ** (-50 / 20)
"""Largest sample of a file with nothing on it, -50 dBFS."""

FULL = 32766 / 32768
CLIPPED_RUN = 4
"""So many samples at full scale in a row are no peak but a flattened one."""


@dataclass(frozen=True, slots=True)
class Studio:
    """A recording, ready to be played."""

    audio: Mapping[int, bytes]
    """16-bit little-endian mono by its rate, levelled, edges trimmed."""

    clipped: bool
    """It was recorded too loud."""

    narrow: bool
    """Below 16 kHz: callers with a wideband telephone will hear it duller than the voice."""


def read_studio(path: Path) -> Studio:
    """
    Read a WAV file of 8 kHz or more, any width; several channels are mixed.

    SetupError ``recording.unusable`` with what is wrong as its hint.
    """
    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as exc:
        raise _unusable(path, "can't be read; expected a WAV file, PCM") from exc
    if rate_hz < LOWEST_HZ:
        raise _unusable(path, f"{rate_hz} Hz is too low; deliver 16 kHz or more")
    mono: npt.NDArray[np.float32] = samples.mean(axis=1)
    if len(mono) < SHORTEST_S * rate_hz:
        raise _unusable(path, "shorter than 0.1 s")
    if float(np.abs(mono).max()) < SILENT:
        raise _unusable(path, "nothing on it but silence")
    pcm = np.round(np.clip(mono, -1.0, 1.0) * 32767).astype(np.int16)
    audio = {rate: finished(pcm, rate_hz, rate)[0].astype("<i2").tobytes() for rate in RATES_HZ}
    return Studio(audio, _clipped(samples), rate_hz < max(RATES_HZ))


def _clipped(samples: npt.NDArray[np.float32]) -> bool:
    full = np.abs(samples) >= FULL
    runs = np.lib.stride_tricks.sliding_window_view(full, CLIPPED_RUN, axis=0)
    return bool(runs.all(axis=-1).any())


def _unusable(path: Path, why: str) -> SetupError:
    return SetupError("recording.unusable", file=str(path), hint=why)

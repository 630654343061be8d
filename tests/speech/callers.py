"""Recorded callers as a telephone line carries them: 8 kHz, through G.711, with a little noise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from ivr_ari.media.g711 import PCMU

FOLDER = Path(__file__).parents[1] / "data" / "callers"
FRAME_BYTES = 320
Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Clip:
    """One sentence of one caller."""

    file: str
    text: str
    pauses: int
    """Pauses inside that somebody put there."""


def clips(*names: str) -> list[Clip]:
    """The clips whose files begin with one of *names*."""
    lines = (FOLDER / "manifest.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    return [
        Clip(entry["file"], entry["text"], len(entry.get("pauses_ms") or ()))
        for entry in entries
        if entry["file"].startswith(names)
    ]


def noise(ms: int, db: float = -65.0) -> Pcm:
    """White noise, the same each time."""
    samples = np.random.default_rng(7).standard_normal(ms * 8) * 32768 * 10 ** (db / 20)
    return samples.astype(np.int16)


def line(*pieces: Clip | int, db: float = -65.0) -> bytes:
    """Clips and silences (ms) one after the other over a line with noise at *db* dBFS."""
    audio = np.concatenate([_samples(piece) for piece in pieces]).astype(np.int32)
    audio += noise(len(audio) // 8 + 1, db)[: len(audio)]
    pcm = np.clip(audio, -32768, 32767).astype(np.int16)
    return PCMU.decode(PCMU.encode(pcm)).astype("<i2").tobytes()


def frames(audio: bytes) -> Iterator[bytes]:
    """Whole 20 ms frames."""
    for begin in range(0, len(audio) - FRAME_BYTES + 1, FRAME_BYTES):
        yield audio[begin : begin + FRAME_BYTES]


def duration_ms(clip: Clip) -> int:
    return len(_samples(clip)) // 8


def sound_ms(clip: Clip) -> tuple[int, int]:
    """Where the first and the last 10 ms above -45 dBFS of a clip begin and end."""
    samples = _samples(clip).astype(np.float64)
    levels = np.sqrt(np.mean(samples[: len(samples) // 80 * 80].reshape(-1, 80) ** 2, axis=1))
    loud = np.flatnonzero(levels > 32768 * 10 ** (-45 / 20))
    return int(loud[0]) * 10, int(loud[-1]) * 10 + 10


def _samples(piece: Clip | int) -> Pcm:
    if isinstance(piece, int):
        return np.zeros(piece * 8, np.int16)
    samples: Pcm = soundfile.read(FOLDER / piece.file, dtype="int16")[0]
    return samples

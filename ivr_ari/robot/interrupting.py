"""
What became of a prompt that somebody spoke into: when it got quieter and silent, where it came back.

The same prompt, heard whole before, is the measure: a packet counts as 15 dB down if it is that much weaker
than the same piece of the whole one, so that the prompt's own pauses are not taken for obedience.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..media.codecs import SAMPLE_RATE, Pcm
from ..media.rtp import FRAME_MS
from .ear import Sound
from .timing import LOUD_DBFS, level_dbfs

__all__ = ["DOWN_DB", "Followed", "Place", "find", "follow"]

DOWN_DB = 15.0

SILENT_DB = 40.0
"""So much weaker than it should be is gone: below that is what a codec makes of nothing."""

STEADY = 5
"""Judged packets for which it must last: 100 ms."""

FRAME = SAMPLE_RATE * FRAME_MS // 1000

SURE = 0.6
"""Correlation from which a piece is the same piece of the same prompt."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a whole prompt a piece of it lies."""

    at: int
    """Samples from the beginning."""

    alike: float
    """1 for the very same samples."""

    @property
    def ms(self) -> int:
        return self.at * 1000 // SAMPLE_RATE


def find(whole: Pcm, piece: Pcm) -> Place | None:
    """Return where in *whole* (8 kHz) *piece* is most likely from, None if it is something else."""
    size = 1 << (whole.size + piece.size).bit_length()
    one, other = whole.astype(np.float64), piece.astype(np.float64)
    crossed = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    energy = np.concatenate(([0.0], np.cumsum(one * one)))
    local = energy[other.size :] - energy[: -other.size]
    if not local.size or not other.any():
        return None
    alike = crossed[: local.size] / np.sqrt((local + 1.0) * float(other @ other))
    best = int(np.argmax(alike))
    return Place(best, float(alike[best])) if alike[best] >= SURE else None


@dataclass(frozen=True, slots=True)
class Followed:
    """A prompt packet by packet, as it was heard beside how it should be."""

    at: tuple[float, ...]
    """Seconds, when each packet came."""

    weaker_db: tuple[float | None, ...]
    """How much weaker than it should be; None where it should be silent."""

    def down_at(self, after: float, by_db: float = DOWN_DB) -> float | None:
        """Return from when on it was that much weaker for 100 ms of it, seconds, None if it never was."""
        heard = [(at, db) for at, db in zip(self.at, self.weaker_db, strict=True) if at >= after]
        since: float | None = None
        steady = 0
        for at, db in heard:
            if db is not None and db < by_db:
                since, steady = None, 0
                continue
            # A pause of its own is as quiet as could be wished, if it is not loud again after it.
            since = at if since is None else since
            steady += db is not None
            if steady == STEADY:
                return since
        return None

    def silent_at(self, after: float) -> float | None:
        """Return from when on it was silent, seconds, None if it never was."""
        return self.down_at(after, SILENT_DB)


def follow(whole: Pcm, heard: Sequence[Sound], begins: int = 0) -> Followed:
    """Compare packets of 20 ms with a *whole* prompt of which the first packet is at sample *begins*."""
    weaker: list[float | None] = []
    for number, sound in enumerate(heard):
        start = begins + number * FRAME
        should = level_dbfs(whole[start : start + FRAME])
        weaker.append(should - max(sound.level, -90.0) if should > LOUD_DBFS else None)
    return Followed(tuple(sound.at for sound in heard), tuple(weaker))

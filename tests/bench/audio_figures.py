"""Figures of the bench of hearing: word errors, values, cut-offs, and whether a difference is by chance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jiwer
import numpy as np
import numpy.typing as npt

__all__ = ["Errors", "count_errors", "interval", "paired", "percentile", "share"]

Counts = npt.NDArray[np.int64]

RESAMPLES = 2000
SEED = 1


@dataclass(frozen=True, slots=True)
class Errors:
    """Word errors of one utterance against its *words* words."""

    substituted: int
    deleted: int
    inserted: int
    words: int

    @property
    def all(self) -> int:
        return self.substituted + self.deleted + self.inserted


def count_errors(said: str, heard: str) -> Errors:
    """Return the fewest errors that turn *said* into *heard*."""
    found = jiwer.process_words(said, heard)
    return Errors(found.substitutions, found.deletions, found.insertions, len(said.split()))


def share(part: float, whole: float) -> float:
    """Return *part* of *whole*, 0 of nothing."""
    return part / whole if whole else 0.0


def percentile(values: Iterable[float], portion: float) -> float:
    """Return the value that *portion* of the values do not exceed (nearest rank); 0 of none."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(portion * len(ranked)) - 1)] if ranked else 0.0


def interval(errors: Sequence[int], words: Sequence[int]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a rate: *errors* in *words*, utterance by utterance."""
    return _bounds(np.array(errors), np.array(words))


def paired(ours: Sequence[int], theirs: Sequence[int], words: Sequence[int]) -> tuple[float, float]:
    """
    Return the 95 % interval of how much higher our rate is, on the same utterances (paired bootstrap).

    Ours is significantly worse where the whole interval lies above 0, better where it lies below.
    """
    return _bounds(np.array(ours) - np.array(theirs), np.array(words))


def _bounds(errors: Counts, words: Counts) -> tuple[float, float]:
    if not len(errors):
        return 0.0, 0.0
    draw = np.random.default_rng(SEED).integers(0, len(errors), (RESAMPLES, len(errors)))
    rates = errors[draw].sum(axis=1) / words[draw].sum(axis=1)
    low, high = np.percentile(rates, (2.5, 97.5))
    return float(low), float(high)

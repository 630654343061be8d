"""The arithmetic of the understanding benchmark, without any model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Bin",
    "calibration_error",
    "micro_f1",
    "percentile",
    "reliability",
    "threshold_for",
    "turned_away",
]

BINS = 10


@dataclass(frozen=True)
class Bin:
    """One row of a reliability table."""

    confidence: float
    """The mean of the confidences in it."""

    right: float
    """The share that was right."""

    count: int


def micro_f1(given: Iterable[frozenset[str]], wanted: Iterable[frozenset[str]]) -> float:
    """F1 over all (sentence, label) pairs: twice the common ones by the sum of both."""
    common = total = 0
    for ours, theirs in zip(given, wanted, strict=True):
        common += len(ours & theirs)
        total += len(ours) + len(theirs)
    return 2 * common / total if total else 1.0


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Return the bins of a tenth of confidence each that are not empty."""
    sure, correct = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        Bin(float(sure[here].mean()), float(correct[here].mean()), int(here.sum()))
        for here in (bins == at for at in range(BINS))
        if here.any()
    ]


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (Naeini et al., 2015): how far confidence and share are apart, by count."""
    bins = reliability(confidence, right)
    return sum(abs(one.confidence - one.right) * one.count for one in bins) / max(len(confidence), 1)


def threshold_for(inside: Sequence[float], lost: float) -> float:
    """Return the highest confidence below which no more than the share *lost* of *inside* lies."""
    ranked = sorted(inside)
    return ranked[math.floor(lost * len(ranked))] if ranked else 0.0


def turned_away(confidence: Sequence[float], threshold: float) -> float:
    """Return the share of *confidence* that is below *threshold*."""
    below: NDArray[np.bool_] = np.asarray(confidence) < threshold
    return float(below.mean()) if len(below) else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]

"""Figures of the bench of hearing: word errors, values, cut-offs, and whether a difference is by chance."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ivr_ari.workbench.word_errors import Errors, count_errors, interval, paired

__all__ = ["Errors", "count_errors", "interval", "paired", "percentile", "share"]


def share(part: float, whole: float) -> float:
    """Return *part* of *whole*, 0 of nothing."""
    return part / whole if whole else 0.0


def percentile(values: Iterable[float], portion: float) -> float:
    """Return the value that *portion* of the values do not exceed (nearest rank); 0 of none."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(portion * len(ranked)) - 1)] if ranked else 0.0

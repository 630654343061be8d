"""
Ridge regression on likenesses: what a sentence is, is told by the examples it is like.

The likeness of two rows falls with the exponent of their distance, so that a sentence far from all examples
gets little of any label, and near ones count for more than a plane through all of them would let them
("kernel ridge regression", Saunders, Gammerman and Vovk, 1998). Where there are more examples than `MOST`,
that many of them stand for all (Williams and Seeger, 2001, "Using the Nyström Method to Speed Up Kernel
Machines").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST", "fit_likeness", "likeness"]

Matrix = NDArray[np.float32]

STEEP = 3.0
"""How fast likeness falls; 2 to 4 differ by 0.1 points on BANKING77, a straight line loses 8."""

NOISE = 0.15
"""Regulariser; half and double differ by less than 0.2 points on BANKING77."""

BIAS = 0.1
"""What all rows have in common."""

MOST = 2000
"""Examples that others are compared with."""


def likeness(cosines: Matrix) -> Matrix:
    """Return how like rows are whose *cosines* are given."""
    return np.asarray(np.exp(STEEP * (cosines - 1)) + BIAS, np.float32)


def fit_likeness(all_like: Matrix, standing: Matrix, targets: Matrix) -> Matrix:
    """
    Fit *targets* (examples x labels, 0 or 1).

    *all_like* is the likeness of all examples and those that stand for them, *standing* of the latter among
    themselves; the same array if all stand for themselves. Returns what each of them says for each label.
    """
    if all_like is standing:
        left = standing.astype(np.float64) + NOISE * np.eye(len(standing))
        return np.asarray(np.linalg.solve(left, targets), np.float32)
    left = (all_like.T @ all_like).astype(np.float64) + NOISE * standing
    left += 1e-6 * np.trace(left) / len(left) * np.eye(len(left))
    return np.asarray(np.linalg.solve(left, all_like.T @ targets), np.float32)

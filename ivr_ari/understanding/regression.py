"""
Logistic regression for few examples with many features.

The weights lie in the span of the examples, so what is fitted has as many dimensions as there are examples,
not features (the "kernel trick"); Nesterov's accelerated gradient then needs a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["fit_one", "fit_several", "scores", "sigmoid", "softmax"]

Matrix = NDArray[np.float32]

STEPS = 200
BIAS = 0.3
"""The constant feature; the smaller, the more the bias is held back by the regulariser."""


def fit_one(rows: Matrix, owners: NDArray[np.int64], classes: int, strength: float) -> Matrix:
    """
    Fit which one of *classes* each row is of; classes weigh the same however many examples they have.

    *strength* is the weight of the examples against the regulariser. Returns features + 1 x classes.
    """
    targets = np.eye(classes, dtype=np.float32)[owners]
    share = 1 / np.maximum(targets.sum(0), 1)
    importance = np.asarray((targets @ share * len(rows) / classes)[:, None], np.float32)
    # the gradient changes at most half as fast as the inputs' squared length, summed
    return _fit(rows, targets, importance, strength, softmax, 0.5)


def fit_several(rows: Matrix, targets: Matrix, strength: float) -> Matrix:
    """Fit for each column of *targets* (0 or 1) by itself whether a row has it; result as of `fit_one`."""
    return _fit(rows, targets, np.ones((len(rows), 1), np.float32), strength, sigmoid, 0.25)


def scores(rows: Matrix, weights: Matrix) -> Matrix:
    """The log odds (up to a constant for `fit_one`) of each row and class."""
    return np.asarray(rows @ weights[:-1] + BIAS * weights[-1], np.float32)


def softmax(given: Matrix) -> Matrix:
    exponents = np.exp(given - given.max(1, keepdims=True))
    return np.asarray(exponents / exponents.sum(1, keepdims=True), np.float32)


def sigmoid(given: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(given, -60, 60))), np.float32)


def _fit(
    rows: Matrix,
    targets: Matrix,
    importance: Matrix,
    strength: float,
    link: Callable[[Matrix], Matrix],
    steepest: float,
) -> Matrix:
    inputs = np.hstack([rows, np.full((len(rows), 1), BIAS, np.float32)])
    basis = _basis(inputs)
    inputs = inputs @ basis
    weights = np.zeros((inputs.shape[1], targets.shape[1]), np.float32)
    ahead, penalty = weights, 1 / strength
    rate = 1 / (steepest * float(np.linalg.norm(inputs * np.sqrt(importance), 2) ** 2) + penalty)
    for count in range(STEPS):
        slope = inputs.T @ (importance * (link(inputs @ ahead) - targets)) + penalty * ahead
        moved = np.asarray(ahead - rate * slope, np.float32)
        ahead = np.asarray(moved + (count / (count + 3)) * (moved - weights), np.float32)
        weights = moved
    return np.asarray(basis @ weights, np.float32)


def _basis(inputs: Matrix) -> Matrix:
    """Orthonormal directions, as columns, that span the rows of *inputs*."""
    values, vectors = np.linalg.eigh((inputs @ inputs.T).astype(np.float64))
    kept = values > 1e-6 * values[-1]
    return np.asarray(inputs.T @ (vectors[:, kept] / np.sqrt(values[kept])), np.float32)

"""
Ridge regression for few examples with many features, with scores as if each example had been held out.

Solved by way of the examples' products with each other ("dual form"), it takes one inverse of as many rows
and columns as there are examples. The same inverse tells what each example would have been given by all the
others (Cook & Weisberg, 1982, "Residuals and Influence in Regression", section 2.2.3), so that thresholds
and confidences cost no second fitting.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["fit_ridge", "ridge_scores"]

Matrix = NDArray[np.float32]

BIAS = 0.3
"""The constant feature; the smaller, the more the bias is held back by the regulariser."""


def fit_ridge(rows: Matrix, targets: Matrix, noise: float) -> tuple[Matrix, Matrix]:
    """
    Fit *targets*, one column for each label, to *rows*.

    *noise* weighs the regulariser. Returns the weights (features + 1 x labels) and what each row is given by
    a regression that has not seen it (rows x labels).
    """
    inputs = np.hstack([rows, np.full((len(rows), 1), BIAS, np.float32)])
    products = (inputs @ inputs.T).astype(np.float64)
    inverse = np.linalg.inv(products + noise * np.eye(len(rows)))
    shares = inverse @ targets
    held_out = targets - shares / np.diag(inverse)[:, None]
    return np.asarray(inputs.T @ shares, np.float32), np.asarray(held_out, np.float32)


def ridge_scores(rows: Matrix, weights: Matrix) -> Matrix:
    """What *weights* give each row: about 1 for a label it has, about 0 for another."""
    return np.asarray(rows @ weights[:-1] + BIAS * weights[-1], np.float32)

"""Ridge regression and its scores of examples held out."""

import numpy as np

from ivr_ari.understanding.ridge import fit_ridge, ridge_scores


def test_held_out() -> None:
    """The scores of examples as if held out are those of a regression without them."""
    draw = np.random.default_rng(7)
    rows = draw.normal(size=(12, 5)).astype(np.float32)
    targets = (draw.random((12, 3)) < 0.4).astype(np.float32)

    _, held = fit_ridge(rows, targets, 0.2)

    for at in range(len(rows)):
        rest = np.arange(len(rows)) != at
        weights, _ = fit_ridge(rows[rest], targets[rest], 0.2)
        np.testing.assert_allclose(held[at], ridge_scores(rows[at : at + 1], weights)[0], atol=1e-4)


def test_fits() -> None:
    """With little noise the examples get what they were said to be."""
    rows = np.eye(4, dtype=np.float32)
    targets = np.array([[1, 0], [0, 1], [1, 1], [0, 0]], np.float32)

    weights, _ = fit_ridge(rows, targets, 1e-3)

    np.testing.assert_allclose(ridge_scores(rows, weights), targets, atol=0.01)

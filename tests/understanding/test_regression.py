"""Logistic regression on more features than examples."""

import numpy as np

from ivr_ari.understanding.regression import fit_one, fit_several, scores, sigmoid, softmax

ROWS = np.eye(6, 50, dtype=np.float32)
ROWS[1::2] += ROWS[::2]


def test_examples_are_told_apart() -> None:
    """Each example gets its own class, and probabilities add up to one."""
    owners = np.array([0, 0, 1, 1, 2, 2])

    shares = softmax(scores(ROWS, fit_one(ROWS, owners, 3, 20.0)))

    assert shares.argmax(1).tolist() == owners.tolist()
    assert np.allclose(shares.sum(1), 1, atol=1e-5)


def test_stronger_examples_are_surer() -> None:
    """The regulariser holds the weights back."""
    owners = np.array([0, 0, 1, 1, 2, 2])
    weak, strong = (softmax(scores(ROWS, fit_one(ROWS, owners, 3, by))).max(1).mean() for by in (1.0, 50.0))

    assert strong > weak


def test_several_at_once() -> None:
    """A row may have several labels or none."""
    targets = np.array([[1, 1], [1, 1], [1, 0], [1, 0], [0, 0], [0, 0]], np.float32)

    given = sigmoid(scores(ROWS, fit_several(ROWS, targets, 500.0)))

    assert ((given > 0.5) == (targets > 0)).all()

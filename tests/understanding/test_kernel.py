"""Ridge regression on likenesses."""

import numpy as np

from ivr_ari.understanding.kernel import fit_likeness, likeness


def circle(degrees: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Points on a circle, as rows of length one."""
    at = np.radians(degrees)
    return np.stack([np.cos(at), np.sin(at)], 1).astype(np.float32)


def test_labels_that_no_straight_line_parts() -> None:
    """A label that lies on both sides of another is learnt."""
    rows, targets = circle([0, 10, 40, 50, 80, 90]), np.eye(2, dtype=np.float32)[[0, 0, 1, 1, 0, 0]]
    like = likeness(rows @ rows.T)

    says = fit_likeness(like, like, targets)

    scores = likeness(circle([5, 45, 85]) @ rows.T) @ says
    assert scores.argmax(1).tolist() == [0, 1, 0]


def test_far_from_all_examples_there_is_little_of_any_label() -> None:
    """What is like no example gets lower scores than what is like one."""
    rows, targets = circle([0, 10, 80, 90]), np.eye(2, dtype=np.float32)[[0, 0, 1, 1]]
    like = likeness(rows @ rows.T)
    says = fit_likeness(like, like, targets)

    near, far = likeness(circle([5, 225]) @ rows.T) @ says

    assert near.max() > 0.8
    assert far.max() < 0.4


def test_some_may_stand_for_all() -> None:
    """With every second example to compare with, scores are nearly those with all of them."""
    rows = circle([float(one) for one in range(0, 90, 2)])
    targets = np.eye(2, dtype=np.float32)[[0] * 22 + [1] * 23]
    like = likeness(rows @ rows.T)
    half = np.arange(0, 45, 2)
    asked = circle([3, 30, 60, 89])

    whole = likeness(asked @ rows.T) @ fit_likeness(like, like, targets)
    fewer = likeness(asked @ rows[half].T) @ fit_likeness(like[:, half], like[np.ix_(half, half)], targets)

    assert np.abs(whole - fewer).max() < 0.05

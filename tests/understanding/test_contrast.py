"""Drawing sentences of one intent together."""

import numpy as np
import pytest

from ivr_ari.understanding import contrast as module
from ivr_ari.understanding.contrast import balanced, contrast

OWNERS = np.repeat(np.arange(6), 8)


def vectors(seed: int = 1) -> module.Matrix:
    """Six intents of eight examples, told apart by a few of many numbers, and noise in all of them."""
    noise = np.random.default_rng(seed).normal(size=(48, 40))
    noise[:, :6] += 1.5 * np.eye(6)[OWNERS]
    return np.asarray(noise / np.linalg.norm(noise, axis=1, keepdims=True), np.float32)


def apart(rows: module.Matrix) -> float:
    """How much nearer those of one intent are to each other than to others, in cosines."""
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    cosines, same = rows @ rows.T, OWNERS[:, None] == OWNERS[None]
    return float(cosines[same & ~np.eye(48, dtype=bool)].mean() - cosines[~same].mean())


def test_sentences_not_learnt_from_come_together_too() -> None:
    """Other sentences of the same intents lie further apart from those of the others, bent, than they did."""
    bend = contrast(vectors(), OWNERS, 6)

    other = vectors(seed=2)
    assert apart(other @ bend) > apart(other)


def test_repeatable() -> None:
    """The same examples give the same map."""
    assert np.array_equal(contrast(vectors(), OWNERS, 6), contrast(vectors(), OWNERS, 6))


@pytest.mark.parametrize("intents", [0, 6])
def test_without_fellows_nothing_is_learnt(intents: int) -> None:
    """Where no example has a fellow, or none has an intent, vectors stay as they are."""
    owners = np.arange(48) if intents else OWNERS

    assert np.array_equal(contrast(vectors(), owners, intents), np.eye(40, dtype=np.float32))


def test_slope_is_that_of_the_loss() -> None:
    """The slope agrees with the difference that a small change of the map makes to the loss."""
    rows = vectors().astype(np.float64)
    same = (OWNERS[:, None] == OWNERS[None]) & ~np.eye(48, dtype=bool)
    wanted, judged = same / same.sum(1, keepdims=True), np.ones((48, 1))

    def loss(bend: module.Matrix) -> float:
        bent = rows @ bend
        bent /= np.linalg.norm(bent, axis=1, keepdims=True)
        likeness = bent @ bent.T / module.TEMPERATURE
        np.fill_diagonal(likeness, -np.inf)
        logs = likeness - np.log(np.exp(likeness).sum(1, keepdims=True))
        return float(-(np.where(same, logs, 0) * wanted).sum() / 48)

    bend = np.eye(40) + 0.1 * np.random.default_rng(3).normal(size=(40, 40))
    slope = module._slope(rows, bend, wanted, judged)  # type: ignore[arg-type]
    for at in ((0, 0), (3, 7), (20, 1)):
        step = np.zeros((40, 40))
        step[at] = 1e-5
        measured = (loss(bend + step) - loss(bend - step)) / 2e-5  # type: ignore[arg-type]
        assert slope[at] == pytest.approx(measured, rel=1e-3, abs=1e-6)


def test_balanced() -> None:
    """Of too many examples as many of each intent are kept; of few all are."""
    owners = np.array([0] * 50 + [1] * 3 + [2] * 10)

    kept = owners[balanced(owners, 15)]

    assert [int((kept == one).sum()) for one in range(3)] == [6, 3, 6]
    assert len(balanced(owners, 63)) == 63

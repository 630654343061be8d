"""
Labels of which a sentence may have any number, learnt from few examples.

Each label is judged by itself, on the same features as intents. Phrases that name a label are examples with
this label alone. How high a score must be, and how sure it makes, is found by cross-validation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .features import Encode, prepare
from .regression import fit_several, scores, sigmoid

__all__ = ["Several"]

Matrix = NDArray[np.float32]

STRENGTH = 500.0
PARTS = 4
"""Of the cross-validation."""

EXTRA_CARE = 1e-3
"""Regulariser of the two numbers that turn scores into probabilities."""


class Several:
    """Finds the labels of sentences; keeps nothing of what it judges."""

    def __init__(
        self,
        examples: Sequence[tuple[str, frozenset[str]]],
        phrases: Mapping[str, Sequence[str]],
        encode: Encode,
    ) -> None:
        """Learn from *examples*, sentences with their labels, and from the *phrases* that name each label."""
        self.names = tuple(sorted({*phrases, *(name for _, labels in examples for name in labels)}))
        named = [(text, frozenset((name,))) for name, texts in phrases.items() for text in texts]
        everything = [*examples, *named]
        self._encode = encode
        self._features = prepare([text for text, _ in everything], encode)
        rows = self._features.rows([text for text, _ in everything], encode)
        targets = np.array([[name in labels for name in self.names] for _, labels in everything], np.float32)
        self._weights = fit_several(rows, targets, STRENGTH)
        held = self._held_out(rows, targets, len(examples))
        self._slope, self._offset = _calibration(held, targets[: len(examples)])
        self.threshold = _best_threshold(self._sure(held), targets[: len(examples)])

    def find(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Return for each sentence the labels it has, and how sure each is."""
        return [
            {name: float(sure) for name, sure in zip(self.names, row, strict=True) if sure >= self.threshold}
            for row in self.judge(sentences)
        ]

    def judge(self, sentences: Sequence[str]) -> Matrix:
        """Return the probability of each label (columns, as `names`) for each sentence."""
        return self._sure(scores(self._features.rows(sentences, self._encode), self._weights))

    def _sure(self, given: Matrix) -> Matrix:
        return sigmoid(np.asarray(self._slope * given + self._offset, np.float32))

    @staticmethod
    def _held_out(rows: Matrix, targets: Matrix, examples: int) -> Matrix:
        """The scores of the first *examples* rows, each by a regression that has not seen it."""
        found = np.zeros((examples, targets.shape[1]), np.float32)
        places = np.arange(len(rows))
        for part in range(PARTS):
            held = (places < examples) & (places % PARTS == part)
            weights = fit_several(rows[~held], targets[~held], STRENGTH)
            found[held[:examples]] = scores(rows[held], weights)
        return found


def _calibration(given: Matrix, targets: Matrix) -> tuple[float, float]:
    """Slope and offset that make probabilities of scores (Platt, 1999), by Newton's method."""
    inputs = np.stack([given.ravel(), np.ones(given.size)], 1).astype(np.float64)
    wanted = targets.ravel().astype(np.float64)
    found = np.array([1.0, 0.0])
    for _ in range(25):
        sure = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        slope = inputs.T @ (sure - wanted) + EXTRA_CARE * found
        bend = (inputs * (sure * (1 - sure))[:, None]).T @ inputs + EXTRA_CARE * np.eye(2)
        found = found - np.linalg.solve(bend, slope)
    return float(found[0]), float(found[1])


def _best_threshold(sure: Matrix, targets: Matrix) -> float:
    """The threshold with the best micro-averaged F1; among the likes of it, the middle one."""
    grid = np.arange(0.1, 0.65, 0.02)
    found = np.array(
        [2 * (targets * (sure >= at)).sum() / max((sure >= at).sum() + targets.sum(), 1) for at in grid]
    )
    # few examples make the curve rough: its neighbourhood tells more than its peak
    smooth = np.convolve(found, np.ones(5) / 5, "same")
    return float(grid[2:-2][smooth[2:-2].argmax()])

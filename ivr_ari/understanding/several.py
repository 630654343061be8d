"""
Labels of which a sentence may have any number, learnt from few examples.

Each label is judged by itself, by ridge regression on the same features as intents, and on the dialogue acts
in the sentence. What a sentence says adds up, so a longer one has a longer row. Phrases that name a label
are examples with this label alone. How high a label's score must be, and how sure it makes, is found on
scores of the examples that a regression which had not seen them would give.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ..events import Act
from .acts import ENGLISH as ENGLISH_ACTS
from .acts import ActTables, find_acts
from .features import Encode, Features, prepare
from .ridge import fit_ridge, ridge_scores
from .yesno import ENGLISH as ENGLISH_ANSWERS
from .yesno import Answers, find_yesno

__all__ = ["ActsOf", "Labels", "Several", "learn_labels", "spoken_acts"]

Matrix = NDArray[np.float32]
Example = tuple[str, frozenset[str]]
ActsOf = Callable[[str], Collection[Act]]

NOISE = 0.15
LENGTH_POWER = 0.3
USUAL_WORDS = 6
"""A row is as long as the number of words by the usual number, to this power."""

ACT = 0.4
"""Length of the part of a row that says that an act is there."""

ACTS: tuple[Act, ...] = get_args(Act)

SHRINKAGE = 15
"""A label's own threshold counts as much as the one of all when it has so many examples."""

EXTRA_CARE = 1e-3
"""Regulariser of the numbers that turn scores into probabilities."""

GRID = np.arange(0.1, 0.7, 0.02)


def spoken_acts(
    sentence: str,
    tables: ActTables = ENGLISH_ACTS,
    answers: Answers = ENGLISH_ANSWERS,
    plain: Callable[[str], str] = str.lower,
) -> Collection[Act]:
    """Return the dialogue acts, yes and no, in a *sentence* of the language of *tables*."""
    words = tuple(plain(word.strip(".,?!;:")) for word in sentence.split())
    found: set[Act] = {one.act for one in find_acts(words, tables)}
    answer = find_yesno(words, answers)
    if answer:
        found.add("affirm" if answer.value == "yes" else "deny")
    return found


@dataclass(frozen=True, slots=True)
class Labels:
    """What was learnt; *calibration* makes probabilities of scores, each label has its threshold."""

    names: tuple[str, ...]
    features: Features
    weights: Matrix
    calibration: Matrix
    thresholds: Matrix

    def sure(self, rows: Matrix) -> Matrix:
        """Return the probabilities of the labels of *rows*."""
        return _sure(ridge_scores(rows, self.weights), self.calibration)

    def save(self, path: Path) -> None:
        """Write all of it to the file *path* (NumPy's compressed archive)."""
        np.savez_compressed(
            path,
            names=np.array(self.names, np.str_),
            centre=self.features.centre,
            rare=self.features.rare,
            weights=self.weights,
            calibration=self.calibration,
            thresholds=self.thresholds,
        )

    @classmethod
    def load(cls, path: Path) -> Labels:
        """Read what `save` wrote; OSError, KeyError or ValueError if it is something else."""
        with np.load(path) as kept:
            names = tuple(str(name) for name in kept["names"])
            features = Features(kept["centre"], kept["rare"])
            return cls(names, features, kept["weights"], kept["calibration"], kept["thresholds"])


def learn_labels(
    examples: Sequence[Example],
    phrases: Mapping[str, Sequence[str]],
    encode: Encode,
    acts: ActsOf = spoken_acts,
) -> Labels:
    """Learn from *examples*, sentences with their labels, and from the *phrases* that name each label."""
    names = tuple(sorted({*phrases, *(name for _, labels in examples for name in labels)}))
    named = [(text, frozenset((name,))) for name, texts in phrases.items() for text in texts]
    everything = [*examples, *named]
    texts = [text for text, _ in everything]
    features = prepare(texts, encode)
    targets = np.array([[name in labels for name in names] for _, labels in everything], np.float32)
    weights, held = fit_ridge(_rows(features, texts, encode, acts), targets, NOISE)
    # phrases are no sentences of callers: they teach, but do not judge
    held, wanted = held[: len(examples)], targets[: len(examples)]
    calibration = _calibration(held, wanted)
    thresholds = _thresholds(_sure(held, calibration), wanted)
    return Labels(names, features, weights, calibration, thresholds)


class Several:
    """Finds the labels of sentences; keeps nothing of what it judges."""

    def __init__(
        self,
        examples: Sequence[Example],
        phrases: Mapping[str, Sequence[str]],
        encode: Encode,
        acts: ActsOf = spoken_acts,
    ) -> None:
        """Learn the labels as `learn_labels` does."""
        self._take(learn_labels(examples, phrases, encode, acts), encode, acts)

    @classmethod
    def of(cls, labels: Labels, encode: Encode, acts: ActsOf = spoken_acts) -> Several:
        """Judge by what was learnt before."""
        several = cls.__new__(cls)
        several._take(labels, encode, acts)
        return several

    def _take(self, labels: Labels, encode: Encode, acts: ActsOf) -> None:
        self.learnt = labels
        self.names = labels.names
        self._encode = encode
        self._acts = acts

    def find(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Return for each sentence the labels it has, and how sure each is."""
        least = self.learnt.thresholds
        return [
            {name: float(sure) for name, sure, at in zip(self.names, row, least, strict=True) if sure >= at}
            for row in self.judge(sentences)
        ]

    def judge(self, sentences: Sequence[str]) -> Matrix:
        """Return the probability of each label (columns, as `names`) for each sentence."""
        if not sentences or not self.names:
            return np.zeros((len(sentences), len(self.names)), np.float32)
        return self.learnt.sure(_rows(self.learnt.features, sentences, self._encode, self._acts))


def _rows(features: Features, sentences: Sequence[str], encode: Encode, acts: ActsOf) -> Matrix:
    """The features of the sentences, the acts beside them, longer for longer sentences."""
    spoken = np.zeros((len(sentences), len(ACTS)), np.float32)
    for row, sentence in zip(spoken, sentences, strict=True):
        row[[ACTS.index(act) for act in acts(sentence)]] = ACT
    words = np.array([[max(1, len(sentence.split()))] for sentence in sentences], np.float32)
    length = (words / USUAL_WORDS) ** LENGTH_POWER
    return np.asarray(length * np.hstack([features.rows(sentences, encode), spoken]), np.float32)


def _calibration(given: Matrix, targets: Matrix) -> Matrix:
    """What makes probabilities of scores (Platt, 1999) but bends where they are high; by Newton's method."""
    inputs = _bent(given.ravel())
    wanted = targets.ravel().astype(np.float64)
    found = np.array([1.0, 0.0, 0.0])
    for _ in range(25):
        sure = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        slope = inputs.T @ (sure - wanted) + EXTRA_CARE * found
        bend = (inputs * (sure * (1 - sure))[:, None]).T @ inputs + EXTRA_CARE * np.eye(3)
        found = found - np.linalg.solve(bend, slope)
    return np.asarray(found, np.float32)


def _sure(given: Matrix, calibration: Matrix) -> Matrix:
    slope, bend, _ = calibration
    # where the bend would turn down again, the highest probability stays
    top = -slope / (2 * bend) if bend < 0 < slope else np.inf
    odds = _bent(np.minimum(given, top).ravel()) @ calibration
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -60, 60))), np.float32).reshape(given.shape)


def _bent(given: Matrix) -> NDArray[np.float64]:
    return np.stack([given, np.maximum(given, 0) ** 2, np.ones_like(given)], 1).astype(np.float64)


def _thresholds(sure: Matrix, targets: Matrix) -> Matrix:
    """For each label the threshold with the best F1, drawn to the one that is best for all together."""
    of_all = _best_threshold(sure.ravel(), targets.ravel())
    own = np.array([_best_threshold(*column) for column in zip(sure.T, targets.T, strict=True)])
    counts = targets.sum(0)
    return np.asarray((counts * own + SHRINKAGE * of_all) / (counts + SHRINKAGE), np.float32)


def _best_threshold(sure: Matrix, targets: Matrix) -> float:
    above = sure[:, None] >= GRID
    right = (above * targets[:, None]).sum(0)
    found = 2 * right / np.maximum(above.sum(0) + targets.sum(), 1)
    # few examples make the curve rough: its neighbourhood tells more than its peak
    smooth = np.convolve(found, np.ones(5) / 5, "same")
    return float(GRID[2:-2][smooth[2:-2].argmax()])

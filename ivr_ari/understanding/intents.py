"""
Which intent a clause expresses, learnt from a handful of examples each.

Two judges look at the sentence's features: a logistic regression over all intents and "none of these", and
the nearest examples; their probabilities are multiplied. The name of an intent is one more example of it.
How sure a guess is, is the regression's to say: where the neighbours contradict it, it is unsure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import FlowError
from .background import SENTENCES
from .features import Encode, Features, prepare
from .regression import fit_one, scores, softmax

__all__ = ["ACCEPTED", "Encode", "Guess", "Intents", "Learnt", "check_examples", "learn"]

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent, the next one, and how sure each is; *near* is the nearest example's cosine."""

    intent: str
    confidence: float
    runner_up: str = ""
    second: float = 0.0
    near: float = 0.0


ACCEPTED = 0.5
"""A guess below this confidence is none."""

STRENGTH = 20.0
"""Weight of the examples against the regulariser; rows have length one."""

NEIGHBOUR_SCALE = 20.0
"""How steeply the likelihood of an intent falls with the distance to its nearest examples."""

CALIBRATION = (1.79, 0.274, 0.631)
"""
Weights of the regression's log odds and of its score for the intent, and an offset (Platt, 1999): fitted to
flows of 12, 20 and 30 intents of CLINC150 among strangers, and to BANKING77, 10 examples an intent.
"""


def check_examples(examples: Mapping[str, Sequence[str]], *, several: bool = False) -> None:
    """
    Raise FlowError with every problem found: empty intents, empty examples, one example in two intents.

    *several*: an example may have several intents.
    """
    problems = []
    owners: dict[str, str] = {}
    for name, sentences in examples.items():
        if not sentences:
            problems.append(f"intent {name!r} has no examples")
        for sentence in sentences:
            plain = " ".join(sentence.lower().split())
            if not plain:
                problems.append(f"intent {name!r} has an empty example")
            elif owners.setdefault(plain, name) != name and not several:
                problems.append(f"{plain!r} is an example of both {owners[plain]!r} and {name!r}")
    if problems:
        raise FlowError("understanding.examples", problems=problems)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from examples: their *rows*, the intent of each, and the regression's *weights*."""

    features: Features
    rows: Matrix
    owners: NDArray[np.int64]
    weights: Matrix

    def save(self, path: Path) -> None:
        """Write all of it to the file *path* (NumPy's compressed archive)."""
        np.savez_compressed(
            path,
            centre=self.features.centre,
            rare=self.features.rare,
            rows=self.rows,
            owners=self.owners,
            weights=self.weights,
        )

    @classmethod
    def load(cls, path: Path) -> Learnt:
        """Read what `save` wrote; OSError, KeyError or ValueError if it is something else."""
        with np.load(path) as kept:
            features = Features(kept["centre"], kept["rare"])
            return cls(features, kept["rows"], kept["owners"], kept["weights"])


def learn(
    examples: Mapping[str, Sequence[str]], encode: Encode, strangers: Sequence[str] = SENTENCES
) -> Learnt:
    """
    Learn the intents of *examples*, and of *strangers* what is none of them.

    FlowError as of `check_examples`.
    """
    check_examples(examples)
    known = {text.lower() for sentences in examples.values() for text in sentences}
    pairs = [(at, text) for at, sentences in enumerate(examples.values()) for text in sentences]
    pairs += [(at, spoken) for at, name in enumerate(examples) if (spoken := _spoken(name)) not in known]
    pairs += [(len(examples), text) for text in strangers]
    texts = [text for _, text in pairs]
    features = prepare(texts, encode)
    rows = features.rows(texts, encode)
    owners = np.array([at for at, _ in pairs], np.int64)
    return Learnt(features, rows, owners, fit_one(rows, owners, len(examples) + 1, STRENGTH))


def _spoken(name: str) -> str:
    """The words of an intent's name."""
    return " ".join(name.replace("-", " ").replace("_", " ").lower().split())


class Intents:
    """The intents of one flow; `guess` keeps nothing."""

    def __init__(self, names: Sequence[str], learnt: Learnt, encode: Encode) -> None:
        """*names* are those of the intents in the order they were learnt."""
        self.names = tuple(names)
        self.learnt = learnt
        self._encode = encode

    def guess(self, sentences: Sequence[str]) -> list[Guess]:
        """Judge each sentence by itself; the best guess may have any confidence."""
        if not self.names or not sentences:
            return [Guess("", 0.0) for _ in sentences]
        rows = self.learnt.features.rows(sentences, self._encode)
        own = scores(rows, self.learnt.weights)
        near = self._nearness(rows)
        shares = softmax(np.log(softmax(own) + 1e-9) + NEIGHBOUR_SCALE * near)
        return [self._one(*judged) for judged in zip(shares, own, near, strict=True)]

    def _one(self, shares: Matrix, own: Matrix, near: Matrix) -> Guess:
        order = np.argsort(-shares[:-1], kind="stable")[:2]
        sure = [_calibrated(own, int(at)) for at in order]
        runner_up = self.names[order[1]] if len(order) > 1 else ""
        return Guess(
            self.names[order[0]], sure[0], runner_up, sure[1] if runner_up else 0.0, float(near[:-1].max())
        )

    def _nearness(self, rows: Matrix) -> Matrix:
        """For each intent the mean of the two nearest examples' cosines, the nearest counting double."""
        cosines = rows @ self.learnt.rows.T
        found = np.empty((len(rows), len(self.names) + 1), np.float32)
        for at in range(found.shape[1]):
            nearest = np.sort(cosines[:, self.learnt.owners == at], axis=1)[:, ::-1][:, :2]
            found[:, at] = (2 * nearest[:, 0] + nearest[:, -1]) / 3
        return found


def _calibrated(own: Matrix, at: int) -> float:
    """How sure intent *at* is: its odds among all, and its *own* score, which is low for strangers."""
    others = np.delete(own, at)
    odds = float(own[at] - others.max() - np.log(np.exp(others - others.max()).sum()))
    by_odds, by_score, offset = CALIBRATION
    odds = by_odds * odds + by_score * float(own[at]) + offset
    return 1 / (1 + math.exp(-min(max(odds, -60), 60)))

"""
Which intent a clause expresses, learnt from a handful of examples each.

The encoder's vectors are bent so that examples of one intent come together (`contrast`), and beside words and
letters they say how like a sentence is to each example (`kernel`). Sentences that no intent has, and the
names of the intents, are examples too. How sure a guess is, is said by how far the next one lies behind, and
by how near an example is: strangers are near to none.
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
from .contrast import balanced, contrast
from .features import LEXICAL_SHARE, Encode, Features, prepare
from .kernel import MOST, fit_likeness, likeness
from .lexical import PLACES
from .words import name_spoken

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

WORDS = 0.15
"""The share of words and letters in a cosine; the rest is the encoder's."""

CALIBRATION = (8.84, 8.88, -5.56)
"""
Weights of the distance to the next score and of the nearest example's cosine, and an offset (Platt, 1999):
fitted to flows of 12 to 150 intents of CLINC150 and BANKING77 with 10 to 100 examples each, a tenth of the
sentences strangers. On flows that were not fitted to, a confidence is off by 1 to 5 %; of what is out of
scope 83 % (150 intents of 10 examples) to 98 % (20 intents) have a confidence that 3 % of what is in scope
do not reach.
"""

NEAR = 0.6
"""An example so near (cosine) is as good as the same sentence."""


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
    """
    What was learnt from examples.

    *bend* is multiplied with the encoder's vectors. *rows* are those of the examples that others are compared
    with, *owners* the intent of each (one more than there are intents: none of them), *says* what being like
    each of them says for each intent.
    """

    features: Features
    bend: Matrix
    rows: Matrix
    owners: NDArray[np.int64]
    says: Matrix

    def save(self, path: Path) -> None:
        """Write all of it to the file *path* (NumPy's compressed archive)."""
        np.savez_compressed(
            path,
            centre=self.features.centre,
            rare=self.features.rare,
            bend=self.bend,
            rows=self.rows,
            owners=self.owners,
            says=self.says,
        )

    @classmethod
    def load(cls, path: Path) -> Learnt:
        """Read what `save` wrote; OSError, KeyError or ValueError if it is something else."""
        with np.load(path) as kept:
            features = Features(kept["centre"], kept["rare"])
            return cls(features, kept["bend"], kept["rows"], kept["owners"], kept["says"])


def learn(
    examples: Mapping[str, Sequence[str]], encode: Encode, strangers: Sequence[str] = SENTENCES
) -> Learnt:
    """Learn the intents of *examples* and what is none of them; FlowError as of `check_examples`."""
    check_examples(examples)
    known = {text.lower() for sentences in examples.values() for text in sentences}
    pairs = [(at, text) for at, sentences in enumerate(examples.values()) for text in sentences]
    pairs += [(at, spoken) for at, name in enumerate(examples) if (spoken := name_spoken(name)) not in known]
    pairs += [(len(examples), text) for text in strangers]
    texts = [text for _, text in pairs]
    features = prepare(texts, encode)
    rows = features.rows(texts, encode)
    owners = np.array([at for at, _ in pairs], np.int64)
    vectors, words = _parts(rows)
    bend = contrast(vectors, owners, len(examples))
    bent = _bent(vectors, bend)
    standing = balanced(owners, MOST)
    alike = np.asarray(words @ words[standing].T, np.float32)
    like = likeness(np.asarray((1 - WORDS) * bent @ bent[standing].T + WORDS * alike, np.float32))
    targets = np.eye(len(examples) + 1, dtype=np.float32)[owners]
    says = fit_likeness(like, like if len(standing) == len(rows) else like[standing], targets)
    return Learnt(features, bend, rows[standing], owners[standing], says)


def _parts(rows: Matrix) -> tuple[Matrix, Matrix]:
    """The encoder's part of *rows*, and that of words and letters, each with length one."""
    vectors, words = rows[:, :-PLACES], rows[:, -PLACES:]
    return vectors / np.float32(np.sqrt(1 - LEXICAL_SHARE)), words / np.float32(np.sqrt(LEXICAL_SHARE))


def _bent(vectors: Matrix, bend: Matrix) -> Matrix:
    """The encoder's part as it is compared."""
    bent = vectors @ bend
    return np.asarray(bent / np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), 1e-6), np.float32)


class Intents:
    """The intents of one flow; `guess` keeps nothing."""

    def __init__(self, names: Sequence[str], learnt: Learnt, encode: Encode) -> None:
        """*names* are those of the intents in the order they were learnt."""
        self.names = tuple(names)
        self.learnt = learnt
        self._encode = encode
        self._vectors, words = _parts(learnt.rows)
        self._bent = _bent(self._vectors, learnt.bend)
        # a sentence has few of all words and letters; by place, those few are read in one go
        self._by_place = np.ascontiguousarray(words.T)
        self._examples = learnt.owners < len(self.names)

    def guess(self, sentences: Sequence[str], encode: Encode | None = None) -> list[Guess]:
        """
        Judge each sentence by itself; the best guess may have any confidence.

        *encode*: the same encoder, for who has encoded the sentences already.
        """
        if not self.names or not sentences:
            return [Guess("", 0.0) for _ in sentences]
        rows = self.learnt.features.rows(sentences, encode or self._encode)
        vectors, words = _parts(rows)
        places = np.flatnonzero(words.any(0))
        alike = words[:, places] @ self._by_place[places]
        cosines = (1 - WORDS) * _bent(vectors, self.learnt.bend) @ self._bent.T + WORDS * alike
        scores = (likeness(cosines) @ self.learnt.says)[:, :-1]
        nearest = cosines[:, self._examples].max(1)
        plain = (1 - LEXICAL_SHARE) * vectors @ self._vectors.T + LEXICAL_SHARE * alike
        plain = plain[:, self._examples].max(1)
        return [self._one(*judged) for judged in zip(scores, nearest, plain, strict=True)]

    def _one(self, scores: Matrix, nearest: float, plain: float) -> Guess:
        order = np.argsort(-scores, kind="stable")[:2]
        best = float(scores[order[0]])
        second = float(scores[order[1]]) if len(order) > 1 else 0.0
        runner_up = self.names[order[1]] if len(order) > 1 else ""
        return Guess(
            self.names[order[0]],
            _sure(best - second, nearest),
            runner_up,
            _sure(second - best, nearest) if runner_up else 0.0,
            float(plain),
        )


def _sure(lead: float, nearest: float) -> float:
    """How sure an intent is whose score is *lead* above all others', the *nearest* example being so near."""
    by_lead, by_nearness, offset = CALIBRATION
    odds = by_lead * lead + by_nearness * min(float(nearest), NEAR) + offset
    return 1 / (1 + math.exp(-odds))

"""NLU++: several intents an utterance, learnt from one fold or two neighbours, judged on all other folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .nlu_data import Utterance
from .nlu_figures import calibration_error, micro_f1
from .nlu_systems import PLAIN_STRENGTH, regression

__all__ = ["SeveralFigures", "judge_several", "plain_labels", "product_labels"]

Labels = frozenset[str]
Found = tuple[list[Labels], NDArray[np.float32]]
Judge = Callable[[Sequence[str]], Found]
"""Gives each sentence its labels, and the probability of every label."""

Learn = Callable[[Sequence[Utterance], Sequence[str]], Judge]

PLAIN_THRESHOLD = 0.4
"""Of the reference, whose labels weigh the same: F1 on other folds is highest from 0.35 to 0.5."""


@dataclass
class SeveralFigures:
    """Of each training set the micro-averaged F1, clean and misheard, and how far probabilities are off."""

    clean: list[float] = field(default_factory=list)
    misheard: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return float(np.mean(self.clean))

    @property
    def misheard_f1(self) -> float:
        return float(np.mean(self.misheard))

    @property
    def calibration_error(self) -> float:
        return float(np.mean(self.errors))


def judge_several(
    parts: Sequence[Sequence[Utterance]],
    together: int,
    learn: Learn,
    mishear: Callable[[str], str],
    step: int,
) -> SeveralFigures:
    """Learn every *step*-th run of *together* neighbouring folds, judge all others; labels are the data's."""
    names = sorted({name for part in parts for one in part for name in one.intents})
    figures = SeveralFigures()
    for start in range(0, len(parts) - together + 1, step):
        train = [one for part in parts[start : start + together] for one in part]
        tests = [one for at, part in enumerate(parts) if not start <= at < start + together for one in part]
        judge = learn(train, names)
        wanted = [one.intents for one in tests]
        labels, likely = judge([one.text.lower() for one in tests])
        figures.clean.append(micro_f1(labels, wanted))
        figures.errors.append(_error(likely, wanted, names))
        noisy, _ = judge([mishear(one.text) for one in tests])
        figures.misheard.append(micro_f1(noisy, wanted))
    return figures


def product_labels(phrases: dict[str, list[str]], encoder: Any) -> Learn:
    """Let the product learn; *phrases* say what an admin calls each label."""
    from ivr_ari.understanding.several import Several

    def learn(train: Sequence[Utterance], names: Sequence[str]) -> Judge:
        several = Several(
            [(one.text.lower(), one.intents) for one in train],
            {name: phrases[name] for name in names},
            encoder,
        )

        def judge(sentences: Sequence[str]) -> Found:
            found = [frozenset(one) for one in several.find(sentences)]
            likely = several.judge(sentences)
            columns = {name: at for at, name in enumerate(several.names)}
            rows = np.zeros((len(sentences), len(names)), np.float32)
            for at, name in enumerate(names):
                if name in columns:
                    rows[:, at] = likely[:, columns[name]]
            return found, rows

        return judge

    return learn


def plain_labels(encoder: Callable[[list[str]], NDArray[np.float32]]) -> Learn:
    """One logistic regression a label, as scikit-learn has it."""

    def learn(train: Sequence[Utterance], names: Sequence[str]) -> Judge:
        inputs = encoder([one.text.lower() for one in train])
        learnt = {}
        for name in names:
            targets = [name in one.intents for one in train]
            if any(targets) and not all(targets):
                learnt[name] = regression(C=PLAIN_STRENGTH, class_weight="balanced").fit(inputs, targets)

        def judge(sentences: Sequence[str]) -> Found:
            rows, vectors = np.zeros((len(sentences), len(names)), np.float32), encoder(list(sentences))
            for at, name in enumerate(names):
                if name in learnt:
                    rows[:, at] = learnt[name].predict_proba(vectors)[:, 1]
            labels = [
                frozenset(name for name, one in zip(names, row, strict=True) if one >= PLAIN_THRESHOLD)
                for row in rows
            ]
            return labels, rows

        return judge

    return learn


def _error(likely: NDArray[np.float32], wanted: Sequence[Labels], names: Sequence[str]) -> float:
    """Over the pairs of a sentence and a label that are not out of the question: 0.05 and more."""
    right = np.array([[name in labels for name in names] for labels in wanted])
    asked = likely >= 0.05
    return calibration_error(likely[asked].tolist(), right[asked].tolist())

"""
One intent a sentence: BANKING77 from 10 examples each, and what CLINC150's 150 intents do with strangers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .nlu_data import Banking, Clinc, Labelled, drawn
from .nlu_figures import calibration_error, threshold_for, turned_away
from .nlu_systems import Examples, Guesser

__all__ = ["LOST", "BankingFigures", "ClincFigures", "judge_banking", "judge_clinc"]

SHOTS = 10
LOST = 0.03
"""Of the sentences in scope so many may fall below the threshold, on validation data."""

Learn = Callable[[Examples], Guesser]
Mishear = Callable[[str], str]


@dataclass
class BankingFigures:
    """Of each seed the accuracy, clean and misheard; of all the clean confidences, and which are right."""

    clean: list[float] = field(default_factory=list)
    misheard: list[float] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.clean))

    @property
    def misheard_accuracy(self) -> float:
        return float(np.mean(self.misheard))

    @property
    def calibration_error(self) -> float:
        return calibration_error(self.confidence, self.right)


def judge_banking(data: Banking, learn: Learn, mishear: Mishear, seeds: int, most: int) -> BankingFigures:
    """Learn 10 examples of each intent, drawn by each of *seeds*, and judge *most* other sentences."""
    figures = BankingFigures()
    for seed in range(seeds):
        examples, rest = drawn(data.train, seed, SHOTS)
        tests = _sample(data.test or rest, most, seed)
        guess = learn(examples)
        found = guess([text for text, _ in tests])
        right = [name == wanted for (name, _), (_, wanted) in zip(found, tests, strict=True)]
        figures.clean.append(float(np.mean(right)))
        figures.right += right
        figures.confidence += [sure for _, sure in found]
        noisy = guess([mishear(text) for text, _ in tests])
        figures.misheard.append(
            float(np.mean([name == wanted for (name, _), (_, wanted) in zip(noisy, tests, strict=True)]))
        )
    return figures


@dataclass
class ClincFigures:
    """What becomes of the test part with the threshold that loses 3 % of the validation part's sentences."""

    strangers: float
    """Share of the sentences out of scope that is turned away."""

    lost: float
    """Share of those in scope that is."""

    accuracy: float
    confidence: list[float]
    """Of the sentences in scope."""

    right: list[bool]

    @property
    def calibration_error(self) -> float:
        return calibration_error(self.confidence, self.right)


def judge_clinc(guess: Guesser, data: Clinc, say: Mishear = str, most: int = 1_000_000) -> ClincFigures:
    """Judge at most *most* sentences in scope of each part, all of them said as *say* has it."""
    validation, test = _both(data.validation, most), _both(data.test, most)
    known = [sure for _, sure in guess([say(text) for text, name in validation if name])]
    threshold = threshold_for(known, LOST)
    inside = [(text, name) for text, name in test if name]
    found = guess([say(text) for text, _ in inside])
    strangers = [sure for _, sure in guess([say(text) for text, name in test if not name])]
    right = [name == wanted for (name, _), (_, wanted) in zip(found, inside, strict=True)]
    sure = [one for _, one in found]
    return ClincFigures(
        turned_away(strangers, threshold), turned_away(sure, threshold), float(np.mean(right)), sure, right
    )


def _sample(rows: Sequence[Labelled], most: int, seed: int) -> list[Labelled]:
    order = np.random.default_rng(seed).permutation(len(rows))[:most]
    return [rows[at] for at in order]


def _both(rows: Sequence[Labelled], most: int) -> list[Labelled]:
    """Thin the sentences in scope to *most*; those out of scope are few and stay."""
    inside = [row for row in rows if row[1]]
    return [*inside[:: max(1, len(inside) // most)], *(row for row in rows if not row[1])]

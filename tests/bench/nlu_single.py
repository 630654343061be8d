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
class Round:
    """Confidences in a validation part's sentences in scope, and in a test part's, in scope and out of it."""

    known: list[float]
    inside: list[float]
    strangers: list[float]


@dataclass
class ClincFigures:
    """What becomes of the test part, by the threshold that loses 3 % of the validation part's sentences."""

    rounds: list[Round] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    """Of the sentences in scope, in order."""

    @property
    def thresholds(self) -> list[float]:
        return [threshold_for(one.known, LOST) for one in self.rounds]

    def strangers_at(self, thresholds: Sequence[float]) -> float:
        """The share of the sentences out of scope that is turned away."""
        pairs = zip(self.rounds, thresholds, strict=True)
        return float(np.mean([turned_away(one.strangers, threshold) for one, threshold in pairs]))

    def lost_at(self, thresholds: Sequence[float]) -> float:
        """The share of those in scope that is."""
        pairs = zip(self.rounds, thresholds, strict=True)
        return float(np.mean([turned_away(one.inside, threshold) for one, threshold in pairs]))

    @property
    def strangers(self) -> float:
        return self.strangers_at(self.thresholds)

    @property
    def lost(self) -> float:
        return self.lost_at(self.thresholds)

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.right))

    @property
    def confidence(self) -> list[float]:
        return [sure for one in self.rounds for sure in one.inside]

    @property
    def calibration_error(self) -> float:
        return calibration_error(self.confidence, self.right)


def judge_clinc(guess: Guesser, data: Clinc, say: Mishear = str, most: int = 1_000_000) -> ClincFigures:
    """
    Judge at most *most* sentences in scope of each part, all of them said as *say* has it.

    Without a test part of its own, each half of the validation part is judged by the other's threshold.
    """
    validation, test = _both(data.validation, most), _both(data.test, most)
    figures = ClincFigures()
    for held, judged in [(validation, test)] if data.own_test else [(validation, test), (test, validation)]:
        known = guess([say(text) for text, name in held if name])
        inside = [(text, name) for text, name in judged if name]
        found = guess([say(text) for text, _ in inside])
        strangers = guess([say(text) for text, name in judged if not name])
        figures.rounds.append(
            Round([sure for _, sure in known], [sure for _, sure in found], [sure for _, sure in strangers])
        )
        figures.right += [name == wanted for (name, _), (_, wanted) in zip(found, inside, strict=True)]
    return figures


def _sample(rows: Sequence[Labelled], most: int, seed: int) -> list[Labelled]:
    order = np.random.default_rng(seed).permutation(len(rows))[:most]
    return [rows[at] for at in order]


def _both(rows: Sequence[Labelled], most: int) -> list[Labelled]:
    """Thin the sentences in scope to *most*; those out of scope are few and stay."""
    inside = [row for row in rows if row[1]]
    return [*inside[:: max(1, len(inside) // most)], *(row for row in rows if not row[1])]

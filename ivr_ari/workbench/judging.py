"""
How well a flow's intents are told apart: each example judged by an understanding that never saw it.

The whole pipeline judges, as in a call: a sentence may be taken for a request, for several, for an act
("cancel") or for nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Examples", "Judge", "Judgement", "Verdict", "calibration_error", "crossed", "reliability"]

Examples = Mapping[str, Sequence[str]]

BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence was taken for: the surest intent, whether that was *sure* enough, and what else."""

    intent: str
    confidence: float
    sure: bool
    others: tuple[str, ...] = ()
    """Further requests of the same sentence."""

    acts: tuple[str, ...] = ()


Judge = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One sentence, what it means (empty: nothing the flow knows) and what it was taken for."""

    said: str
    meant: str
    verdict: Verdict

    @property
    def taken(self) -> str:
        """The intent; else acts in brackets; empty for nothing."""
        if self.verdict.sure:
            return " + ".join((self.verdict.intent, *self.verdict.others))
        return f"({', '.join(self.verdict.acts)})" if self.verdict.acts else ""

    @property
    def right(self) -> bool:
        return self.taken == self.meant


def crossed(
    examples: Examples,
    folds: int,
    learn: Callable[[Examples], Judge],
    distort: Callable[[str], str] | None = None,
    tell: Callable[[int], None] = lambda fold: None,
    judged: Examples | None = None,
) -> tuple[list[Judgement], list[Judgement]]:
    """
    Judge each example by what was learnt from the others, in *folds* parts, plain and *distort*-ed.

    The parts are the same every time. The only example of an intent is not judged, for without it there is no
    such intent. *tell* is called with the number of each part, from 0. *judged* are those judged (None: all).
    """
    plain: list[Judgement] = []
    distorted: list[Judgement] = []
    parts = {
        (intent, said): (number + place) % folds
        for number, (intent, sentences) in enumerate(examples.items())
        for place, said in enumerate(sorted(dict.fromkeys(sentences), key=_shuffled))
        if len(set(sentences)) > 1
    }
    for fold in range(folds):
        tell(fold)
        held = [pair for pair, part in parts.items() if part == fold and _wanted(pair, judged)]
        if not held:
            continue
        rest = {
            intent: [said for said in sentences if parts.get((intent, said)) != fold]
            for intent, sentences in examples.items()
        }
        judge = learn({intent: sentences for intent, sentences in rest.items() if sentences})
        plain += [Judgement(said, intent, judge(said)) for intent, said in held]
        if distort:
            odd = [(intent, distort(said)) for intent, said in held]
            distorted += [Judgement(said, intent, judge(said)) for intent, said in odd]
    return plain, distorted


def _wanted(pair: tuple[str, str], judged: Examples | None) -> bool:
    return judged is None or pair[1] in judged.get(pair[0], ())


def _shuffled(sentence: str) -> str:
    """An order that has nothing to do with how an admin wrote the examples down, and never changes."""
    return hashlib.sha256(sentence.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bin:
    """Sentences of like confidence: how sure understanding was on average, and how often right."""

    least: float
    most: float
    count: int
    confidence: float
    accuracy: float


def reliability(judged: Sequence[Judgement]) -> tuple[Bin, ...]:
    """Return how often each tenth of confidence is right; best guesses that were not taken count too."""
    bins = []
    sizes = Counter(_bin(one) for one in judged)
    for number in sorted(sizes):
        inside = [one for one in judged if _bin(one) == number]
        confidence = sum(one.verdict.confidence for one in inside) / len(inside)
        accuracy = sum(bool(one.meant) and one.verdict.intent == one.meant for one in inside) / len(inside)
        bins.append(
            Bin(number / BINS, (number + 1) / BINS, len(inside), round(confidence, 3), round(accuracy, 3))
        )
    return tuple(bins)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (Naeini et al., 2015): how far confidence is from accuracy."""
    count = sum(one.count for one in bins)
    return sum(abs(one.confidence - one.accuracy) * one.count for one in bins) / count if count else 0.0


def _bin(one: Judgement) -> int:
    return min(int(one.verdict.confidence * BINS), BINS - 1)

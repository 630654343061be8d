"""How well a flow is understood, and what its author can do about it: the report of `understand test`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .advice import Mistake, advise
from .example_faults import Clash, Contrary, clashes, contrary, few
from .judging import Bin, Examples, Judge, Judgement, calibration_error, crossed, reliability
from .slot_coverage import Collision, SlotUse

__all__ = ["Confusion", "IntentShare", "Report", "Strangers", "report_of"]

Vectors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class IntentShare:
    """How many of an intent's examples were understood by what the others taught; None of its only one."""

    intent: str
    examples: int
    plain: float | None
    misheard: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Sentences that mean one thing and were taken for another: an intent, ``(acts)``, or nothing."""

    meant: str
    taken: str
    mistakes: tuple[Mistake, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Strangers:
    """Sentences that no company is for, and those of them that were taken for a request."""

    count: int
    taken: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """
    All of it; shares are between 0 and 1.

    *accuracy* is that of the examples, each judged by what was learnt from others; *misheard* the same with
    simulated recognition errors, None where there is no simulation for the language. *reliability* is that of
    examples and strangers together, for callers are both.
    """

    flow: str
    language: str
    folds: int
    examples: int
    accuracy: float
    misheard: float | None
    calibration_error: float
    reliability: tuple[Bin, ...]
    intents: tuple[IntentShare, ...]
    confusions: tuple[Confusion, ...]
    strangers: Strangers
    not_learnt: tuple[Judgement, ...]
    """Examples that are not understood though they were learnt: their words mean something else."""

    few: Mapping[str, int]
    clashes: tuple[Clash, ...]
    contrary: tuple[Contrary, ...]
    slots: tuple[SlotUse, ...] = ()
    collisions: tuple[Collision, ...] = ()
    conversations: int = 0
    conversations_failed: tuple[str, ...] = ()
    utterances: int = 0
    utterances_misheard: float | None = None
    """Of the utterances that mean something, how many mean the same with simulated recognition errors."""

    seconds: float = field(default=0.0)


def report_of(
    flow: str,
    language: str,
    examples: Examples,
    *,
    folds: int,
    learn: Callable[[Examples], Judge],
    vectors: Vectors,
    distort: Callable[[str], str] | None,
    strangers: Sequence[str],
    tell: Callable[[int], None] = lambda fold: None,
    judged: Examples | None = None,
) -> Report:
    """
    Judge the *examples* of a flow.

    *vectors* are those of the examples, *distort* simulates recognition errors, *tell* hears of each fold.
    *judged* are the examples to judge; None judges all.
    """
    plain, distorted = crossed(examples, folds, learn, distort, tell, judged)
    judge = learn(examples)
    odd = [Judgement(said, "", judge(said)) for said in strangers]
    own = examples if judged is None else judged
    learnt = [Judgement(said, intent, judge(said)) for intent, sentences in own.items() for said in sentences]
    bins = reliability([*plain, *odd])
    return Report(
        flow,
        language,
        folds,
        sum(map(len, own.values())),
        _share(plain) or 0.0,
        _share(distorted),
        round(calibration_error(bins), 3),
        bins,
        tuple(
            IntentShare(
                intent,
                len(said),
                _share([one for one in plain if one.meant == intent]),
                _share([one for one in distorted if one.meant == intent]),
            )
            for intent, said in own.items()
        ),
        confusions(plain, examples, vectors),
        Strangers(len(odd), tuple(one for one in odd if one.verdict.sure)),
        tuple(one for one in learnt if not one.right),
        few(own),
        clashes(own, vectors),
        contrary(own, vectors),
    )


def confusions(judged: Sequence[Judgement], examples: Examples, vectors: Vectors) -> tuple[Confusion, ...]:
    """Return what was mixed up, the most frequent first, with what to do about it."""
    wrong: defaultdict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for one in judged:
        if not one.right:
            wrong[one.meant, one.taken].append(one)
    counts = Counter({pair: len(ones) for pair, ones in wrong.items()})
    found = []
    for (meant, taken), _ in counts.most_common():
        mistakes = tuple(_mistake(one, examples, vectors) for one in wrong[meant, taken])
        back = len(wrong.get((taken, meant), ()))
        found.append(Confusion(meant, taken, mistakes, advise(meant, taken, mistakes, back, examples)))
    return tuple(found)


def _mistake(one: Judgement, examples: Examples, vectors: Vectors) -> Mistake:
    """Add the nearest example of its own intent, and of all others."""
    cosines = {
        (intent, said): float(vectors[said] @ vectors[one.said])
        for intent, sentences in examples.items()
        for said in sentences
        if said != one.said
    }
    own = max(
        (pair for pair in cosines if pair[0] == one.meant), key=lambda pair: cosines[pair], default=None
    )
    other = max(
        (pair for pair in cosines if pair[0] != one.meant), key=lambda pair: cosines[pair], default=None
    )
    return Mistake(
        one.said,
        one.verdict.confidence,
        own[1] if own else "",
        round(cosines[own], 3) if own else 0.0,
        other[1] if other else "",
        other[0] if other else "",
        round(cosines[other], 3) if other else 0.0,
    )


def _share(judged: Sequence[Judgement]) -> float | None:
    return round(sum(one.right for one in judged) / len(judged), 3) if judged else None

"""What is wrong with the examples themselves, before anything is learnt from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .judging import Examples

__all__ = ["ALIKE", "ENOUGH", "Clash", "clashes", "contrary", "few"]

ENOUGH = 8
"""Fewer examples of an intent are few: each further one still improves it much."""

ALIKE = 0.9
"""From this cosine on two sentences say the same in the encoder's eyes."""

CLOSER = 0.1
"""So much nearer to another intent's example than to its own ones a sentence is in the wrong place."""

FILLERS = frozenset(
    (
        *("a", "an", "the", "my", "i", "i'd", "i'm", "to", "please", "can", "could", "would", "like", "want"),
        *("you", "me", "need", "is", "of", "for", "hello", "hi", "uh", "um", "just", "el", "la", "mi", "un"),
        *("una", "quiero", "quisiera", "por", "favor", "de", "puedo", "puede", "necesito", "hola"),
    )
)
"""Words that say nothing about what is wanted."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two examples of different intents that say nearly the same."""

    first: str
    first_intent: str
    second: str
    second_intent: str
    cosine: float
    same_words: bool
    """They differ in words only that say nothing about what is wanted."""


def few(examples: Examples) -> dict[str, int]:
    """Return the intents with too few examples, and how many they have."""
    return {intent: len(said) for intent, said in examples.items() if len(said) < ENOUGH}


def clashes(examples: Examples, vectors: Mapping[str, NDArray[np.float32]]) -> tuple[Clash, ...]:
    """Return examples of different intents that say nearly the same; *vectors* have length one."""
    pairs = _pairs(examples)
    rows = np.array([vectors[said] for _, said in pairs])
    cosines = rows @ rows.T if len(rows) else rows
    found = []
    for one, other in _across(pairs):
        (intent, said), (other_intent, other_said) = pairs[one], pairs[other]
        same = _said(said) == _said(other_said)
        if same or cosines[one, other] >= ALIKE:
            cosine = round(float(cosines[one, other]), 3)
            found.append(Clash(said, intent, other_said, other_intent, cosine, same))
    return tuple(sorted(found, key=lambda clash: (not clash.same_words, -clash.cosine)))


@dataclass(frozen=True, slots=True)
class Contrary:
    """An example that is nearer to another intent's example than to all others of its own."""

    said: str
    intent: str
    nearest: str
    nearest_intent: str
    cosine: float
    own_cosine: float


def contrary(examples: Examples, vectors: Mapping[str, NDArray[np.float32]]) -> tuple[Contrary, ...]:
    """Return the examples that look as if they stood under the wrong intent, the worst first."""
    pairs = _pairs(examples)
    rows = np.array([vectors[said] for _, said in pairs])
    owners = np.array([intent for intent, _ in pairs])
    found = []
    for at, (intent, said) in enumerate(pairs):
        cosines = rows @ rows[at]
        own = owners == intent
        own[at] = False
        others = owners != intent
        if not own.any() or not others.any():
            continue
        best = int(np.where(others, cosines, -1.0).argmax())
        mine = float(cosines[own].max())
        if cosines[best] - mine >= CLOSER:
            near = round(float(cosines[best]), 3)
            found.append(Contrary(said, intent, pairs[best][1], pairs[best][0], near, round(mine, 3)))
    return tuple(sorted(found, key=lambda one: one.own_cosine - one.cosine))


def _pairs(examples: Examples) -> list[tuple[str, str]]:
    return [(intent, said) for intent, sentences in examples.items() for said in sentences]


def _across(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    for one in range(len(pairs)):
        for other in range(one + 1, len(pairs)):
            if pairs[one][0] != pairs[other][0]:
                yield one, other


def _said(sentence: str) -> tuple[str, ...]:
    words = sentence.lower().split()
    return tuple(sorted(word for word in words if word not in FILLERS)) or tuple(sorted(words))

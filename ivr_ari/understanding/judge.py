"""
What a text asks for: the likeliest intent, and others that it asks for as well.

Which intent is likeliest is `Intents`' to say, to whom each text has one. Whether a text has a second one is
`Several`'s, who judges each intent by itself: "change the date and the room" has two that are sure, "my card"
two that exclude each other. Where a flow's examples have several intents themselves, `Several` alone judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .features import Encode
from .intents import Guess, Intents, Learnt, learn
from .several import ActsOf, Labels, Several, learn_labels
from .words import name_spoken

__all__ = ["Judge", "Opinion"]

Matrix = NDArray[np.float32]

ALSO = 0.7
"""
So sure must each of two intents of one text be. Of sentences with one intent (CLINC150, BANKING77, 20 intents
of 12 examples each) 0.5 % get a second one, of two sentences joined by "and" 56 % get both without a cut.
"""

LEARNT = "learnt.npz"
LABELS = "labels.npz"
"""The files with what was learnt, in a component's folder."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The likeliest intent of a text, and what it asks for as well, each with how sure that is."""

    guess: Guess
    also: tuple[tuple[str, float], ...] = ()


class Judge:
    """Knows the intents of one flow; keeps nothing of what it judges."""

    def __init__(
        self, names: Sequence[str], learnt: Learnt | None, labels: Labels, encode: Encode, acts: ActsOf
    ) -> None:
        """*names* in the order of the examples; *learnt* is None where examples have several intents."""
        self._intents = None if learnt is None else Intents(names, learnt, encode)
        self._labels = labels
        self._encode = encode
        self._acts = acts

    @classmethod
    def taught(
        cls,
        examples: Mapping[str, Sequence[str]],
        encode: Encode,
        remember: Encode,
        strangers: Sequence[str],
        acts: ActsOf,
        *,
        several: bool,
    ) -> Judge:
        """
        Learn *examples*, sentences of each intent; *strangers* have none.

        *several*: an example that stands under several intents has all of them. *remember* encodes the
        examples, *encode* what is judged. FlowError as of `check_examples`.
        """
        once = _Once(remember)
        once([text.lower() for text in (*_sentences(examples), *strangers)])
        learnt = None if several else learn(examples, once, strangers)
        owners: dict[str, set[str]] = {text.lower(): set() for text in strangers}
        for name, sentences in examples.items():
            for text in sentences:
                owners.setdefault(text.lower(), set()).add(name)
        pairs = [(text, frozenset(names)) for text, names in owners.items()]
        called = {name: [name_spoken(name)] for name in examples}
        return cls(tuple(examples), learnt, learn_labels(pairs, called, once, acts), encode, acts)

    def save(self, folder: Path) -> None:
        """Write what was learnt into *folder*."""
        folder.mkdir(parents=True, exist_ok=True)
        self._labels.save(folder / LABELS)
        if self._intents is not None:
            self._intents.learnt.save(folder / LEARNT)

    @classmethod
    def load(
        cls, folder: Path, names: Sequence[str], encode: Encode, acts: ActsOf, *, several: bool
    ) -> Judge:
        """Read what `save` wrote; OSError, KeyError or ValueError if it is something else."""
        learnt = None if several else Learnt.load(folder / LEARNT)
        return cls(names, learnt, Labels.load(folder / LABELS), encode, acts)

    @property
    def several(self) -> bool:
        """Whether examples have several intents, so that the likeliest says little."""
        return self._intents is None

    def opinions(self, texts: Sequence[str]) -> list[Opinion]:
        """Judge each text by itself; the likeliest intent may have any confidence."""
        once = _Once(self._encode)
        if self._intents is None:
            return [_several(found) for found in Several.of(self._labels, once, self._acts).find(texts)]
        guesses = self._intents.guess(texts, once)
        likely = self._likely(texts, once)
        return [_opinion(*one, self._labels.names) for one in zip(guesses, likely, strict=True)]

    def likely(self, texts: Sequence[str], names: Sequence[str]) -> Matrix:
        """Return for each text how likely each of *names* is, whatever else it asks for."""
        columns = [self._labels.names.index(name) for name in names]
        return np.asarray(self._likely(texts, self._encode)[:, columns], np.float32)

    def _likely(self, texts: Sequence[str], encode: Encode) -> Matrix:
        return Several.of(self._labels, encode, self._acts).judge(texts)


class _Once:
    """Encodes no sentence twice, and all that are asked for at once in one call."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, Matrix] = {}

    def __call__(self, sentences: Sequence[str]) -> Matrix:
        new = [text for text in dict.fromkeys(sentences) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encode(new), strict=True))
        return np.stack([self._known[text] for text in sentences])


def _sentences(examples: Mapping[str, Sequence[str]]) -> list[str]:
    return [text for sentences in examples.values() for text in sentences]


def _several(found: Mapping[str, float]) -> Opinion:
    surest = sorted(found.items(), key=lambda one: -one[1])
    if not surest:
        return Opinion(Guess("", 0.0))
    name, sure = surest[0]
    return Opinion(Guess(name, sure, near=1.0), tuple(surest[1:]))


def _opinion(guess: Guess, likely: Matrix, names: Sequence[str]) -> Opinion:
    sure = {name: float(one) for name, one in zip(names, likely, strict=True) if one >= ALSO}
    if guess.intent not in sure or len(sure) == 1:
        return Opinion(guess)
    also = sorted(
        ((name, one) for name, one in sure.items() if name != guess.intent), key=lambda one: -one[1]
    )
    # those who share a text share the first judge's confidence as well
    return Opinion(replace(guess, confidence=max(guess.confidence, sure[guess.intent])), tuple(also))

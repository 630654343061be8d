"""
The phrases of a list that sound most like words that were heard: the best of thousands in a few milliseconds.

Three steps, each slower and finer than the one before. Runs of three sounds that words and phrase share,
counted by how rare they are, leave a few dozen phrases of thousands. Of each the stretch of words most like
it is found by letters of sound. What is left is compared sound by sound: `alike` weighs how near one phone is
to another. A phrase said in part ("lopez" for "doctor maria lopez") counts by the share of it that was said,
rare words more than those that many phrases have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from rapidfuzz.distance import Levenshtein

from .pronunciations import alike

__all__ = ["Near", "SoundIndex", "Sounds"]

Sounds = Callable[[str], tuple[str, ...]]
"""How a word sounds, in phones or in letters."""

RUN = 3
"""Sounds in a row that are looked up."""

KEPT = 40
"""Phrases left by the first step."""

COMPARED = 8
"""Phrases left by the second step."""

LONGER, SHORTER = 1.6, 0.5
"""How much longer and shorter in sounds the words may be than the phrase."""

PART = 0.9
"""What a phrase weighs that was said only in part, beside one that was said whole."""

WORD_ALIKE = 0.6
"""Less alike, a word is another one."""

GLANCE = 0.3
"""Less alike by letters of sound, words are not compared any further."""


@dataclass(frozen=True, slots=True)
class Near:
    """A phrase by its place in the list, the words (*last* included) that sound like it, and how much."""

    at: int
    first: int
    last: int
    likeness: float


class SoundIndex:
    """Phrases by how they sound. Words that were heard are not kept."""

    def __init__(self, phrases: Sequence[Sequence[str]], sounds: Sounds) -> None:
        """*phrases* are lists of words, *sounds* tells how a word sounds."""
        self._sounds = sounds
        self._sounded = {word: sounds(word) for word in {word for phrase in phrases for word in phrase}}
        self._words = [tuple(self._sounded[word] for word in phrase) for phrase in phrases]
        self._phones = [tuple(phone for word in words for phone in word) for words in self._words]
        self._letters: dict[str, str] = {}
        self._coded = [self._code(phones) for phones in self._phones]
        held = Counter(word for phrase in phrases for word in set(phrase))
        self._weights = [
            tuple(log(1 + len(phrases) / held[word]) + 0.1 for word in phrase) for phrase in phrases
        ]
        runs = [sorted(set(_runs(code))) for code in self._coded]
        counts = Counter(run for own in runs for run in own)
        known = {run: at for at, run in enumerate(counts)}
        self._known: Mapping[str, int] = known
        rare = np.array([log(1 + len(phrases) / count) for count in counts.values()], np.float32)
        owners = np.array([at for at, own in enumerate(runs) for _ in own], np.int32)
        of_run = np.array([known[run] for own in runs for run in own], np.int64)
        order = np.argsort(of_run, kind="stable")
        self._owners = owners[order]
        self._starts = np.searchsorted(of_run[order], np.arange(len(known) + 1))
        self._rare = rare
        weights = rare[of_run] if len(of_run) else np.zeros(0, np.float32)
        self._whole = np.bincount(owners, weights, len(phrases)).astype(np.float32) + 1e-6

    def __len__(self) -> int:
        return len(self._phones)

    def sounds_of(self, at: int) -> tuple[str, ...]:
        """Return the sounds of the phrase at place *at*."""
        return self._phones[at]

    def nearest(self, words: Sequence[str], kept: Sequence[int], *, parts: bool = False) -> list[Near]:
        """
        Return the phrases most like some stretch of *words*, best first.

        *kept* are the places of the words that weigh; the others are passed over. With *parts* a phrase may
        have been said in part.
        """
        heard = [self._sounded.get(words[at]) or self._sounds(words[at]) for at in kept]
        if not heard or not len(self):
            return []
        coded = [self._code(phones) for phones in heard]
        rough = sorted(
            (self._stretch(at, coded, parts) for at in self._candidates("".join(coded))),
            key=lambda near: -near.likeness,
        )
        found = [self._compared(near, heard, parts) for near in rough[:COMPARED]]
        found.sort(key=lambda near: -near.likeness)
        return [Near(one.at, kept[one.first], kept[one.last], one.likeness) for one in found]

    def _candidates(self, code: str) -> Sequence[int]:
        if len(self) <= KEPT:
            return range(len(self))
        ids = [self._known[run] for run in set(_runs(code)) if run in self._known]
        shared = np.zeros(len(self), np.float32)
        for run in ids:
            shared[self._owners[self._starts[run] : self._starts[run + 1]]] += self._rare[run]
        # most of what was heard, and most of what is to be heard
        score = shared / np.sqrt(self._whole)
        best = np.argpartition(-score, KEPT)[:KEPT]
        return [int(at) for at in best if shared[at] > 0]

    def _stretch(self, at: int, coded: Sequence[str], parts: bool) -> Near:
        """The stretch of words most like a phrase, by letters of sound."""
        phrase = self._coded[at]
        most = len(phrase) * LONGER
        least = 1 if parts else len(phrase) * SHORTER
        best = Near(at, 0, 0, -1.0)
        for first in range(len(coded)):
            code = ""
            for last in range(first, len(coded)):
                code += coded[last]
                if len(code) > most and last > first:
                    break
                if len(code) < least:
                    continue
                likeness = Levenshtein.normalized_similarity(code, phrase)
                if likeness > best.likeness:
                    best = Near(at, first, last, likeness)
        return best

    def _compared(self, near: Near, heard: Sequence[tuple[str, ...]], parts: bool) -> Near:
        if near.likeness < 0:
            return near
        said = tuple(phone for word in heard[near.first : near.last + 1] for phone in word)
        whole = alike(said, self._phones[near.at])
        if not parts or len(self._words[near.at]) == 1:
            return Near(near.at, near.first, near.last, whole)
        share, first, last = self._share(near.at, heard)
        if share * PART > whole:
            return Near(near.at, first, last, share * PART)
        return Near(near.at, near.first, near.last, whole)

    def _share(self, at: int, heard: Sequence[tuple[str, ...]]) -> tuple[float, int, int]:
        """How much of a phrase's words was said, and where: rare words weigh more."""
        total, got, places = 0.0, 0.0, []
        for word, weight in zip(self._words[at], self._weights[at], strict=True):
            likenesses = [1.0 if word == other else self._word_alike(word, other) for other in heard]
            place = max(range(len(heard)), key=lambda index: likenesses[index])
            total += weight
            if likenesses[place] >= WORD_ALIKE:
                got += weight * likenesses[place]
                places.append(place)
        return (got / total, min(places), max(places)) if places else (0.0, 0, 0)

    def _word_alike(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        if Levenshtein.normalized_similarity(self._code(one), self._code(other)) < GLANCE:
            return 0.0
        return alike(one, other)

    def _code(self, phones: Sequence[str]) -> str:
        """One letter a sound."""
        return "".join(self._letters.setdefault(phone, chr(0x4E00 + len(self._letters))) for phone in phones)


def _runs(code: str) -> list[str]:
    """Sounds in a row, and pairs of them, which survive where every third is wrong."""
    return [code[at : at + size] for size in (2, RUN) for at in range(len(code) - size + 1)]

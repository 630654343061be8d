"""
Simulated recognition errors of telephone calls: what a recogniser may write for a sentence.

Words are confused with others that sound like them, lost, added, joined ("a count" for account is parted,
"account" for "a count" joined). How often each happens, and to which words, is counted from a recogniser's
errors on synthesised calls (`misheard_counts`); what was never counted follows the sounds
(`sound_neighbours`). English only.

For benchmarks, and for training on what recognisers write. The same arguments give the same words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
from rapidfuzz.distance import Levenshtein

from .misheard_counts import KINDS, WORDS_ADDED, WORDS_HEARD, WORDS_LOST
from .pronunciations import pronounce
from .sound_neighbours import Neighbour, heard_as, parted

__all__ = ["mishear", "variants", "word_errors"]

COST = {"confused": 1, "lost": 1, "added": 1, "joined": 2, "parted": 2}
"""Word errors of each kind: two words joined are one confused and one lost."""

BELIEVED = 3.0
"""Counted confusions of a word weigh against its sounds as their number does against this."""

LOSING = 0.15
"""Each word is lost as if it had been so seldom, beside what was counted."""

TRIES = 8
ROUNDS = 40


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words must be exchanged, left out or put in to make *heard* of *said*."""
    return Levenshtein.distance(said, heard)


def mishear(sentence: str, rate: float = 0.2, seed: int = 0) -> str:
    """
    Return *sentence*, lower case and without punctuation, with about the share *rate* of its words wrong.

    Each word is hit by chance with probability *rate*, so short sentences are mostly heard well and some
    badly; over many sentences the word error rate is *rate*. Something is always heard.
    """
    words = re.sub(r"[^\w' ]+", " ", sentence.lower()).split()
    chance = np.random.default_rng((seed, crc32(sentence.encode())))
    wanted = int((chance.random(len(words)) < rate).sum())
    return " ".join(_Line(words, chance).with_errors(wanted)) or " ".join(words)


def variants(sentence: str, count: int, rate: float = 0.2, seed: int = 0) -> list[str]:
    """Return up to *count* different ways of mishearing *sentence*, none of them the sentence itself."""
    plain = mishear(sentence, 0.0)
    found = (mishear(sentence, rate, seed * 1000 + at) for at in range(count * TRIES))
    return list(dict.fromkeys(one for one in found if one != plain))[:count]


class _Line:
    """One sentence on its way through the line; words that were hit are not hit again."""

    def __init__(self, said: list[str], chance: np.random.Generator) -> None:
        self._said = said
        self._chance = chance
        self._words = list(said)
        self._free = [True] * len(said)

    def with_errors(self, wanted: int) -> list[str]:
        """Return the words with as many errors, or fewer where no more can be made."""
        errors = 0
        for _ in range(ROUNDS if self._said else 0):
            if errors >= wanted:
                break
            kept, free = list(self._words), list(self._free)
            self._hit(wanted - errors)
            errors = word_errors(self._said, self._words)
            if errors > wanted or not self._words:
                self._words, self._free = kept, free
                errors = word_errors(self._said, self._words)
        return self._words

    def _hit(self, most: int) -> None:
        kinds = [kind for kind in KINDS if COST[kind] <= most]
        kind = self._drawn(kinds, [KINDS[one] for one in kinds])
        places = [at for at, free in enumerate(self._free) if free]
        if kind == "joined":
            places = [at for at in places if at + 1 < len(self._free) and self._free[at + 1]]
        if not places:
            return
        if kind == "lost":
            at = places[self._place([_losable(self._words[at]) for at in places])]
            self._put(at, at + 1, [])
        elif kind == "added":
            words, counts = _added()
            at = places[int(self._chance.integers(len(places)))]
            self._put(at, at, [self._drawn(words, counts)])
        else:
            at = places[int(self._chance.integers(len(places)))]
            end = at + 2 if kind == "joined" else at + 1
            said = " ".join(self._words[at:end])
            words, likely = _confusions(said, kind == "parted")
            if words:
                self._put(at, end, self._drawn(words, likely).split())

    def _put(self, first: int, end: int, words: list[str]) -> None:
        self._words[first:end] = words
        self._free[first:end] = [False] * len(words)

    def _place(self, weights: Sequence[float]) -> int:
        shares = np.asarray(weights, np.float64)
        return int(self._chance.choice(len(shares), p=shares / shares.sum()))

    def _drawn(self, words: Sequence[str], weights: Sequence[float]) -> str:
        return words[self._place(weights)]


@cache
def _counted() -> dict[str, list[tuple[str, float]]]:
    """What was heard for words, or for two that were joined, and how often."""
    found: dict[str, list[tuple[str, float]]] = {}
    for entry in WORDS_HEARD.split():
        pair, _, count = entry.rpartition(":")
        said, _, heard = pair.replace("_", " ").partition(">")
        found.setdefault(said, []).append((heard, float(count)))
    return found


@cache
def _lost() -> dict[str, float]:
    return {word: float(count) for word, _, count in (one.rpartition(":") for one in WORDS_LOST.split())}


def _losable(word: str) -> float:
    return (_lost().get(word, 0.0) + LOSING) / max(1, len(word) - 1)


@cache
def _added() -> tuple[list[str], list[float]]:
    pairs = [one.rpartition(":") for one in WORDS_ADDED.split()]
    return [word for word, _, _ in pairs], [float(count) for _, _, count in pairs]


@cache
def _by_sound(said: str, apart: bool) -> tuple[Neighbour, ...]:
    phones = pronounce(said)
    if not phones:
        return ()
    return tuple(parted(phones, but=said) if apart else heard_as(phones, but=said))


def _confusions(said: str, apart: bool) -> tuple[list[str], list[float]]:
    """What may be heard for *said*, two words for one if *apart*, and how likely each is."""
    counted = [(heard, count) for heard, count in _counted().get(said, ()) if (" " in heard) == apart]
    total = sum(count for _, count in counted)
    share = total / (total + BELIEVED)
    near = _by_sound(said, apart)
    sum_near = sum(likely for _, likely in near)
    found = {heard: share * count / total for heard, count in counted}
    for heard, likely in near:
        found[heard] = found.get(heard, 0.0) + (1 - share) * likely / sum_near
    return list(found), list(found.values())

"""
Sentences as the words, pairs of words and letter sequences they are made of.

What the sentence encoder blurs stays sharp here: product names, rare words, and words of which recognition
got only some letters right. Features fall into a fixed number of places by a checksum (Weinberger et al.,
2009, "Feature hashing"), so nothing but their rarity is learnt.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["PLACES", "lexical", "rarity"]

Rows = NDArray[np.float32]

PLACES = 4096
LETTERS = (3, 4)
"""Lengths of the letter sequences; they reach over the spaces at both ends of a word."""

OTHER = re.compile(r"[^\w' ]+")


def rarity(sentences: Sequence[str]) -> Rows:
    """Return for each place how much it says: the smoothed inverse share of *sentences* that have it."""
    found = np.zeros(PLACES, np.float32)
    for sentence in sentences:
        found[list(set(_places(sentence)))] += 1
    # a place no example has carries no weight of the regression; it must not dilute the others either
    scarce = np.log((1 + len(sentences)) / (1 + found)) + 1
    return np.where(found > 0, scarce, 0).astype(np.float32)


def lexical(sentences: Sequence[str], rare: Rows) -> Rows:
    """Return one row of length one for each sentence, or of zeros if nothing in it is known."""
    rows = np.zeros((len(sentences), PLACES), np.float32)
    for row, sentence in zip(rows, sentences, strict=True):
        for place, count in Counter(_places(sentence)).items():
            row[place] = (1 + math.log(count)) * rare[place]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


def _places(sentence: str) -> Iterator[int]:
    words = OTHER.sub(" ", sentence.lower()).split()
    spaced = f" {' '.join(words)} "
    for feature in (
        *(f"w {word}" for word in words),
        *(f"p {first} {second}" for first, second in zip(words, words[1:], strict=False)),
        *(f"l {spaced[at : at + size]}" for size in LETTERS for at in range(len(spaced) - size + 1)),
    ):
        yield crc32(feature.encode()) % PLACES

"""
What the judges of intents look at: the encoder's vector seen from the middle of the flow's examples, and
the sentence's words and letters.

Sentences of one flow all speak of its business and so lie close together; from their middle they differ by
what tells one intent from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .lexical import lexical, rarity

__all__ = ["Encode", "Features", "prepare"]

Matrix = NDArray[np.float32]

LEXICAL_SHARE = 0.3
"""What words and letters contribute to the square of a row's length; the rest is the encoder's."""


class Encode(Protocol):
    """Turns sentences into rows of length one."""

    def __call__(self, sentences: Sequence[str]) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class Features:
    """*centre* is the middle of the examples' vectors, *rare* how much each lexical place says."""

    centre: Matrix
    rare: Matrix

    def rows(self, sentences: Sequence[str], encode: Encode) -> Matrix:
        """Return a row for each sentence; its length is one, or a little less for strange words."""
        plain = [sentence.lower() for sentence in sentences]
        vectors = encode(plain) - self.centre
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        words = lexical(plain, self.rare)
        return np.hstack([np.sqrt(1 - LEXICAL_SHARE) * vectors, np.sqrt(LEXICAL_SHARE) * words]).astype(
            np.float32
        )


def prepare(sentences: Sequence[str], encode: Encode) -> Features:
    """Look at the examples' *sentences*."""
    plain = [sentence.lower() for sentence in sentences]
    return Features(np.asarray(encode(plain).mean(0), np.float32), rarity(plain))

"""The one corruption all figures are taken with: one word of five is misheard, always in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ivr_ari.understanding.mishearing import mishear, word_errors

__all__ = ["RATE", "measured_rate", "misheard"]

RATE, SEED = 0.2, 4


@cache
def misheard(text: str) -> str:
    """Return *text* as a recogniser may write it."""
    return mishear(text, RATE, SEED)


def measured_rate(texts: Iterable[str]) -> float:
    """Return the word error rate of *texts*, counted."""
    errors = words = 0
    for text in texts:
        said = mishear(text, 0.0).split()
        errors += word_errors(said, misheard(text).split())
        words += len(said)
    return errors / max(words, 1)

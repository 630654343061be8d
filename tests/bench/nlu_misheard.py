"""The one corruption all figures are taken with: one word of five is misheard, always in the same way."""

from __future__ import annotations

from functools import cache

from ivr_ari.understanding.mishearing import mishear, word_errors

from .mishearing.sentences import sentences

__all__ = ["RATE", "measured_rate", "misheard"]

RATE, SEED = 0.2, 20220315


@cache
def misheard(text: str) -> str:
    """Return *text* as a recogniser may write it."""
    return mishear(text, RATE, SEED)


def measured_rate() -> float:
    """Return the word error rate on the project's own sentences."""
    said = sentences()
    errors = sum(word_errors(one.split(), misheard(one).split()) for one in said)
    return errors / sum(len(one.split()) for one in said)

"""What a telephone line does to words, for the report of `understand test`."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from ..understanding.mishearing import mishear
from ..understanding.pronunciations import alike, pronounce
from .examination import Telephone

__all__ = ["telephone_of"]

RATE = 0.2
"""Share of the words that recognition gets wrong, as in the benchmark (docs/measurements.md)."""

SEED = 1

WORTH_A_LOOK = 50.0
"""Of 100: phrases written with fewer letters in common are not compared by sound, which takes longer."""


def telephone_of(language: str) -> Telephone:
    """Return the line for callers in *language*; where its sounds are not known, letters stand for them."""
    if language == "en":
        return Telephone(errors, sounding_alike)
    return Telephone(None, written_alike)


def errors(said: str) -> str:
    """Return *said* as recognition might hear it: the same every time."""
    return mishear(said, RATE, SEED)


def sounding_alike(one: str, other: str) -> float:
    """Return how alike two English phrases sound, 0 to 1."""
    return alike(pronounce(one), pronounce(other)) if ratio(one, other) >= WORTH_A_LOOK else 0.0


def written_alike(one: str, other: str) -> float:
    """Return how alike two phrases are written, 0 to 1."""
    return ratio(one, other) / 100

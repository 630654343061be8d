"""What a recogniser is told to expect: of a whole flow once, of each step before it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["UNKNOWN", "FlowPhrases", "Listening"]

UNKNOWN = "[unk]"
"""Vosk's word for sounds that fit nothing in a list of phrases."""


@dataclass(frozen=True, slots=True)
class FlowPhrases:
    """What callers of one flow say in one language, as lower-case words; the same for all its calls."""

    language: str = "en"
    sentences: tuple[str, ...] = ()
    """What is said where anything may be: the examples of the intents."""

    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slot to the words that name it."""

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slot to all phrases of all its choices, also of those that come from a file."""


@dataclass(frozen=True, slots=True)
class Listening:
    """
    What listens in one step.

    *phrases* is a run-time language model (Vosk estimates bigrams from them; a phrase that stands there twice
    counts twice); without any, only the full language model listens.
    """

    phrases: tuple[str, ...] = ()
    second: bool = False
    """The full language model listens, and asks the phrases where it doubts itself; see `opinion`."""

    closed: bool = True
    """The phrases are answers to a question, not all that may be said."""

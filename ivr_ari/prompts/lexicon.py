"""
How a deployment says its own words: names, brands, places, each as sounds (IPA) or respelt.

A word in lower case is meant in any case, one with capitals as it is written ("Polish" is not "polish").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .words.normalise import normalise

__all__ = ["PLAIN", "Lexicon", "possessive"]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, and what is said in their place: ``/IPA/`` or other words."""

    said: Mapping[str, str]
    language: str = "en"

    def apply(self, words: str) -> str:
        """Return normalised *words* with those of the lexicon replaced."""
        return self._pattern.sub(self._replaced, words) if self.said else words

    def _replaced(self, found: re.Match[str]) -> str:
        said = self._normalised.get(found[1]) or self._normalised[found[1].lower()]
        return possessive(said) if found[2] else said

    @cached_property
    def _normalised(self) -> Mapping[str, str]:
        """By the word as it stands in a normalised text: "SQL" is "S Q L" there."""
        return {normalise(word, self.language): said for word, said in self.said.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._normalised, key=len, reverse=True)
        either = (re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})" for word in words)
        return re.compile(rf"(?<![\w'])({'|'.join(either)})('s)?(?!\w)")


def possessive(said: str) -> str:
    """Return "/ænə/" as "/ænəz/", other words with "'s". English; other languages write no such thing."""
    if not said.endswith("/"):
        return f"{said}'s"
    sounds = said[:-1]
    if sounds.endswith(("s", "z", "ʃ", "ʒ")):
        return f"{sounds}ɪz/"
    return f"{sounds}s/" if sounds.endswith(("p", "t", "k", "f", "θ")) else f"{sounds}z/"


PLAIN = Lexicon({})
"""No words of its own."""

"""
What is to be said: sentences of phrases, in words, and how each is to sound.

A script is made of a prompt's parts (see `ivr_ari.events.Say`) before any engine sees it. It decides what
is kept: a sentence said before is taken from the cache, whatever prompt it was said in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

__all__ = ["Phrase", "Script", "Sentence"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said in one manner."""

    words: str
    """
    Words and the marks that make pauses. ``/ˈtoʊmɛ/`` stands for a word whose sounds (IPA) are known;
    a slash means nothing else here.
    """

    fixed: bool = True
    """Whether the flow says it word for word; values differ from call to call."""

    pace: int = 100
    """Percent of the pace of the prompt."""

    stress: bool = False
    pause_ms: int = 0
    """Silence wanted after it, beyond what its marks make."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a voice speaks in one go, and what the cache keeps."""

    phrases: tuple[Phrase, ...]

    @property
    def words(self) -> str:
        """All of its words, as a reader would write them."""
        return " ".join(phrase.words for phrase in self.phrases if phrase.words)

    @property
    def key(self) -> str:
        """Everything of it that can be heard."""
        heard = [(phrase.words, phrase.pace, phrase.stress, phrase.pause_ms) for phrase in self.phrases]
        return json.dumps(heard, ensure_ascii=False)


Script = tuple[Sentence, ...]

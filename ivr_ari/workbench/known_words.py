"""
The words of a flow that a recognition model does not know, and the known ones that sound most like them.

A recogniser returns words of its model and no others: an unknown word comes back as its neighbours. Whoever
writes the flow adds those as a way to say it, or takes a word that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ..dialogue.flow import Flow
from ..errors import SetupError
from ..flow_words import spoken_words
from ..understanding.pronunciations import coded, far_apart, pronunciations

__all__ = ["KnownWords", "unheard", "unknown_words"]

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
NEAREST = 3
COMPARED = 60
"""Words alike by letters of sound that are compared phone by phone."""

SHORTEST_PART = 2
"""Letters of either half of a word that is known in two ("check in")."""


class KnownWords:
    """The vocabulary of a model: ``graph/words.txt``, a word and its number a line."""

    def __init__(self, model: Path, language: str = "en") -> None:
        """Raises SetupError ``model.words`` for a model whose folder holds no list of words."""
        try:
            lines = (model / "graph/words.txt").read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise SetupError("model.words", folder=str(model), hint=str(error)) from None
        listed = (line.partition(" ")[0] for line in lines)
        self.words = frozenset(word for word in listed if word[:1] not in ("<", "#", "[", "!"))
        self._english = language[:2] == "en"

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return what *word* may be heard as: its halves if they are words, then what is nearest to it."""
        halves = (
            f"{word[:at]} {word[at:]}"
            for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            if word[:at] in self.words and word[at:] in self.words
        )
        near = process.extract(
            self._code(word),
            self._codes,
            scorer=Levenshtein.distance,
            limit=COMPARED if self._english else NEAREST,
        )
        close = [found[2] for found in near]
        if self._english:
            said = pronunciations(word)[0]
            close.sort(key=lambda other: far_apart(said, pronunciations(other)[0]))
        return tuple(dict.fromkeys((*sorted(halves, key=_uneven)[:1], *close)))[:NEAREST]

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        return {word: self._code(word) for word in sorted(self.words)}

    def _code(self, word: str) -> str:
        """Return letters of sound; beyond English, whose spelling says little, the word's own."""
        return coded(pronunciations(word)[0]) if self._english else word


def unknown_words(flow: Flow, language: str, known: KnownWords) -> dict[str, tuple[str, ...]]:
    """Return each word of callers in *flow* that the model does not know, and where the flow has it."""
    found: dict[str, dict[str, None]] = {}
    for where, phrase in _phrases(flow, language):
        for word in WORD.findall(phrase.lower()):
            if word not in known:
                found.setdefault(word, {})[where] = None
    return {word: tuple(places) for word, places in sorted(found.items())}


def unheard(flows: Iterable[Flow], models: Mapping[str, Path]) -> Iterator[str]:
    """Yield a line for each word that *models*, folders by language, do not know. Raises SetupError."""
    known = {language[:2]: KnownWords(folder, language) for language, folder in models.items()}
    for flow in flows:
        for language in dict.fromkeys(name[:2] for name in flow.languages if name[:2] in known):
            spoken = next(name for name in flow.languages if name[:2] == language)
            for word, places in unknown_words(flow, spoken, known[language]).items():
                near = ", ".join(known[language].nearest(word))
                where = ", ".join(places)
                yield f"{flow.name}: recognition does not know {word!r} ({where}); near: {near}"


def _phrases(flow: Flow, language: str) -> Iterator[tuple[str, str]]:
    words = spoken_words(flow, language)
    for intent, examples in words.intents.items():
        yield from ((f"intent {intent}", said) for said in examples)
    for slot, named in words.choices.items():
        yield from ((f"choices of {slot}", said) for ways in named.values() for said in ways)
    for field, by_slot in (("called", words.called), ("after", words.after), ("counts", words.counts)):
        for slot, phrases in by_slot.items():
            yield from ((f"{field} of {slot}", said) for said in phrases)


def _uneven(halves: str) -> int:
    first, _, second = halves.partition(" ")
    return abs(len(first) - len(second))

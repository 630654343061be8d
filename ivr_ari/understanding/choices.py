"""
Choices by the words people use for them, exactly or nearly: "charged me twice", "check in account".

spaCy's `PhraseMatcher` finds the exact phrases. What a recogniser bent is found by letters: a window of
words and a phrase are compared without blanks, light words ("me", "the") left out, a letter in five wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..events import Value
from .light_spacy import Doc, PhraseMatcher, Vocab, levenshtein
from .numbers import find_cardinals, find_ordinals
from .words import FILLERS, Words, has, listed

__all__ = ["ENGLISH", "ChoiceWords", "Choices", "by_position"]

LIGHT = FILLERS | frozenset(
    listed("me us him her them the a an my for been was were got have has it that of")
)
LETTERS_PER_MISTAKE = 5
SHORTEST = 5
"""Phrases with fewer letters are not guessed at."""

BY_POSITION = 0.8
POLITE = frozenset(listed("please the that one's i want would like take i'll yes yeah okay ok"))


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """What finding choices needs to know of a language."""

    light: frozenset[str]
    polite: frozenset[str]
    counting: frozenset[str]
    """Words in front of a number that make it a place: "number two"."""
    ordinals: Callable[[Words], tuple[Value, ...]]
    """Finds "the first one", which is asked for."""
    cardinals: Callable[[Words], tuple[Value, ...]]
    plain: Callable[[str], str]
    """Writes a word as a turn's words are written, which may be without accents."""


ENGLISH = ChoiceWords(
    LIGHT,
    FILLERS | POLITE,
    frozenset(("number", "option", "choice")),
    lambda words: find_ordinals(words, asked=True),
    lambda words: find_cardinals(words, asked=True),
    str.lower,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    slot: str
    """Empty if several slots share it."""

    choice: str
    words: tuple[str, ...]
    letters: str
    """The words that weigh, without blanks."""
    size: int
    """How many those are."""


class Choices:
    """The phrases of some slots; finding keeps nothing."""

    def __init__(
        self,
        vocab: Vocab,
        choices: Mapping[str, Mapping[str, Sequence[str]]],
        language: ChoiceWords = ENGLISH,
    ) -> None:
        self._phrases = tuple(_phrases(choices, language))
        self._language = language
        self._matcher = PhraseMatcher(vocab, attr="LOWER")
        for at, phrase in enumerate(self._phrases):
            self._matcher.add(str(at), [Doc(vocab, words=list(phrase.words))])
        self._vocab = vocab

    def find(self, doc: Doc) -> tuple[Value, ...]:
        """Return the choices in *doc*, exact ones first; several slots may share words."""
        if not self._phrases:
            return ()
        found = [
            self._value(self._phrases[int(self._vocab.strings[key])], start, end, 1.0)
            for key, start, end in self._matcher(doc)
        ]
        words = [token.lower_ for token in doc]
        kept = [at for at, word in enumerate(words) if word not in self._language.light]
        exact = {(value.slot, value.value) for value in found}
        for phrase in self._phrases:
            if (phrase.slot, phrase.choice) not in exact and (near := _nearly(words, kept, phrase)):
                found.append(self._value(phrase, *near))
        return tuple(_longest(found))

    @staticmethod
    def _value(phrase: Phrase, start: int, end: int, likeness: float) -> Value:
        return Value("choice", phrase.choice, start, end - 1, 0.95 * likeness, slot=phrase.slot)


def by_position(
    words: Words, names: Sequence[str], slot: str, language: ChoiceWords = ENGLISH
) -> Value | None:
    """
    Read "the first one", "the last one", "number two" as one of the choices *names* in the order offered.

    A number alone ("two") is one as well.
    """
    placed = [*language.ordinals(words), *_numbered(words, language)]
    for value in placed:
        number = int(str(value.value))
        at = number - 1 if number > 0 else number
        if -len(names) <= at < len(names):
            return Value("choice", names[at], value.first, value.last, BY_POSITION, slot=slot)
    return None


def _numbered(words: Words, language: ChoiceWords) -> Iterable[Value]:
    """Numbers that count something: "number two", "option three", or nothing but "two"."""
    said = [at for at, word in enumerate(words) if word not in language.polite]
    for value in language.cardinals(words):
        alone = said == list(range(value.first, value.last + 1))
        if alone or has(words, value.first - 1, *language.counting):
            yield value


def _phrases(choices: Mapping[str, Mapping[str, Sequence[str]]], language: ChoiceWords) -> Iterable[Phrase]:
    """Each phrase once: a choice that several slots name alike belongs to none of them by itself."""
    owners: dict[tuple[str, tuple[str, ...]], str] = {}
    for slot, names in choices.items():
        for name, phrases in names.items():
            for text in dict.fromkeys((name.replace("-", " ").replace("_", " "), *phrases)):
                key = name, tuple(language.plain(text).split())
                owners[key] = slot if owners.get(key, slot) == slot else ""
    for (name, words), slot in owners.items():
        weighing = [word for word in words if word not in language.light] or list(words)
        yield Phrase(slot, name, words, "".join(weighing), len(weighing))


def _nearly(words: Words, kept: Sequence[int], phrase: Phrase) -> tuple[int, int, float] | None:
    """The window of *words* most like *phrase*: its start, the index behind it, and the likeness."""
    if len(phrase.letters) < SHORTEST:
        return None
    allowed = len(phrase.letters) // LETTERS_PER_MISTAKE
    best: tuple[int, int, float] | None = None
    for size in {max(1, phrase.size - 1), phrase.size, phrase.size + 1}:
        for first in range(len(kept) - size + 1):
            window = kept[first : first + size]
            letters = "".join(words[at] for at in window)
            if abs(len(letters) - len(phrase.letters)) > allowed:
                continue
            mistakes = levenshtein(letters, phrase.letters, allowed)
            likeness = 1 - mistakes / len(phrase.letters)
            if mistakes <= allowed and (best is None or likeness > best[2]):
                best = window[0], window[-1] + 1, likeness
    return best


def _are_apart(one: Value, other: Value) -> bool:
    return one.last < other.first or other.last < one.first


def _longest(values: Sequence[Value]) -> Iterable[Value]:
    """Of values of one slot that share words or name the same choice, keep the surest, then the longest."""
    chosen: list[Value] = []
    for value in sorted(values, key=lambda value: (-value.confidence, value.first - value.last)):
        rivals = (other for other in chosen if other.slot == value.slot)
        if all(value.value != other.value and _are_apart(value, other) for other in rivals):
            chosen.append(value)
            yield value

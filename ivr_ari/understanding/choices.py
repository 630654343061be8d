"""
Choices by the words people use for them, exactly or nearly: "charged me twice", "check in account".

spaCy's `PhraseMatcher` finds the exact phrases. What a recogniser bent is found by letters: a window of
words and a phrase are compared without blanks, light words ("me", "the") left out, a letter in five wrong;
and by sound, for which a choice that was asked for may be further off. Lists of hundreds and more are a
matter of `long_lists`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..events import Value
from .cardinals import find_cardinals
from .light_spacy import Doc, PhraseMatcher, Vocab, levenshtein
from .long_lists import CLOSE, LONG, OTHERS, LongList, only_common, probability
from .numbers import find_ordinals
from .pronunciations import pronounce
from .set_phrases import without_set_phrases
from .sounds import Near, SoundIndex, Sounds
from .words import FILLERS, Words, has, listed, name_spoken
from .written import spoken

__all__ = ["ENGLISH", "ChoiceWords", "Choices", "by_position"]

LIGHT = FILLERS | frozenset(
    listed("me us him her them the a an my for been was were got have has it that of")
)
Lists = Mapping[str, Mapping[str, Sequence[str]]]
"""Slot to the names of its choices and the phrases for each."""

LETTERS_PER_MISTAKE = 5
SHORTEST = 5
"""Phrases with fewer letters are not guessed at."""

FITTED = (-18.8, 18.3, 8.0, 6.8, -0.3)
"""
How sure a choice of a short list is, as in `long_lists`: fitted on ten lists of three to five, with choices
misheard at a rate of 35 % and sentences that name none of them. Where there are few to choose from it is
likeness that counts, and not the lead.
"""

LEAST_SURE = 0.6
SHORTEST_SOUNDS = 4
"""Phrases with fewer sounds are not guessed at: "one" is not "none"."""

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
    sounds: Sounds = tuple
    """How a word sounds; by its letters where a language is written as it is spoken."""
    spoken: Callable[[Words], Words] = tuple
    """Writes the words of a list ("3m") as they are spoken."""


ENGLISH = ChoiceWords(
    LIGHT,
    FILLERS | POLITE,
    frozenset(("number", "option", "choice")),
    lambda words: find_ordinals(without_set_phrases(words), asked=True),
    lambda words: find_cardinals(without_set_phrases(words), asked=True),
    str.lower,
    pronounce,
    lambda words: spoken(words).words,
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
        self, vocab: Vocab, choices: Lists, language: ChoiceWords = ENGLISH, *, apart: bool = True
    ) -> None:
        """*apart*: the choices of each slot will be asked for by themselves."""
        short, self._long = _parted(choices, language)
        self._phrases = tuple(_phrases(short, language))
        self._language = language
        self._matcher = PhraseMatcher(vocab, attr="LOWER")
        for at, phrase in enumerate(self._phrases):
            self._matcher.add(str(at), [Doc(vocab, words=list(phrase.words))])
        self._vocab = vocab
        weighing = [tuple(word for word in one.words if word not in language.light) for one in self._phrases]
        self._index = SoundIndex(weighing, language.sounds)
        self._offers: dict[tuple[str, object], Choices] = {}
        self._apart = {
            slot: (_pairs(names), Choices(vocab, {slot: names}, language, apart=False))
            for slot, names in (short if apart else {}).items()
        }

    def find(self, doc: Doc, *, asked: bool = False) -> tuple[Value, ...]:
        """
        Return the choices in *doc*, exact ones first; several slots may share words.

        One of those *asked* for may sound only roughly like what was heard.
        """
        words = [token.lower_ for token in doc]
        found = list(self._named(doc, words)) if self._phrases else []
        for one in self._long:
            found += one.find(words, asked=asked)
        return tuple(found or (self._sounding(words) if asked and self._phrases else ()))

    def asked(self, doc: Doc, slot: str) -> tuple[Value, ...]:
        """Return the choice in *doc* that was asked for: one that the flow knows for *slot*."""
        if slot in self._apart:
            return self._apart[slot][1].find(doc, asked=True)
        words = [token.lower_ for token in doc]
        lists = [one for one in self._long if slot in one.slots]
        return tuple(replace(value, slot=slot) for one in lists for value in one.find(words, asked=True))

    def offered(self, vocab: Vocab, slot: str, choices: Sequence[tuple[str, Sequence[str]]]) -> Choices:
        """Return those *choices* by themselves."""
        known, own = self._apart.get(slot, ((), self))
        if known == tuple(choices):
            return own
        if len(choices) <= LONG:
            return Choices(vocab, {slot: dict(choices)}, self._language, apart=False)
        # a long list takes a while, and nothing of it is kept in the vocabulary
        if (slot, tuple(choices)) not in self._offers:
            self._offers.clear()
            self._offers[slot, tuple(choices)] = Choices(vocab, {slot: dict(choices)}, self._language)
        return self._offers[slot, tuple(choices)]

    def _sounding(self, words: Words) -> Iterable[Value]:
        """The choice that sounds like what was heard, if one leads the others."""
        passed_over = self._language.polite | self._language.light
        kept = [at for at, word in enumerate(words) if word not in passed_over]
        best: dict[str, Near] = {}
        for near in self._index.nearest(words, kept):
            if len(self._index.sounds_of(near.at)) >= SHORTEST_SOUNDS:
                best.setdefault(self._phrases[near.at].choice, near)
        if not best:
            return
        (choice, first), *others = best.items()
        lead = first.likeness - others[0][1].likeness if others else first.likeness
        cover = sum(first.first <= at <= first.last for at in kept) / len(kept)
        sure = probability(first.likeness, lead, cover, len(self._index.sounds_of(first.at)), FITTED)
        if sure >= LEAST_SURE and not only_common(words[first.first : first.last + 1]):
            rest = tuple(name for name, near in others if near.likeness > first.likeness - CLOSE)[:OTHERS]
            slot = self._phrases[first.at].slot
            yield Value("choice", choice, first.first, first.last, round(sure, 3), rest, slot)

    def _named(self, doc: Doc, words: Words) -> Iterable[Value]:
        found = [
            self._value(self._phrases[int(self._vocab.strings[key])], start, end, 1.0)
            for key, start, end in self._matcher(doc)
        ]
        kept = [at for at, word in enumerate(words) if word not in self._language.light]
        exact = {(value.slot, value.value) for value in found}
        for phrase in self._phrases:
            if (phrase.slot, phrase.choice) not in exact and (near := _nearly(words, kept, phrase)):
                found.append(self._value(phrase, *near))
        return _longest(found)

    @staticmethod
    def _value(phrase: Phrase, start: int, end: int, likeness: float) -> Value:
        return Value("choice", phrase.choice, start, end - 1, 0.95 * likeness, slot=phrase.slot)


def _parted(choices: Lists, language: ChoiceWords) -> tuple[Lists, tuple[LongList, ...]]:
    """Short lists by their slots, and the long ones; slots that have the same one share it."""
    short: dict[str, Mapping[str, Sequence[str]]] = {}
    long: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for slot, names in choices.items():
        if len(names) <= LONG:
            short[slot] = names
        else:
            long.setdefault(_pairs(names), []).append(slot)
    light = language.polite | language.light
    return short, tuple(
        LongList(slots, list(_said(names, language)), language.sounds, light) for names, slots in long.items()
    )


def _pairs(names: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(phrases)) for name, phrases in names.items())


def _said(
    names: Iterable[tuple[str, Sequence[str]]], language: ChoiceWords
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each choice with the words of each of its phrases; a choice without any is said by its name."""
    for name, phrases in names:
        for text in phrases or (name_spoken(name),):
            words = [language.plain(word.strip(".,")) for word in text.replace("-", " ").split()]
            yield name, tuple(language.spoken(words))


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
        if number and -len(names) <= at < len(names):
            return Value("choice", names[at], value.first, value.last, BY_POSITION, slot=slot)
    return None


def _numbered(words: Words, language: ChoiceWords) -> Iterable[Value]:
    """Numbers that count something: "number two", "option three", or nothing but "two"."""
    said = [at for at, word in enumerate(words) if word not in language.polite]
    for value in language.cardinals(words):
        alone = said == list(range(value.first, value.last + 1))
        # "two and a half" and "minus two" count nothing
        whole = str(value.value).isdecimal()
        if whole and (alone or has(words, value.first - 1, *language.counting)):
            yield value


def _phrases(choices: Lists, language: ChoiceWords) -> Iterable[Phrase]:
    """Each phrase once: a choice that several slots name alike belongs to none of them by itself."""
    owners: dict[tuple[str, tuple[str, ...]], str] = {}
    for slot, names in choices.items():
        for name, phrases in names.items():
            for text in dict.fromkeys((name_spoken(name), *phrases)):
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

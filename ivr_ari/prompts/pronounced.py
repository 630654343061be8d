"""
Words as a voice's model reads them: sounds, and which sounds are whose.

espeak-ng pronounces clauses, because words change beside each other ("the end", "for a while"), and it
says nothing of where in the clause a word lies; "in the" even comes back as one. Here each sound finds its
word again, so that the words' times, their pace and their stress are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from .script import Phrase

__all__ = ["Said", "Speller", "line", "pronounced"]

Speller = Callable[[list[str]], list[str]]
"""Returns each text in IPA, a space between words. Raises EngineFailed."""

PIECE = re.compile(r"(/[^/]+/)?([^.,;:?!]*)([.,;:?!]?)[.,;:?!]*")
"""Part of a word: its sounds (between slashes) or letters, and the first of the marks after it."""

STRESSES = "ˈˌ"

VOWEL = re.compile("[aeiouyæɐɑɒɔəɘɚɛɜɝɤɨɪɯɵøœɶʉʊʌʏᵻ]")

VOWELS = re.compile(f"(?:{VOWEL.pattern}ː?)+")

FULL_VOWEL = re.compile(f"(?![əɐɚ]){VOWEL.pattern}")
"""One that can bear a stress."""

LONGEST = 150
"""Characters of a clause, if it has several words: giving sounds back to words takes their number squared."""

CONSONANT_NAME, VOWEL_NAME = "bob", "abe"
"""Stand in for a word that is given in sounds, while the words beside it are pronounced."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word and its sounds."""

    word: str
    phrase: int
    """Which phrase of the sentence, from 0."""

    ipa: str = ""
    mark: str = ""
    """The mark that follows it at once, one of ``.,;:?!``."""

    joined: bool = False
    """Runs on from the word before without a space, as espeak has it in "in the"."""


def pronounced(phrases: Sequence[Phrase], spell: Speller) -> tuple[Said, ...]:
    """
    Return the words of a sentence with their sounds.

    A phrase with a pause behind it ends in a comma's sound if it has no mark of its own. In a stressed phrase
    every word has its stress. Raises what *spell* raises.
    """
    words = list(_words(phrases))
    clauses = list(_clauses(words))
    spoken = spell([" ".join(map(_spelling, clause)) for clause in clauses])
    said: list[Said] = []
    for clause, ipa in zip(clauses, spoken, strict=True):
        sounds = ipa.split()
        if len(sounds) == len(clause):
            said += [replace(word, ipa=sound) for word, sound in zip(clause, sounds, strict=True)]
        else:
            said += shared(clause, sounds, spell([_spelling(word) for word in clause]))
    return tuple(_finished(word, stressed=phrases[word.phrase].stress) for word in said)


def line(said: Iterable[Said]) -> str:
    """
    Return the sounds as the model reads them.

    As Piper's own text side has it: a mark follows its clause at once, a space follows all but the last.
    """
    return "".join(("" if word.joined else " ") + word.ipa + word.mark for word in said if word.ipa)[1:]


def _words(phrases: Sequence[Phrase]) -> Iterable[Said]:
    for number, phrase in enumerate(phrases):
        found: list[Said] = []
        for sounds, letters, mark in (
            piece for word in phrase.words.split() for piece in PIECE.findall(word)
        ):
            if sounds or letters:
                found.append(Said(sounds or letters, number, mark=mark))
            elif found and not found[-1].mark:
                found[-1] = replace(found[-1], mark=mark)
        if found and phrase.pause_ms and not found[-1].mark:
            found[-1] = replace(found[-1], mark=",")
        yield from found


def _clauses(words: Iterable[Said]) -> Iterable[list[Said]]:
    """Yield what is pronounced as a whole: up to a mark, or where a backend's text has none for too long."""
    clause: list[Said] = []
    length = 0
    for word in words:
        length += len(word.word) + 1
        if clause and length > LONGEST:
            yield clause
            clause, length = [], len(word.word) + 1
        clause.append(word)
        if word.mark:
            yield clause
            clause, length = [], 0
    if clause:
        yield clause


def _spelling(word: Said) -> str:
    if not word.word.startswith("/"):
        return word.word
    return VOWEL_NAME if VOWEL.match(word.word.strip("/" + STRESSES)) else CONSONANT_NAME


def _finished(word: Said, *, stressed: bool) -> Said:
    ipa = word.word.strip("/") if word.word.startswith("/") else word.ipa
    if stressed and STRESSES[0] not in ipa:
        ipa = FULL_VOWEL.sub(lambda vowel: STRESSES[0] + vowel[0], ipa.replace(STRESSES[1], ""), count=1)
    return replace(word, ipa=unicodedata.normalize("NFD", ipa))


def shared(clause: Sequence[Said], sounds: Sequence[str], alone: Sequence[str]) -> list[Said]:
    """
    Give each of the *sounds* of a clause to the word it fits best; they are other groups than the words.

    *alone* is how each word sounds by itself. Sounds stay in order, and a word may be left without any.
    """
    most = len(clause) - (len(sounds) > len(clause))  # what is too many has to be somebody's
    first = min(_alike(sounds, alone), most)
    last = min(_alike(sounds[::-1], alone[::-1]), min(len(sounds), most) - first)
    middle = slice(first, len(clause) - last)
    return [
        *_given(clause[:first], sounds),
        *_split(clause[middle], sounds[first : len(sounds) - last], alone[middle]),
        *_given(clause[len(clause) - last :], sounds[len(sounds) - last :]),
    ]


def _given(words: Sequence[Said], sounds: Sequence[str]) -> list[Said]:
    return [replace(word, ipa=sound) for word, sound in zip(words, sounds, strict=False)]


def _alike(sounds: Sequence[str], alone: Sequence[str]) -> int:
    """Return how many groups at the beginning are plainly the words there: the same, but for the vowels."""
    pairs = zip(sounds, alone, strict=False)
    return next((n for n, (sound, word) in enumerate(pairs) if _shape(sound) != _shape(word)), 0)


def _shape(sound: str) -> str:
    return VOWELS.sub("a", sound.replace("ˈ", "").replace("ˌ", ""))


def _split(clause: Sequence[Said], sounds: Sequence[str], alone: Sequence[str]) -> list[Said]:
    wanted = [(sound, number) for number, word in enumerate(alone) for sound in f"{word} "]
    heard = [(sound, number) for number, group in enumerate(sounds) for sound in f"{group} "]
    found: dict[int, Said] = {}
    last = -1
    whose = [0] * len(heard)
    if len(clause) > 1:
        owners = _aligned("".join(sound for sound, _ in heard), "".join(sound for sound, _ in wanted))
        whose = [wanted[owner][1] for owner in owners]
    for owner, places in groupby(range(len(heard)), whose.__getitem__):
        at = [place for place in places if heard[place][0] != " "]
        if at:
            ipa = "".join(heard[place][0] for place in at)
            found[owner] = replace(clause[owner], ipa=ipa, joined=heard[at[0]][1] == last)
            last = heard[at[-1]][1]
    return [found.get(number, word) for number, word in enumerate(clause)]


GAP = 2
"""What leaving a sound out costs; see `_unlike` for replacing it."""


@cache
def _unlike(one: str, other: str) -> int:
    if one == other:
        return 0
    if " " in (one, other) or (one in STRESSES) != (other in STRESSES):
        return 9
    return 1 if bool(VOWEL.match(one)) == bool(VOWEL.match(other)) else 3


def _aligned(heard: str, wanted: str) -> list[int]:
    """Return for each sound *heard* the place of the one *wanted* that it stands for (Levenshtein)."""
    costs = [[GAP * at for at in range(len(wanted) + 1)]]
    for sound in heard:
        above, row = costs[-1], [costs[-1][0] + GAP]
        cost = row[0]
        for at, other in enumerate(wanted):
            cost = min(above[at] + _unlike(sound, other), above[at + 1] + GAP, cost + GAP)
            row.append(cost)
        costs.append(row)
    places, at = [], len(wanted)
    for number in range(len(heard), 0, -1):
        above, row = costs[number - 1], costs[number]
        while at and row[at] == row[at - 1] + GAP:
            at -= 1
        places.append(min(at, len(wanted) - 1))
        if at and row[at] == above[at - 1] + _unlike(heard[number - 1], wanted[at - 1]):
            at -= 1
            places[-1] = at
    return places[::-1]

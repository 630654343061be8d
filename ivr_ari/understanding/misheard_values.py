"""
What a value may have been where the recogniser was unsure: "fifty" was perhaps "fifteen", "b" perhaps "d".

Understanding only offers such readings, behind those of the words as they were heard; length, bounds, check
digit and pattern of the slot decide. Words that the recogniser was sure of have no others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..events import Heard, Kind, Value, Word
from .words import Words, listed

__all__ = ["OTHER_WORDS", "Read", "from_alternatives", "with_doubts"]

Read = Callable[[Words], Iterable[Value]]
"""Reads words as the question wants it."""

UNSURE = 0.75
"""The confidence of a word below which it may have been another one."""

MOST_DOUBTED = 4
MOST_READINGS = 8

OTHER_WORDS = 0.6
"""How sure a value out of other words of the recogniser is, beside one out of its first."""

COUNTED: tuple[Kind, ...] = (
    "digits",
    "number",
    "amount",
    "id",
    "phone",
    "time",
    "date",
    "duration",
    "address",
)


def _pairs() -> dict[str, list[str]]:
    teens = listed("thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
    tens = listed("thirty forty fifty sixty seventy eighty ninety")
    near = [
        *zip(teens, tens, strict=True),
        ("five", "nine"),
        ("one", "nine"),
        ("oh", "four"),
        ("two", "three"),
    ]
    near += [
        ("six", "sixteen"),
        ("seven", "seventeen"),
        ("seven", "eleven"),
        ("six", "sixth"),
        ("five", "fifth"),
    ]
    found: dict[str, list[str]] = {}
    for one, other in near:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    # letters of one vowel differ by a consonant that the telephone hardly carries
    for group in ("bdevptgcz", "mn", "fsx", "ajk", "iy"):
        for letter in group:
            found.setdefault(letter, []).extend(sorted(set(group) - {letter}))
    return found


CONFUSED: Mapping[str, Sequence[str]] = _pairs()
"""Words of numbers and letters to those they are taken for over the telephone, the likeliest first."""


def with_doubts(value: Value, heard: Heard, words: Words, read: Read) -> Value:
    """Return *value* with what it would be by other words: those told by the recogniser, and likely ones."""
    if value.kind not in COUNTED or not isinstance(value.value, str):
        return value
    readings = dict.fromkeys((value.value, *value.alternatives))
    for other in (*_told(heard, value, read), *_likely(heard.words, words, value, read)):
        readings.setdefault(other)
    others = tuple(text for text in readings if text != value.value)
    return replace(value, alternatives=others[:MOST_READINGS])


def from_alternatives(heard: Heard, kinds: Collection[Kind], read: Read) -> tuple[Value, ...]:
    """Return the first value of *kinds* in another reading of the whole turn; it stands for all its words."""
    for text in heard.alternatives:
        found = next((value for value in read(text.lower().split()) if value.kind in kinds), None)
        if found and heard.words:
            sure = round(found.confidence * OTHER_WORDS, 3)
            return (replace(found, first=0, last=len(heard.words) - 1, confidence=sure),)
    return ()


def _told(heard: Heard, value: Value, read: Read) -> Iterator[str]:
    for text in heard.alternatives:
        for other in read(text.lower().split()):
            if other.kind == value.kind and isinstance(other.value, str):
                yield other.value
                break


def _likely(heard: Sequence[Word], words: Words, value: Value, read: Read) -> Iterator[str]:
    """Yield the readings with one word exchanged, the most doubtful word first."""
    span = range(value.first, min(value.last + 1, len(heard)))
    doubtful = [at for at in span if heard[at].confidence < UNSURE and words[at] in CONFUSED]
    for at in sorted(doubtful, key=lambda at: heard[at].confidence)[:MOST_DOUBTED]:
        for word in CONFUSED[words[at]]:
            changed = [*words[value.first : at], word, *words[at + 1 : value.last + 1]]
            for other in read(changed):
                if other.kind == value.kind and isinstance(other.value, str):
                    yield other.value
                    break

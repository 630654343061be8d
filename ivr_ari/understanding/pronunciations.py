"""
How English words sound, and how alike two sounds are.

Pronunciations are those of CMUdict (BSD; the copy inside the ``pocketsphinx`` package, which itself is not
imported); a word it has not is put together from a known stem and an ending, else sounded out by rule.
Phones are ARPAbet without stress: "balance" is B AE L AH N S.

How alike phones are follows how they are made: place, manner and voice of a consonant; height, backness and
rounding of a vowel (Ladefoged, A Course in Phonetics). What a telephone band of 300-3400 Hz hides is
nearer still: s, f and th differ above it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..errors import SetupError
from .letter_sounds import sound_out

__all__ = [
    "PHONES",
    "Phones",
    "alike",
    "coded",
    "far_apart",
    "phone_distance",
    "pronounce",
    "pronunciations",
]

Phones = tuple[str, ...]

DICTIONARY = "model/en-us/cmudict-en-us.dict"

# place from the lips (0) to the throat (1), manner by how much the way is closed (stop 1 .. glide 0), voice
CONSONANTS = {
    "P": (0.0, 1.0, 0), "B": (0.0, 1.0, 1), "T": (0.5, 1.0, 0), "D": (0.5, 1.0, 1), "K": (0.8, 1.0, 0),
    "G": (0.8, 1.0, 1), "CH": (0.65, 0.85, 0), "JH": (0.65, 0.85, 1), "F": (0.1, 0.6, 0), "V": (0.1, 0.6, 1),
    "TH": (0.3, 0.6, 0), "DH": (0.3, 0.6, 1), "S": (0.5, 0.6, 0), "Z": (0.5, 0.6, 1), "SH": (0.65, 0.6, 0),
    "ZH": (0.65, 0.6, 1), "HH": (1.0, 0.5, 0), "M": (0.0, 0.3, 1), "N": (0.5, 0.3, 1), "NG": (0.8, 0.3, 1),
    "L": (0.5, 0.1, 1), "R": (0.6, 0.05, 1), "W": (0.2, 0.0, 1), "Y": (0.7, 0.0, 1),
}  # fmt: skip

# height (1 is high), backness (1 is back), roundness of where a vowel begins, and the same where it ends
VOWELS = {
    "IY": (1.0, 0.0, 0, 1.0, 0.0, 0), "IH": (0.85, 0.15, 0, 0.85, 0.15, 0), "EY": (0.65, 0.0, 0, 0.9, 0.0, 0),
    "EH": (0.5, 0.1, 0, 0.5, 0.1, 0), "AE": (0.2, 0.1, 0, 0.2, 0.1, 0), "AA": (0.0, 0.8, 0, 0.0, 0.8, 0),
    "AO": (0.25, 1.0, 1, 0.25, 1.0, 1), "OW": (0.55, 0.9, 1, 0.8, 1.0, 1), "UH": (0.85, 0.8, 1, 0.85, 0.8, 1),
    "UW": (1.0, 0.9, 1, 1.0, 1.0, 1), "AH": (0.4, 0.5, 0, 0.4, 0.5, 0), "ER": (0.5, 0.5, 1, 0.6, 0.6, 1),
    "AY": (0.0, 0.5, 0, 0.9, 0.1, 0), "AW": (0.0, 0.5, 0, 0.85, 0.9, 1), "OY": (0.3, 1.0, 1, 0.9, 0.1, 0),
}  # fmt: skip

PHONES = (*CONSONANTS, *VOWELS)
CODES = {phone: chr(ord("A") + at) for at, phone in enumerate(PHONES)}

HIDDEN = ("S", "F", "TH")
"""Told apart above 3400 Hz only."""

ENDINGS = (
    ("'s", ("Z",)), ("s'", ("Z",)), ("s", ("Z",)), ("ing", ("IH", "NG")), ("ed", ("D",)), ("ly", ("L", "IY")),
    ("er", ("ER",)),
)  # fmt: skip
HISSING = {"S", "Z", "SH", "ZH", "CH", "JH"}
VOICELESS = {"P", "T", "K", "F", "TH"}
SHORTEST_PART = 3
"""Letters of a stem and of a compound's longer part; its other part may have one less ("checkin")."""


@cache
def _entries() -> dict[str, str]:
    """The dictionary's lines by word; other pronunciations of a word are under "word(2)" and so on."""
    found = importlib.util.find_spec("pocketsphinx")
    folder = next(iter(found.submodule_search_locations or ()), None) if found else None
    path = Path(folder or "") / DICTIONARY
    if folder is None or not path.exists():
        raise SetupError("understanding.pronunciations", hint="install the package pocketsphinx")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word: phones for word, _, phones in (line.partition(" ") for line in lines)}


def pronunciations(word: str) -> tuple[Phones, ...]:
    """
    Return how *word* may sound, the usual way first; the first alone if no dictionary has it.

    Raises SetupError ``understanding.pronunciations`` if the dictionary is not installed.
    """
    entries = _entries()
    word = word.lower()
    found = []
    key = word
    while key in entries:
        found.append(tuple(entries[key].split()))
        key = f"{word}({len(found) + 1})"
    return tuple(found) if found else (_derived(word) or _compound(word) or sound_out(word),)


def pronounce(words: str) -> Phones:
    """Return the phones of one or several *words*, each in its usual way."""
    return tuple(phone for word in words.split() for phone in pronunciations(word)[0])


def _derived(word: str) -> Phones:
    entries = _entries()
    for ending, phones in ENDINGS:
        stem = word.removesuffix(ending)
        stem = stem if stem in entries or ending[0] == "s" else stem + "e"
        if stem == word or stem not in entries or len(stem) < SHORTEST_PART:
            continue
        base = tuple(entries[stem].split())
        if phones == ("Z",):
            phones = ("AH", "Z") if base[-1] in HISSING else ("S",) if base[-1] in VOICELESS else ("Z",)
        if phones == ("D",):
            phones = (
                ("AH", "D") if base[-1] in "TD" else ("T",) if base[-1] in VOICELESS | HISSING else ("D",)
            )
        return (*base, *phones)
    return ()


def _compound(word: str) -> Phones:
    entries = _entries()
    for at in range(len(word) - SHORTEST_PART + 1, SHORTEST_PART - 2, -1):
        first, second = word[:at], word[at:]
        long_enough = max(len(first), len(second)) >= SHORTEST_PART
        if long_enough and first in entries and second in entries:
            return (*entries[first].split(), *entries[second].split())
    return ()


def coded(phones: Sequence[str]) -> str:
    """Return *phones* as one letter each, for programs that compare strings."""
    return "".join(CODES[phone] for phone in phones)


@cache
def phone_distance(one: str, other: str) -> float:
    """Return how far two phones are apart: 0 the same, 1 nothing in common."""
    if one == other:
        return 0.0
    if one in CONSONANTS and other in CONSONANTS:
        if one in HIDDEN and other in HIDDEN:
            return 0.2
        place, manner, voice = (abs(a - b) for a, b in zip(CONSONANTS[one], CONSONANTS[other], strict=True))
        return min(1.0, 0.15 + 0.5 * place + 0.8 * manner + 0.2 * voice)
    if one in VOWELS and other in VOWELS:
        gaps = [abs(a - b) for a, b in zip(VOWELS[one], VOWELS[other], strict=True)]
        return min(1.0, 0.1 + 0.3 * (gaps[0] + gaps[1] + gaps[3] + gaps[4]) + 0.1 * (gaps[2] + gaps[5]))
    near = {frozenset(("ER", "R")), frozenset(("IY", "Y")), frozenset(("UW", "W")), frozenset(("UH", "L"))}
    return 0.35 if frozenset((one, other)) in near else 1.0


LOSSES = {"AH": 0.5, "HH": 0.5, "T": 0.6, "D": 0.6, "IH": 0.6, "R": 0.7, "L": 0.7, "N": 0.7}
"""What it costs that a phone is not heard: little for a weak one."""

LOSS = 0.9


def far_apart(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the least cost, in phones, of turning the phones *one* into *other*."""
    losses = [LOSSES.get(phone, LOSS) for phone in other]
    row = [0.0]
    for loss in losses:
        row.append(row[-1] + loss)
    for phone in one:
        gone = LOSSES.get(phone, LOSS)
        corner, left = row[0], row[0] + gone
        row[0] = left
        for at, wanted in enumerate(other):
            above = row[at + 1]
            best = corner if phone == wanted else corner + phone_distance(phone, wanted)
            if above + gone < best:
                best = above + gone
            if left + losses[at] < best:
                best = left + losses[at]
            corner = above
            row[at + 1] = left = best
    return row[-1]


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike the phones *one* and *other* sound: 1 the same, 0 nothing in common."""
    longest = max(len(one), len(other))
    return max(0.0, 1.0 - far_apart(one, other) / longest) if longest else 1.0

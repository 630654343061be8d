"""A conversation as text: what is said as it is spoken, what is typed as a recogniser would hear it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..events import Heard, Say, Slotted, Word
from ..prompts.words.spoken import LANGUAGES, spoken

__all__ = ["Said", "as_spoken", "heard_words", "transcript"]


DIGITS = re.compile("[0-9]+")
LONGEST_NUMBER = 2
"""Longer ones are numbers of an order or an account more often than amounts."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the conversation; *prompt* names what the system says, or is empty."""

    who: str
    words: str
    prompt: str = ""


def transcript(said: Sequence[Said]) -> list[str]:
    """Return a conversation as lines, the names of prompts behind their words."""
    lines = []
    for one in said:
        name = f"  [{one.prompt}]" if one.prompt else ""
        lines.append(f"    {one.who:7} {one.words}{name}")
    return lines


def as_spoken(say: Say, year: int) -> str:
    """Return a prompt in the words that are spoken, values included; *year* is the year of the call."""
    language = say.language if say.language in LANGUAGES else "en"
    parts = [part for part in say.parts if isinstance(part, str | Slotted)]
    words = (
        part if isinstance(part, str) else _said(part, language, year, follows)
        for part, follows in zip(parts, [*parts[1:], ""], strict=False)
    )
    return "".join(words)


def _said(part: Slotted, language: str, year: int, follows: str | Slotted) -> str:
    """A word whose sounds are given is shown as it is written."""
    if part.said:
        return part.value if part.said.startswith("/") else part.said
    behind = follows if isinstance(follows, str) else ""
    return spoken(part.value, part.manner, language, year=year, groups=part.groups, behind=behind)


def heard_words(sentence: str, confidence: float = 1.0, language: str = "") -> Heard:
    """
    Return a sentence as a recogniser writes it: lower case, no punctuation, numbers as words of *language*.

    Without a language, or in one whose numbers are not known, digits stay as they are.
    """
    sentence = sentence.lower().replace("’", "'")
    if language in LANGUAGES:
        sentence = DIGITS.sub(lambda found: f" {in_words(found[0], language)} ", sentence)
    bare = (word.strip('.,;:!?¡¿"()') for word in sentence.split())
    return Heard(tuple(Word(word, confidence=confidence) for word in bare if word))


def in_words(digits: str, language: str) -> str:
    """Return digits as they are said: a number of one or two, longer ones and 05 digit by digit."""
    whole = len(digits) <= LONGEST_NUMBER and not digits.startswith("0")
    numbers = [digits] if whole else digits
    return " ".join(spoken(number, "number", language).replace("-", " ") for number in numbers)

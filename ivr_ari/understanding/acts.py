"""
Dialogue acts: what callers do with words besides asking for something.

An act is found by how people put it, in a table of patterns over words. Some count anywhere ("speak to a
person"), some only as a whole clause ("cancel", which otherwise may be "cancel my card").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..events import Act
from .act_phrases import (
    ALONE,
    ANYWHERE,
    CHANGES,
    CORRECTION_MARKS,
    CORRECTIONS,
    GREETING,
    POLITE,
    UNFINISHED,
    UNFINISHED_PAIRS,
    WHOLE,
)
from .manner_phrases import MANNERS, MANNERS_ALONE
from .words import FILLERS, Words

__all__ = ["Found", "find_acts", "find_correction", "is_unfinished"]


AGREEING_SOUNDS = frozenset((("uh", "huh"), ("mm", "hmm"), ("uh", "uh")))


@dataclass(frozen=True, slots=True)
class Found:
    """An act with the words it is made of, *last* included."""

    act: Act
    first: int
    last: int


def find_acts(words: Words) -> tuple[Found, ...]:
    """Return the acts in *words*, a single clause or a whole turn, in the order spoken."""
    text, starts = _joined(words)
    found: list[Found] = []
    for act, pattern in _ANYWHERE:
        for match in pattern.finditer(text):
            _add(found, act, starts, match)
    if not found and (alone := _alone(words)):
        found.append(alone)
    greeting = _GREETING.match(text)
    if greeting:
        _add(found, "greet", starts, greeting)
    return tuple(sorted(found, key=lambda one: one.first))


def find_correction(words: Words, values: bool, requests: bool) -> Found | None:
    """
    Return the words that correct something said before.

    *values*: some value was said as well; *requests*: something is asked for, so that a mere "actually" is
    none.
    """
    text, starts = _joined(words)
    match = _CORRECTION.search(text) or (None if requests else _CHANGE.search(text))
    if match:
        return Found("correct", starts[match.start()], starts[match.end() - 1])
    mark = next((at for at, word in enumerate(words[:3]) if word in CORRECTION_MARKS), -1)
    return Found("correct", mark, mark) if mark >= 0 and values and not requests else None


def is_unfinished(words: Words) -> bool:
    """Whether *words* stop where no sentence ends: "my account number is", "and", "um"."""
    if not words:
        return False
    if " ".join(words) in WHOLE or tuple(words[-2:]) in AGREEING_SOUNDS:
        return False
    return words[-1] in UNFINISHED | FILLERS - {"mhm"} or tuple(words[-2:]) in UNFINISHED_PAIRS


def _joined(words: Words) -> tuple[str, list[int]]:
    """The words joined by blanks, and for each character the index of its word."""
    starts: list[int] = []
    for at, word in enumerate(words):
        starts += [at] * (len(word) + 1)
    return " ".join(words), starts


def _add(found: list[Found], act: Act, starts: Sequence[int], match: re.Match[str]) -> None:
    """Add an act unless the same words already make one."""
    first, last = starts[match.start()], starts[match.end() - 1]
    if not any(one.first <= last and first <= one.last for one in found):
        found.append(Found(act, first, last))


def _alone(words: Words) -> Found | None:
    """The act of a clause that holds nothing else, politeness and hesitation aside."""
    kept = [at for at, word in enumerate(words) if word not in FILLERS and word != "please"]
    for inner in (list(range(len(words))), kept, [at for at in kept if words[at] not in POLITE]):
        if not inner:
            continue
        text = " ".join(words[at] for at in inner)
        for act, pattern in _ALONE:
            if pattern.fullmatch(text):
                return Found(act, inner[0], inner[-1])
    return None


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)")


_ANYWHERE = tuple(
    (act, _whole_words("|".join(patterns))) for act, patterns in (*ANYWHERE.items(), *MANNERS.items())
)
_ALONE = tuple((act, re.compile(pattern)) for act, pattern in (*ALONE.items(), *MANNERS_ALONE.items()))
_GREETING = _whole_words(GREETING)
_CORRECTION = _whole_words("|".join(CORRECTIONS))
_CHANGE = _whole_words(CHANGES)

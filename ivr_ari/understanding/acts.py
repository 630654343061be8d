"""
Dialogue acts: what callers do with words besides asking for something.

An act is found by how people put it, in a table of patterns over words. Some count anywhere ("speak to a
person"), some only as a whole clause ("cancel", which otherwise may be "cancel my card").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
    WEAK_YES,
    WHOLE,
)
from .manner_phrases import MANNERS, MANNERS_ALONE
from .words import FILLERS, Words

__all__ = ["ENGLISH", "ActTables", "Found", "find_acts", "find_correction", "is_unfinished"]


AGREEING_SOUNDS = frozenset((("uh", "huh"), ("mm", "hmm"), ("uh", "uh")))


@dataclass(frozen=True, slots=True)
class Found:
    """An act with the words it is made of, *last* included."""

    act: Act
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ActTables:
    """
    How the callers of one language put what they do.

    Patterns are regular expressions over words joined by blanks; `act_phrases` says what each table is for.
    """

    anywhere: tuple[tuple[Act, re.Pattern[str]], ...]
    alone: tuple[tuple[Act, re.Pattern[str]], ...]
    greeting: re.Pattern[str]
    correction: re.Pattern[str]
    change: re.Pattern[str]
    correction_marks: frozenset[str]
    unfinished: frozenset[str]
    """Words and pairs of words, joined by a blank, with which no sentence ends."""
    whole: frozenset[str]
    """Turns that look unfinished and are not."""
    polite: frozenset[str]
    please: frozenset[str]
    """What politeness and hesitation add to an act that stands alone."""
    weak_yes: frozenset[str]
    """In front of something else these are no answer unless one was asked for."""

    @classmethod
    def of(
        cls,
        anywhere: Sequence[Mapping[Act, Sequence[str]]],
        alone: Sequence[Mapping[Act, str]],
        patterns: tuple[str, str, str],
        **words: frozenset[str],
    ) -> ActTables:
        """Compile the tables; *patterns* are those of greetings, corrections and changes."""
        greeting, correction, change = (_whole_words(pattern) for pattern in patterns)
        return cls(
            tuple((act, _whole_words("|".join(said))) for table in anywhere for act, said in table.items()),
            tuple((act, re.compile(said)) for table in alone for act, said in table.items()),
            greeting,
            correction,
            change,
            **words,
        )


def find_acts(words: Words, language: ActTables | None = None) -> tuple[Found, ...]:
    """Return the acts in *words*, a single clause or a whole turn, in the order spoken."""
    tables = language or ENGLISH
    text, starts = _joined(words)
    found: list[Found] = []
    for act, pattern in tables.anywhere:
        for match in pattern.finditer(text):
            _add(found, act, starts, match)
    if not found and (alone := _alone(words, tables)):
        found.append(alone)
    elif found:
        found += _between(words, found, tables)
    greeting = tables.greeting.match(text)
    if greeting:
        _add(found, "greet", starts, greeting)
    return tuple(sorted(found, key=lambda one: one.first))


def find_correction(
    words: Words, values: bool, requests: bool, language: ActTables | None = None
) -> Found | None:
    """
    Return the words that correct something said before.

    *values*: some value was said as well; *requests*: something is asked for, so that a mere "actually" is
    none.
    """
    tables = language or ENGLISH
    text, starts = _joined(words)
    match = tables.correction.search(text) or (None if requests else tables.change.search(text))
    if match:
        return Found("correct", starts[match.start()], starts[match.end() - 1])
    mark = next((at for at, word in enumerate(words[:3]) if word in tables.correction_marks), -1)
    return Found("correct", mark, mark) if mark >= 0 and values and not requests else None


def is_unfinished(words: Words, language: ActTables | None = None) -> bool:
    """Whether *words* stop where no sentence ends: "my account number is", "and", "um"."""
    tables = language or ENGLISH
    if not words or " ".join(words) in tables.whole or tuple(words[-2:]) in AGREEING_SOUNDS:
        return False
    return words[-1] in tables.unfinished or " ".join(words[-2:]) in tables.unfinished


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


def _alone(words: Words, tables: ActTables) -> Found | None:
    """The act of a clause that holds nothing else, politeness and hesitation aside."""
    kept = [at for at, word in enumerate(words) if word not in FILLERS and word not in tables.please]
    for inner in (list(range(len(words))), kept, [at for at in kept if words[at] not in tables.polite]):
        if not inner:
            continue
        text = " ".join(words[at] for at in inner)
        for act, pattern in tables.alone:
            if pattern.fullmatch(text):
                return Found(act, inner[0], inner[-1])
    return None


def _between(words: Words, found: Sequence[Found], tables: ActTables) -> list[Found]:
    """The farewells that stand alone before, between or behind the acts that were found: "thanks bye"."""
    taken = sorted((one.first, one.last) for one in found)
    starts = (0, *(last + 1 for _, last in taken))
    ends = (*(first for first, _ in taken), len(words))
    more = []
    for start, end in zip(starts, ends, strict=True):
        alone = _alone(words[start:end], tables) if start < end else None
        if alone and alone.act == "goodbye":
            more.append(Found("goodbye", alone.first + start, alone.last + start))
    return more


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)")


ENGLISH = ActTables.of(
    (ANYWHERE, MANNERS),
    (ALONE, MANNERS_ALONE),
    (GREETING, "|".join(CORRECTIONS), CHANGES),
    correction_marks=CORRECTION_MARKS,
    unfinished=UNFINISHED | (FILLERS - {"mhm"}) | {" ".join(pair) for pair in UNFINISHED_PAIRS},
    whole=WHOLE,
    polite=POLITE,
    please=frozenset(("please",)),
    weak_yes=WEAK_YES,
)

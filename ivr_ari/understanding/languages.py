"""
What understanding one language takes: everything that depends on the language is reached through a `Tongue`.

Where languages differ only in words the tables differ; where they differ in how things are put together,
as numbers and dates do, each brings functions of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..events import Expect, Kind, Value
from .acts import ActTables
from .choices import ChoiceWords
from .counting import CountWords
from .naming import NamingWords
from .roles import RoleWords
from .segments import ClauseWords
from .words import Words
from .yesno import Answers

__all__ = ["FindDigits", "FindValues", "Tongue"]


class FindValues(Protocol):
    """Finds all that may be a value; readings may overlap, the best of them are chosen later."""

    def __call__(
        self, words: Words, expect: Expect, today: str, wanted: Collection[Kind]
    ) -> Sequence[Value]: ...


class FindDigits(Protocol):
    """Finds strings of *least* to *most* digits (0: any number)."""

    def __call__(self, words: Words, least: int, most: int, *, asked: bool) -> Sequence[Value]: ...


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language; *code* is ISO 639-1."""

    code: str
    plain: Callable[[str], str]
    """Writes a word as it is looked up: in lower case, without accents where people leave them out."""
    values: FindValues
    digits: FindDigits
    cardinal: Callable[[Words, int], tuple[int, int] | None]
    """Reads the whole number that begins at an index: the number and the index behind it."""
    deny: Callable[[Words, Sequence[Value]], tuple[Value, ...]]
    """Marks the values that the words say are wrong."""
    acts: ActTables
    answers: Answers
    clauses: ClauseWords
    naming: NamingWords
    roles: RoleWords
    choices: ChoiceWords
    strangers: tuple[str, ...]
    """Sentences that are no request of any service."""
    counting: CountWords | None = None
    """What it counts with, where it is known how: "two adults and a child"."""

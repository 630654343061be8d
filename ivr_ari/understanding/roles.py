"""
Words right before a value that say what it is there for: "from checking to savings".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..events import Value
from .words import FILLERS, Words, listed

__all__ = ["ENGLISH", "RoleWords", "Roles"]

BETWEEN = FILLERS | frozenset(
    listed(
        "my the a an our your his her their its this that these those one of like say on is it's it was"
        " should would be will"
    )
)
"""May stand between such a word and the value: "from my checking account", "the new day is monday"."""

MOST_BETWEEN = 4

HEARD_AS = {"two": "to", "too": "to", "form": "from"}
"""What a recogniser writes for a word of role; believed only right before a choice."""


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The tables above for one language."""

    between: frozenset[str]
    heard_as: Mapping[str, str]
    plain: Callable[[str], str] = str.lower
    """Writes a word of role as a turn's words are written, which may be without accents."""


ENGLISH = RoleWords(BETWEEN, HEARD_AS)


@dataclass(frozen=True, slots=True)
class _Mark:
    words: tuple[str, ...]
    slot: str


class Roles:
    """The words of role of a flow's slots; finding keeps nothing."""

    def __init__(
        self,
        after: Mapping[str, Sequence[str]],
        types: Mapping[str, str],
        choices: Mapping[str, Mapping[str, Sequence[str]]],
        language: RoleWords = ENGLISH,
    ) -> None:
        """*after* maps a slot to its words, *types* to its kind of value, *choices* to its choices."""
        marks = [
            _Mark(tuple(language.plain(phrase).split()), slot)
            for slot, phrases in after.items()
            for phrase in phrases
        ]
        self._marks = tuple(sorted(marks, key=lambda mark: -len(mark.words)))
        self._types = types
        self._language = language
        self._choices = choices

    def marked(self, words: Words, values: Iterable[Value], asked: str) -> tuple[Value, ...]:
        """
        Give each value behind a word of role the slot of that role.

        A value that was named otherwise keeps its slot; that it was *asked* for is no name.
        """
        given = tuple(values)
        if not self._marks:
            return given
        used: set[int] = set()
        found = [self._one(words, value, asked, used) for value in given]
        # "two" that was a "to" is no number
        return tuple(value for value in found if value.first not in used or value.last not in used)

    def _one(self, words: Words, value: Value, asked: str, used: set[int]) -> Value:
        if value.slot not in ("", asked) and value.kind != "choice":
            return value
        at = value.first - 1
        for _ in range(MOST_BETWEEN + 1):
            if at < 0:
                break
            if mark := self._mark(words, at, value):
                if words[at] in self._language.heard_as:
                    used.add(at)
                return replace(value, slot=mark.slot)
            if words[at] not in self._language.between:
                break
            at -= 1
        return value

    def _mark(self, words: Words, last: int, value: Value) -> _Mark | None:
        for mark in self._marks:
            first = last - len(mark.words) + 1
            said = tuple(words[max(0, first) : last + 1])
            if value.kind == "choice":
                heard_as = self._language.heard_as
                said = tuple(heard_as.get(word, word) if word not in mark.words else word for word in said)
            if said == mark.words and self._takes(mark.slot, value):
                return mark
        return None

    def _takes(self, slot: str, value: Value) -> bool:
        if value.kind == "choice" and slot in self._choices:
            return value.value in self._choices[slot]
        kind = self._types.get(slot, "")
        return not kind or kind == value.kind or (kind == "date" and value.kind == "month")

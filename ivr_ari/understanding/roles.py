"""
Words right before a value that say what it is there for: "from checking to savings".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..events import Value
from .words import FILLERS, Words, has, listed

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
    pairs: Mapping[str, str] = field(default_factory=dict)
    """A word in front of the first of two values, and the one between them: "between ... and"."""
    units: frozenset[str] = frozenset()
    """Behind a number these say what it counts, so that it has no other role: "for two nights"."""


UNITS = frozenset(
    listed("nights night days day weeks week months month years year hours hour minutes minute times o'clock")
)

ENGLISH = RoleWords(BETWEEN, HEARD_AS, pairs={"between": "and"}, units=UNITS)


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
        left = [value for value in found if value.first not in used or value.last not in used]
        for at in range(1, len(left)):
            left[at - 1 : at + 1] = self._pair(words, left[at - 1], left[at], asked)
        return tuple(left)

    def _pair(self, words: Words, first: Value, last: Value, asked: str) -> tuple[Value, Value]:
        """Give one of two values that belong together the role that the other leaves: "monday to friday"."""
        kind = first.kind
        takers = (mark.slot for mark in self._marks if self._types.get(mark.slot, "") == kind)
        roles = [slot for slot in takers if kind != "choice" or first.value in self._choices.get(slot, ())]
        between = [word for word in words[first.last + 1 : last.first] if word not in self._language.between]
        if first.kind != last.kind or first.kind == "number" or len(set(roles)) != 2 or len(between) > 1:
            return first, last
        link = between[0] if between else ""
        if first.slot in ("", asked) and last.slot in roles and self._says(link, last.slot):
            other = next(slot for slot in roles if slot != last.slot)
            return replace(first, slot=other), last
        led = words[first.first - 1] if first.first else ""
        if (
            first.slot in roles
            and last.slot in ("", asked)
            and link
            and self._language.pairs.get(led) == link
        ):
            other = next(slot for slot in roles if slot != first.slot)
            return first, replace(last, slot=other)
        return first, last

    def _says(self, link: str, slot: str) -> bool:
        return any(mark.words == (link,) and mark.slot == slot for mark in self._marks)

    def _one(self, words: Words, value: Value, asked: str, used: set[int]) -> Value:
        if value.slot not in ("", asked) and value.kind != "choice":
            return value
        if value.kind == "number" and (value.slot or has(words, value.last + 1, *self._language.units)):
            # what a number counts says more than the word in front
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

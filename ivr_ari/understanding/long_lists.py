"""
Choices out of a list of thousands: streets, doctors, products, companies.

Nobody can write down how each of them is misheard, so the words are compared with all of them by sound. How
sure a choice is was fitted on lists of 40, 400 and 5,000 made of dictionary words, said whole and in part,
clean and with 10 to 30 % simulated recognition errors, one in five not in the list: of the choices given with
a confidence of 0.8 eight in ten are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from ..events import Value
from .sounds import Near, SoundIndex, Sounds
from .words import Words, listed

__all__ = ["CLOSE", "LONG", "OTHERS", "LongList", "only_common", "probability"]

LONG = 200
"""A list of more phrases is a long one."""

COVER = 0.14
"""How much it counts, beside likeness, that a phrase takes up all that was said."""

FITTED = (-17.6, 4.1, 27.4, 3.8, 3.8)
"""Weights of one, likeness, lead over the next choice, share of the words taken up, log of the sounds."""

MOST_LEAD = 0.4
LEAST, LEAST_UNASKED = 0.15, 0.5
"""Less sure, nothing was found."""

CLOSE = 0.1
"""Choices that are so little behind are given as other readings."""

OTHERS = 4
TWINS = 0.995
EXACT = 0.9
"""How sure the very words of a phrase are at least, shared out among those that sound the same."""

UNASKED = 0.88
UNASKED_SOUNDS = 8
"""So much alike, and so long, a choice must be that nobody asked for."""

UNASKED_LETTERS = 5

TAKES_BACK = frozenset(listed("no actually sorry wait rather perdon mejor"))
COMMON = frozenset(
    listed(
        "you your yours he him his she her it its we us our they them this that these those what when where"
        " who why how which neither none both either all any some no yes not now then here there one two"
        " three four first second other another same do don't know i'm it's for to of on in at by with and"
        " or but so can"
    )
)
"""Words that are seldom a name that was misheard."""


@dataclass(frozen=True, slots=True)
class Candidate:
    choice: str
    first: int
    last: int
    likeness: float
    cover: float
    sounds: int
    exact: bool

    @property
    def score(self) -> float:
        return self.likeness + COVER * self.cover


class LongList:
    """The phrases of one long list, which several *slots* may share."""

    def __init__(
        self,
        slots: Sequence[str],
        phrases: Sequence[tuple[str, Sequence[str]]],
        sounds: Sounds,
        light: frozenset[str],
    ) -> None:
        """*phrases* are names of choices with the words for each, *light* words that do not weigh."""
        self.slots = tuple(slots)
        self._slot = slots[0] if len(slots) == 1 else ""
        self._light = light
        self._choices = [choice for choice, _ in phrases]
        weighing = [tuple(word for word in words if word not in light) or words for _, words in phrases]
        self._letters = ["".join(words) for words in weighing]
        self._index = SoundIndex(weighing, sounds)

    def find(self, words: Words, *, asked: bool) -> tuple[Value, ...]:
        """
        Return the choice that *words* name, with those that it may be as well.

        Of one that was asked for and another one behind "no" or "actually" the second is meant.
        """
        back = max((at for at, word in enumerate(words) if word in TAKES_BACK), default=-1) + 1
        if asked and 0 < back < len(words):
            again = self._find(["-"] * back + list(words[back:]), asked=True)
            if again and again[0].confidence >= LEAST_UNASKED:
                return again
        return self._find(words, asked=asked)

    def _find(self, words: Words, *, asked: bool) -> tuple[Value, ...]:
        kept = [at for at, word in enumerate(words) if word not in self._light and word != "-"]
        found = self._candidates(words, kept, asked)
        if not found:
            return ()
        best, others = found[0], [one for one in found[1:] if one.score > found[0].score - CLOSE]
        lead = best.score - found[1].score if len(found) > 1 else MOST_LEAD
        # what was not asked for may stand in a sentence
        sure = probability(best.likeness, lead, best.cover if asked else 1.0, best.sounds)
        if best.exact:
            twins = sum(one.likeness >= TWINS and one.cover == best.cover for one in others)
            sure = max(sure, EXACT / (1 + twins))
        if sure < (LEAST if asked else LEAST_UNASKED) or not (asked or _plain(best)):
            return ()
        if _by_chance(best, words):
            return ()
        rest = tuple(one.choice for one in others[:OTHERS])
        return (Value("choice", best.choice, best.first, best.last, round(sure, 3), rest, self._slot),)

    def _candidates(self, words: Words, kept: Sequence[int], asked: bool) -> list[Candidate]:
        """The nearest choices, each once, best first."""
        near = self._index.nearest(words, kept, parts=asked)
        best: dict[str, Candidate] = {}
        for candidate in self._judged(near, words, kept):
            known = best.get(candidate.choice)
            if known is None or (candidate.score, candidate.exact) > (known.score, known.exact):
                best[candidate.choice] = candidate
        return sorted(best.values(), key=lambda one: (-round(one.score, 3), not one.exact))

    def _judged(self, near: Iterable[Near], words: Words, kept: Sequence[int]) -> Iterable[Candidate]:
        for one in near:
            inside = [at for at in kept if one.first <= at <= one.last]
            letters = "".join(words[at] for at in inside)
            yield Candidate(
                self._choices[one.at],
                one.first,
                one.last,
                one.likeness,
                len(inside) / len(kept),
                len(self._index.sounds_of(one.at)),
                letters == self._letters[one.at],
            )


def _by_chance(one: Candidate, words: Words) -> bool:
    """Whether all that sounds like a choice is words that everybody says all the time."""
    return not one.exact and only_common(words[one.first : one.last + 1])


def only_common(words: Words) -> bool:
    """Return whether *words* are small words, which are seldom names that were misheard."""
    return all(word in COMMON for word in words)


def _plain(one: Candidate) -> bool:
    """Whether a choice is meant where none was asked for."""
    if one.exact:
        return one.last > one.first or one.sounds >= UNASKED_LETTERS
    return one.likeness >= UNASKED and one.sounds >= UNASKED_SOUNDS


def probability(
    likeness: float, lead: float, cover: float, sounds: int, fitted: Sequence[float] = FITTED
) -> float:
    """Return how sure a choice is: its likeness, its lead, the share of the words it takes up, its length."""
    constant, *weights = fitted
    facts = (likeness, min(lead, MOST_LEAD), cover, log(max(1, sounds)))
    return 1 / (1 + exp(-constant - sum(weight * fact for weight, fact in zip(weights, facts, strict=True))))

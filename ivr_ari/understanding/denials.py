"""
Values that are said to be wrong: "not boston, austin", "tuesday, no, wednesday", "tuesday doesn't work".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..events import Kind, Value
from .words import FILLERS, Words, has, listed, phrases

__all__ = ["deny"]

BETWEEN = FILLERS | frozenset(
    listed(
        "the a an my our your his her it it's its is was that that's this those these on in at for to from"
        " of into be go going but"
    )
)
"""May stand between a negation and the value: "not for my savings account"."""

NOT = frozenset(listed("not isn't wasn't aren't ain't won't cannot can't couldn't except nor"))
UNLESS_BEHIND = frozenset(listed("if why or whether how"))
"""In front of "not" these make it no denial: "if not tuesday then wednesday"."""

VERBS = frozenset(listed("want need mean say said do make come like take pick choose get ask use have meant"))
NEVER = frozenset(listed("don't didn't never doesn't can't cannot couldn't won't wouldn't not"))
"""In front of those verbs they deny what follows: "i didn't say boston"."""

BEFORE = (
    ("instead", "of"),
    ("rather", "than"),
    ("anything", "but"),
    ("everything", "but"),
)
BEHIND = phrases(
    """
is wrong | was wrong | is incorrect | was incorrect | is the wrong | was the wrong | is bad | is no good
isn't right | wasn't right | isn't correct | wasn't correct | isn't good | isn't it | wasn't it
isn't possible
is not right | was not right | is not correct | was not correct | is not good | is not it | is not possible
is impossible | is not what i | isn't what i | wasn't what i | doesn't work | won't work | does not work
will not work | didn't work | don't work | doesn't suit | does not suit
"""
)
"""Right behind a value: "tuesday doesn't work"."""

TAKING_BACK = frozenset(
    listed("no nope sorry wait actually rather oops correction scratch mean meant pardon make wrong over")
)
"""At least one of these stands between a value and the one that takes its place."""

AROUND = (
    TAKING_BACK
    | BETWEEN
    | frozenset(
        listed(
            "i make hold on excuse me well oh let's say or should have been want said but nah uh"
            " please one let start i'm again"
        )
    )
)

CHANGING = frozenset(
    listed("change changing changed move moving moved switch switching push reschedule correct edit update")
)
LOOSE: frozenset[Kind] = frozenset(("number", "ordinal", "digits"))
"""Kinds that half a value may look like: "fifty, no, sixty dollars"."""


def deny(words: Words, values: Sequence[Value]) -> tuple[Value, ...]:
    """Mark those of *values*, which are in order, that *words* say are wrong."""
    return tuple(
        replace(value, denied=True)
        if _negated(words, value)
        or _refused(words, value)
        or any(_replaced(words, value, later) for later in values[at + 1 : at + 2])
        else value
        for at, value in enumerate(values)
    )


def _negated(words: Words, value: Value) -> bool:
    """Whether "not" and the like stand right in front."""
    if value.kind == "ordinal" and has(words, value.last + 1, "time"):
        return False
    at = value.first - 1
    while at >= 0 and not _comes_before(words, at) and words[at] in BETWEEN:
        at -= 1
    if at < 0:
        return False
    if _comes_before(words, at):
        return True
    if words[at] in VERBS:
        subject = at - 1 - has(words, at - 1, "really", "even", "actually")
        return has(words, subject, *NEVER) and not has(words, subject - 1, *UNLESS_BEHIND)
    return words[at] in NOT and not has(words, at - 1, *UNLESS_BEHIND)


def _comes_before(words: Words, last: int) -> bool:
    """Whether "instead of" and the like end at *last*."""
    return any(tuple(words[max(0, last - len(phrase) + 1) : last + 1]) == phrase for phrase in BEFORE)


def _refused(words: Words, value: Value) -> bool:
    """Whether "doesn't work" and the like stand right behind."""
    at = value.last + 1
    at += has(words, at, "really", "just")
    return any(tuple(words[at : at + len(phrase)]) == phrase for phrase in BEHIND)


def _replaced(words: Words, value: Value, later: Value) -> bool:
    """Whether *later* takes the place of *value*: "tuesday no wait wednesday", "change it from x to y"."""
    between = words[value.last + 1 : later.first]
    if value.kind != later.kind and value.kind not in LOOSE:
        return False
    if value.slot != later.slot and value.slot and later.slot:
        return False
    if not between or not all(word in AROUND for word in between):
        return False
    if any(word in TAKING_BACK for word in between):
        return True
    changing = any(word in CHANGING for word in words[: value.first])
    return (
        changing
        and value.kind == later.kind
        and has(words, value.first - 1, "from")
        and between[0] in ("to", "into")
    )

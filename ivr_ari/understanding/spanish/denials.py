"""
Spanish values that are said to be wrong: "el lunes no, el martes", "no el lunes sino el martes", "en vez de".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...events import Value
from ..denials import LOOSE
from ..words import Words, has, listed, phrases
from .words import FILLERS

__all__ = ["deny"]

BETWEEN = FILLERS | frozenset(
    listed("el la los las un una a al de del en para por mi su es era sea cuenta dia")
)
"""May stand between a negation and the value."""

BEFORE = phrases(
    """
en vez de | en lugar de | en vez del | en lugar del | excepto | salvo | menos | no es | no era | no fue
no quiero | no queria | no dije | no he dicho | no digo | no me refiero | no puedo | que no sea
no quise decir
"""
)
"""In front of a value these deny it."""

BEHIND = phrases(
    """
no puedo | no me viene bien | no me va bien | no me va | no me sirve | no me conviene | no es | no era
esta mal | no esta bien | es incorrecto | no es correcto | es imposible | no puede ser | no quiero | no vale
"""
)
"""Right behind a value: "el martes no me viene bien"."""

TAKING_BACK = frozenset(
    listed("no perdon espere espera mejor digo corrijo sino realidad quise queria mas bien")
)
"""At least one of these stands between a value and the one that takes its place."""

AROUND = (
    TAKING_BACK
    | BETWEEN
    | frozenset(
        listed("que decir quiero pongalo ponga hagalo me equivoque he equivocado eh ay uy disculpe lo siento")
    )
)
CHANGING = frozenset(listed("cambiar cambie cambia mover mueva pasar pase aplazar aplace corregir corrija"))


def deny(words: Words, values: Sequence[Value]) -> tuple[Value, ...]:
    """Mark those of *values*, which are in order, that *words* say are wrong."""
    marked = []
    for at, value in enumerate(values):
        later = values[at + 1] if at + 1 < len(values) else None
        wrong = (
            _negated(words, value)
            or _refused(words, value)
            or (later is not None and (_replaced(words, value, later) or _against(words, value, later)))
        )
        marked.append(replace(value, denied=True) if wrong else value)
    return tuple(marked)


def _negated(words: Words, value: Value) -> bool:
    at = value.first - 1
    while at >= 0 and words[at] in BETWEEN and not _ends(words, at):
        at -= 1
    return at >= 0 and _ends(words, at)


def _ends(words: Words, last: int) -> bool:
    """Whether a phrase that denies ends at *last*."""
    if words[last] == "menos" and has(words, last - 1, "o", "al", "por"):
        # "más o menos tres"
        return False
    return any(tuple(words[max(0, last - len(phrase) + 1) : last + 1]) == phrase for phrase in BEFORE)


def _refused(words: Words, value: Value) -> bool:
    at = value.last + 1
    if has(words, at, "no") and at == len(words) - 1 and value.first > 0:
        # "el martes no" refuses it
        return True
    return any(tuple(words[at : at + len(phrase)]) == phrase for phrase in BEHIND)


def _alike(value: Value, later: Value) -> bool:
    """Whether one may take the place of the other."""
    slots = value.slot == later.slot or not value.slot or not later.slot
    return slots and (value.kind == later.kind or value.kind in LOOSE)


def _replaced(words: Words, value: Value, later: Value) -> bool:
    """Whether *later* takes the place of *value*: "martes no miércoles", "cámbielo del lunes al martes"."""
    between = words[value.last + 1 : later.first]
    if not _alike(value, later) or not between or not all(word in AROUND for word in between):
        return False
    if any(word in TAKING_BACK for word in between):
        return True
    changing = any(word in CHANGING for word in words[: value.first])
    led = has(words, value.first - 1, "de", "del") or words[value.first] == "del"
    return changing and led and value.kind == later.kind and between[0] in ("a", "al", "para")


def _against(words: Words, value: Value, later: Value) -> bool:
    """Whether "no" stands in front of a value and another follows at once: "no el lunes el martes"."""
    at = value.first - 1
    while at >= 0 and words[at] in BETWEEN:
        at -= 1
    if not has(words, at, "no") or value.kind != later.kind or not _alike(value, later):
        return False
    between = words[value.last + 1 : later.first]
    # "de ahorros a corriente" names two accounts
    return all((word in BETWEEN and word not in ("a", "al")) or word == "sino" for word in between)

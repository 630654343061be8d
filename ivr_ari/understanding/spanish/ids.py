"""
Spanish ids of letters and digits: "a be guion doce cero cuatro", "ce de carlos cuatro uno".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...events import Value
from ..words import Words, has, listed
from .letters import letter_at
from .numbers import digit_readings
from .words import DIGITS, FILLERS, NUMBER_WORDS, REPEATS, TENS

__all__ = ["find_ids"]

SEPARATORS = FILLERS | frozenset(
    listed("guion raya barra punto espacio luego despues coma letra letras numero y")
)
BEGINS_ANEW = frozenset(listed("no perdon espere mejor digo es era sea corrijo numero receta"))
"""Between two strings they leave only the second: "el número es ...", "no, perdón ..."."""

MOST_BETWEEN = 3
LEAST_SPOKEN = 4
LEAST_DIGITS = 2
LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One letter or one run of number words; *others* are further readings of a run."""

    text: str
    first: int
    end: int
    sure: bool
    others: tuple[str, ...] = ()


def find_ids(words: Words, least: int = 0, most: int = 0, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the ids spelled in *words*: capitals and digits without separators.

    *least* and *most* are the characters wanted, 0 if that is unknown. *asked*: the question was for one,
    so that a few letters or digits may be it.
    """
    runs = [run for run in _runs(words) if _is_id(run, asked)]
    if asked and not runs:
        runs = _letters_alone(words)
    if asked and len(runs) > 1:
        runs = _corrected(words, runs)
    return tuple(_value(run, least, most) for run in runs)


def _letters_alone(words: Words) -> list[list[Part]]:
    """Nothing but letters, be they everyday words too: "ese te u"."""
    parts, at = list[Part](), 0
    while at < len(words) and (letter := letter_at(words, at)):
        parts.append(Part(letter[0], at, letter[1], letter[2]))
        at = letter[1]
    return [parts] if at == len(words) and len(parts) >= LEAST_LETTERS else []


def _runs(words: Words) -> Iterator[list[Part]]:
    """Yield the parts that follow each other with nothing but separators between."""
    at, run = 0, list[Part]()
    while at <= len(words):
        part = _part(words, at) if at < len(words) else None
        if part:
            run.append(part)
            at = part.end
        elif at < len(words) and words[at] in SEPARATORS and run:
            at += 1
        else:
            if run := _trimmed(run):
                yield run
            at, run = at + 1, []


def _part(words: Words, at: int) -> Part | None:
    if letter := letter_at(words, at):
        return Part(letter[0], at, letter[1], letter[2])
    if words[at] in REPEATS and at + 1 < len(words) and (letter := letter_at(words, at + 1)):
        return Part(letter[0] * REPEATS[words[at]], at, letter[1], letter[2])
    end = at
    while end < len(words) and (
        (words[end] in NUMBER_WORDS and words[end] not in ("un", "una"))
        or (words[end] == "y" and has(words, end - 1, *TENS) and has(words, end + 1, *DIGITS))
    ):
        end += 1
    readings = digit_readings(words[at:end]) if end > at else ()
    return Part(readings[0], at, end, True, tuple(readings[1:])) if readings else None


def _trimmed(run: list[Part]) -> list[Part]:
    """Leave out what stands unsurely at an end: a "de" is a letter only beside others."""
    kept = list(run)
    while kept and not kept[0].sure and not any(part.sure for part in kept[1:3]):
        del kept[0]
    while kept and not kept[-1].sure:
        del kept[-1]
    return kept


def _is_id(run: list[Part], asked: bool) -> bool:
    text = "".join(part.text for part in run)
    digits = sum(sign.isdigit() for sign in text)
    if asked:
        return any(part.sure for part in run)
    mixed = digits >= LEAST_DIGITS and digits < len(text)
    return mixed and len(text) >= LEAST_SPOKEN and all(part.sure or part.text in "AEO" for part in run)


def _corrected(words: Words, runs: list[list[Part]]) -> list[list[Part]]:
    """Join what is one id with words in between; after "no, perdón" only the rest counts."""
    kept: list[list[Part]] = []
    for run in runs:
        between = words[kept[-1][-1].end : run[0].first] if kept else ()
        if not kept or BEGINS_ANEW.intersection(between):
            kept = [run]
        elif len(between) <= MOST_BETWEEN:
            kept = [[*kept[-1], *run]]
        else:
            kept = [max(kept[0], run, key=len)]
    return kept


def _value(run: list[Part], least: int, most: int) -> Value:
    readings = [""]
    for part in run:
        readings = [text + option for text in readings for option in (part.text, *part.others[:2])][:16]
    ordered = list(dict.fromkeys(readings))
    if least:
        ordered.sort(key=lambda text: not (least <= len(text) and (not most or len(text) <= most)))
    sure = 0.9 if all(part.sure for part in run) else 0.75
    return Value("id", ordered[0], run[0].first, run[-1].end - 1, sure, tuple(ordered[1:4]))

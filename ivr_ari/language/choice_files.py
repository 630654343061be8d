"""
Choices in a file beside the flow, for lists of thousands: streets, doctors, products.

A CSV file (RFC 4180) in UTF-8 without a head line. In each line first the name of the choice, as expressions
and requests have it, then the phrases callers use for it; a choice without phrases is said by its name. Lines
that begin with ``#`` are passed over, and so is the byte order mark that spreadsheets write first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..dialogue.flow import Problem

__all__ = ["ChoiceFile", "read_choices"]

MOST_CHOICES = 20_000
MOST_CHARACTERS = 2_000_000
LONGEST_NAME = 80
LONGEST_PHRASE = 120
MOST_PHRASES = 20
MOST_PROBLEMS = 20
"""Of one file; the others are of the same kind."""

WORDS_OF_CONDITIONS = ("empty", "filled")


@dataclass(slots=True)
class ChoiceFile:
    """A list as it was read: *file* as problems name it, *name* relative to the folder of the flow."""

    file: str
    name: str
    text: str
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_choices(text: str, file: str, name: str) -> ChoiceFile:
    """Return the choices in *text*; its `problems` say what is wrong with it, with line numbers."""
    read = ChoiceFile(file, name, text)
    if len(text) > MOST_CHARACTERS:
        what = f"is too long: a list has {MOST_CHARACTERS:,} characters at most"
        read.problems.append(Problem(file, 1, what, 1))
        return read
    lines: dict[str, int] = {}
    owners: dict[str, str] = {}
    for line, (name, *cells) in _rows(read):
        phrases = tuple(" ".join(cell.lower().split()) for cell in cells if cell)
        what = _mistake(name, cells, lines) or _shared(name, phrases, lines, owners)
        if what:
            read.problems.append(Problem(file, line, what, 1))
            continue
        lines[name] = line
        owners |= dict.fromkeys(phrases or (name.lower(),), name)
        read.choices[name] = phrases
    if len(read.choices) > MOST_CHOICES:
        what = f"has {len(read.choices):,} choices: a list has {MOST_CHOICES:,} at most"
        read.problems.append(Problem(file, 1, what, 1))
    if not read.choices and not read.problems:
        read.problems.append(Problem(file, 1, "has no choices: one stands in each line", 1))
    del read.problems[MOST_PROBLEMS:]
    return read


def _rows(read: ChoiceFile) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that says something, with its number from 1."""
    text = read.text.removeprefix("\ufeff")
    plain = (line if not line.startswith("#") else "\n" for line in text.splitlines(keepends=True))
    rows = csv.reader(plain, strict=True)
    while True:
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error as error:
            what = (
                f'is no CSV: {error}; a phrase with a comma or a quote stands in quotes, as in "Smith, John"'
            )
            read.problems.append(Problem(read.file, rows.line_num, what, 1))
            return
        if any(cells):
            yield rows.line_num, cells


def _mistake(name: str, phrases: list[str], lines: dict[str, int]) -> str:
    if not name:
        return "begins with no name of a choice"
    if ";" in name and not phrases:
        return "is parted by semicolons: save the list with commas"
    if name in lines:
        return f"{name!r} stands here twice, first in line {lines[name]}"
    if name in WORDS_OF_CONDITIONS:
        return f"choice {name!r} is a word of conditions: rename it"
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"a name of a choice is printable and has {LONGEST_NAME} characters at most"
    if len(phrases) > MOST_PHRASES:
        return f"{name!r} has {len(phrases)} phrases: {MOST_PHRASES} at most"
    if any(len(phrase) > LONGEST_PHRASE or not phrase.isprintable() for phrase in phrases):
        return f"a phrase is printable and has {LONGEST_PHRASE} characters at most"
    return ""


def _shared(name: str, phrases: tuple[str, ...], lines: dict[str, int], owners: dict[str, str]) -> str:
    """Say which phrase another choice has too: nothing could tell which of the two a caller means."""
    for phrase in phrases or (name.lower(),):
        owner = owners.get(phrase, name)
        if owner != name:
            return f"{phrase!r} is said for both {owner!r}, in line {lines[owner]}, and {name!r}"
    return ""

"""
Values as callers say them: every row of the tables in ``forms`` is one test.

The rows are written by hand or by rule from sources of their own (see ``by_rule.py`` there), never from what
the readers of values accept. A table begins with comments that say which reading comes first where two are
right. Its columns, separated by tabs, are

asked
    What was asked for: a kind, or ``open``, and, in any order, a tense, a number of digits (``8``, ``4-6``),
    today (an ISO date; otherwise it is Wednesday the 15th of July 2026), ``list=`` and a list of choices,
    ``flow=`` and the flow whose words are known; both are in ``lists.py``. A kind behind ``open`` is the only
    one that the row is about. ``acts``: the row is about acts.
words
    What was said.
value
    What is meant; several are joined by " + ", and "-" is none. In an open turn each has its kind in front.
or
    What must be among the alternatives.
note
    Why, for the reader.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import pytest

from ivr_ari.events import Expect, Heard, Kind, Meaning, Value, Word
from ivr_ari.understanding.spacy_nlu import Understander

from .forms.lists import FLOWS, LISTS

FORMS = Path(__file__).with_name("forms")
TODAY = "2026-07-15"
KINDS = get_args(Kind)
TENSES = ("past", "future")
KNOWN = "known"
"""The table of rows that fail, with the reason as their note."""


@dataclass(frozen=True)
class Row:
    """One line of a table; *asked* still in words."""

    table: str
    line: int
    asked: str
    words: str
    value: str
    other: str
    note: str

    @property
    def language(self) -> str:
        return "es" if self.table.startswith("es/") else "en"


@dataclass(frozen=True)
class Asked:
    """The question of a row."""

    expect: Expect
    today: str
    flow: str


def rows() -> Iterator[Row]:
    for path in sorted(FORMS.rglob("*.tsv")):
        table = str(path.relative_to(FORMS).with_suffix(""))
        lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        told = [(number, line) for number, line in lines if line and not line.startswith("#")]
        for (number, _), cells in zip(
            told, csv.reader((line for _, line in told), delimiter="\t", quoting=csv.QUOTE_NONE), strict=True
        ):
            asked, words, value, other, note, *_ = [*cells, "", "", ""]
            yield Row(table, number, asked, words, value, other, note)


def question(row: Row) -> Asked:
    """Return what the first column asks; raises ValueError for a word that it does not know."""
    first, *options = row.asked.split()
    today, tense, least, most, listed, flow = TODAY, "", 0, 0, "", ""
    for option in options:
        if option in KINDS:
            continue
        if option in TENSES:
            tense = option
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", option):
            today = option
        elif option.startswith("list="):
            listed = option.removeprefix("list=")
        elif option.startswith("flow="):
            flow = option.removeprefix("flow=")
        elif size := re.fullmatch(r"(\d+)(?:-(\d+))?", option):
            least, most = int(size[1]), int(size[2] or size[1])
        else:
            raise ValueError(f"{row.table}:{row.line}: {option}")
    if first not in (*KINDS, "open", "acts"):
        raise ValueError(f"{row.table}:{row.line}: {first}")
    return Asked(
        Expect(
            slot="asked" if first in KINDS else "",
            kinds=(cast(Kind, first),) if first in KINDS else (),
            digits=(least, most),
            choices=tuple((name, tuple(phrases)) for name, phrases in LISTS[listed].items())
            if listed
            else (),
            confirm=first == "yesno",
            tense=cast(Literal["", "past", "future"], tense),
            language=row.language,
        ),
        today,
        flow or ("" if row.language == "en" else row.language),
    )


@cache
def understander(flow: str) -> Understander:
    return Understander(FLOWS[flow])


def meaning(row: Row) -> Meaning:
    asked = question(row)
    heard = Heard(tuple(Word(word) for word in row.words.split()))
    return understander(asked.flow).understand(heard, asked.expect, today=asked.today)


def written(value: Value, row: Row) -> str:
    """Write a value as the tables do: the bare value, or in an open turn its slot or kind before it."""
    if row.asked.startswith("open"):
        return f"{value.slot}={value.value}" if value.slot else f"{value.kind} {value.value}"
    return str(value.value)


def wanted(row: Row, value: Value) -> bool:
    """Tell whether a row is about a value: about one of the kinds it names, or all if it names none."""
    kinds = [option for option in row.asked.split() if option in KINDS]
    return not value.denied and (value.kind in kinds or not kinds)


def each_row(known: bool) -> list[object]:
    return [
        pytest.param(row, id=f"{row.table}:{row.line}:{row.words.replace(' ', '-')}")
        for row in rows()
        if (row.table.rpartition("/")[2] == KNOWN) == known
    ]


def check(row: Row) -> None:
    understood = meaning(row)
    values = [value for value in understood.values if wanted(row, value)]
    told = understood.acts if row.asked == "acts" else [written(value, row) for value in values]
    found = " + ".join(told) or "-"
    assert found == row.value, f'"{row.words}" ({row.asked}) is {row.value}, not {found}'
    for other in row.other.split("; ") if row.other else ():
        others = [one for value in values for one in value.alternatives]
        assert other in others, f'"{row.words}" ({row.asked}) may be {other}, but only {others} were given'


@pytest.mark.parametrize("row", each_row(known=False))
def test_form(row: Row) -> None:
    """The words give the value of their row, or none, and its other readings are alternatives."""
    check(row)


@pytest.mark.parametrize("row", each_row(known=True))
@pytest.mark.xfail(reason="each row's note says why", strict=True)
def test_known(row: Row) -> None:
    """What is known not to be understood yet; a row that passes belongs in its own table."""
    check(row)


def test_enough() -> None:
    """There are many rows, each said once in its context, and few that fail."""
    every = list(rows())

    assert len(every) >= 1_500
    assert len({(row.asked, row.words, row.language) for row in every}) == len(every)
    assert sum(row.table.endswith(KNOWN) for row in every) <= 40

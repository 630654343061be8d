"""Written forms and their words, in tables of a language each; see the heads of ``forms/*.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr_ari.prompts.words.normalise import normalise
from ivr_ari.prompts.words.spoken import spoken

TABLES = sorted((Path(__file__).parent / "forms").glob("*.txt"))

Form = tuple[str, str, str, str]


def forms() -> Iterator[Form]:
    """Yield language, what is written, its kind, and the words."""
    for table in TABLES:
        for line in table.read_text().splitlines():
            if not re.match(r"#( |$)|$", line):
                written, kind, words, _ = line.split(" | ")
                yield table.stem, written, kind, words


def said(language: str, written: str, kind: str) -> str:
    """Return what we say; ``date:2026`` is in a call of that year, ``digits:3-3-4`` in groups."""
    kind, _, how = kind.partition(":")
    if kind == "text":
        return normalise(written, language)
    year = int(how) if kind in ("date", "month") and how else None
    groups = () if year else tuple(map(int, re.findall(r"\d+", how)))
    return spoken(written, kind, language, year=year, groups=groups)


@pytest.mark.parametrize(
    ("language", "written", "kind", "words"), forms(), ids=lambda part: re.sub(r"\W+", " ", part)[:30]
)
def test_form(language: str, written: str, kind: str, words: str) -> None:
    """Each form is said as a good clerk says it."""
    assert said(language, written, kind) == words


def test_the_tables_are_long_and_of_many_kinds() -> None:
    """The tables hold enough to be worth their name."""
    count = {table.stem: 0 for table in TABLES}
    for language, *_ in forms():
        count[language] += 1

    assert count["en"] >= 400
    assert count["es"] >= 300
    assert len({kind.partition(":")[0] for _, _, kind, _ in forms()}) >= 14

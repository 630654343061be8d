"""Spanish values that are said to be wrong; today is Monday, 16 March 2026."""

import pytest

from ivr_ari.events import Expect, Heard, Word
from ivr_ari.understanding.spanish.tongue import SPANISH
from ivr_ari.understanding.spanish.words import plain
from ivr_ari.understanding.values import read_values


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("el lunes no el martes", ["2026-03-23"], ["2026-03-17"]),
        ("no el lunes sino el martes", ["2026-03-23"], ["2026-03-17"]),
        ("el martes no puedo", ["2026-03-17"], []),
        ("el martes no me viene bien mejor el miércoles", ["2026-03-17"], ["2026-03-18"]),
        ("el miércoles en vez del martes", ["2026-03-17"], ["2026-03-18"]),
        ("no es el lunes es el martes", ["2026-03-23"], ["2026-03-17"]),
        ("el martes perdón el miércoles", ["2026-03-17"], ["2026-03-18"]),
        ("no el martes", [], ["2026-03-17"]),
        ("el martes y el miércoles", [], ["2026-03-17", "2026-03-18"]),
    ],
)
def test_denied_days(text: str, wrong: list[str], right: list[str]) -> None:
    """A value that takes the place of another, or is refused, leaves the other alone."""
    heard = Heard(tuple(Word(word) for word in text.split()))
    words = [plain(word) for word in text.split()]
    expect = Expect(kinds=("date",), tense="future")
    found = SPANISH.deny(words, read_values(heard, words, expect, "2026-03-16", (), tongue=SPANISH)[0])
    assert [value.value for value in found if value.denied] == wrong
    assert [value.value for value in found if not value.denied] == right

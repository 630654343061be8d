"""The words of a prompt."""

from __future__ import annotations

from ivr_ari.engines.voice import words
from ivr_ari.events import Slotted


def test_values_become_words_where_they_stand() -> None:
    """Text stays, values are spoken in their manner, dates of this year without the year."""
    parts = ("You have ", Slotted("42.19", "money"), " since ", Slotted("2026-03-03", "date"), ".")
    assert words(parts, 2026) == "You have forty two dollars and nineteen cents since March third."


def test_an_unknown_manner_is_spoken_as_text() -> None:
    """A flow that passed its check has none; a call must not end over it."""
    assert words((Slotted("hello", "sung"),)) == "hello"

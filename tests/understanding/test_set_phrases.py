"""Phrases that hold number words and mean no number."""

import pytest

from ivr_ari.understanding.set_phrases import without_counts, without_set_phrases


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("one moment please", "please"),
        ("on second thought friday", "on friday"),
        ("first of all march third", "march third"),
        ("we may come in may", "come in may"),
        ("no one told me", "told me"),
        ("no one two three", "no one two three"),
        ("in one minute", "in one minute"),
        ("the second one", "the second one"),
        ("twenty one seconds", "twenty one seconds"),
    ],
)
def test_set_phrases(said: str, left: str) -> None:
    """A phrase loses its words, each place kept; the same words elsewhere stay."""
    heard = without_set_phrases(said.split())

    assert len(heard) == len(said.split())
    assert [word for word in heard if word.isalpha()] == left.split()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("the last four are six seven", "the last are six seven"),
        ("four digits", "digits"),
        ("the long one", "the long"),
        ("the one two three", "the one two three"),
        ("two of them", "of them"),
        ("four one two", "four one two"),
    ],
)
def test_counts(said: str, left: str) -> None:
    """What says how many digits there are, or which thing is meant, is no digit."""
    assert [word for word in without_counts(said.split()) if word.isalpha()] == left.split()

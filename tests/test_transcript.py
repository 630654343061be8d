"""What is said as it is spoken, what is typed as it is heard."""

from __future__ import annotations

from ivr_ari.events import Say, Slotted
from ivr_ari.transcript import as_spoken, heard_words


def test_values_as_they_are_spoken() -> None:
    """
    The words a caller hears, not the signs of a transcript.
    """
    say = Say("s1", "x", ("You have ", Slotted("42.19", "money"), "."))

    assert as_spoken(say, 2026) == "You have forty two dollars and nineteen cents."


def test_words_as_a_recogniser_writes_them() -> None:
    """
    Lower case, no punctuation, apostrophes kept.
    """
    heard = heard_words("¿What’s, “my” Balance?!", 0.5)

    assert [word.text for word in heard.words] == ["what's", "“my”", "balance"]
    assert heard.confidence == 0.5

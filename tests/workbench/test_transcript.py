"""What is said as it is spoken, what is typed as it is heard."""

from __future__ import annotations

import pytest

from ivr_ari.events import Say, Slotted
from ivr_ari.workbench.transcript import as_spoken, heard_words


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


@pytest.mark.parametrize(
    ("typed", "language", "heard"),
    [
        ("It's 41007239.", "en", "it's four one zero zero seven two three nine"),
        ("a table for 12, at 7:30", "en", "a table for twelve at seven thirty"),
        ("21 or 05", "en", "twenty one or zero five"),
        ("at 3pm", "en", "at three pm"),
        ("0", "en", "zero"),
        ("16, no 412", "es", "dieciséis no cuatro uno dos"),
        ("order 412209", "", "order 412209"),
        ("order 412209", "fr", "order 412209"),
    ],
)
def test_numbers_as_a_recogniser_writes_them(typed: str, language: str, heard: str) -> None:
    """
    In the words of the language; long ones digit by digit.
    """
    assert heard_words(typed, language=language).text == heard

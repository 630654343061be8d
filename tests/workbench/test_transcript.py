"""What is said as it is spoken, what is typed as it is heard."""

from __future__ import annotations

import pytest

from ivr_ari.events import Pause, Say, Slotted, Style
from ivr_ari.workbench.transcript import as_spoken, heard_words


def test_values_as_they_are_spoken() -> None:
    """
    The words a caller hears, not the signs of a transcript.
    """
    say = Say("s1", "x", ("You have ", Slotted("42.19", "money"), "."))

    assert as_spoken(say, 2026) == "You have forty two dollars and nineteen cents."


def test_how_it_sounds_is_not_shown() -> None:
    """
    A transcript has the words: other words where a caller hears others, a name as it is written.
    """
    saint = Slotted("St. J.", said="Saint John", fixed=True)
    name = Slotted("Siobhan", said="/ʃɪˈvɔːn/", fixed=True)
    say = Say("s1", "x", ("To ", Pause(200), saint, ", ", Style(90, True), name, Style(), "."))

    assert as_spoken(say, 2026) == "To Saint John, Siobhan."
    assert say.text == "To St. J., Siobhan."


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

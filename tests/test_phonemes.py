"""The real pronouncing process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ivr_ari.errors import EngineFailed
from ivr_ari.prompts.espeak import Pronouncer

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def pronouncer() -> Iterator[Pronouncer]:
    made = Pronouncer("en-us")
    yield made
    made.close()


def test_words_are_pronounced(pronouncer: Pronouncer) -> None:
    """
    Phonemes are those the voice was trained on, stress and marks included.
    """
    assert pronouncer.phonemes("Hello, one two.") == "həlˈoʊ, wˈʌn tˈuː."


def test_letters_are_named(pronouncer: Pronouncer) -> None:
    """
    Spelled letters sound as their names.
    """
    assert pronouncer.phonemes("A T M").startswith("ˈeɪ ")


@pytest.mark.parametrize("text", ["\0", "a" * 20000, "𝔘𝔫𝔦", "日本語", "'' \"", "[[x]]", "<b>x</b>"])
def test_odd_text_is_survived(pronouncer: Pronouncer, text: str) -> None:
    """
    No text ends the process.
    """
    pronouncer.phonemes(text)

    assert pronouncer.phonemes("hello") == "həlˈoʊ"


def test_an_unknown_voice_is_refused() -> None:
    """
    A voice that espeak does not have is our error with its reason.
    """
    pronouncer = Pronouncer("xx-none")
    with pytest.raises(EngineFailed) as caught:
        pronouncer.phonemes("one")
    pronouncer.close()

    assert "xx-none" in str(caught.value)


def test_bad_lines_are_answered_and_the_end_of_input_is_the_end() -> None:
    """
    Each line gets one line; the process ends by itself.
    """
    lines = b'no json\n{}\n[]\n{"clauses": ["hello"], "voice": "en-us"}\n'
    done = subprocess.run(
        [sys.executable, "-m", "ivr_ari.phonemes"], input=lines, capture_output=True, timeout=30, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert ["error" in answer for answer in answers] == [True, True, True, False]
    assert answers[-1] == {"phonemes": ["həlˈoʊ"]}

"""Recordings are kept by what they say."""

from __future__ import annotations

from pathlib import Path

from ivr_ari.prompts.recorded import recording_key, recordings
from ivr_ari.prompts.script import script


def test_other_words_are_another_recording() -> None:
    """
    A prompt that says something else does not find the recording; how its text is written does not matter.
    """
    key = recording_key(script(("Good morning. How can I help?",)))

    assert recording_key(script(("Good morning.  How ", "can I help?"))) == key
    assert recording_key(script(("Good morning. How can we help?",))) != key
    assert recording_key(script(("Good morning.",))) != key


def test_each_language_has_its_own(tmp_path: Path) -> None:
    """
    "No" is a word of two languages, recorded twice; a region is no language of its own.
    """
    assert recordings(tmp_path, "es").folder != recordings(tmp_path, "en").folder
    assert recordings(tmp_path, "es-MX").folder == recordings(tmp_path, "es").folder

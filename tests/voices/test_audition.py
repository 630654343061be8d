"""Voices side by side."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.voices.audition import TEXTS, Heard, audition, listening_page

from ..prompts.voices import ToneVoice


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_each_sentence_is_a_file_and_nothing_is_kept(tmp_path: Path, rate_hz: int) -> None:
    """
    Files have the rate asked for and the length that is told; the cache stays empty.
    """
    speaker = Speaker(ToneVoice(), PromptCache(tmp_path / "cache"))
    heard = list(audition(speaker, "tone", ["One two.", "Three."], tmp_path / "out", rate_hz=rate_hz))

    assert [one.file.name for one in heard] == ["tone-1.wav", "tone-2.wav"]
    for one in heard:
        with wave.open(str(one.file)) as file:
            assert file.getframerate() == rate_hz
            assert file.getnframes() == pytest.approx(one.seconds * rate_hz)
        assert one.lufs > -40
        assert one.first_ms > 0
    assert not list((tmp_path / "cache").rglob("*.wav"))


def test_both_languages_have_sentences() -> None:
    """
    A voice that is auditioned without a text says what matters on a telephone.
    """
    assert set(TEXTS) == {"en", "es"}
    assert all(any("$" in text for text in texts) for texts in TEXTS.values())


def test_the_page_has_a_column_for_each_voice_and_reads_no_markup() -> None:
    """
    Whatever stands in a text is text.
    """
    heard = [
        Heard(voice, text, Path(f"{voice}-{number}.wav"), 1.0, 50.0, 0.1, -20.0)
        for voice in ("ann", "bob")
        for number, text in enumerate(('<b>Hi</b> & "you"', "Bye."))
    ]
    page = listening_page(heard)

    assert page.count("<th>") == 3
    assert page.count("<audio") == 4
    assert "<b>" not in page
    assert 'src="bob-1.wav"' in page

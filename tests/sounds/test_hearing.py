"""Recordings of people's sentences are heard by a real recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.clips import Clips
from ivr_ari.sounds.checking import Judge
from ivr_ari.sounds.hearing import Ear
from ivr_ari.sounds.recordings import Recording
from ivr_ari.sounds.transcript import compared, likeliest

from .some_sounds import sound
from .studio_files import delivered

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "vosk-lab-en"
CLIPS = Clips.load(ROOT / "tests" / "data" / "callers")
SENTENCES = sorted({one.text for one in CLIPS.recordings if len(one.text.split()) > 4})[::3]


@pytest.fixture(scope="module")
def texts() -> dict[str, Sequence[str]]:
    return {text: text.split() for text in SENTENCES}


@pytest.fixture(scope="module")
def ear(texts: dict[str, Sequence[str]]) -> Ear:
    return Ear(MODEL, texts.values())


def pcm(text: str) -> Pcm:
    return CLIPS.find(text)


def test_right_words_are_heard(ear: Ear, texts: dict[str, Sequence[str]]) -> None:
    """
    Nine words in ten and more are right, and each recording is nearest to its own text.
    """
    wrong = words = 0
    for text, expected in texts.items():
        heard = [word for word, _, _ in ear.hear(pcm(text).astype("<i2").tobytes())]
        found = compared(expected, heard)
        wrong, words = wrong + found.wrong, words + found.words

        assert likeliest(heard, texts) == text
    assert len(texts) >= 10
    assert wrong / words < 0.1


def test_each_recording_begins_at_its_beginning(ear: Ear) -> None:
    """
    Words follow each other inside the recording, whichever was heard before it.
    """
    for text in (SENTENCES[0], SENTENCES[1], SENTENCES[0]):
        audio = pcm(text)
        times = [time for _, begin, end in ear.hear(audio.astype("<i2").tobytes()) for time in (begin, end)]

        assert times == sorted(times)
        assert times[0] >= 0
        assert times[-1] <= len(audio) / 8 + 50


def test_a_delivery_with_two_files_mixed_up(ear: Ear, tmp_path: Path) -> None:
    """
    From a studio's file to what is said of it.
    """
    one, two = (sound(f"prompt-{number}", text) for number, text in enumerate(SENTENCES[:2]))
    judge = Judge([one, two], {}, lambda: ear)
    right = delivered(tmp_path / "right.wav", pcm(SENTENCES[0]) / 32768, 8000)
    mixed_up = delivered(tmp_path / "mixed-up.wav", pcm(SENTENCES[1]) / 32768, 8000)

    assert judge.judge(Recording(right, one, "a")).used
    verdict = judge.judge(Recording(mixed_up, one, "b"))
    assert (verdict.state, verdict.used) == ("wrong", False)
    assert "nearer to what shop/prompt-1 says" in verdict.says


def test_no_model(tmp_path: Path) -> None:
    """
    The next command is named.
    """
    with pytest.raises(SetupError, match="ivr-ari models fetch"):
        Ear(tmp_path, [])

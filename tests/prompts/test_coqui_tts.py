"""A real voice whose networks coqui-tts runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.coqui_tts import CoquiVoice
from ivr_ari.prompts.script import Phrase, Sentence
from ivr_ari.prompts.voice import Pcm

pytestmark = pytest.mark.model

SHORT = "Hello."
MEDIUM = "Please say or key in your account number."
LONG = "I found two charges of twenty five dollars in February, and one of two hundred dollars in March."


def sentence(*texts: str) -> Sentence:
    return Sentence(tuple(map(Phrase, texts)))


def spoken(voice: CoquiVoice, text: str, speed: float = 1.0) -> Pcm:
    pieces = voice.take(sentence(text), speed=speed).audio()
    return np.concatenate([*pieces, np.zeros(0, np.int16)])


@pytest.mark.parametrize("text", [SHORT, MEDIUM, LONG])
def test_windows_join_to_the_whole(joe: CoquiVoice, text: str) -> None:
    """
    What is spoken in pieces equals what is decoded at once, to the last bit but one.
    """
    take = joe.take(sentence(text))
    pieces, whole = spoken(joe, text).astype(int), take.whole().astype(int)

    assert len(pieces) == len(whole) == take.samples
    assert np.abs(pieces - whole).max() <= 1
    assert whole.std() > 500


def test_the_first_piece_is_small(joe: CoquiVoice) -> None:
    """
    The caller hears the beginning while the rest is made.
    """
    first, *rest = (len(piece) for piece in joe.take(sentence(LONG)).audio())

    assert first <= 0.18 * joe.rate_hz
    assert len(rest) > 3


def test_the_same_text_sounds_the_same(joe: CoquiVoice) -> None:
    """
    The noise is seeded by the text, whatever was spoken between.
    """
    first = spoken(joe, MEDIUM)
    spoken(joe, SHORT)

    assert np.array_equal(first, spoken(joe, MEDIUM))


def test_cancelled_between_windows(joe: CoquiVoice) -> None:
    """
    Once nobody wants the rest, not one more window is made.
    """
    heard: list[Pcm] = []
    for piece in joe.take(sentence(LONG)).audio(cancelled=lambda: len(heard) >= 2):
        heard.append(piece)

    assert len(heard) == 2


def test_slower_is_longer(joe: CoquiVoice) -> None:
    """
    Speed changes the pace, in both directions.
    """
    slow, normal, fast = (len(spoken(joe, MEDIUM, speed)) for speed in (0.7, 1.0, 1.4))

    assert slow > 1.2 * normal
    assert fast < 0.85 * normal


@pytest.mark.parametrize("text", ["", "?!", "日本語", "\0", "x" * 900, "a. b. c. ''"])
def test_odd_text_is_survived(joe: CoquiVoice, text: str) -> None:
    """
    Whatever text comes, the voice speaks the next one.
    """
    spoken(joe, text)

    assert len(spoken(joe, SHORT)) > 0


def test_the_pronouncer_may_die(joe: CoquiVoice) -> None:
    """
    A killed helper process is replaced without a word lost.
    """
    before = spoken(joe, MEDIUM)
    assert joe.pronouncer.process is not None
    joe.pronouncer.process.kill()

    assert np.array_equal(before, spoken(joe, MEDIUM))


@pytest.mark.parametrize("damage", ["voice.json", "config.json", "model.pth"])
def test_a_damaged_voice_is_a_set_up_error(tmp_path: Path, damage: str) -> None:
    """
    A folder with a broken file is named, with what is wrong.
    """
    (tmp_path / "voice.json").write_text(
        '{"name": "x", "rate_hz": 22050, "gain_db": 0, "espeak_voice": "en-us"}'
    )
    (tmp_path / damage).write_text("{")

    with pytest.raises(SetupError) as caught:
        CoquiVoice(tmp_path)

    assert caught.value.code == "voice.unreadable"

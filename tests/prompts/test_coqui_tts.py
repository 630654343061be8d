"""The real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.coqui_tts import CONTEXT, CoquiVoice, sentences, windows
from ivr_ari.prompts.level import TARGET_DBFS, active_dbfs
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.prompts.voice import Pcm

pytestmark = pytest.mark.model

SHORT = "Hello."
MEDIUM = "Please say or key in your account number."
LONG = "I found two charges of twenty five dollars in February, and one of two hundred dollars in March."


def joined(pieces: Iterator[Pcm]) -> Pcm:
    return np.concatenate(list(pieces))


class TestWindows:
    def test_every_frame_is_spoken_once_with_its_context(self) -> None:
        """
        Windows join without gap or overlap, and see CONTEXT frames around what they keep.
        """
        for frames in range(1, 700):
            kept = 0
            for begin, end, low, high in windows(frames):
                assert begin == kept < end
                assert low <= max(0, begin - CONTEXT)
                assert high >= min(frames, end + CONTEXT)
                kept = end
            assert kept == frames

    def test_lengths_are_few(self) -> None:
        """
        Over all sentence lengths the decoder meets at most a dozen window lengths.
        """
        lengths = {high - low for frames in range(32, 1600, 16) for _, _, low, high in windows(frames)}

        assert len(lengths) <= 12


class TestSentences:
    def test_are_split_at_their_ends(self) -> None:
        """
        A prompt is spoken sentence by sentence.
        """
        assert sentences("One. Two? Three! four, five") == ["One.", "Two?", "Three!", "four, five"]

    def test_an_endless_one_is_cut_between_words(self) -> None:
        """
        No sentence is long enough to hurt, and no word is lost.
        """
        text = "word " * 500

        assert max(map(len, sentences(text))) <= 400
        assert " ".join(sentences(text)).split() == text.split()

    def test_one_endless_word_is_cut_too(self) -> None:
        """
        Even a word without end.
        """
        assert "".join(sentences("a" * 3000)) == "a" * 3000


@pytest.mark.parametrize("text", [SHORT, MEDIUM, LONG])
def test_windows_join_to_the_whole(joe: CoquiVoice, text: str) -> None:
    """
    What is spoken in pieces equals what is decoded at once, to the last bit but one.
    """
    pieces = joined(joe.speak(text)).astype(int)
    whole = joe.whole(text).astype(int)

    assert len(pieces) == len(whole)
    assert np.abs(pieces - whole).max() <= 2
    assert whole.std() > 500


def test_the_first_piece_is_small(joe: CoquiVoice) -> None:
    """
    The caller hears the beginning while the rest is made.
    """
    first, *rest = (len(piece) for piece in joe.speak(LONG))

    assert first <= 0.2 * joe.rate_hz
    assert len(rest) > 3


def test_the_same_text_sounds_the_same(joe: CoquiVoice) -> None:
    """
    The noise is seeded by the text, whatever was spoken between.
    """
    first = joined(joe.speak(MEDIUM))
    joined(joe.speak(SHORT))

    assert np.array_equal(first, joined(joe.speak(MEDIUM)))


def test_cancelled_between_windows(joe: CoquiVoice) -> None:
    """
    Once nobody wants the rest, not one more window is made.
    """
    heard: list[Pcm] = []
    for piece in joe.speak(LONG, cancelled=lambda: len(heard) >= 2):
        heard.append(piece)

    assert len(heard) == 2


def test_slower_is_longer(joe: CoquiVoice) -> None:
    """
    Speed changes the pace, in both directions.
    """
    slow, normal, fast = (len(joined(joe.speak(MEDIUM, speed=speed))) for speed in (0.7, 1.0, 1.4))

    assert slow > 1.2 * normal
    assert fast < 0.85 * normal


@pytest.mark.parametrize("text", ["", "?!", "日本語", "\0", "x" * 900, "a. b. c. ''"])
def test_odd_text_is_survived(joe: CoquiVoice, text: str) -> None:
    """
    Whatever text comes, the voice speaks the next one.
    """
    list(joe.speak(text))

    assert len(joined(joe.speak(SHORT))) > 0


def test_the_pronouncer_may_die(joe: CoquiVoice) -> None:
    """
    A killed helper process is replaced without a word lost.
    """
    before = joined(joe.speak(MEDIUM))
    assert joe.pronouncer.process is not None
    joe.pronouncer.process.kill()

    assert np.array_equal(before, joined(joe.speak(MEDIUM)))


def test_prompts_have_one_level_and_no_silence_before(joe: CoquiVoice, tmp_path: Path) -> None:
    """
    While it is made, a prompt is within 2 dB of the level of all prompts, kept ones within 0.5 dB; sound
    starts within 20 ms.
    """
    speaker = Speaker(joe, PromptCache(tmp_path))
    for text in ("Welcome to the bank.", LONG, "Which month was that?"):
        live = np.frombuffer(b"".join(speaker.speak_8k(text)), "<i2")
        [kept] = speaker.speak_8k(text)

        assert active_dbfs(live) == pytest.approx(TARGET_DBFS, abs=2.0)
        assert active_dbfs(np.frombuffer(kept, "<i2")) == pytest.approx(TARGET_DBFS, abs=0.5)
        assert np.flatnonzero(np.abs(live.astype(int)) > 50)[0] <= 160


@pytest.mark.parametrize("damage", ["voice.json", "config.json", "model.pth"])
def test_a_damaged_voice_is_a_set_up_error(tmp_path: Path, damage: str, joe: CoquiVoice) -> None:
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

"""Text to telephone audio, with a voice of tones in the engine's place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import EngineFailed, SetupError
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.level import TARGET_DBFS, active_dbfs
from ivr_ari.prompts.speaker import Rendered, Speaker, render_all, voice_folder

from .voices import ToneVoice


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    return Speaker(ToneVoice(), PromptCache(tmp_path))


def said(speaker: Speaker) -> list[str]:
    assert isinstance(speaker.voice, ToneVoice)
    return speaker.voice.said


def test_a_new_prompt_comes_in_pieces_and_again_at_once(speaker: Speaker) -> None:
    """
    The second time nothing is synthesised and the whole prompt comes as one piece.
    """
    first = list(speaker.speak_8k("one two three four"))
    second = list(speaker.speak_8k("one two three four"))

    assert len(first) > 2
    assert len(second) == 1
    assert len(second[0]) == sum(map(len, first))
    assert said(speaker) == ["one two three four"]


def test_kept_prompts_have_the_level_of_all(speaker: Speaker) -> None:
    """
    What is kept was brought to the target level.
    """
    list(speaker.speak_8k("one two three four"))
    [kept] = speaker.speak_8k("one two three four")

    assert active_dbfs(np.frombuffer(kept, "<i2")) == pytest.approx(TARGET_DBFS, abs=0.5)


def test_the_engine_gets_words_only(speaker: Speaker) -> None:
    """
    Numbers are words before any engine sees them; two spellings of one prompt are one prompt.
    """
    list(speaker.speak_8k("You owe $5."))
    list(speaker.speak_8k("You owe  five dollars."))

    assert said(speaker) == ["You owe five dollars."]


def test_sensitive_text_is_kept_nowhere(speaker: Speaker, tmp_path: Path) -> None:
    """
    Neither memory nor disk hold it, and what is there is not used for it.
    """
    list(speaker.speak_8k("nine nine", sensitive=True))
    list(speaker.speak_8k("nine nine", sensitive=True))

    assert len(said(speaker)) == 2
    assert not speaker.cache.memory
    assert not list(tmp_path.rglob("*.wav"))


def test_a_cancelled_prompt_stops_and_is_not_kept(speaker: Speaker) -> None:
    """
    Half a prompt is never taken for the whole.
    """
    asked = iter([False, False, True])
    heard = b"".join(speaker.speak_8k("one two three four five", cancelled=lambda: next(asked, True)))
    whole = b"".join(speaker.speak_8k("one two three four five"))

    assert 0 < len(heard) < len(whole)
    assert len(said(speaker)) == 2


def test_a_prompt_nobody_hears_to_the_end_is_not_kept(speaker: Speaker) -> None:
    """
    Closing the audio early leaves nothing in the cache.
    """
    audio = speaker.speak_8k("one two three")
    next(audio)
    audio.close()  # type: ignore[attr-defined]

    assert not speaker.has("one two three")


@pytest.mark.parametrize("word", ["broken", "odd"])
def test_a_failing_engine_raises_our_error_and_goes_on(speaker: Speaker, word: str) -> None:
    """
    Whatever the engine raises comes out as EngineFailed without the text, and the next prompt is spoken.
    """
    with pytest.raises(EngineFailed) as caught:
        list(speaker.speak_8k(f"one {word} two"))

    assert caught.value.code == "voice.failed"
    assert "own words" not in str(caught.value)
    assert not speaker.has(f"one {word} two")
    assert list(speaker.speak_8k("one two"))


@pytest.mark.parametrize("text", ["", "   ", "...", "🙂"])
def test_text_without_words_is_silence(speaker: Speaker, text: str) -> None:
    """
    Nothing to say says nothing, and fails nowhere.
    """
    assert b"".join(speaker.speak_8k(text)) == b""


def test_speed_is_another_prompt(speaker: Speaker) -> None:
    """
    A slower prompt is longer and kept beside the other.
    """
    normal = b"".join(speaker.speak_8k("one two three four"))
    slow = b"".join(speaker.speak_8k("one two three four", speed=0.5))

    assert len(slow) > 1.5 * len(normal)


def test_render_all_goes_on_where_it_ended(speaker: Speaker) -> None:
    """
    What is there is not made again; what fails is named; everything is told as it happens.
    """
    told: list[tuple[int, int, str]] = []
    texts = ["one", "two", "broken", "one"]

    first = render_all(speaker, texts, progress=lambda done, total, text: told.append((done, total, text)))
    second = render_all(speaker, texts)

    assert first == Rendered(made=2, kept=0, failed=("broken",))
    assert second == Rendered(made=0, kept=2, failed=("broken",))
    assert told == [(1, 3, "one"), (2, 3, "two"), (3, 3, "broken")]


def test_a_voice_that_was_not_made_is_a_set_up_error(tmp_path: Path) -> None:
    """
    The speaker says what to do instead of making a voice by itself.
    """
    with pytest.raises(SetupError) as caught:
        voice_folder(tmp_path, "joe")

    assert caught.value.code == "voice.missing"
    assert "ivr-ari voices import" in str(caught.value)

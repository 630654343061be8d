"""What was spoken before can be played without the voice."""

import json
from pathlib import Path

import pytest

from ivr_ari.engines.kept import KeptPrompts
from ivr_ari.errors import SetupError
from ivr_ari.events import Pause
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.joining import Delivery, sentences_of
from ivr_ari.prompts.recorded import recording_key, recordings
from ivr_ari.prompts.script import script

NAME = "joe-0123"
AUDIO = b"\1\2" * 1600


@pytest.fixture
def kept(tmp_path: Path) -> KeptPrompts:
    """A voice that has said two sentences."""
    folder = tmp_path / "voices" / NAME
    folder.mkdir(parents=True)
    about = {"name": NAME, "rate_hz": 22050, "espeak_voice": "en-us"}
    (folder / "voice.json").write_text(json.dumps(about))
    cache = PromptCache(tmp_path / "prompts" / NAME)
    for sentence in sentences_of(script(("We open at 9:00 am. Welcome.",))):
        cache.put(prompt_key(NAME, sentence), {8000: AUDIO, 16000: AUDIO * 2})
    return KeptPrompts(tmp_path, "joe")


def test_a_prompt_spoken_before_is_recalled(kept: KeptPrompts) -> None:
    """
    The words decide, in whatever way they are written.
    """
    assert kept.recall(["Welcome."]) == AUDIO
    assert kept.recall(["We open at nine a m."]) == AUDIO
    assert kept.recall(["Welcome."], Delivery(rate_hz=16000)) == AUDIO * 2


def test_sentences_spoken_in_other_prompts_are_joined(kept: KeptPrompts) -> None:
    """
    With the pauses that belong between them.
    """
    recalled = kept.recall(["Welcome. ", Pause(500), "We open at 9:00 am."])

    assert recalled is not None
    assert len(recalled) == 2 * len(AUDIO) + 16 * (500 + 230)


def test_a_new_prompt_is_not(kept: KeptPrompts) -> None:
    """
    A prompt of which one sentence was never spoken waits for the voice; so does another speed.
    """
    assert kept.recall(["Welcome. Goodbye."]) is None
    assert kept.recall(["Welcome."], Delivery(speed=0.8)) is None


def test_a_recording_is_played_in_place_of_the_voice(kept: KeptPrompts, tmp_path: Path) -> None:
    """
    Of the whole prompt, word for word; at another speed the voice has to speak.
    """
    said = script(("Welcome to the bank. Please hold.",))
    recordings(tmp_path, "en").put(recording_key(said), {8000: AUDIO * 3})

    assert kept.recall(["Welcome to the bank. Please hold."]) == AUDIO * 3
    assert kept.recall(["Welcome to the bank. Please hold."], Delivery(speed=0.8)) is None
    assert kept.recall(["Welcome to the bank."]) is None


def test_a_missing_voice_is_no_error(tmp_path: Path) -> None:
    """
    It is only a way out; who has none is told nothing new. Who asks for the voice itself is.
    """
    kept = KeptPrompts(tmp_path, "joe")

    assert kept.recall(["Welcome."]) is None
    assert KeptPrompts(tmp_path, "espeak").recall(["Welcome."]) is None
    with pytest.raises(SetupError):
        print(kept.voice)

"""What was spoken before can be played without the voice."""

import json
from pathlib import Path

from ivr_ari.engines.kept import KeptPrompts
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.level import RATE_HZ
from ivr_ari.prompts.normalise import normalise

NAME = "joe-0123"
AUDIO = bytes(3200)


def made(cache: Path, text: str) -> KeptPrompts:
    folder = cache / "voices" / NAME
    folder.mkdir(parents=True)
    (folder / "voice.json").write_text(json.dumps({"name": NAME}))
    PromptCache(cache / "prompts" / NAME).put(prompt_key(NAME, normalise(text), 1.0, RATE_HZ), AUDIO)
    return KeptPrompts(cache, "joe")


class TestKeptPrompts:
    def test_prompt_spoken_before_is_recalled(self, tmp_path: Path) -> None:
        """
        The words decide, in whatever way they are written.
        """
        kept = made(tmp_path, "We open at 9:00 am.")

        assert kept.recall("We open at 9:00 am.") == AUDIO

    def test_new_prompt_is_not(self, tmp_path: Path) -> None:
        """
        A prompt nobody has spoken waits for the voice.
        """
        assert made(tmp_path, "Welcome.").recall("Goodbye.") is None

    def test_missing_voice_is_no_error(self, tmp_path: Path) -> None:
        """
        It is only a way out; who has none is told nothing new.
        """
        assert KeptPrompts(tmp_path, "joe").recall("Welcome.") is None

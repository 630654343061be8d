"""Prompts spoken before, out of the cache: what callers hear while the voice is away."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import SetupError
from ..prompts.cache import PromptCache, prompt_key
from ..prompts.level import RATE_HZ
from ..prompts.speaker import voice_folder
from ..prompts.spoken import normalised

__all__ = ["KeptPrompts"]


class KeptPrompts:
    """
    The cache of one voice, read without the voice.

    A prompt is one file of some 50 KB, on the machine's own disk and mostly in its memory: quick enough for
    the loop that carries calls, for as long as a worker takes to come back.
    """

    def __init__(self, cache: Path, voice: str, language: str = "en") -> None:
        self._folder, self._voice, self._language = cache, voice, language
        self._name = ""
        self._cache: PromptCache | None = None

    def recall(self, text: str, *, speed: float = 1.0) -> bytes | None:
        """Return the prompt as 16-bit mono at 8 kHz, None if it was never spoken to its end."""
        if self._cache is None and not self._open():
            return None
        assert self._cache
        return self._cache.get(prompt_key(self._name, normalised(text, self._language), speed, RATE_HZ))

    def _open(self) -> bool:
        try:
            about = json.loads((voice_folder(self._folder, self._voice) / "voice.json").read_text())
            self._name = str(about["name"])
        except (SetupError, OSError, ValueError, KeyError):
            return False
        self._cache = PromptCache(self._folder / "prompts" / self._name)
        return True

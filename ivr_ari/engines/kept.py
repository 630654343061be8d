"""Prompts spoken before, out of the cache: what callers hear while the voice is away."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import SetupError
from ..events import Part
from ..prompts.cache import PromptCache
from ..prompts.joining import USUAL, Delivery
from ..prompts.lexicon import PLAIN
from ..prompts.lexicon_file import load_lexicons
from ..prompts.recorded import recordings
from ..prompts.script import script
from ..prompts.shelf import Shelf
from ..prompts.voice_folder import LAST_RESORT, VoiceAbout, voice_folder

__all__ = ["KeptPrompts"]


class KeptPrompts:
    """
    The cache of one voice, read without the voice.

    A prompt is a file of some 50 KB for each sentence, on the machine's own disk and mostly in its memory:
    quick enough for the loop that carries calls, for as long as a worker takes to come back.
    """

    def __init__(self, cache: Path, voice: str, language: str = "en", lexicon: Path | None = None) -> None:
        self._folder, self._voice, self._language = cache, voice, language
        self._lexicon_file, self._lexicon = lexicon, PLAIN
        self._shelf: Shelf | None = None

    @property
    def voice(self) -> str:
        """The voice's identity, content hash included. Raises SetupError."""
        return VoiceAbout.read(voice_folder(self._folder, self._voice)).name

    def recall(
        self, parts: Iterable[Part], how: Delivery = USUAL, *, year: int | None = None
    ) -> bytes | None:
        """Return the prompt as 16-bit mono, None if one of its sentences was never spoken to its end."""
        shelf = self._shelf = self._shelf or self._open()
        if shelf is None:
            return None
        said = script(parts, self._language, year, self._lexicon)
        ready, missing = shelf.begin(shelf.items(said, how), how)
        return None if missing else b"".join(ready)

    def _open(self) -> Shelf | None:
        if self._voice == LAST_RESORT:
            return None  # it is back before anybody waits for it
        try:
            name = self.voice
            lexicons = load_lexicons(self._lexicon_file)
        except SetupError:
            return None
        self._lexicon = lexicons.get(self._language[:2], PLAIN)
        return Shelf(
            name, PromptCache(self._folder / "prompts" / name), recordings(self._folder, self._language)
        )

"""
Scripts in, audio of one loudness out: cache, voice, level and joins put together.

Blocking, for a worker process: open a speaker and use it in one and the same thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Self

from ..events import SOUNDS, Part
from .cache import Kept, PromptCache, Span, prompt_key
from .joining import (
    USUAL,
    Delivery,
    Item,
    Tail,
    first_unheard,
    ms_of,
    rest_of,
    sentences_of,
    silence,
)
from .lexicon import PLAIN, Lexicon
from .lexicon_file import load_lexicons
from .making import Maker
from .open_voice import Engine, open_voice
from .recorded import recordings
from .script import Script, Sentence, script
from .shelf import Shelf
from .voice import Cancelled, Voice, never
from .voice_folder import LAST_RESORT, VoiceAbout, voice_folder

__all__ = ["Progress", "Speaker"]

Progress = Callable[[str, float], None]
"""Told what comes next, and which share of all is done."""


def _quiet(what: str, share: float) -> None:
    """Nobody wants to know how loading goes."""


class Speaker:
    """Speaks any script with one voice."""

    def __init__(
        self,
        voice: Voice,
        cache: PromptCache,
        recordings: PromptCache | None = None,
        *,
        language: str = "en",
        lexicon: Lexicon = PLAIN,
    ) -> None:
        self.voice = voice
        self.shelf = Shelf(voice.name, cache, recordings)
        self.maker = Maker(voice, self.shelf)
        self.language, self.lexicon = language, lexicon

    @classmethod
    def open(
        cls,
        cache_dir: Path,
        voice: str = "joe",
        *,
        engine: Engine = "auto",
        language: str = "en",
        lexicon: Path | None = None,
        threads: int = 1,
        progress: Progress = _quiet,
    ) -> Self:
        """
        Load *voice* as `open_voice` does, take its cache and the words of the file *lexicon*.

        Raises SetupError, EngineFailed.
        """
        sounds = _sounds(cache_dir, voice)
        own_words = load_lexicons(lexicon, sounds).get(language[:2], PLAIN)
        progress("voice", 0.0)
        speaking = open_voice(cache_dir, voice, engine=engine, language=language, threads=threads)
        progress("prompts", 0.9)
        cache = PromptCache(cache_dir / "prompts" / speaking.name)
        cache.prune()
        recorded = recordings(cache_dir, language)
        return cls(speaking, cache, recorded, language=language, lexicon=own_words)

    @property
    def name(self) -> str:
        """The voice's identity, content hash included."""
        return self.voice.name

    def script(self, parts: Iterable[Part], year: int | None = None) -> Script:
        """Return what is said of *parts*; dates in *year* are said without it."""
        return script(parts, self.language, year, self.lexicon)

    def speak(
        self,
        said: Script,
        how: Delivery = USUAL,
        *,
        after_ms: int = 0,
        cancelled: Cancelled = never,
    ) -> Iterator[bytes]:
        """
        Yield the prompt as 16-bit little-endian mono audio; *after_ms* of it were heard before.

        See `play`.
        """
        items = self.shelf.items(said, how)
        return self.play(self.after(items, after_ms, how) if after_ms else items, how, cancelled)

    def play(
        self, items: Iterable[Item], how: Delivery, cancelled: Cancelled = never, *, whole: bool = False
    ) -> Iterator[bytes]:
        """
        Yield the audio of *items*, 16-bit little-endian mono.

        A sentence spoken before comes at once and whole; a new one in pieces, the first of some 100 ms,
        and is kept when it was spoken to its end. Unless it is to be made *whole*, it may begin with words
        that were kept when they led to another value; it is then not kept itself.

        An empty piece means that there is work to do which can wait. *cancelled* is asked between pieces;
        the rest is then not made. Raises EngineFailed.
        """
        for item in items:
            if cancelled():
                return
            match item:
                case int():
                    yield silence(item, how.rate_hz)
                case Kept():
                    yield item.pcm
                case Tail():
                    yield from self.maker.tail(item, how, cancelled)
                case Sentence():
                    if kept := self.shelf.get(item, how):
                        yield kept.pcm
                    else:
                        yield from self.maker.sentence(item, how, cancelled, whole=whole)

    def after(self, items: Iterable[Item], heard_ms: int, how: Delivery) -> tuple[Item, ...]:
        """
        Return what is left of *items* when *heard_ms* of them were heard.

        It begins with the first word that was not heard to its end; nothing is left after the last. A voice
        that can't tell when it says its words begins the sentence again. Raises EngineFailed.
        """
        items = tuple(items)
        for number, item in enumerate(items):
            if isinstance(item, int):
                heard_ms -= item
                continue
            if heard_ms <= 0 or isinstance(item, Tail):
                return items[number:]
            kept = item if isinstance(item, Kept) else self.shelf.get(item, how)
            words, length_ms = self._timing(kept or item, how)
            word = first_unheard(words, heard_ms)
            if word < len(words) or (not words and heard_ms < length_ms):
                return (self._from(kept or item, word, how), *items[number + 1 :])
            heard_ms -= length_ms
        return ()

    def has(self, said: Script, speed: float = 1.0) -> bool:
        """Tell whether all of *said* is in the cache."""
        return all(
            self.shelf.cache.has(prompt_key(self.name, sentence, speed)) for sentence in sentences_of(said)
        )

    def make(self, sentence: Sentence, speed: float = 1.0) -> None:
        """Put *sentence*, as `sentences_of` a script has it, into the cache. Raises EngineFailed."""
        for _ in self.maker.sentence(sentence, Delivery(speed=speed), never, whole=True):
            pass

    def close(self) -> None:
        """End the engine's helper process, if it has one."""
        self.voice.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _from(self, item: Sentence | Kept, word: int, how: Delivery) -> Item:
        if not word:
            return item
        return rest_of(item, word, how.rate_hz) if isinstance(item, Kept) else Tail(item, word)

    def _timing(self, item: Sentence | Kept, how: Delivery) -> tuple[tuple[Span, ...], int]:
        """Return when the words of *item* are heard in its audio, and how long that is, in ms."""
        if isinstance(item, Kept):
            return item.words, ms_of(item.pcm, how.rate_hz)
        return self.maker.timing(item, how)


def _sounds(cache_dir: Path, voice: str) -> Collection[str]:
    """Return the sounds a lexicon may ask of *voice*. Raises SetupError if there is no such voice."""
    if voice == LAST_RESORT:
        return SOUNDS
    symbols = VoiceAbout.read(voice_folder(cache_dir, voice)).engine.get("symbols")
    return set(symbols) if symbols else SOUNDS

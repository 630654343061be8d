"""
Text in, telephone audio out: words, cache, engine and level put together.

Blocking, for a worker process: open a speaker and use it in one and the same thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from ..errors import EngineFailed, SetupError
from .cache import PromptCache, prompt_key
from .level import RATE_HZ, Telephone, levelled
from .spoken import normalised
from .voice import Cancelled, Pcm, Voice, engine_failures, never

__all__ = ["Rendered", "Speaker", "render_all", "voice_folder"]

SLOWEST, FASTEST = 0.5, 2.0
"""Speeds beyond are no speech."""


class Speaker:
    """Speaks any text of a flow with one voice."""

    def __init__(self, voice: Voice, cache: PromptCache, language: str = "en") -> None:
        self.voice = voice
        self.cache = cache
        self.language = language

    @classmethod
    def open(cls, cache_dir: Path, voice: str = "joe", threads: int = 1, language: str = "en") -> Self:
        """
        Load the voice from ``cache_dir/voices`` and warm it (some seconds), with *threads* threads of
        this process for inference. Abbreviations are read as *language* has them.

        Raises SetupError: ``voice.missing`` when it was not made yet, ``voice.package`` without the
        extra [coqui], ``voice.unreadable``. EngineFailed when it does not speak.
        """
        folder = voice_folder(cache_dir, voice)
        try:
            from .coqui_tts import CoquiVoice  # PyTorch: seconds, and only in an extra
        except ImportError as exc:
            raise SetupError("voice.package", hint="install the extra [coqui]") from exc
        engine = CoquiVoice(folder, threads=threads)
        cache = PromptCache(cache_dir / "prompts" / engine.name)
        cache.prune()
        return cls(engine, cache, language)

    @property
    def name(self) -> str:
        """The voice's identity, content hash included."""
        return self.voice.name

    def speak_8k(
        self, text: str, *, speed: float = 1.0, sensitive: bool = False, cancelled: Cancelled = never
    ) -> Iterator[bytes]:
        """
        Yield the prompt as 16-bit little-endian mono audio at 8 kHz.

        A prompt spoken before comes at once and whole; a new one in pieces, the first of some 100 ms,
        and is kept when it was spoken to its end. What is *sensitive* is kept nowhere. *cancelled* is
        asked between pieces; the rest is then not made. *speed* is held within 0.5 and 2. Raises
        EngineFailed.
        """
        words = normalised(text, self.language)
        speed = min(max(speed, SLOWEST), FASTEST)
        key = prompt_key(self.voice.name, words, speed, RATE_HZ)
        kept = None if sensitive else self.cache.get(key)
        if kept is not None:
            yield kept
            return
        stopped = False

        def stop() -> bool:
            nonlocal stopped
            stopped = stopped or cancelled()
            return stopped

        made: list[Pcm] = []
        with engine_failures():
            for piece in self._pieces(words, speed, stop):
                made.append(piece)
                yield piece.astype("<i2").tobytes()
            if made and not sensitive and not stopped:
                self.cache.put(key, levelled(np.concatenate(made)).astype("<i2").tobytes())

    def has(self, text: str, *, speed: float = 1.0) -> bool:
        """Tell whether *text* is in the cache."""
        return self.cache.has(prompt_key(self.voice.name, normalised(text, self.language), speed, RATE_HZ))

    def close(self) -> None:
        """End the engine's helper process, if it has one."""
        close = getattr(self.voice, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _pieces(self, words: str, speed: float, stop: Cancelled) -> Iterator[Pcm]:
        telephone = Telephone(self.voice.rate_hz, self.voice.gain_db)
        for audio in self.voice.speak(words, speed=speed, cancelled=stop):
            piece = telephone.feed(audio)
            if len(piece):
                yield piece
        rest = telephone.finish()
        if len(rest):
            yield rest


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a list of texts."""

    made: int = 0
    kept: int = 0
    """Were there already."""

    failed: tuple[str, ...] = ()
    """Texts the engine could not speak."""


def render_all(
    speaker: Speaker,
    texts: Iterable[str],
    *,
    speed: float = 1.0,
    progress: Callable[[int, int, str], None] = lambda done, total, text: None,
) -> Rendered:
    """
    Put all *texts* into the cache; go on where an earlier run ended.

    *progress* is told how many of how many are done, and which text was last. A text that fails is
    reported, not raised.
    """
    todo = list(dict.fromkeys(texts))
    made, kept, failed = 0, 0, []
    for done, text in enumerate(todo, 1):
        if speaker.has(text, speed=speed):
            kept += 1
        else:
            try:
                for _ in speaker.speak_8k(text, speed=speed):
                    pass
                made += 1
            except EngineFailed:
                failed.append(text)
        progress(done, len(todo), text)
    return Rendered(made, kept, tuple(failed))


def voice_folder(cache_dir: Path, name: str) -> Path:
    """Return the newest folder of the voice *name*. Raises SetupError ``voice.missing``."""
    found = list((cache_dir / "voices").glob(f"{name}-*/voice.json"))
    if not found:
        raise SetupError("voice.missing", voice=name, hint="make it with: ivr-ari voices import")
    return max(found, key=lambda path: path.stat().st_mtime).parent

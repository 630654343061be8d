"""The voice as the service uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..errors import EngineFailed
from ..events import Part
from .client import ONE_THREAD, Client, Down, Progress, Up, nothing, worker
from .codec import to_json
from .kept import KeptPrompts
from .process import Limits
from .voice import BYTES_PER_MS, words
from .wire import Message

__all__ = ["VoiceEngine"]

NICE = 5
"""Synthesis stands behind recognition: a word not heard is worse than a prompt that comes a moment later."""


class VoiceEngine(Client):
    """One voice, speaking for many calls."""

    name = "voice"

    def __init__(
        self,
        cache: Path,
        *,
        name: str = "joe",
        title: str = "voice",
        language: str = "en",
        threads: int = 1,
        on_chunk: Callable[[str, str, bytes], None],
        on_spoken: Callable[[str, str, int], None],
        on_up: Up,
        on_down: Down,
        on_progress: Progress = nothing,
        argv: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """
        The voice *name* of the *cache* folder, with *threads* threads.

        *title* tells this worker from other voices'; values inside prompts are put into words of
        *language*. *argv*: another worker program.
        """
        self.name = title
        self._language = language
        options = [
            *("--cache", str(cache), "--voice", name, "--threads", str(threads), "--nice", str(NICE)),
            *("--language", language),
        ]
        super().__init__(
            argv or worker("voice", *options),
            on_up=on_up,
            on_down=on_down,
            on_progress=on_progress,
            environment=ONE_THREAD | {"OMP_NUM_THREADS": str(threads)},
            limits=limits,
        )
        self._on_chunk, self._on_spoken = on_chunk, on_spoken
        self._kept = KeptPrompts(cache, name, language)
        self._live: set[tuple[str, str]] = set()
        self._rendering: asyncio.Future[int] | None = None
        self._one_list = asyncio.Lock()

    def speak(
        self,
        call: str,
        id: str,
        parts: Sequence[Part],
        *,
        sensitive: bool = False,
        speed: float = 1.0,
        year: int | None = None,
    ) -> None:
        """
        Speak *parts*: `on_chunk` with *id* (16-bit little-endian mono, 8 kHz), at last `on_spoken`.

        An id stands for one prompt of a call, once. What is *sensitive* is kept nowhere. Dates in *year*
        are spoken without it. A prompt the voice can't speak ends with `on_spoken` where it is, after 0 ms
        if nothing could be spoken. While the engine is down, only what was spoken before is: anything else
        brings neither chunk nor `on_spoken` and may be asked for again when it is up.
        """
        self._speak(call, id, parts, sensitive, speed, year, prepare=False)

    def prepare(
        self,
        call: str,
        id: str,
        parts: Sequence[Part],
        *,
        speed: float = 1.0,
        year: int | None = None,
    ) -> None:
        """Make what may soon be spoken, behind everything that is waited for. Nothing is sent."""
        self._speak(call, id, parts, False, speed, year, prepare=True)

    def cancel(self, call: str, id: str = "") -> None:
        """Nobody wants *id* any more, or without an id nothing of *call*. No chunk comes after this."""
        self._live -= {key for key in self._live if key[0] == call and id in ("", key[1])}
        self._send("cancel", call=call, id=id)

    async def render(self, texts: Iterable[str]) -> int:
        """
        Make *texts* ahead; return how many could not be spoken. `on_progress` tells how far.

        Raises EngineFailed when the engine is down or goes down; what was made is kept.
        """
        todo = list(dict.fromkeys(texts))
        if not todo:
            return 0
        async with self._one_list:
            if not self.health.up:
                raise EngineFailed("voice.down")
            self._rendering = asyncio.get_running_loop().create_future()
            self._send("render", texts=list(todo))
            return await self._rendering

    def _speak(
        self,
        call: str,
        id: str,
        parts: Sequence[Part],
        sensitive: bool,
        speed: float,
        year: int | None,
        *,
        prepare: bool,
    ) -> None:
        if not self.health.up:
            if not (prepare or sensitive):
                self._recall(call, id, words(parts, year, self._language), speed)
            return
        if not prepare:
            self._live.add((call, id))
        self._send(
            "speak",
            call=call,
            id=id,
            parts=[part if isinstance(part, str) else to_json(part) for part in parts],
            sensitive=sensitive,
            speed=speed,
            year=year,
            prepare=prepare,
        )

    def _recall(self, call: str, id: str, text: str, speed: float) -> None:
        """The voice is away: what it has said before can still be said."""
        kept = self._kept.recall(text, speed=speed)
        if kept is not None:
            self._soon(self._on_chunk, call, id, kept)
            self._soon(self._on_spoken, call, id, len(kept) // BYTES_PER_MS)

    def _message(self, message: Message) -> None:
        if message.kind == "rendered":
            if self._rendering and not self._rendering.done():
                self._rendering.set_result(message.number("failed"))
            return
        key = message.text("call"), message.text("id")
        if key not in self._live:  # cancelled while it was on its way
            return
        match message.kind:
            case "chunk":
                self._soon(self._on_chunk, *key, message.payload)
            case "spoken":
                self._live.remove(key)
                self._soon(self._on_spoken, *key, message.number("total_ms"))
            case _:
                super()._message(message)

    def _lost(self, why: str) -> None:
        self._live.clear()
        if self._rendering and not self._rendering.done():
            self._rendering.set_exception(EngineFailed("voice.down", why=why))
        super()._lost(why)

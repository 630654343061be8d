"""The voice as the service uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..errors import EngineFailed
from ..events import Json, Part
from ..prompts.joining import Delivery, ms_of
from .client import ONE_THREAD, Client, Down, Progress, Up, nothing, worker
from .codec import to_json
from .health import Limits
from .kept import KeptPrompts
from .said import Said, SaidPrompts
from .wire import Message

__all__ = ["VoiceEngine"]

NICE = 5
"""Synthesis stands behind recognition: a word not heard is worse than a prompt that comes a moment later."""

Parts = tuple[Part, ...]


class VoiceEngine(Client):
    """One voice, speaking for many calls."""

    name = "voice"

    def __init__(
        self,
        cache: Path,
        *,
        name: str = "joe",
        title: str = "voice",
        engine: str = "auto",
        language: str = "en",
        lexicon: Path | None = None,
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

        *title* tells this worker from other voices'. Prompts are in *language*, their words said as the file
        *lexicon* has it. *engine*: see `open_voice`. *argv*: another worker program.
        """
        self.name = title
        options = [
            *("--cache", str(cache), "--voice", name, "--threads", str(threads), "--nice", str(NICE)),
            *("--engine", engine, "--language", language),
            *(("--lexicon", str(lexicon)) if lexicon else ()),
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
        self._kept = KeptPrompts(cache, name, language, lexicon)
        self._said = SaidPrompts()
        self._live: dict[tuple[str, str], tuple[Said, list[bytes]] | None] = {}
        """Prompts that callers wait for, with their audio so far if they are to be remembered."""

        self._rendering: asyncio.Future[int] | None = None
        self._list: list[Parts] = []
        self._lists = 0
        """Lists given to be rendered; what is told of one that nobody waits for any more is passed over."""

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
        rate_hz: int = 8000,
        after_ms: int = 0,
    ) -> None:
        """
        Speak *parts*: `on_chunk` with *id* (16-bit little-endian mono at *rate_hz*), at last `on_spoken`.

        An id stands for one prompt of a call, once. What is *sensitive* is kept nowhere. Dates in *year*
        are spoken without it. A prompt said before is there at the loop's next turn.

        After *after_ms* of the same prompt were heard it begins with the first word that was not heard to
        its end; if none is left `on_spoken` tells of 0 ms.

        A prompt the voice can't speak ends with `on_spoken` where it is, after 0 ms if nothing could be
        spoken. While the engine is down, only what was spoken before is: anything else brings neither chunk
        nor `on_spoken` and may be asked for again when it is up.
        """
        how = Delivery(rate_hz, speed, sensitive)
        key = (call, id)
        alone = not any(waiting == call for waiting, _ in self._live)
        said = Said.of(parts, how, year)
        pcm = self._said.get(said) if alone and not after_ms else None
        if pcm is None and not self.health.up:
            pcm = None if sensitive or after_ms else self._kept.recall(parts, how, year=year)
            if pcm is None:
                return
        if pcm is not None:
            self._live[key] = None
            self._soon(self._tell_chunk, key, pcm)
            self._soon(self._tell_spoken, key, ms_of(pcm, rate_hz))
            return
        self._live[key] = None if sensitive or after_ms else (said, [])
        self._ask(call, id, said, after_ms, prepare=False)

    def prepare(
        self,
        call: str,
        id: str,
        parts: Sequence[Part],
        *,
        speed: float = 1.0,
        year: int | None = None,
        rate_hz: int = 8000,
    ) -> None:
        """Make what may soon be spoken, behind everything that is waited for. Nothing is sent."""
        said = Said.of(parts, Delivery(rate_hz, speed), year)
        if self._said.get(said) is None:
            self._ask(call, id, said, 0, prepare=True)

    def cancel(self, call: str, id: str = "") -> None:
        """Nobody wants *id* any more, or without an id nothing of *call*. No chunk comes after this."""
        for key in [key for key in self._live if key[0] == call and id in ("", key[1])]:
            del self._live[key]
        self._send("cancel", call=call, id=id)

    async def render(self, prompts: Iterable[Sequence[Part]]) -> int:
        """
        Make *prompts* ahead; return how many could not be spoken. `on_progress` tells how far.

        Raises EngineFailed when the engine is down or goes down; what was made is kept.
        """
        todo = list(dict.fromkeys(tuple(parts) for parts in prompts))
        if not todo:
            return 0
        async with self._one_list:
            if not self.health.up:
                raise EngineFailed("voice.down")
            self._rendering, self._list = asyncio.get_running_loop().create_future(), todo
            self._lists += 1
            self._send("render", list=str(self._lists), prompts=[_json(parts) for parts in todo])
            return await self._rendering

    def _ask(self, call: str, id: str, said: Said, after_ms: int, *, prepare: bool) -> None:
        self._send(
            "speak",
            call=call,
            id=id,
            parts=_json(said.parts),
            sensitive=said.how.sensitive,
            speed=said.how.speed,
            rate_hz=said.how.rate_hz,
            year=said.year,
            after_ms=after_ms,
            prepare=prepare,
        )

    def _tell_chunk(self, key: tuple[str, str], pcm: bytes) -> None:
        if key in self._live:  # it may have been cancelled since
            self._on_chunk(*key, pcm)

    def _tell_spoken(self, key: tuple[str, str], total_ms: int) -> None:
        if key in self._live:
            del self._live[key]
            self._on_spoken(*key, total_ms)

    def _message(self, message: Message) -> None:
        if message.kind in ("kept", "rendered"):
            self._made_ahead(message)
            return
        key = message.text("call"), message.text("id")
        if key not in self._live:  # cancelled while it was on its way
            return
        heard = self._live[key]
        match message.kind:
            case "chunk":
                if heard:
                    heard[1].append(message.payload)
                self._soon(self._tell_chunk, key, message.payload)
            case "spoken":
                if heard and message.fields.get("whole") is True:
                    said, pieces = heard
                    self._said.put(said, b"".join(pieces))
                self._soon(self._tell_spoken, key, message.number("total_ms"))
            case _:
                super()._message(message)

    def _made_ahead(self, message: Message) -> None:
        if message.text("list") != str(self._lists):
            return
        if message.kind == "kept":
            self._said.put(Said.of(self._list[message.number("number") - 1]), message.payload)
        elif self._rendering and not self._rendering.done():
            self._rendering.set_result(message.number("failed"))

    def _lost(self, why: str) -> None:
        self._live.clear()
        if self._rendering and not self._rendering.done():
            self._rendering.set_exception(EngineFailed("voice.down", why=why))
        super()._lost(why)


def _json(parts: Parts) -> list[Json]:
    return [part if isinstance(part, str) else to_json(part) for part in parts]

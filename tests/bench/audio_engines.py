"""
The engines of a call on audio time: the workers' own code, run where a process would be.

A message is handled at once; what it is answered with comes after the processor time the work took, and
after all that the same worker had to do before. So latencies are those of an idle machine, while nothing
waits for a clock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from ivr_ari.engines import SpeechEngine, UnderstandingEngine
from ivr_ari.engines.health import Health
from ivr_ari.engines.process import Engine
from ivr_ari.engines.serve import Port
from ivr_ari.engines.speech import Hearing
from ivr_ari.engines.understanding import UnderstandingWork
from ivr_ari.engines.wire import Message
from ivr_ari.events import Expect, Heard, Json, Meaning, Slotted
from ivr_ari.speech.vosk_asr import VoskEngine

__all__ = ["InlineSpeech", "InlineUnderstanding", "ReadyVoice"]

NEVER = Health(up=True, pid=0, restarts=0, lag_ms=0, dropped=0)


class Outbox:
    """What the work sends."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, kind: str, payload: bytes = b"", /, **fields: Json) -> None:
        self.sent.append(Message(kind, fields, payload))


class Inline:
    """In the place of a supervised process: a worker with one thread, and its processor time."""

    health = NEVER

    def __init__(self, work: Callable[[Message, Port], None], told: Callable[[Message], None]) -> None:
        self._work, self._told = work, told
        self._free_at = 0.0
        self.cpu_s = 0.0
        """Of all threads, in all."""

    def send(self, message: Message, *, droppable: bool = False) -> None:
        outbox = Outbox()
        began = time.process_time()
        self._work(message, cast(Port, outbox))
        took = time.process_time() - began
        self.cpu_s += took
        loop = asyncio.get_running_loop()
        self._free_at = max(self._free_at, loop.time()) + took
        for answer in outbox.sent:
            loop.call_at(self._free_at, self._told, answer)


def nothing(*_: object) -> None:
    """Nobody wants to know."""


class InlineSpeech(SpeechEngine):
    """Recognition without a process; *on_heard* and *on_partial* as of `SpeechEngine`."""

    def __init__(
        self,
        engine: VoskEngine,
        *,
        on_heard: Callable[[str, str, Heard], None],
        on_partial: Callable[[str, str], None] | None = None,
    ) -> None:
        super().__init__(
            Path(), on_heard=on_heard, on_partial=on_partial, on_up=nothing, on_down=nothing, argv=("none",)
        )
        self._hearing = Hearing(engine)
        self.inline = Inline(self._take, self._message)
        self._engine = cast(Engine, self.inline)

    def _take(self, message: Message, port: Port) -> None:
        if message.kind in ("learn", "forget"):
            self._hearing.learn(message)
        else:
            self._hearing.handle(message, port)


class InlineUnderstanding(UnderstandingEngine):
    """Understanding without a process, and the latest words it was asked about."""

    def __init__(self, cache: Path, *, on_meaning: Callable[[str, str, Meaning], None]) -> None:
        super().__init__(on_meaning=on_meaning, on_up=nothing, on_down=nothing, argv=("none",))
        self._work = UnderstandingWork(cache)
        self.inline = Inline(self._take, self._message)
        self._engine = cast(Engine, self.inline)
        self.words: dict[str, Heard] = {}

    def understand(self, call: str, id: str, flow: str, heard: Heard, expect: Expect, today: str) -> None:
        self.words[call] = heard
        super().understand(call, id, flow, heard, expect, today)

    def _take(self, message: Message, port: Port) -> None:
        if message.kind == "load":
            self._work._load(message, port)
        elif message.kind == "understand":
            self._work._understand(message, port)

    def ask(self, flow: str, heard: Heard, expect: Expect, today: str) -> Meaning:
        """Return the meaning of *heard* at once, outside of any call."""
        understanders = self._work._flows[flow]
        return next(iter(understanders.values())).understand(heard, expect, today=today)


class ReadyVoice:
    """A voice that has every prompt ready: *prompts* tells its audio, 16-bit little-endian mono at 8 kHz."""

    health = NEVER
    name = "voice"

    def __init__(
        self,
        prompts: Callable[[str], bytes],
        *,
        on_chunk: Callable[[str, str, bytes], None],
        on_spoken: Callable[[str, str, int], None],
    ) -> None:
        self._prompts, self._on_chunk, self._on_spoken = prompts, on_chunk, on_spoken
        self._live: set[tuple[str, str]] = set()

    def speak(
        self,
        call: str,
        id: str,
        parts: Sequence[str | Slotted],
        *,
        rate_hz: int = 8000,
        after_ms: int = 0,
        **how: object,
    ) -> None:
        whole = self._prompts("".join(map(str, parts)))
        pcm = whole[after_ms * rate_hz // 1000 * 2 :]
        self._live.add((call, id))
        asyncio.get_running_loop().call_soon(self._spoken, (call, id), pcm, rate_hz)

    def prepare(self, call: str, id: str, parts: Sequence[str | Slotted], **how: object) -> None:
        """All of it is ready anyway."""

    def cancel(self, call: str, id: str = "") -> None:
        self._live = {key for key in self._live if key[0] != call or id not in ("", key[1])}

    def _spoken(self, key: tuple[str, str], pcm: bytes, rate_hz: int) -> None:
        if key in self._live:
            self._live.discard(key)
            self._on_chunk(*key, pcm)
            self._on_spoken(*key, len(pcm) * 500 // rate_hz)

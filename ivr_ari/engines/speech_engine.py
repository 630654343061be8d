"""Recognition as the service uses it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..events import Expect, Heard
from .client import ONE_THREAD, Client, Down, Progress, Up, nothing, worker
from .codec import from_json, to_json
from .process import Limits
from .wire import Message

__all__ = ["SpeechEngine"]


@dataclass(slots=True)
class Open:
    """What a replacement must know of an open call."""

    rate: int
    expect: Expect | None = None


class SpeechEngine(Client):
    """Recognition of many calls."""

    name = "speech"

    def __init__(
        self,
        model: Path,
        *,
        title: str = "speech",
        threads: int = 0,
        grammars: bool = False,
        on_heard: Callable[[str, str, Heard], None],
        on_partial: Callable[[str, str], None] | None = None,
        on_up: Up,
        on_down: Down,
        on_progress: Progress = nothing,
        argv: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """
        *model* is a Vosk folder that does not end utterances by itself; *threads* decode, 0: one a core.

        *title* tells this worker from those of other languages. *grammars*: closed steps hear their answers
        and nothing else. *argv*: another worker program.
        """
        self.name = title
        options = ["--model", str(model), "--threads", str(threads or os.cpu_count() or 1)]
        argv = argv or worker("speech", *options, *(["--grammars"] if grammars else []))
        super().__init__(
            argv, on_up=on_up, on_down=on_down, on_progress=on_progress, environment=ONE_THREAD, limits=limits
        )
        self._on_heard, self._on_partial = on_heard, on_partial
        self._calls: dict[str, Open] = {}

    def open(self, call: str, rate: int = 8000) -> None:
        """Begin to listen to *call*, whose audio has *rate* Hz."""
        self._calls[call] = Open(rate)
        self._open(call, rate)

    def expect(self, call: str, expect: Expect) -> None:
        """Say what is waited for."""
        if call in self._calls:
            self._calls[call].expect = expect
            self._send("expect", call=call, expect=to_json(expect))

    def hear(self, call: str, pcm: bytes, at_ms: int) -> None:
        """Give 16-bit little-endian mono that begins at *at_ms* of the call's audio; may have gaps."""
        self._engine.send(Message("audio", {"call": call, "at_ms": at_ms}, pcm), droppable=True)

    def flush(self, call: str, id: str) -> None:
        """Ask for the words since the last flush: `on_heard` with *id*."""
        self._send("flush", call=call, id=id)

    def reset(self, call: str) -> None:
        """Forget what was heard since the last flush."""
        self._send("reset", call=call)

    def close(self, call: str) -> None:
        """The call is over. Harmless if it isn't open."""
        if self._calls.pop(call, None):
            self._send("close", call=call)

    def _open(self, call: str, rate: int) -> None:
        self._send("open", call=call, rate=rate, partials=self._on_partial is not None)

    def _restore(self) -> None:
        for call, known in self._calls.items():
            self._open(call, known.rate)
            if known.expect:
                self._send("expect", call=call, expect=to_json(known.expect))
        super()._restore()

    def _message(self, message: Message) -> None:
        call = message.text("call")
        match message.kind:
            case "heard":
                heard = from_json(Heard, message.fields.get("heard"))
                self._soon(self._on_heard, call, message.text("id"), heard)
            case "partial" if self._on_partial:
                self._soon(self._on_partial, call, message.text("text"))
            case _:
                super()._message(message)

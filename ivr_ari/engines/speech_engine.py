"""Recognition as the service uses it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..events import Expect, Heard
from ..speech.listening import FlowPhrases
from .client import ONE_THREAD, Client, Down, Progress, Up, nothing, worker
from .codec import from_json, to_json
from .health import Limits
from .wire import Message

__all__ = ["SpeechEngine"]


PIECE_MS = 60
"""Audio sent to the worker at once: it decodes some 240 ms at a time, a message costs more than a frame."""


LIVE = Limits(ping_s=0.25, quiet_s=1.25, stuck_s=4.0)
"""A caller whom nobody hears is asked for keys within 2 s; a machine that only stumbled may recover."""


@dataclass(slots=True)
class Open:
    """What a replacement must know of an open call, and audio on its way."""

    rate: int
    flow: str = ""
    expect: Expect | None = None
    at_ms: int = 0
    """Where *audio* begins."""

    audio: bytes = b""

    @property
    def ends_ms(self) -> int:
        return self.at_ms + self.length_ms

    @property
    def length_ms(self) -> int:
        return len(self.audio) * 500 // self.rate


class SpeechEngine(Client):
    """
    Recognition of many calls.

    What a step listens for follows the phrases of the call's flow (`learn`); a call whose flow is not known
    is heard by the full language model.
    """

    name = "speech"

    def __init__(
        self,
        model: Path,
        *,
        title: str = "speech",
        threads: int = 0,
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

        *title* tells this worker from those of other languages. *argv*: another worker program.
        """
        self.name = title
        options = ["--model", str(model), "--threads", str(threads or os.cpu_count() or 1)]
        argv = argv or worker("speech", *options)
        super().__init__(
            argv,
            on_up=on_up,
            on_down=on_down,
            on_progress=on_progress,
            environment=ONE_THREAD,
            limits=limits or LIVE,
        )
        self._on_heard, self._on_partial = on_heard, on_partial
        self._calls: dict[str, Open] = {}
        self._flows: dict[str, FlowPhrases] = {}

    def learn(self, flow: str, phrases: FlowPhrases) -> None:
        """What callers of the flow with digest *flow* say, for calls opened from now on."""
        self._flows[flow] = phrases
        self._send("learn", flow=flow, phrases=to_json(phrases))

    def forget(self, flow: str) -> None:
        """No call has that flow any more. Harmless if it is not known."""
        if self._flows.pop(flow, None):
            self._send("forget", flow=flow)

    def open(self, call: str, rate: int = 8000, *, flow: str = "") -> None:
        """Begin to listen to *call*, whose audio has *rate* Hz, a caller of the flow with that digest."""
        self._calls[call] = Open(rate, flow)
        self._open(call, self._calls[call])

    def expect(self, call: str, expect: Expect) -> None:
        """Say what is waited for."""
        if call in self._calls:
            self._calls[call].expect = expect
            self._send_audio(call)
            self._send("expect", call=call, expect=to_json(expect))

    def hear(self, call: str, pcm: bytes, at_ms: int) -> None:
        """Give 16-bit little-endian mono that begins at *at_ms* of the call's audio; may have gaps."""
        known = self._calls.get(call)
        if known is None:
            return
        if known.audio and known.ends_ms != at_ms:
            self._send_audio(call)
        if not known.audio:
            known.at_ms = at_ms
        known.audio += pcm
        if known.length_ms >= PIECE_MS:
            self._send_audio(call)

    def flush(self, call: str, id: str) -> None:
        """Ask for the words since the last flush: `on_heard` with *id*."""
        self._send_audio(call)
        self._send("flush", call=call, id=id)

    def reset(self, call: str) -> None:
        """Forget what was heard since the last flush."""
        if call in self._calls:
            self._calls[call].audio = b""
        self._send("reset", call=call)

    def close(self, call: str) -> None:
        """The call is over. Harmless if it isn't open."""
        if self._calls.pop(call, None):
            self._send("close", call=call)

    def _open(self, call: str, known: Open) -> None:
        partials = self._on_partial is not None
        self._send("open", call=call, rate=known.rate, flow=known.flow, partials=partials)

    def _send_audio(self, call: str) -> None:
        known = self._calls.get(call)
        if known and known.audio:
            message = Message("audio", {"call": call, "at_ms": known.at_ms}, known.audio)
            known.audio = b""
            self._engine.send(message, droppable=True)

    def _restore(self) -> None:
        for flow, phrases in self._flows.items():
            self._send("learn", flow=flow, phrases=to_json(phrases))
        for call, known in self._calls.items():
            known.audio = b""
            self._open(call, known)
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

"""
Worker: audio of many calls in, words out. ``python -m ivr_ari.engines.speech --model FOLDER``

In: ``open`` {call, rate, partials}, ``expect`` {call, expect}, ``audio`` {call, at_ms} with 16-bit
little-endian mono, ``flush`` {call, id}, ``reset`` {call}, ``close`` {call}. Out: ``heard`` {call, id,
heard}, ``partial`` {call, text}. A call stays with one thread; Vosk lets go of the GIL while it decodes, so
as many threads as cores decode at once.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from pathlib import Path
from typing import NoReturn

from ..events import Expect
from ..speech.vosk_asr import VoskEngine, VoskRecognizer
from .codec import from_json, to_json
from .serve import Inbox, Port, State, arguments, serve, thread
from .wire import Message

__all__ = ["SpeechWork"]


class Listener:
    """One call in its thread."""

    def __init__(self, recognizer: VoskRecognizer, partials: bool) -> None:
        self.recognizer = recognizer
        self.partials = partials
        self.told = ""


class SpeechWork:
    """Recognition on *threads* threads."""

    def __init__(self, model: Path, threads: int, grammars: bool) -> None:
        self._inboxes = tuple(Inbox() for _ in range(threads))
        self._model = model
        self._grammars = grammars
        self._lanes: dict[str, int] = {}

    def load(self, port: Port) -> None:
        port.progress("model", 0.0)
        self._engine = VoskEngine(self._model, grammars=self._grammars)
        port.progress("recognizers", 0.5)
        self._engine.warm(2 * len(self._inboxes))

    def run(self, port: Port) -> NoReturn:
        for inbox in self._inboxes[1:]:
            thread(partial(_listen, self._engine, inbox, port), "speech")
        _listen(self._engine, self._inboxes[0], port)

    def state(self) -> State:
        return State.of(self._inboxes)

    def take(self, message: Message) -> None:
        call = message.text("call")
        if message.kind == "open":
            self._lanes.setdefault(call, self._emptiest())
        lane = self._lanes.get(call)
        if lane is None:  # a call opened before this worker was born
            return
        if message.kind == "close":
            del self._lanes[call]
        self._inboxes[lane].put(message, droppable=message.kind == "audio")

    def _emptiest(self) -> int:
        calls = Counter(self._lanes.values())
        return min(range(len(self._inboxes)), key=lambda lane: calls[lane])


def _listen(engine: VoskEngine, inbox: Inbox, port: Port) -> NoReturn:
    listeners: dict[str, Listener] = {}
    while True:
        message = inbox.take()
        call = message.text("call")
        if message.kind == "open" and call not in listeners:
            recognizer = engine.recognizer(message.number("rate"))
            listeners[call] = Listener(recognizer, message.fields.get("partials") is True)
        elif message.kind == "close":
            listeners.pop(call).recognizer.close()
        else:
            _handle(listeners[call], message, port)


def _handle(listener: Listener, message: Message, port: Port) -> None:
    recognizer, call = listener.recognizer, message.text("call")
    match message.kind:
        case "audio":
            recognizer.hear(message.payload, message.number("at_ms"))
            if listener.partials and (text := recognizer.partial()) != listener.told:
                listener.told = text
                port.send("partial", call=call, text=text)
        case "flush":
            listener.told = ""
            port.send("heard", call=call, id=message.text("id"), heard=to_json(recognizer.flush()))
        case "expect":
            recognizer.expect(from_json(Expect, message.fields.get("expect")))
        case "reset":
            listener.told = ""
            recognizer.reset()


def main() -> NoReturn:
    parser = arguments("recognise speech for the service that started this process")
    parser.add_argument("--model", type=Path, required=True, help="folder of a Vosk model")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="calls decoded at once")
    parser.add_argument("--grammars", action="store_true", help="hear only answers in closed steps")
    options = parser.parse_args()
    serve(SpeechWork(options.model, options.threads, options.grammars), options)


if __name__ == "__main__":
    main()

"""
Worker: audio of many calls in, words out. ``python -m ivr_ari.engines.speech --model FOLDER``

In: ``learn`` {flow, phrases}, ``forget`` {flow}; ``open`` {call, rate, flow, partials}, ``expect`` {call,
expect}, ``audio`` {call, at_ms} with 16-bit little-endian mono, ``flush`` {call, id}, ``reset`` {call},
``close`` {call}. Out: ``heard`` {call, id, heard}, ``partial`` {call, text}. Vosk lets go of the GIL while it
decodes, so as many threads as cores decode at once.
"""

from __future__ import annotations

import os
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol

from ..events import Expect, Json
from ..speech.listening import FlowPhrases
from ..speech.vosk_asr import VoskEngine, VoskRecognizer
from .codec import from_json, to_json
from .serve import FAULTS, Port, State, arguments, serve, thread
from .speech_queue import SpeechQueue
from .wire import Message

__all__ = ["Hearing", "SpeechWork"]


class Out(Protocol):
    """Where the words go."""

    def send(self, kind: str, payload: bytes = b"", /, **fields: Json) -> None: ...


class Listener:
    """One call."""

    def __init__(self, recognizer: VoskRecognizer, partials: bool) -> None:
        self.recognizer = recognizer
        self.partials = partials
        self.told = ""


class Hearing:
    """What a message does, at once; messages of different calls may come from different threads."""

    def __init__(self, engine: VoskEngine) -> None:
        self._engine = engine
        self._listeners: dict[str, Listener] = {}

    def learn(self, message: Message) -> None:
        """Take what concerns a flow. Raises EngineFailed on nonsense."""
        flow = message.text("flow")
        if message.kind == "learn":
            self._engine.learn(flow, from_json(FlowPhrases, message.fields.get("phrases")))
        else:
            self._engine.forget(flow)

    def knows(self, call: str) -> bool:
        return call in self._listeners

    def handle(self, message: Message, out: Out) -> None:
        """Take what concerns a call; one that was never opened here does not exist. Raises EngineFailed."""
        call = message.text("call")
        if message.kind == "open" and call not in self._listeners:
            rate, flow = message.number("rate"), message.text("flow")
            self._engine.warm(1, rate)
            recognizer = self._engine.recognizer(rate, flow=flow, name=call)
            self._listeners[call] = Listener(recognizer, message.fields.get("partials") is True)
        elif message.kind == "close" and call in self._listeners:
            self._listeners.pop(call).recognizer.close()
        elif listener := self._listeners.get(call):
            _listen(listener, message, out)


def _listen(listener: Listener, message: Message, out: Out) -> None:
    recognizer, call = listener.recognizer, message.text("call")
    match message.kind:
        case "audio":
            recognizer.hear(message.payload, message.number("at_ms"))
            if listener.partials and (text := recognizer.partial()) != listener.told:
                listener.told = text
                out.send("partial", call=call, text=text)
        case "flush":
            listener.told = ""
            out.send("heard", call=call, id=message.text("id"), heard=to_json(recognizer.flush()))
        case "expect":
            _expect(recognizer, from_json(Expect, message.fields.get("expect")))
        case "reset":
            listener.told = ""
            recognizer.reset()


def _expect(recognizer: VoskRecognizer, expect: Expect) -> None:
    try:
        recognizer.expect(expect)
    except FAULTS as exc:
        # One step's odd words must not take recognition from all others. Where it happened is logged by the
        # service; the error's text is not, for it may quote them.
        traceback.print_exception(type(exc), None, exc.__traceback__)
        recognizer.expect(Expect())


class SpeechWork:
    """Recognition on *threads* threads."""

    def __init__(self, model: Path, threads: int) -> None:
        self._model, self._threads = model, threads
        self._queue = SpeechQueue(threads)

    def load(self, port: Port) -> None:
        port.progress("model", 0.0)
        self._engine = VoskEngine(self._model)
        self._hearing = Hearing(self._engine)
        port.progress("recognizers", 0.5)
        self._engine.warm(2 * self._threads)

    def run(self, port: Port) -> NoReturn:
        work = partial(_work, self._hearing, self._queue, port)
        for _ in range(self._threads - 1):
            thread(work, "speech")
        work()

    def state(self) -> State:
        return replace(self._queue.state(), rescued=self._engine.rescued)

    def take(self, message: Message) -> None:
        if message.kind in ("learn", "forget"):
            self._hearing.learn(message)
        else:
            self._queue.put(message.text("call"), message)


def _work(hearing: Hearing, queue: SpeechQueue, port: Port) -> NoReturn:
    while True:
        call, messages = queue.take()
        for message in messages:
            hearing.handle(message, port)
            queue.beat()
        queue.done(call, over=not hearing.knows(call))


def main() -> NoReturn:
    parser = arguments("recognise speech for the service that started this process")
    parser.add_argument("--model", type=Path, required=True, help="folder of a Vosk model")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="calls decoded at once")
    options = parser.parse_args()
    serve(SpeechWork(options.model, options.threads), options)


if __name__ == "__main__":
    main()

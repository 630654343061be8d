"""
Worker: prompts in, telephone audio out. ``python -m ivr_ari.engines.voice --cache FOLDER --voice joe``

In: ``speak`` {call, id, parts, sensitive, speed, year, prepare}, where a part is text or {value, manner};
``cancel`` {call, id}; ``render`` {texts}. Out: ``chunk`` {call, id} with 16-bit little-endian mono at 8 kHz,
``spoken`` {call, id, total_ms} after the last; ``progress`` and at last ``rendered`` {made, failed}.

One thread speaks. What a caller waits for comes first and interrupts what is only prepared; prompts
rendered ahead come last. A cancelled prompt ends within one window of the voice. A prompt the voice can't
speak ends where it is: ``spoken`` then says how much there was.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ..errors import EngineFailed
from ..events import Part, Slotted
from ..prompts.speaker import Speaker
from ..prompts.spoken import KINDS, spoken
from .codec import from_json
from .jobs import Job, Jobs, Rank
from .serve import Port, Pulse, State, arguments, serve
from .wire import Message

__all__ = ["VoiceWork", "words"]

Parts = tuple[Part, ...]

WINDOW_S = 15.0
"""What a window may take on a busy machine beyond the usual time of a piece of work."""

BYTES_PER_MS = 16
"""8 kHz, 16 bit."""


def words(parts: Sequence[Part], year: int | None = None, language: str = "en") -> str:
    """Return the text of a prompt, its values as they are spoken. Dates in *year* are said without it."""
    return "".join(
        part if isinstance(part, str) else _said(part, year, language)
        for part in parts
        if isinstance(part, str | Slotted)
    )


def _said(part: Slotted, year: int | None, language: str) -> str:
    return spoken(part.value, part.manner if part.manner in KINDS else "text", language, year=year)


class VoiceWork:
    """One voice, one thread."""

    def __init__(self, cache: Path, voice: str, threads: int, language: str = "en") -> None:
        self._options = (cache, voice, threads, language)
        self._language = language
        self._jobs = Jobs()
        self._pulse = Pulse()
        self._failed = 0

    def load(self, port: Port) -> None:
        port.progress("voice", 0.0)
        self._speaker = Speaker.open(*self._options)

    def run(self, port: Port) -> NoReturn:
        while True:
            self._pulse.rest()
            job = self._jobs.take()
            self._pulse.beat(WINDOW_S)
            self._speak(job, port)

    def state(self) -> State:
        return State(self._pulse.busy_ms, self._jobs.lag_ms, 0)

    def take(self, message: Message) -> None:
        fields = message.fields
        match message.kind:
            case "speak":
                rank = Rank.PREPARED if fields.get("prepare") else Rank.LIVE
                sensitive = fields.get("sensitive") is True
                if rank is Rank.PREPARED and sensitive:  # nothing of it may be kept
                    return
                year = None if fields.get("year") is None else message.number("year")
                text = words(from_json(Parts, fields.get("parts")), year, self._language)
                speed = from_json(float, fields.get("speed"))
                self._jobs.put(Job(text, speed, message.text("call"), message.text("id"), sensitive, rank))
            case "cancel":
                self._jobs.cancel(message.text("call"), message.text("id"))
            case "render":
                texts = from_json(list[str], fields.get("texts"))
                for number, text in enumerate(texts, 1):
                    self._jobs.put(Job(text, rank=Rank.AHEAD, number=number, total=len(texts)))

    def _speak(self, job: Job, port: Port) -> None:
        stopped, failed = False, False

        def stop() -> bool:
            nonlocal stopped
            stopped = stopped or self._jobs.give_way(job)
            return stopped

        spoken_text = self._speaker.speak_8k(
            job.text, speed=job.speed, sensitive=job.sensitive, cancelled=stop
        )
        try:
            for pcm in spoken_text:
                self._pulse.beat(WINDOW_S)
                if stop():
                    break
                self._send(job, self._jobs.to_send(job, pcm), port)
        except EngineFailed as exc:
            # where it happened; the error's text may quote the prompt
            traceback.print_exception(type(exc), None, exc.__traceback__)
            failed = True
        if stopped:
            self._jobs.again(job)
        else:
            self._finish(job, failed, port)

    def _finish(self, job: Job, failed: bool, port: Port) -> None:
        self._send(job, self._jobs.finish(job), port)
        if job.rank is Rank.LIVE and not job.cancelled:
            port.send("spoken", call=job.call, id=job.id, total_ms=job.sent // BYTES_PER_MS)
        if job.rank is Rank.AHEAD:
            self._failed += failed
            port.progress(f"prompt {job.number} of {job.total}", job.number / job.total)
            if job.number == job.total:
                port.send("rendered", made=job.total - self._failed, failed=self._failed)
                self._failed = 0

    def _send(self, job: Job, pieces: Sequence[bytes], port: Port) -> None:
        for piece in pieces:
            port.send("chunk", piece, call=job.call, id=job.id)
            job.sent += len(piece)


def main() -> NoReturn:
    parser = arguments("speak prompts for the service that started this process")
    parser.add_argument("--cache", type=Path, required=True, help="the cache folder, with voices in it")
    parser.add_argument("--voice", default="joe", help="name of a voice there")
    parser.add_argument("--threads", type=int, default=1, help="threads of inference")
    parser.add_argument("--language", default="en", help="of the values inside prompts")
    options = parser.parse_args()
    serve(VoiceWork(options.cache, options.voice, options.threads, options.language), options)


if __name__ == "__main__":
    main()

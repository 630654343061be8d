"""
Worker: prompts in, telephone audio out. ``python -m ivr_ari.engines.voice --cache FOLDER --voice joe``

In: ``speak`` {call, id, parts, sensitive, speed, year, rate_hz, after_ms, prepare}, where a part is text or a
value of `ivr_ari.events`; ``cancel`` {call, id}; ``render`` {list, prompts}, a list of lists of parts.

Out: ``chunk`` {call, id} with 16-bit little-endian mono at rate_hz, ``spoken`` {call, id, total_ms, whole}
after the last; ``kept`` {list, number} with the audio at 8 kHz of each prompt rendered ahead, ``progress``,
and at last ``rendered`` {list, made, failed}.

One thread speaks, a piece at a time: what callers wait for, what is prepared, then what is rendered ahead.
The thread that reads sends what is kept already, up to the first sentence that has to be made. A cancelled
prompt ends within one window of the voice. A prompt the voice can't speak ends where it is: ``spoken`` then
says how much there was.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, get_args

from ..errors import EngineFailed
from ..events import Part
from ..prompts.joining import Delivery
from ..prompts.open_voice import Engine
from ..prompts.script import Script
from ..prompts.speaker import Progress, Speaker
from ..prompts.voice import engine_failures
from .codec import from_json
from .jobs import Job, Jobs, Rank
from .serve import Port, Pulse, State, arguments, serve
from .wire import Message

__all__ = ["WINDOW_S", "VoiceWork"]

Parts = tuple[Part, ...]

WINDOW_S = 15.0
"""What a window may take on a busy machine beyond the usual time of a piece of work."""


class VoiceWork:
    """One voice, one thread."""

    def __init__(self, opened: Callable[[Progress], Speaker]) -> None:
        """*opened* loads the voice."""
        self._opened = opened
        self._jobs = Jobs()
        self._pulse = Pulse()
        self._failed = 0

    def load(self, port: Port) -> None:
        self._port = port
        self._speaker = self._opened(port.progress)

    def run(self, port: Port) -> NoReturn:
        while True:
            self.step()

    def state(self) -> State:
        return State(self._pulse.busy_ms, self._jobs.lag_ms, 0)

    # --- in the thread that reads ----------------------------------------------------------------------

    def take(self, message: Message) -> None:
        match message.kind:
            case "speak":
                self._take_prompt(message)
            case "cancel":
                self._jobs.cancel(message.text("call"), message.text("id"))
            case "render":
                prompts = from_json(list[Parts], message.fields.get("prompts"))
                for number, parts in enumerate(prompts, 1):
                    self._put(
                        Job(
                            self._script(parts),
                            id=message.text("list"),
                            rank=Rank.AHEAD,
                            number=number,
                            total=len(prompts),
                        )
                    )

    def _take_prompt(self, message: Message) -> None:
        fields = message.fields
        speed = from_json(float, fields.get("speed"))
        how = Delivery(message.number("rate_hz"), speed, fields.get("sensitive") is True)
        rank = Rank.PREPARED if fields.get("prepare") else Rank.LIVE
        if rank is Rank.PREPARED and how.sensitive:  # nothing of it may be kept
            return
        year = None if fields.get("year") is None else message.number("year")
        said = self._script(from_json(Parts, fields.get("parts")), year)
        job = Job(said, how, message.text("call"), message.text("id"), rank, message.number("after_ms"))
        if rank is Rank.LIVE and self._jobs.adopt(job):
            return
        self._put(job)

    def _script(self, parts: Parts, year: int | None = None) -> Script:
        """Return what is said; nothing where the rules fail at a text: only this prompt is lost then."""
        try:
            with engine_failures():
                return self._speaker.script(parts, year)
        except EngineFailed as exc:
            _complain(exc)
            return ()

    def _put(self, job: Job) -> None:
        """Send of *job* what is kept; have the rest made."""
        shelf = self._speaker.shelf
        job.items = shelf.items(job.script, job.how)
        at_once = job.rank is Rank.LIVE and not job.after_ms and not self._jobs.speaks_for(job.call)
        if at_once:
            ready, job.items = shelf.begin(job.items, job.how)
            for pcm in ready:
                self._send(job, self._jobs.to_send(job, pcm))
        if at_once and not job.items:
            self._say_spoken(job, whole=True)
        else:
            self._jobs.put(job)

    # --- in the thread that speaks ---------------------------------------------------------------------

    def step(self) -> None:
        """Wait for something to say, and make one piece of it."""
        self._pulse.rest()
        job = self._jobs.take()
        self._pulse.beat(WINDOW_S)
        self._go_on(job)

    def _go_on(self, job: Job) -> None:
        """Make the next piece of *job*."""
        pcm, failed = None, False
        try:
            if job.audio is None:
                items = job.items
                if job.after_ms:
                    items = self._speaker.after(items, job.after_ms, job.how)
                job.audio = self._speaker.play(
                    items, job.how, lambda: self._jobs.gone(job), whole=job.rank is not Rank.LIVE
                )
            joins = self._speaker.maker.joins
            pcm = next(job.audio, None)
            job.joined |= self._speaker.maker.joins > joins
        except EngineFailed as exc:
            _complain(exc)
            failed = True
        if pcm is None:
            self._finish(job, failed)
        else:
            self._send(job, self._jobs.to_send(job, pcm))
            self._jobs.again(job)

    def _finish(self, job: Job, failed: bool) -> None:
        self._send(job, self._jobs.finish(job))
        if job.rank is Rank.LIVE and not job.cancelled:
            self._say_spoken(job, whole=not (failed or job.joined))
        if job.rank is Rank.AHEAD:
            self._failed += failed
            if not failed:
                self._port.send("kept", b"".join(job.made), list=job.id, number=job.number)
            self._port.progress(f"prompt {job.number} of {job.total}", job.number / job.total)
            if job.number == job.total:
                made = job.total - self._failed
                self._port.send("rendered", list=job.id, made=made, failed=self._failed)
                self._failed = 0
        self._jobs.done()

    # --- in either -------------------------------------------------------------------------------------

    def _send(self, job: Job, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._port.send("chunk", piece, call=job.call, id=job.id)

    def _say_spoken(self, job: Job, *, whole: bool) -> None:
        self._port.send("spoken", call=job.call, id=job.id, total_ms=job.sent_ms, whole=whole)


def _complain(error: EngineFailed) -> None:
    """Say where it happened; the error's text may quote the prompt."""
    cause = error.__cause__ or error
    traceback.print_exception(type(cause), None, cause.__traceback__)


def main() -> NoReturn:
    parser = arguments("speak prompts for the service that started this process")
    parser.add_argument("--cache", type=Path, required=True, help="the cache folder, with voices in it")
    parser.add_argument("--voice", default="joe", help="name of a voice there")
    parser.add_argument("--threads", type=int, default=1, help="threads of inference")
    parser.add_argument("--language", default="en", help="of the prompts")
    parser.add_argument("--engine", default="auto", choices=get_args(Engine), help="what speaks it")
    parser.add_argument("--lexicon", type=Path, help="how words of this deployment are said")
    options = parser.parse_args()

    def opened(progress: Progress) -> Speaker:
        return Speaker.open(
            options.cache,
            options.voice,
            engine=options.engine,
            language=options.language,
            lexicon=options.lexicon,
            threads=options.threads,
            progress=progress,
        )

    serve(VoiceWork(opened), options)


if __name__ == "__main__":
    main()

"""
Calls kept as sound: what a line hears and sends goes, without what may not be kept, to files.

Off unless a folder is given. The rules are in `media.recording`, the files in `adapters.wave_files`; nothing
here can hold a call up or end it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from functools import partial

import structlog

from .adapters.wave_files import WaveFile, WaveFiles
from .call import Call
from .media.line import Line as RtpLine
from .media.recording import Piece, Recording
from .orders import Line
from .settings import RecordingSettings

__all__ = ["Recorder", "Tape", "open_recorder"]

log = structlog.get_logger()

MASKED = "("
"""No recogniser writes it: it begins what stands in the transcript for words that may not be kept."""


def open_recorder(stack: AsyncExitStack, given: RecordingSettings) -> Recorder | None:
    """Return what records calls; None if nothing is to be kept. SetupError if the folder is wrong."""
    if given.folder is None:
        return None
    log.info("calls are recorded", folder=str(given.folder), keep_days=given.keep_days)
    return Recorder(stack.enter_context(WaveFiles(given.folder, given.least_free_mb << 20)), given.keep_days)


class Recorder:
    """Records every call given to `record`; days older than *keep_days* are deleted (0: never)."""

    def __init__(self, files: WaveFiles, keep_days: int) -> None:
        self._files = files
        self._keep_days = keep_days
        self._day = ""

    def record(self, call_id: str, day: str, line: RtpLine, call: Call) -> Tape:
        """Record from now on, into a folder named by the *day* (ISO); close what is returned."""
        if day != self._day and self._keep_days:
            self._files.prune((date.fromisoformat(day) - timedelta(days=self._keep_days)).isoformat())
        self._day = day
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", call_id)
        tell = partial(told, call_id)
        folder = self._files.folder / day
        return Tape(
            line,
            call,
            WaveFile(folder / f"{name}-caller.wav", line.rate_hz, tell),
            WaveFile(folder / f"{name}-service.wav", line.rate_hz, tell),
            self._files,
        )


class Tape:
    """The recording of one call: puts itself between the line and who listened to it so far."""

    def __init__(
        self, line: RtpLine, call: Call, caller: WaveFile, service: WaveFile, files: WaveFiles
    ) -> None:
        self._call, self._files = call, files
        self._caller, self._service = caller, service
        self._recording = Recording(caller.rate_hz, service.rate_hz)
        self._line = line
        self._on_frame: Callable[[bytes], object] = line.on_frame
        self._on_sent: Callable[[bytes], object] = line.on_sent
        line.on_frame, line.on_sent = self.frame, self.sent

    def frame(self, pcm: bytes) -> None:
        """20 ms of the caller."""
        self._on_frame(pcm)
        call = self._call
        self._recording.heard(
            pcm, secret=call.secret, in_turn=call.turn.began is not None, listened=call.hearing
        )

    def sent(self, pcm: bytes) -> None:
        """20 ms of the service."""
        self._on_sent(pcm)
        self._recording.sent(pcm, secret=self._call.secret)
        if self._recording.due:
            self._write(*self._recording.take())

    def lines(self, lines: Sequence[Line]) -> None:
        """What goes into the transcript at the same time: what is not there, or masked, is not kept here."""
        said = [line.words for line in lines if line.who == "caller"]
        if said:
            self._recording.judged(kept=not any(MASKED in words for words in said))

    def close(self) -> None:
        """The call is over: the line is as it was before."""
        self._line.on_frame, self._line.on_sent = self._on_frame, self._on_sent
        self._write(*self._recording.take(over=True))
        for file in (self._caller, self._service):
            self._files.close(file, self._recording.bytes_of(file.rate_hz))

    def _write(self, caller: Sequence[Piece], service: Sequence[Piece]) -> None:
        for file, pieces in ((self._caller, caller), (self._service, service)):
            for piece in pieces:
                self._files.write(file, piece.offset, piece.pcm)


def told(call_id: str, file: WaveFile) -> None:
    """Log what became of a file; called from the writing thread."""
    facts = {"call_id": call_id, "file": file.path.name, "seconds": file.size // (2 * file.rate_hz)}
    lost_ms = 1000 * (file.dropped + file.failed) // (2 * file.rate_hz)
    if file.trouble or lost_ms:
        log.error("recording has gaps", **facts, lost_ms=lost_ms, why=file.trouble or "the disk was too slow")
    else:
        log.info("call recorded", **facts)

"""
WAV files written by a thread of their own, so that a slow or full disk is never a call's trouble.

What can't be written is left out and counted; what comes after it still lies in its place, for every piece
carries its own. A file is complete after every write: a process that is killed leaves files that play.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import shutil
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ..errors import SetupError

__all__ = ["WaveFile", "WaveFiles"]

WAITING = 2000
"""Pieces of a second that may wait for the disk, 32 MB at 8 kHz; with more, new ones are dropped."""

LAST_S = 5.0
"""What the disk gets for what still waits when the service stops."""

# RIFF, format chunk of 16 bytes: PCM, one channel, samples and bytes a second, 2 bytes a sample, 16 bits.
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


def header(rate_hz: int, size: int) -> bytes:
    """Return the head of a mono 16-bit file with *size* bytes of audio (Microsoft, RIFF WAVE)."""
    return HEADER.pack(
        *(b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16, b"data", size)
    )


@dataclass(slots=True)
class WaveFile:
    """One file on its way to the disk; its figures are complete when `closed` is called."""

    path: Path
    """Where it shall lie; if there is one already, it is numbered: a call may come back."""

    rate_hz: int
    closed: Callable[[WaveFile], None]
    """Called from the writing thread."""

    size: int = 0
    """Bytes of audio, silence included."""

    dropped: int = 0
    """Bytes of audio that found the disk too slow."""

    failed: int = 0
    """Bytes of audio that the disk refused."""

    trouble: str = ""
    """What it said first."""

    _number: int = -1

    def write(self, offset: int, pcm: bytes, least_free: int) -> None:
        """Write *pcm* at *offset* bytes of the audio, unless less than *least_free* bytes are left for it."""
        try:
            if self._number < 0:
                self._open(least_free)
            self._put(pcm, HEADER.size + offset)
            self._end(offset + len(pcm))
        except OSError as exc:
            self.failed += len(pcm)
            self._note(exc)

    def close(self, size: int, least_free: int) -> None:
        """Make the audio *size* bytes long, with silence, and close the file."""
        try:
            if self._number < 0 and not self.trouble:
                self._open(least_free)
            if self._number >= 0:
                self._end(size)
                os.ftruncate(self._number, HEADER.size + self.size)
        except OSError as exc:
            self._note(exc)
        if self._number >= 0:
            os.close(self._number)
            self._number = -1
        self.closed(self)

    def _open(self, least_free: int) -> None:
        folder, stem = self.path.parent, self.path.stem
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < least_free:
            raise OSError(errno.ENOSPC, "too little room left on the disk")
        for part in count(2):
            try:
                # Nobody but the service's own user may listen.
                self._number = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                return
            except FileExistsError:
                self.path = folder / f"{stem}-{part}.wav"

    def _end(self, size: int) -> None:
        self.size = max(self.size, size)
        self._put(header(self.rate_hz, self.size), 0)

    def _put(self, data: bytes, place: int) -> None:
        view = memoryview(data)
        while view:
            done = os.pwrite(self._number, view, place)
            view, place = view[done:], place + done

    def _note(self, exc: OSError) -> None:
        self.trouble = self.trouble or exc.strerror or type(exc).__name__


Job = Callable[[], None]


class WaveFiles:
    """
    The thread that writes. A context manager around the time in which anything is written.

    *folder* is made if it is not there; SetupError ``recording.folder`` if nothing can be written there. A
    new file is begun only while *least_free* bytes are left on the disk.
    """

    def __init__(self, folder: Path, least_free: int = 0) -> None:
        self.folder = folder
        self.least_free = least_free
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="recording", daemon=True)

    def __enter__(self) -> WaveFiles:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise self._refused(exc.strerror) from exc
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise self._refused("no leave to write there")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.put(None)
        self._thread.join(LAST_S)

    def write(self, file: WaveFile, offset: int, pcm: bytes) -> None:
        """Write *pcm* at *offset* bytes of the audio; returns at once."""
        if self._jobs.qsize() >= WAITING:
            file.dropped += len(pcm)
        else:
            self._jobs.put(lambda: file.write(offset, pcm, self.least_free))

    def close(self, file: WaveFile, size: int) -> None:
        """The audio of *file* is over, *size* bytes long."""
        self._jobs.put(lambda: file.close(size, self.least_free))

    def prune(self, first: str) -> None:
        """Delete the files of all days (folders named YYYY-MM-DD) before *first*."""
        self._jobs.put(lambda: self._prune(first))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _prune(self, first: str) -> None:
        for day in self.folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"):
            if day.name < first:
                with contextlib.suppress(OSError):
                    for file in day.glob("*.wav"):
                        file.unlink()
                    day.rmdir()

    def _refused(self, why: str | None) -> SetupError:
        return SetupError(
            "recording.folder",
            folder=str(self.folder),
            why=why,
            hint="recording.folder must be a folder the service may write to; leave it out to record nothing",
        )

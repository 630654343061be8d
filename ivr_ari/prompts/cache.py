"""
Audio by what it says: a sentence is rendered once for each voice and speed, and kept at both rates.

A file's name is the hash of everything its sound depends on, so nothing here ever goes stale;
what is no longer asked for is the first to go when the folder grows over its limit.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import threading
import wave
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from .script import Sentence

__all__ = ["PRUNING", "RATES_HZ", "Kept", "PromptCache", "Span", "prompt_key"]

FORMAT = 3
"""Raise it when the way from an engine's audio to the telephone changes (see level.py)."""

RATES_HZ = (8000, 16000)
"""G.711 and G.722 or wider."""

PRUNING = "prune"
"""Names the thread that does it: that takes some 0.3 s for a gigabyte, and callers wait for the voice."""

SHARE = 0.05
"""Of its limit that a folder may grow by before it is looked at again."""

Span = tuple[int, int]
"""Where a word begins and ends, in ms of its audio."""

log = structlog.get_logger()


def prompt_key(voice: str, sentence: Sentence, speed: float = 1.0) -> str:
    """Return the name under which this audio is kept: everything that can be heard of it."""
    what = json.dumps([FORMAT, voice, sentence.key, round(speed, 3)])
    return hashlib.sha256(what.encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Kept:
    """Audio at one rate."""

    pcm: bytes
    """16-bit little-endian mono."""

    words: tuple[Span, ...] = ()
    """When its words are heard; none if nobody knows. The words themselves are not written down."""


class PromptCache:
    """
    Audio in memory and on disk, for any number of threads.

    A disk that fails costs speed and never a prompt: what can't be read is missing, what can't be
    written is logged. Many processes may share a folder; an entry counts once its ``.json`` is there, and
    that file comes last.
    """

    def __init__(self, folder: Path, *, memory_bytes: int = 32 << 20, disk_bytes: int = 1 << 30) -> None:
        self.folder = folder
        self.memory_bytes = memory_bytes
        self.disk_bytes = disk_bytes
        self._memory: OrderedDict[tuple[str, int], Kept] = OrderedDict()
        self._held_bytes = self._written = 0
        self._lock = threading.Lock()

    @property
    def in_memory(self) -> tuple[tuple[str, int], ...]:
        """Keys and rates of what is in memory, the least recently used first."""
        with self._lock:
            return tuple(self._memory)

    def get(self, key: str, rate_hz: int) -> Kept | None:
        """Return the audio of *key* at *rate_hz*, or None."""
        with self._lock:
            if kept := self._memory.get((key, rate_hz)):
                self._memory.move_to_end((key, rate_hz))
                return kept
        kept = self._read(key, rate_hz)
        if kept:
            self._remember(key, rate_hz, kept)
        return kept

    def put(self, key: str, audio: Mapping[int, bytes], words: tuple[Span, ...] = ()) -> None:
        """Keep *audio*, by its rate; *words* are the times of all of them alike."""
        for rate_hz, pcm in audio.items():
            self._remember(key, rate_hz, Kept(pcm, words))
        try:
            self._path(key).parent.mkdir(parents=True, exist_ok=True)
            for rate_hz, pcm in audio.items():
                self._write_wave(self._sound(key, rate_hz), rate_hz, pcm)
            self._write(self._path(key), json.dumps({"words": words}).encode())
        except OSError as exc:
            log.warning("voice.cache_unwritten", why=exc.strerror)

    def has(self, key: str) -> bool:
        """Tell whether *key* is on the disk, without reading it."""
        return self._path(key).exists()

    def prune(self) -> int:
        """
        Remove what was not used for longest until the folder is within its limit; return how many.

        What a killed process left half written goes the same way.
        """
        entries: dict[str, list[tuple[Path, os.stat_result]]] = {}
        for file in self._files():
            with suppress(OSError):  # another process pruned it
                entries.setdefault(file.name.partition(".")[0], []).append((Path(file.path), file.stat()))
        used = {key: _used(files) for key, files in entries.items()}
        sizes = {key: sum(about.st_size for _, about in files) for key, files in entries.items()}
        total, removed = sum(sizes.values()), 0
        for key in sorted(entries, key=used.__getitem__):
            if total <= self.disk_bytes:
                break
            _remove(path for path, _ in entries[key])
            total -= sizes[key]
            removed += 1
        return removed

    def keep_within(self) -> None:
        """Prune, in a thread of its own, when much was written since: a service runs for months."""
        if self._written > self.disk_bytes * SHARE:
            self._written = 0
            threading.Thread(target=self.prune, name=PRUNING, daemon=True).start()

    def _files(self) -> Iterator[os.DirEntry[str]]:
        """Yield all that is in the folder."""
        with suppress(OSError):
            for part in os.scandir(self.folder):
                with suppress(OSError):
                    yield from os.scandir(part)

    def _read(self, key: str, rate_hz: int) -> Kept | None:
        path = self._path(key)
        try:
            words = tuple((int(begin), int(end)) for begin, end in json.loads(path.read_bytes())["words"])
            with wave.open(str(self._sound(key, rate_hz)), "rb") as file:
                form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
                expected = file.getnframes() * 2
                pcm = file.readframes(file.getnframes())
        except OSError:
            return None
        except (EOFError, wave.Error, ValueError, TypeError, LookupError):
            form, expected, pcm, words = (0, 0, 0), 0, b"", ()
        if form != (1, 2, rate_hz) or len(pcm) != expected:
            log.warning("voice.cache_damaged", file=path.name)
            _remove([path, *path.parent.glob(f"{key}.*.wav")])
            return None
        with suppress(OSError):  # the files of another user may be read, and no more
            os.utime(path)  # used now: the last to be pruned
        return Kept(pcm, words)

    def _write_wave(self, path: Path, rate_hz: int, pcm: bytes) -> None:
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes(pcm)
        self._write(path, data.getvalue())

    def _write(self, path: Path, data: bytes) -> None:
        """Let *path* appear as a whole."""
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(draft, path)
            self._written += len(data)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _sound(self, key: str, rate_hz: int) -> Path:
        return self.folder / key[:2] / f"{key}.{rate_hz}.wav"

    def _remember(self, key: str, rate_hz: int, kept: Kept) -> None:
        with self._lock:
            if before := self._memory.pop((key, rate_hz), None):
                self._held_bytes -= len(before.pcm)
            self._memory[key, rate_hz] = kept
            self._held_bytes += len(kept.pcm)
            while self._held_bytes > self.memory_bytes:
                _, oldest = self._memory.popitem(last=False)
                self._held_bytes -= len(oldest.pcm)


def _used(files: Iterable[tuple[Path, os.stat_result]]) -> float:
    """Return when an entry was used last: reading touches its ``.json``, if it was written to its end."""
    return max((path.suffix == ".json", about.st_mtime) for path, about in files)[1]


def _remove(files: Iterable[Path]) -> None:
    for path in files:
        with suppress(OSError):
            path.unlink()

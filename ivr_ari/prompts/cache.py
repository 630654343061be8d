"""
Audio by what it says: a text is rendered once for each voice, speed and rate.

A file's name is the hash of everything its sound depends on, so nothing here ever goes stale;
what is no longer asked for is the first to go when the folder grows over its limit.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import wave
from collections import OrderedDict
from pathlib import Path

import structlog

__all__ = ["PromptCache", "prompt_key"]

FORMAT = 1
"""Raise it when the way from an engine's audio to the telephone changes (see level.py)."""

log = structlog.get_logger()


def prompt_key(voice: str, words: str, speed: float, rate_hz: int) -> str:
    """Return the name under which this audio is kept."""
    what = json.dumps([FORMAT, voice, words, round(speed, 3), rate_hz])
    return hashlib.sha256(what.encode()).hexdigest()[:40]


class PromptCache:
    """
    8 kHz audio (16-bit little-endian bytes) in memory and on disk.

    A disk that fails costs speed and never a prompt: what can't be read is missing, what can't be
    written is logged. Many processes may share a folder; files appear as a whole.
    """

    def __init__(
        self,
        folder: Path,
        *,
        rate_hz: int = 8000,
        memory_bytes: int = 32 << 20,
        disk_bytes: int = 512 << 20,
    ) -> None:
        self.folder = folder
        self.rate_hz = rate_hz
        self.memory_bytes = memory_bytes
        self.disk_bytes = disk_bytes
        self.memory: OrderedDict[str, bytes] = OrderedDict()
        self.held_bytes = 0

    def get(self, key: str) -> bytes | None:
        """Return the audio of *key*, or None."""
        if key in self.memory:
            self.memory.move_to_end(key)
            return self.memory[key]
        path = self._path(key)
        try:
            with wave.open(str(path), "rb") as file:
                right = (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (
                    1,
                    2,
                    self.rate_hz,
                )
                expected = file.getnframes() * 2
                audio = file.readframes(file.getnframes())
            os.utime(path)  # used now: the last to be pruned
        except FileNotFoundError:
            return None
        except (OSError, EOFError, wave.Error):
            right, expected, audio = False, 0, b""
        if not right or len(audio) != expected:
            log.warning("voice.cache_damaged", file=path.name)
            path.unlink(missing_ok=True)
            return None
        self._remember(key, audio)
        return audio

    def put(self, key: str, audio: bytes) -> None:
        """Keep *audio*."""
        self._remember(key, audio)
        path = self._path(key)
        draft = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
            with os.fdopen(handle, "wb") as raw, wave.open(raw, "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(self.rate_hz)
                file.writeframes(audio)
            os.replace(draft, path)
        except OSError as exc:
            log.warning("voice.cache_unwritten", why=exc.strerror)
            if draft is not None:
                Path(draft).unlink(missing_ok=True)

    def has(self, key: str) -> bool:
        """Tell whether *key* is there, without reading it."""
        return key in self.memory or self._path(key).exists()

    def prune(self) -> int:
        """Remove what was not used for longest until the folder is within its limit; return how many."""
        files = []
        for path in self.folder.glob("*/*.wav"):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue  # another process pruned it
            files.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in files)
        removed = 0
        for _, size, path in sorted(files):
            if total <= self.disk_bytes:
                break
            path.unlink(missing_ok=True)
            total -= size
            removed += 1
        return removed

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.wav"

    def _remember(self, key: str, audio: bytes) -> None:
        self.held_bytes -= len(self.memory.pop(key, b""))
        self.memory[key] = audio
        self.held_bytes += len(audio)
        while self.held_bytes > self.memory_bytes:
            _, oldest = self.memory.popitem(last=False)
            self.held_bytes -= len(oldest)

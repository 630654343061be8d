"""
What is waiting to be said, taken out one packet at a time.

`Playout` holds the prompts of one call in order. Whoever owns the clock asks it for 20 ms whenever 20 ms
have gone by; it never asks what time it is, so what it reports was really sent.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .g711 import SAMPLE_RATE
from .rtp import FRAME_MS, FRAME_SAMPLES

__all__ = ["FADE_MS", "FRAME_BYTES", "RAMP_MS", "Playout", "Progress", "echo"]

FRAME_BYTES = 2 * FRAME_SAMPLES
"""20 ms of 16-bit samples at 8 kHz."""

FADE_MS = 8
"""A voice that stops dead clicks; one that fades longer than a packet is not cut at once."""

RAMP_MS = 10
"""A voice that gets quieter or louder does so within this: half a packet, and no click."""

ECHO_MS = 100
"""Most that the echo holds back, so that two clocks that differ can't make it later and later."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of prompt *id* on the wire."""

    id: str
    state: Literal["began", "whole", "cut"]
    sent_ms: int = 0
    """Milliseconds of the prompt's own audio sent so far; the fade of a cut prompt is not counted."""


@dataclass(slots=True)
class Prompt:
    """The unsent rest of one prompt."""

    id: str
    chunks: deque[memoryview] = field(default_factory=deque)
    left: int = 0
    """Bytes in *chunks*."""

    sent: int = 0
    """Bytes taken so far."""

    complete: bool = False
    """No chunk will follow."""

    began: bool = False
    starved: bool = False

    def take(self, wanted: int) -> bytes:
        """Return at most *wanted* bytes; chunks are looked at, never copied or shifted."""
        pieces: list[memoryview] = []
        while wanted and self.chunks:
            chunk = self.chunks[0]
            piece = chunk[:wanted]
            if len(piece) == len(chunk):
                self.chunks.popleft()
            else:
                self.chunks[0] = chunk[wanted:]
            pieces.append(piece)
            wanted -= len(piece)
            self.left -= len(piece)
            self.sent += len(piece)
        return b"".join(pieces)


class Playout:
    """
    The prompts of one call, spoken one after the other; audio is 16-bit little-endian mono at *rate_hz*.

    Bounded: past *limit_ms* of waiting audio a chunk is refused as a whole and counted. A prompt whose
    audio is late is silence meanwhile; what comes after it waits.
    """

    def __init__(self, limit_ms: int = 60_000, rate_hz: int = SAMPLE_RATE) -> None:
        self.limit_ms = limit_ms
        self.frame_bytes = 2 * rate_hz * FRAME_MS // 1000
        """Bytes of 20 ms."""

        self.underruns = 0
        """How often a prompt that had begun ran dry."""

        self.starved_ms = 0
        """Silence that was sent where prompts ran dry."""

        self.refused = 0
        """Chunks that found no room."""

        self._prompts: deque[Prompt] = deque()
        # Chunks of a prompt that was cut may still be on their way from the voice.
        self._gone: deque[str] = deque(maxlen=32)
        self._fade = b""
        self._queued = 0
        self._bytes_per_ms = 2 * rate_hz // 1000
        self._gain = 1.0
        self._wanted_gain = 1.0

    @property
    def queued_ms(self) -> int:
        """Audio waiting to be sent, in ms."""
        return self._queued // self._bytes_per_ms

    @property
    def speaking(self) -> bool:
        """Something is being sent or waits for its audio."""
        return bool(self._prompts)

    def append(self, id: str, pcm: bytes) -> bool:
        """Add whole samples to prompt *id*; False if not taken: there is no room, or it was cut or ended."""
        prompt = self._find(id)
        if prompt is None or prompt.complete:
            return False
        if self._queued + len(pcm) > self.limit_ms * self._bytes_per_ms:
            self.refused += 1
            return False
        if pcm:
            prompt.chunks.append(memoryview(pcm))
            prompt.left += len(pcm)
            self._queued += len(pcm)
        return True

    def end(self, id: str) -> None:
        """No more audio for prompt *id*; one that never got any is over at the next packet."""
        prompt = self._find(id)
        if prompt is not None:
            prompt.complete = True

    def cut(self, id: str = "") -> tuple[Progress, ...]:
        """
        Stop prompt *id*, or everything: nothing but a short fade of it leaves any more.

        Returns how far each one came. A prompt that is not there is no error: it may have just ended.
        When nothing is left to be said, what comes next is said in full voice.
        """
        stopped = [prompt for prompt in self._prompts if id in ("", prompt.id)]
        told = tuple(Progress(prompt.id, "cut", prompt.sent // self._bytes_per_ms) for prompt in stopped)
        for prompt in stopped:
            self._queued -= prompt.left
            if prompt.began and prompt is self._prompts[0]:
                rest = np.frombuffer(prompt.take(FADE_MS * self._bytes_per_ms), "<i2")
                self._fade = (rest * np.linspace(self._gain, 0.0, len(rest))).astype("<i2").tobytes()
            self._gone.append(prompt.id)
        self._prompts = deque(prompt for prompt in self._prompts if prompt not in stopped)
        if not self._prompts:
            self._gain = self._wanted_gain = 1.0
        return told

    def duck(self, down_db: float) -> None:
        """
        Speak *down_db* decibels below full voice (0: in full voice) from the next packet on.

        The prompts go on in time; the change is a ramp of `RAMP_MS`.
        """
        self._wanted_gain = 10 ** (-max(0.0, down_db) / 20)

    def take(self) -> tuple[bytes, tuple[Progress, ...]]:
        """Return the next packet's audio, `frame_bytes` or nothing for pure silence, and what happened."""
        if not self._prompts and not self._fade:
            self._gain = self._wanted_gain
            return b"", ()
        faded, self._fade = self._fade, b""
        frame, progress = self._next(self.frame_bytes - len(faded))
        if frame and (self._gain != 1.0 or self._wanted_gain != 1.0):
            frame = self._ducked(frame)
        frame = faded + frame
        return frame.ljust(self.frame_bytes, b"\0") if frame else b"", progress

    def _next(self, wanted: int) -> tuple[bytes, tuple[Progress, ...]]:
        """Return at most *wanted* bytes of the prompts as they were made."""
        frame = b""
        progress: list[Progress] = []
        while self._prompts and len(frame) < wanted:
            prompt = self._prompts[0]
            piece = prompt.take(wanted - len(frame))
            self._queued -= len(piece)
            frame += piece
            if piece:
                prompt.starved = False
                if not prompt.began:
                    prompt.began = True
                    progress.append(Progress(prompt.id, "began"))
            if prompt.left:
                break
            if not prompt.complete:
                self._starve(prompt, wanted - len(frame))
                break
            self._prompts.popleft()
            self._gone.append(prompt.id)
            progress.append(Progress(prompt.id, "whole", prompt.sent // self._bytes_per_ms))
        return frame, tuple(progress)

    def _ducked(self, frame: bytes) -> bytes:
        samples = np.frombuffer(frame, "<i2")
        ramp = RAMP_MS * self._bytes_per_ms // 2
        gain = np.full(len(samples), self._wanted_gain)
        gain[:ramp] = np.linspace(self._gain, self._wanted_gain, ramp)[: len(samples)]
        self._gain = self._wanted_gain
        ducked: NDArray[np.int16] = (samples * gain).astype("<i2")
        return ducked.tobytes()

    def _find(self, id: str) -> Prompt | None:
        for prompt in self._prompts:
            if prompt.id == id:
                return prompt
        if id in self._gone:
            return None
        self._prompts.append(Prompt(id))
        return self._prompts[-1]

    def _starve(self, prompt: Prompt, missing: int) -> None:
        if not prompt.began or not missing:
            return
        self.underruns += not prompt.starved
        self.starved_ms += min(missing // self._bytes_per_ms, FRAME_MS)
        prompt.starved = True


def echo(playout: Playout, frame: bytes) -> None:
    """Say *frame* back: the test of a line by ear."""
    if playout.queued_ms < ECHO_MS:
        playout.append("echo", frame)

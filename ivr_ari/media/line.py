"""
One caller's line: datagrams in and out on one side, 20 ms of audio on the other.

The line is handed datagrams and ticks with the time they came, in ms of a clock that never goes back;
it owns neither socket nor clock. Audio on its inner side is 16-bit little-endian mono at `Line.rate_hz`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .codecs import Codec
from .hearing import Counters, Hearing
from .pacing import Playout, Progress
from .rtp import Sender, frame_bytes, frame_samples
from .wideband import voice_for

__all__ = ["Counters", "Line"]


class Line:
    """
    Orders, decodes and fills what is heard; encodes and numbers what is said.

    *on_frame* gets exactly `frame_bytes` for every 20 ms that go by, also while nothing arrives, so that who
    counts frames counts time. *on_sent* gets what was said, likewise a frame for every 20 ms, silence too.
    *on_progress* is told what became of prompts. All are called in passing, from the loop that keeps
    everybody's pace: they must hand on and return.
    """

    def __init__(
        self,
        codec: Codec,
        sender: Sender,
        on_frame: Callable[[bytes], object],
        on_progress: Callable[[Progress], object] = lambda progress: None,
        on_sent: Callable[[bytes], object] = lambda pcm: None,
    ) -> None:
        self.codec = codec
        self.rate_hz = codec.rate_hz
        """Samples a second of all audio on the inner side; the same to the call's end."""

        self.frame_bytes = frame_bytes(codec.rate_hz)
        """Of 20 ms."""

        self.sender = sender
        self.playout = Playout(rate_hz=codec.rate_hz)
        self.counters = Counters()
        self.hearing = Hearing(
            codec, self.counters, lambda pcm: self.on_frame(pcm), lambda key: self.on_key(key)
        )
        self.on_frame = on_frame
        self.on_progress = on_progress
        self.on_sent = on_sent
        self.on_key: Callable[[str], object] = lambda key: None
        """Called with each key that the caller's telephone sends as sound; `on_frame` hears noise instead."""

        self._says = voice_for(codec)
        sender.payload_type = self._says.payload_type
        self._clock_frame = frame_samples(self._says.clock_hz)
        self._quiet = self._says.quiet * frame_samples(codec.rate_hz)
        self._silence = bytes(self.frame_bytes)

    # --- hearing ---------------------------------------------------------------------------------------

    @property
    def first_heard_ms(self) -> float | None:
        """When the first RTP packet came; None: never yet."""
        return self.hearing.first_ms

    @property
    def last_heard_ms(self) -> float | None:
        """When the last one came."""
        return self.hearing.last_ms

    def key_told(self) -> None:
        """The PBX told a key: this leg has events for them, what sounds like one is none."""
        self.hearing.key_told()

    def hear(self, datagram: bytes, now_ms: float) -> None:
        """Take a datagram from the line's own peer; what is no RTP is counted."""
        self.hearing.hear(datagram, now_ms)

    # --- saying ----------------------------------------------------------------------------------------

    def tick(self, now_ms: float, missed: int = 0) -> bytes:
        """
        Return the datagram of the next 20 ms; *missed* ticks before this one never happened.

        Something is always sent: a stream without gaps keeps address translation and the far side's
        jitter buffer alive. Missed time is skipped in the timestamps, not made up for by a burst.
        """
        if missed:
            self.counters.skipped += missed
            self.sender.skip(missed * self._clock_frame)
            for _ in range(missed):
                self.on_sent(self._silence)
        self.hearing.tick(now_ms, missed)
        pcm, progress = self.playout.take()
        quiet = b"" if pcm else self._quiet
        payload = quiet or self._says.encode(np.frombuffer(pcm or self._silence, "<i2"))
        self.counters.sent += 1
        self.on_sent(pcm or self._silence)
        for step in progress:
            self.on_progress(step)
        return self.sender.datagram(payload, self._clock_frame)

    def say(self, id: str, pcm: bytes) -> bool:
        """Queue audio of prompt *id*; see `Playout.append`."""
        return self.playout.append(id, pcm)

    def end(self, id: str) -> None:
        """Prompt *id* is complete; `Progress` "whole" follows when its last sample has left."""
        self.playout.end(id)

    def duck(self, down_db: float) -> None:
        """Say what is being said, and what follows, *down_db* below full voice; 0: in full voice again."""
        self.playout.duck(down_db)

    def cut(self, id: str = "") -> None:
        """Stop prompt *id*, or all, within one packet; `Progress` "cut" is told before this returns."""
        for step in self.playout.cut(id):
            self.on_progress(step)

"""
One caller's line: datagrams in and out on one side, 20 ms of audio on the other.

The line is handed datagrams and ticks with the time they came, in ms of a clock that never goes back;
it owns neither socket nor clock. Audio on its inner side is 16-bit little-endian mono at `Line.rate_hz`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..errors import MediaError
from .codecs import CODECS, Codec
from .pacing import Playout, Progress
from .rtp import FRAME_MS, Frame, Receiver, RtpPacket, Sender, frame_bytes, frame_samples

__all__ = ["HOLD_MS", "Counters", "Line"]

HOLD_MS = 60
"""How long nothing may come before the line hears silence: as long as `Receiver` waits for a packet."""

LONGEST_MS = 200
"""Most audio in a packet. A longer one is nothing that a telephone sends."""


@dataclass(slots=True)
class Counters:
    """What happened on the line, for metrics; packets unless said otherwise."""

    received: int = 0
    sent: int = 0
    malformed: int = 0
    other: int = 0
    """RTP that is no audio of the leg: comfort noise, telephone events."""

    concealed_ms: int = 0
    """Silence heard in place of audio that never came, between packets."""

    filled_ms: int = 0
    """Silence heard because nothing came at all."""

    skipped: int = 0
    """Packets not sent because the process could not keep the pace."""


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
        self.receiver = Receiver()
        self.playout = Playout(rate_hz=codec.rate_hz)
        self.counters = Counters()
        self.on_frame = on_frame
        self.on_progress = on_progress
        self.on_sent = on_sent
        self.first_heard_ms: float | None = None
        """When the first RTP packet came; None: never yet."""

        self.last_heard_ms: float | None = None
        sender.payload_type = codec.payload_type
        self._frame_samples = frame_samples(codec.rate_hz)
        self._longest = LONGEST_MS * codec.rate_hz * codec.sample_bytes // 1000
        self._quiet = codec.quiet * self._frame_samples
        self._silence = bytes(self.frame_bytes)
        self._rest = bytearray()
        # The moment up to which audio has been handed on, and the silence in it that no packet brought.
        self._filled_to_ms: float | None = None
        self._owed_ms = 0

    # --- hearing ---------------------------------------------------------------------------------------

    def hear(self, datagram: bytes, now_ms: float) -> None:
        """Take a datagram from the line's own peer; what is no RTP is counted."""
        try:
            packet = RtpPacket.parse(datagram)
        except MediaError:
            self.counters.malformed += 1
            return
        if len(packet.payload) > self._longest:
            self.counters.malformed += 1
            return
        self.counters.received += 1
        if self.first_heard_ms is None:
            self.first_heard_ms = now_ms
        self.last_heard_ms = now_ms
        for frame in self.receiver.receive(packet):
            self._audio(frame, now_ms)

    def _audio(self, frame: Frame, now_ms: float) -> None:
        codec = CODECS.get(frame.payload_type)
        if codec is None or codec.rate_hz != self.rate_hz or not frame.payload:
            self.counters.other += 1
            return
        if frame.lost:
            # What the ticks have filled in while the line was quiet is not filled in again.
            lost_ms = frame.lost * len(frame.payload) * 1000 // (codec.rate_hz * codec.sample_bytes)
            missing_ms = max(0, lost_ms - self._owed_ms)
            self.counters.concealed_ms += missing_ms
            self._hand_on(bytes(missing_ms * self.frame_bytes // FRAME_MS))
        self._owed_ms = 0
        self._filled_to_ms = now_ms
        self._hand_on(codec.decode(frame.payload).astype("<i2", copy=False).tobytes())

    def _hand_on(self, pcm: bytes) -> None:
        if len(pcm) == self.frame_bytes and not self._rest:
            self.on_frame(pcm)
            return
        # Not every telephone sends 20 ms a packet.
        self._rest += pcm
        while len(self._rest) >= self.frame_bytes:
            self.on_frame(bytes(self._rest[: self.frame_bytes]))
            del self._rest[: self.frame_bytes]

    def _fill(self, now_ms: float, missed: int) -> None:
        if self._filled_to_ms is None or missed:
            # After a stall what was sent meanwhile still lies in the socket: it is late, not lost.
            self._filled_to_ms = now_ms
            return
        if self._owed_ms == 0 and now_ms - self._filled_to_ms < HOLD_MS:
            return
        if self._owed_ms == 0:
            for frame in self.receiver.flush():
                self._audio(frame, self._filled_to_ms)
        while now_ms - self._filled_to_ms >= FRAME_MS:
            self._filled_to_ms += FRAME_MS
            self._owed_ms += FRAME_MS
            self.counters.filled_ms += FRAME_MS
            self._hand_on(self._silence)

    # --- saying ----------------------------------------------------------------------------------------

    def tick(self, now_ms: float, missed: int = 0) -> bytes:
        """
        Return the datagram of the next 20 ms; *missed* ticks before this one never happened.

        Something is always sent: a stream without gaps keeps address translation and the far side's
        jitter buffer alive. Missed time is skipped in the timestamps, not made up for by a burst.
        """
        if missed:
            self.counters.skipped += missed
            self.sender.skip(missed * self._frame_samples)
            for _ in range(missed):
                self.on_sent(self._silence)
        self._fill(now_ms, missed)
        pcm, progress = self.playout.take()
        payload = self.codec.encode(np.frombuffer(pcm, "<i2")) if pcm else self._quiet
        self.counters.sent += 1
        self.on_sent(pcm or self._silence)
        for step in progress:
            self.on_progress(step)
        return self.sender.send(payload, self._frame_samples).serialize()

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

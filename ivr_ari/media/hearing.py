"""
The hearing side of a line: datagrams at any moment -> 20 ms of audio for every 20 ms that go by.

`JitterBuffer` puts packets in order, `Concealer` says what to hear where none came, `Evenness` keeps the
count of frames with the clock. Time is judged by the packets' timestamps, never by their sequence numbers:
a PBX that transcodes numbers its packets anew, and what was lost before it is a jump of the timestamp only
(seen on Asterisk 22).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..errors import MediaError
from .codecs import CODECS, Codec, Pcm
from .conceal import Concealer
from .evenness import Evenness
from .halfband import Doubler, Halver
from .jitter import JitterBuffer
from .rtp import (
    COMFORT_NOISE_TYPE,
    FRAME_MS,
    HEADER,
    RtpPacket,
    frame_samples,
    timestamp_add,
    timestamp_distance,
)
from .tones import InbandKeys

__all__ = ["Counters", "Hearing"]

LONGEST_MS = 200
"""Most audio in a packet. A longer one is nothing that a telephone sends."""

JUMP_MS = 1000
"""A timestamp off by more is a clock that was set, not a gap to fill."""

STALLED_MS = 2 * FRAME_MS + 5
"""When the line's own ticks are so far apart, what comes late was kept waiting by us."""

LOOKED_AT = 5
"""Of so many frames one shows how loud the line's noise is."""

NO_TYPE = -1
"""No packet's payload type."""

PLAIN = 0x80
"""First byte of RTP without padding, extension and contributors."""


@dataclass(slots=True)
class Counters:
    """What happened on the line, for metrics; packets unless said otherwise."""

    received: int = 0
    sent: int = 0
    malformed: int = 0
    other: int = 0
    """RTP that is no audio: comfort noise, telephone events."""

    concealed_ms: int = 0
    """Invented in place of audio that never came, between packets."""

    filled_ms: int = 0
    """Heard because nothing came at all."""

    taken_out_ms: int = 0
    put_in_ms: int = 0
    """Silence removed or added because the far side's clock differs, or a burst came late."""

    skipped: int = 0
    """Packets not sent because the process could not keep the pace."""


class Hearing:
    """Orders, decodes, fills. *hand_on* gets 20 ms of 16-bit samples at a time, *on_key* keys that sound."""

    def __init__(
        self,
        codec: Codec,
        counters: Counters,
        hand_on: Callable[[bytes], object],
        on_key: Callable[[str], object],
    ) -> None:
        self.first_ms: float | None = None
        """When the first RTP packet came; None: never yet."""

        self.last_ms: float | None = None
        self.buffer = JitterBuffer(codec.rate_hz)
        self.concealer = Concealer(codec.rate_hz)
        self._codec = codec
        self._counters = counters
        self._hand_on, self._on_key = hand_on, on_key
        self._keys: InbandKeys | None = InbandKeys(codec.rate_hz)
        self._evenness = Evenness()
        self._frame = frame_samples(codec.rate_hz)
        self._rest: Pcm = np.zeros(0, np.int16)
        self._resample: Callable[[Pcm], Pcm] | None = None
        self._silent_to_ms: float | None = None  # before the first packet
        self._ticked_ms: float | None = None
        # When a packet came last that left nothing to wait for.
        self._fresh_ms = -math.inf
        self._frames = 0
        # The timestamp up to which all has been handed on.
        self._next: int | None = None
        # The far side has said that it will send nothing.
        self._hushed = False
        # Something was missing just now, or will be.
        self._late = False
        self._usual = HEADER.size + self._frame * codec.sample_bytes
        self._usual_type = codec.payload_type
        self._clock_frame = frame_samples(codec.clock_hz)
        self._clock_hz = codec.rate_hz
        self._streams = 0

    def hear(self, datagram: bytes, now_ms: float) -> None:
        """Take a datagram from the line's own peer; what is no RTP is counted."""
        if self._as_expected(datagram, now_ms):
            return
        try:
            packet = RtpPacket.parse(datagram)
        except MediaError:
            self._counters.malformed += 1
            return
        came_as = CODECS.get(packet.payload_type)
        if came_as is not None and len(packet.payload) > longest_bytes(came_as):
            self._counters.malformed += 1
            return
        self._counters.received += 1
        if self.first_ms is None:
            self.first_ms = now_ms
        self.last_ms = now_ms
        if came_as is not None and came_as.rate_hz != self._clock_hz:
            self._retime(came_as.rate_hz)
        # All packets of a key carry its beginning (RFC 4733): they tell nothing of how late they are.
        timed = came_as is not None and not self._stalled(now_ms)
        for ready in self.buffer.put(packet, now_ms, timed):
            if ready is packet and self._streams != self.buffer.streams:
                self._anew()
            self._play(ready)

    def _as_expected(self, datagram: bytes, now_ms: float) -> bool:
        """
        Play the very packet that is due, 20 ms of the leg's codec; False if it is any other.

        What follows in `hear` does the same for every packet; nearly all of them take this way, in a third
        of the time.
        """
        if len(datagram) != self._usual or datagram[0] != PLAIN or datagram[1] & 0x7F != self._usual_type:
            return False
        _, _, sequence, timestamp, ssrc = HEADER.unpack_from(datagram)
        if timestamp != self._next or self._late or self._rest.size:
            return False
        if not self.buffer.passes(sequence, timestamp, ssrc, now_ms, timed=not self._stalled(now_ms)):
            return False
        self._counters.received += 1
        self.last_ms = self._fresh_ms = now_ms
        self._next = timestamp + self._clock_frame & 0xFFFFFFFF
        pcm = self._codec.decode(datagram[HEADER.size :])
        self.concealer.keep(pcm)
        self._frame_out(pcm, heard=True)
        return True

    def _stalled(self, now_ms: float) -> bool:
        return self._ticked_ms is not None and now_ms - self._ticked_ms > STALLED_MS

    def tick(self, now_ms: float, missed: int = 0) -> None:
        """Let time go by: what is overdue is filled in. *missed* ticks before this one never happened."""
        self._ticked_ms = now_ms
        if now_ms - self._fresh_ms < FRAME_MS and not missed:
            return
        if missed:
            # What was sent meanwhile still lies in the socket, or has only just been read: not lost.
            self._silent_to_ms = now_ms
            return
        for ready in self.buffer.due(now_ms):
            self._play(ready)
        if self._next is None:
            self._wait(now_ms)
            return
        hushed_ms = self.buffer.hold_ms if self._hushed else 0.0
        overdue_ms = now_ms - self.buffer.due_at(self._next) + hushed_ms
        if abs(overdue_ms) > JUMP_MS:
            # Its clock was set, or has begun at 0 again: no audio is missing for that, but it is now.
            self._next = timestamp_add(self._next, round(overdue_ms * self._clock_hz / 1000))
            overdue_ms = 0.0
        while overdue_ms >= 0:
            self._fill(frame_samples(self._clock_hz))
            self._counters.filled_ms += FRAME_MS
            overdue_ms -= FRAME_MS

    def _wait(self, now_ms: float) -> None:
        """Audio time begins with the first tick, whether or not the far side ever sends."""
        if self._silent_to_ms is None:
            self._silent_to_ms = now_ms
        while now_ms - self._silent_to_ms >= FRAME_MS:
            self._silent_to_ms += FRAME_MS
            self._counters.filled_ms += FRAME_MS
            self._hand_on(bytes(2 * self._frame))

    def _play(self, packet: RtpPacket) -> None:
        codec = CODECS.get(packet.payload_type)
        if codec is None or len(packet.payload) < codec.sample_bytes:
            self._counters.other += 1
            if packet.payload_type == COMFORT_NOISE_TYPE and packet.payload:
                # RFC 3389: the level is in -dBov.
                self.concealer.noise_level(32768 * 10 ** (-(packet.payload[0] & 0x7F) / 20))
                self._hushed = self._late = True
            return
        pcm = self._decoded(codec, packet.payload)
        per_ms = self._clock_hz / 1000
        samples = len(packet.payload) // codec.sample_bytes
        after = timestamp_add(packet.timestamp, samples)
        gap = 0 if self._next is None else timestamp_distance(self._next, packet.timestamp)
        if abs(gap) <= JUMP_MS * per_ms:
            if gap > 0:
                self._fill(gap)
                self._counters.concealed_ms += round(gap / per_ms)
            elif gap < 0:
                # It was given up, and comes after all: words are worth more than an even clock.
                self._evenness.surplus_ms += min(-gap, samples) / per_ms
                if self._next is not None and -gap > samples:
                    after = self._next  # what has been filled once is not filled again
        self._hushed = False
        self._next = after
        self._late = False
        self._pass_on(self.concealer.good(pcm), heard=True)

    def _anew(self) -> None:
        """Another sender, another clock: nothing is known of the time between the two."""
        self._streams, self._next = self.buffer.streams, None
        self._silent_to_ms = None

    def _retime(self, clock_hz: int) -> None:
        """The far side goes over to a codec of another rate; what the caller hears of us has still ours."""
        for ready in self.buffer.retime(clock_hz):
            self._play(ready)
        self._clock_hz = clock_hz
        own_hz = self._codec.rate_hz
        self._resample = None if clock_hz == own_hz else Doubler() if clock_hz < own_hz else Halver()
        # No packet is as expected until its rate is that of the leg again.
        self._usual_type = self._codec.payload_type if clock_hz == own_hz else NO_TYPE

    def _decoded(self, codec: Codec, payload: bytes) -> Pcm:
        pcm = codec.decode(payload)
        return pcm if self._resample is None else self._resample(pcm)

    def _fill(self, gap: int) -> None:
        """Hear something in place of the next *gap* of the timestamps' clock."""
        assert self._next is not None, "only what has begun has gaps"
        self._next = timestamp_add(self._next, gap)
        self._late = True
        missing = self.concealer.missing(gap * self._codec.rate_hz // self._clock_hz)
        self._pass_on(missing, heard=False)

    def _pass_on(self, pcm: Pcm, *, heard: bool) -> None:
        if self._rest.size or pcm.size != self._frame:
            # Not every telephone sends 20 ms a packet.
            pcm = np.concatenate((self._rest, pcm))
        begin = 0
        while begin + self._frame <= pcm.size:
            self._frame_out(pcm[begin : begin + self._frame], heard)
            begin += self._frame
        self._rest = pcm[begin:]

    def key_told(self) -> None:
        """The PBX told a key as an event."""
        if self._keys is not None and self._keys.told():
            self._keys = None

    def _without_keys(self, keys: InbandKeys, pcm: Pcm) -> Pcm:
        pressed, sounds = keys.frame(pcm)
        for key in pressed:
            self._on_key(key)
        return self.concealer.noise(pcm.size) if sounds else pcm

    def _frame_out(self, pcm: Pcm, heard: bool) -> None:
        self._frames += 1
        if self._keys is not None:
            pcm = self._without_keys(self._keys, pcm)
        data = pcm.astype("<i2", copy=False).tobytes()
        if heard and self._frames % LOOKED_AT == 0:
            self.concealer.level(rms(pcm))
        over_ms = self._evenness.surplus_ms - self.buffer.drift_ms
        if -FRAME_MS < over_ms < FRAME_MS:
            self._evenness.rest()
            self._hand_on(data)
            return
        count = self._evenness.count(rms(pcm) < 3 * self.concealer.floor + 30, over_ms)
        self._counters.taken_out_ms += FRAME_MS if count == 0 else 0
        self._counters.put_in_ms += FRAME_MS if count == 2 else 0
        for _ in range(count):
            self._hand_on(data)


def longest_bytes(codec: Codec) -> int:
    """Return the bytes of the longest payload that is taken."""
    return LONGEST_MS * codec.rate_hz // 1000 * codec.sample_bytes


def rms(pcm: Pcm) -> float:
    samples = pcm.astype(np.float32)
    return math.sqrt(float(np.dot(samples, samples)) / samples.size)

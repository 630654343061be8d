"""
RTP packets (RFC 3550): parse, serialize, number on the way out.

`Sender` keeps counts only; when a packet leaves is the business of whoever owns the socket and the clock.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Self

from ..errors import MediaError

__all__ = [
    "COMFORT_NOISE_TYPE",
    "FRAME_MS",
    "FRAME_SAMPLES",
    "G722_TYPE",
    "HEADER",
    "L16_TYPE",
    "L16_WIDE_TYPE",
    "PCMA_TYPE",
    "PCMU_TYPE",
    "TELEPHONE_EVENT_TYPE",
    "RtpPacket",
    "Sender",
    "frame_bytes",
    "frame_samples",
    "sequence_add",
    "sequence_distance",
    "timestamp_add",
    "timestamp_distance",
]

HEADER = struct.Struct("!BBHLL")

PCMU_TYPE = 0
PCMA_TYPE = 8
L16_TYPE = 10
L16_WIDE_TYPE = 118
"""
What Asterisk sends slin and slin16 as (seen on 22.10; main/rtp_engine.c). RFC 3551 gives 10 to L16 at
44.1 kHz; between Asterisk and us it is 8 kHz. It takes 10 from us, but no number above 95: those it knows
by SDP alone.
"""

G722_TYPE = 9
COMFORT_NOISE_TYPE = 13
"""RFC 3389: how loud the silence is that is not sent."""

TELEPHONE_EVENT_TYPE = 101
"""Dynamic by the book (RFC 3551), 101 by the habit of Asterisk and most telephones."""

FRAME_MS = 20
FRAME_SAMPLES = 160
"""Samples of one packet: 20 ms at 8 kHz, of audio and of an RFC 4733 key alike."""


def frame_samples(rate_hz: int) -> int:
    """Return the samples of 20 ms."""
    return rate_hz * FRAME_MS // 1000


def frame_bytes(rate_hz: int) -> int:
    """Return the bytes of 20 ms of 16-bit samples."""
    return 2 * frame_samples(rate_hz)


def sequence_add(sequence: int, count: int) -> int:
    """Return the 16-bit sequence number *count* packets on."""
    return (sequence + count) & 0xFFFF


def sequence_distance(start: int, end: int) -> int:
    """Return how many packets *end* is after *start*, negative if before (serial arithmetic, RFC 1982)."""
    return (end - start + 0x8000 & 0xFFFF) - 0x8000


def timestamp_add(timestamp: int, samples: int) -> int:
    """Return the 32-bit timestamp *samples* on."""
    return (timestamp + samples) & 0xFFFFFFFF


def timestamp_distance(start: int, end: int) -> int:
    """Return how many samples *end* is after *start*, negative if before."""
    return (end - start + 0x80000000 & 0xFFFFFFFF) - 0x80000000


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """One RTP datagram (RFC 3550, section 5.1)."""

    payload_type: int
    sequence: int
    timestamp: int
    """Samples, as many a second as the codec's clock says."""

    ssrc: int
    payload: bytes
    marker: bool = False
    """First packet of a talkspurt (RFC 3551, section 4.1) or of a key (RFC 4733)."""

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read one datagram; MediaError ``rtp.short``, ``rtp.version`` or ``rtp.truncated`` if it is none."""
        if len(data) < HEADER.size:
            raise MediaError("rtp.short", size=len(data))
        bits, kind, sequence, timestamp, ssrc = HEADER.unpack_from(data)
        if bits >> 6 != 2:
            raise MediaError("rtp.version", version=bits >> 6)

        start = HEADER.size + 4 * (bits & 0x0F)
        if bits & 0x10:
            start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
        end = len(data) - (data[-1] if bits & 0x20 else 0)
        # Padding counts itself, so a length of zero is as wrong as one that reaches into the header.
        if start > end or (bits & 0x20 and end == len(data)):
            raise MediaError("rtp.truncated", start=start, end=end)

        return cls(kind & 0x7F, sequence, timestamp, ssrc, data[start:end], bool(kind & 0x80))

    def serialize(self) -> bytes:
        """Return the datagram: twelve bytes of header, no extension, no padding, the payload."""
        kind = self.payload_type | self.marker << 7
        return HEADER.pack(0x80, kind, self.sequence, self.timestamp, self.ssrc) + self.payload


@dataclass(slots=True)
class Sender:
    """
    Numbers the packets of one outgoing stream.

    All of its state is its fields: a sender built again from stored ones goes on where the first stopped.
    The RFC wants the three numbers to start at random; who owns the randomness passes them.
    """

    ssrc: int
    sequence: int
    timestamp: int
    payload_type: int = PCMU_TYPE
    fresh: bool = True
    """The next packet begins a talkspurt and carries the marker."""

    def send(self, payload: bytes, samples: int = FRAME_SAMPLES) -> RtpPacket:
        """Return the next packet; *samples* is the time it covers."""
        packet = RtpPacket(
            self.payload_type, self.sequence, self.timestamp, self.ssrc, payload, marker=self.fresh
        )
        self.sequence = sequence_add(self.sequence, 1)
        self.timestamp = timestamp_add(self.timestamp, samples)
        self.fresh = False
        return packet

    def datagram(self, payload: bytes, samples: int = FRAME_SAMPLES) -> bytes:
        """Return what `send` does, on the wire at once: every call needs it 50 times a second."""
        kind = self.payload_type | self.fresh << 7
        header = HEADER.pack(0x80, kind, self.sequence, self.timestamp, self.ssrc)
        self.sequence = self.sequence + 1 & 0xFFFF
        self.timestamp = self.timestamp + samples & 0xFFFFFFFF
        self.fresh = False
        return header + payload

    def send_event(
        self, payload: bytes, started: int, marker: bool = False, payload_type: int = TELEPHONE_EVENT_TYPE
    ) -> RtpPacket:
        """
        Return the next packet of a telephone event that began at timestamp *started*.

        RFC 4733, section 2.5.1.2: all packets of one key carry its start; the stream's time goes on
        underneath, so that speech after the key is where it belongs.
        """
        packet = RtpPacket(payload_type, self.sequence, started, self.ssrc, payload, marker=marker)
        self.sequence = sequence_add(self.sequence, 1)
        self.timestamp = timestamp_add(self.timestamp, FRAME_SAMPLES)
        self.fresh = True
        return packet

    def skip(self, samples: int = FRAME_SAMPLES) -> None:
        """Let *samples* of time pass without a packet; what follows is a new talkspurt."""
        self.timestamp = timestamp_add(self.timestamp, samples)
        self.fresh = True

"""
Packets in any order, at any moment -> packets in order, as early as they can be had.

A buffer for a recogniser, not for an ear: what is in order is handed on at once, however unevenly it comes,
and only a missing packet makes anything wait. How long it is waited for follows the jitter that was seen
(RFC 3550, section 6.4.1 measures it; here it is the worst lateness of the last seconds), so that a line
without jitter loses 30 ms to a lost packet and one with jitter loses no packet that only came late.
"""

from __future__ import annotations

from dataclasses import dataclass

from .codecs import CODECS
from .rtp import FRAME_MS, RtpPacket, sequence_add, sequence_distance, timestamp_distance

__all__ = ["LEAST_HOLD_MS", "MOST_HOLD_MS", "Arrivals", "JitterBuffer"]

LEAST_HOLD_MS = 30
"""A packet is waited for at least until the next one is there and half of one more."""

MOST_HOLD_MS = 200
"""What is later than this is lost: a caller should not wait longer for an answer because of one packet."""

MARGIN_MS = 10
"""Waited for on top of the worst lateness seen."""

WINDOW_MS = 4000
"""The worst and the best of this window and of the one before it are remembered."""

RESTART_MS = 500
"""A packet early by more has another clock. So long must packets be too late to be the rule from now on."""

SET_MS = 1000
"""A packet late by more was not sent in time: its sender's clock was set."""

MAX_DROPOUT = 3000
MAX_MISORDER = 100
"""Packets; beyond these a stranger or a restarted sender is speaking (RFC 3550, appendix A.1)."""

MOST_HELD = 50
"""Packets that wait for a missing one at most: a second, should the clock stand still."""


@dataclass(slots=True)
class Arrivals:
    """
    When the packets of one stream come, against when they were due.

    The due time is that of the fastest packets; it follows a sender whose clock runs differently.
    """

    hold_ms: float = LEAST_HOLD_MS
    """How long after its due time a packet is waited for."""

    base_ms: float = 0.0
    """Our clock, less the sender's, when the fastest packet came."""

    first_base_ms: float | None = None
    """That in the first window; None: still in it."""

    _began_ms: float = -1.0
    _best_ms: float = 0.0
    _best_before_ms: float = 0.0
    _worst_ms: float = 0.0
    _worst_before_ms: float = 0.0
    _late_since_ms: float | None = None
    _drift_ms: float = 0.0  # before the way became longer or shorter

    @property
    def drift_ms(self) -> float:
        """How much longer this stream took by our clock than by its own; negative: its clock is fast."""
        return self._drift_ms + (0.0 if self.first_base_ms is None else self.base_ms - self.first_base_ms)

    def came(self, stream_ms: float, now_ms: float) -> None:
        """Note that what was due at *stream_ms* of the stream's own time came at *now_ms*."""
        transit_ms = now_ms - stream_ms
        late_ms = transit_ms - self.base_ms
        if self._began_ms < 0 or not -RESTART_MS <= late_ms <= SET_MS:
            self._begin(transit_ms, now_ms)
            return
        if late_ms <= MOST_HOLD_MS:
            self._late_since_ms = None
        elif self._late_since_ms is None:
            self._late_since_ms = now_ms
        elif now_ms - self._late_since_ms >= RESTART_MS:
            self._begin(transit_ms, now_ms)
            return
        if transit_ms < self._best_ms:
            self._best_ms = transit_ms
            self.base_ms = min(transit_ms, self._best_before_ms)
        late_ms = transit_ms - self.base_ms
        if late_ms > self._worst_ms:
            self._worst_ms = late_ms
            self._adapt()
        if now_ms - self._began_ms >= WINDOW_MS:
            self._next_window(transit_ms, now_ms)

    def _begin(self, transit_ms: float, now_ms: float) -> None:
        """The way has become longer or shorter, or a clock was set: that is no drift."""
        self._drift_ms, self.first_base_ms, self._late_since_ms = self.drift_ms, None, None
        self.base_ms = self._best_ms = self._best_before_ms = transit_ms
        self._began_ms = now_ms

    def _next_window(self, transit_ms: float, now_ms: float) -> None:
        if self.first_base_ms is None:
            self.first_base_ms = self.base_ms
        self.base_ms = self._best_ms
        self._best_before_ms, self._best_ms = self._best_ms, transit_ms
        self._worst_before_ms, self._worst_ms = self._worst_ms, 0.0
        self._began_ms = now_ms
        self._adapt()

    def _adapt(self) -> None:
        worst_ms = max(self._worst_ms, self._worst_before_ms) + MARGIN_MS
        self.hold_ms = min(max(worst_ms, LEAST_HOLD_MS), MOST_HOLD_MS)


class JitterBuffer:
    """
    Puts the packets of one incoming stream in order.

    `put` takes a packet with the moment it came, `due` is asked as time goes by; both return what may be
    played now. *clock_hz* is that of the stream's timestamps. Bounded, and never asks what time it is.
    """

    def __init__(self, clock_hz: int = 8000) -> None:
        self.arrivals = Arrivals()
        self.lost = 0
        """Packets given up."""

        self.dropped = 0
        """Packets that came twice, too late or from nowhere."""

        self.streams = 0
        """Senders so far: one that changes its SSRC, or counts anew, is another."""

        self._per_ms = clock_hz / 1000
        self._drift_ms = 0.0
        # Of the streams before this one.
        self._ssrc: int | None = None
        self._expected = 0
        # Number that would confirm that a sender far out of line has really started anew.
        self._restart: int | None = None
        self._held: dict[int, RtpPacket] = {}
        self._origin = 0
        # The stream's time when the next packet is due, ms since its first.
        self._next_ms = 0.0

    @property
    def hold_ms(self) -> float:
        """How long after its due time a packet is waited for now."""
        return self.arrivals.hold_ms

    @property
    def drift_ms(self) -> float:
        """By how much the senders' clocks are behind ours by now; negative: they are fast."""
        return self._drift_ms + self.arrivals.drift_ms

    def retime(self, clock_hz: int) -> tuple[RtpPacket, ...]:
        """Expect another clock of the timestamps, in a new stream; return what waited of the old one."""
        self._per_ms, self._ssrc = clock_hz / 1000, None
        return self._waiting()

    def put(self, packet: RtpPacket, now_ms: float, timed: bool = True) -> tuple[RtpPacket, ...]:
        """
        Take one packet in any order; return what can be played now.

        Not *timed*: it was kept waiting by ourselves, and says nothing about the line.
        """
        if packet.ssrc != self._ssrc:
            return (*self._begin(packet, now_ms), packet)
        ahead = sequence_distance(self._expected, packet.sequence)
        if ahead > MAX_DROPOUT or ahead < -MAX_MISORDER:
            return self._stray(packet, now_ms)
        self._restart = None
        if timed:
            self.arrivals.came(self._time_of(packet), now_ms)
        if ahead < 0 or packet.sequence in self._held:
            self.dropped += 1
            return ()
        self._held[packet.sequence] = packet
        return (*self._run(), *self.due(now_ms))

    def passes(self, sequence: int, timestamp: int, ssrc: int, now_ms: float, timed: bool) -> bool:
        """Whether this packet of 20 ms is the next one, with none waiting; then it is taken as played."""
        if sequence != self._expected or ssrc != self._ssrc or self._held:
            return False
        stream_ms = ((timestamp - self._origin + 0x80000000 & 0xFFFFFFFF) - 0x80000000) / self._per_ms
        if timed:
            self.arrivals.came(stream_ms, now_ms)
        self._restart = None
        self._expected = sequence + 1 & 0xFFFF
        self._next_ms = stream_ms + FRAME_MS
        return True

    def due(self, now_ms: float) -> tuple[RtpPacket, ...]:
        """Return what has waited long enough for something that did not come."""
        played: list[RtpPacket] = []
        while self._held and (self._overdue(now_ms) or len(self._held) > MOST_HELD):
            nearest = min(self._held, key=self._place)
            self.lost += self._place(nearest)
            self._expected = nearest
            played += self._run()
        return tuple(played)

    def due_at(self, timestamp: int) -> float:
        """Return when, by our clock, a packet with this timestamp is given up."""
        stream_ms = timestamp_distance(self._origin, timestamp) / self._per_ms
        return self.arrivals.base_ms + stream_ms + self.arrivals.hold_ms

    def _overdue(self, now_ms: float) -> bool:
        return now_ms >= self.arrivals.base_ms + self._next_ms + self.arrivals.hold_ms

    def _time_of(self, packet: RtpPacket) -> float:
        return timestamp_distance(self._origin, packet.timestamp) / self._per_ms

    def _begin(self, packet: RtpPacket, now_ms: float) -> tuple[RtpPacket, ...]:
        """Follow a new stream from *packet* on; return what waited of the one before."""
        rest = self._waiting()
        self._drift_ms += self.arrivals.drift_ms
        self.arrivals = Arrivals(self.arrivals.hold_ms)
        self.streams += 1
        self._ssrc, self._restart, self._origin = packet.ssrc, None, packet.timestamp
        self.arrivals.came(0.0, now_ms)
        self._pass(packet)
        return rest

    def _waiting(self) -> tuple[RtpPacket, ...]:
        rest = tuple(self._held[number] for number in sorted(self._held, key=self._place))
        self._held.clear()
        return rest

    def _place(self, sequence: int) -> int:
        return sequence_distance(self._expected, sequence)

    def _stray(self, packet: RtpPacket, now_ms: float) -> tuple[RtpPacket, ...]:
        # One packet far away is a stranger; two in a row are a sender that counts anew.
        if packet.sequence != self._restart:
            self._restart = sequence_add(packet.sequence, 1)
            self.dropped += 1
            return ()
        return (*self._begin(packet, now_ms), packet)

    def _pass(self, packet: RtpPacket) -> None:
        self._expected = sequence_add(packet.sequence, 1)
        codec = CODECS.get(packet.payload_type)
        # What is no audio takes no time of its own: the next packet may be due at the same.
        samples = len(packet.payload) // codec.sample_bytes if codec else 0
        self._next_ms = self._time_of(packet) + samples / self._per_ms

    def _run(self) -> list[RtpPacket]:
        played: list[RtpPacket] = []
        while (packet := self._held.pop(self._expected, None)) is not None:
            self._pass(packet)
            played.append(packet)
        return played

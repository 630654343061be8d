"""
The far side of many calls at once, in a process of its own: sends, receives, and notes when packets came.

What came is timed by the kernel as it arrives (SO_TIMESTAMPNS), so that a reader that is late itself
measures nothing wrong.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ivr_ari.media.rtp import FRAME_MS, Sender

SO_TIMESTAMPNS = 35
"""Linux, asm-generic/socket.h; Python's socket module does not name it."""

SECONDS = struct.Struct("qq")
SLOTS = 20
"""Groups the senders are spread over: Asterisk has one thread a bridge, each with its own phase."""

BATCH = 64


@dataclass
class Stream:
    """One caller."""

    wire: socket.socket
    to: tuple[str, int]
    sender: Sender
    payloads: tuple[bytes, ...]
    """20 ms each, sent over and over."""

    samples: int = 160
    """Of the timestamps' clock in 20 ms."""

    position: int = 0
    sent: int = 0
    arrived: list[tuple[int, float]] = field(default_factory=list)
    """RTP timestamp and time of arrival in ms of each packet that came."""

    def send(self) -> None:
        payload = self.payloads[self.position % len(self.payloads)]
        self.position += 1
        self.sent += 1
        self.wire.sendto(self.sender.datagram(payload, self.samples), self.to)

    def receive(self) -> None:
        try:
            while True:
                data, extra, _, _ = self.wire.recvmsg(2048, 64)
                seconds, nanoseconds = SECONDS.unpack(extra[0][2])
                (timestamp,) = struct.unpack_from("!L", data, 4)
                self.arrived.append((timestamp, seconds * 1000 + nanoseconds / 1e6))
        except BlockingIOError:
            return


def open_wire() -> socket.socket:
    """Return a socket on a free port of the loopback whose packets are timed on arrival."""
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.bind(("127.0.0.1", 0))
    wire.setblocking(False)
    wire.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    return wire


def talk(streams: list[Stream], seconds: float) -> None:
    """Send 20 ms of every stream every 20 ms and take in what comes, for *seconds*."""
    groups = [streams[slot::SLOTS] for slot in range(SLOTS)]
    waiting = select.epoll()
    by_number = {stream.wire.fileno(): stream for stream in streams}
    for number in by_number:
        waiting.register(number, select.EPOLLIN)
    due = time.monotonic()
    for turn in range(ceil(seconds * 1000 / FRAME_MS) * SLOTS):
        time.sleep(max(0.0, due - time.monotonic()))
        due += FRAME_MS / 1000 / SLOTS
        for stream in groups[turn % SLOTS]:
            stream.send()
        for number, _ in waiting.poll(0, BATCH):
            by_number[number].receive()
    for stream in streams:
        stream.receive()
    waiting.close()


def errors_ms(stream: Stream, rate_hz: int) -> NDArray[np.float64]:
    """
    Return how far each packet was from its place on the stream's own 20 ms grid.

    The grid is that of the RTP timestamps; its phase is the median packet's.
    """
    places, came = grid(stream, rate_hz)
    offsets = came - places
    return np.asarray(np.abs(offsets - np.median(offsets)), np.float64)


def drift_ppm(stream: Stream, rate_hz: int) -> float:
    """Return how much slower (+) or faster (-) than its timestamps the stream came, in parts per million."""
    places, came = grid(stream, rate_hz)
    slope = np.polyfit(places - places.mean(), came - came.mean(), 1)[0]
    return float(slope - 1) * 1e6


def grid(stream: Stream, rate_hz: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each packet belongs by its timestamp and when it came, both in ms."""
    stamps = np.array([stamp for stamp, _ in stream.arrived], np.int64)
    # Timestamps count modulo 2**32.
    places = ((stamps - stamps[0] + 2**31) % 2**32 - 2**31) * 1000 / rate_hz
    return places, np.array([came for _, came in stream.arrived])

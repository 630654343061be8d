"""
One call's RTP socket: mouth and ear on one port, so that a PBX which answers to the source finds it.

Arrival times are the kernel's, taken when the datagram came in, not when a busy event loop got round to it.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import time
from collections.abc import Callable

from ..media.rtp import Sender
from .ear import Ear, Sound
from .mouth import Mouth, Speech
from .network import BadNetwork
from .sdp import NARROW, Abilities, Media
from .sip import Address

__all__ = ["Line"]

# Linux's number on every architecture Python's socket module has no name for (asm-generic/socket.h).
SO_TIMESTAMPNS: int = getattr(socket, "SO_TIMESTAMPNS", 35)
TIMESPEC = struct.Struct("@qq")
LARGEST = 2048
"""Bytes read of a datagram; RTP of 20 ms has 172, or 652 in wideband."""

BURST = 64
"""Datagrams read before other tasks get their turn."""


class Line:
    """Opened at once; speaks as soon as it knows where to."""

    def __init__(self, host: str, heard: Callable[[Sound], None], abilities: Abilities = NARROW) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.bind((host, 0))
        self.abilities = abilities
        self.address: Address = self.socket.getsockname()[:2]
        self.remote: Address | None = None
        self.strangers = 0
        """Datagrams from where we never sent any."""
        self.network: BadNetwork | None = None
        """What becomes of the packets we send; None: they all arrive, at once."""

        self.ear = Ear(heard)
        sender = Sender(random.getrandbits(32), random.getrandbits(16), random.getrandbits(32))
        self.speech = Speech(sender, abilities.event_type)
        self.mouth = Mouth(self.speech, self._send, time.monotonic)
        self._speaking: asyncio.Task[None] | None = None
        asyncio.get_running_loop().add_reader(self.socket, self._readable)

    def connect(self, media: Media) -> None:
        """Send to the other side from now on, in the first payload type it named that we can."""
        self.remote = media.address
        self.speech.sender.payload_type = media.payload_types[0]
        if media.event_type is not None and self.abilities.event_type is not None:
            self.speech.event_type = media.event_type
        if self._speaking is None:
            self._speaking = asyncio.create_task(self.mouth.run(), name="robot mouth")

    def close(self) -> None:
        """Stop speaking and give the port back."""
        if self._speaking is not None:
            self._speaking.cancel()
        self.speech.stop()
        if self.socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.socket)
            self.socket.close()

    def _send(self, datagram: bytes) -> None:
        if self.network is None:
            self._deliver(datagram)
            return
        delay_ms = self.network.delay_ms()
        if delay_ms is not None:
            asyncio.get_running_loop().call_later(delay_ms / 1000, self._deliver, datagram)

    def _deliver(self, datagram: bytes) -> None:
        if self.remote is None or self.socket.fileno() < 0:
            return
        try:
            self.socket.sendto(datagram, self.remote)
        except OSError:
            # A full buffer, a peer or a route that is gone: the packet is lost, as on any network.
            return

    def _readable(self) -> None:
        for _ in range(BURST):
            if self.socket.fileno() < 0:
                return  # what was heard made its owner close the line
            try:
                datagram, notes, _, source = self.socket.recvmsg(LARGEST, socket.CMSG_SPACE(TIMESPEC.size))
            except (BlockingIOError, ConnectionRefusedError):
                return
            if self.remote is not None and source[:2] != self.remote:
                self.strangers += 1
                continue
            self.ear.hear(datagram, arrival(notes))


def arrival(notes: list[tuple[int, int, bytes]]) -> float:
    """Return the kernel's arrival time on our monotonic clock, seconds; now if it noted none."""
    now = time.monotonic()
    for level, kind, data in notes:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(data) >= TIMESPEC.size:
            seconds, nanoseconds = TIMESPEC.unpack_from(data)
            # The kernel stamps with the wall clock: only the packet's age may be taken from it.
            age: float = time.time() - seconds - nanoseconds / 1e9
            return now - min(max(age, 0.0), 1.0)
    return now

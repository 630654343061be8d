"""
The wire side of RTP: ports and sockets.

One symmetric UDP socket a call, as Asterisk's external media expects it: packets from exactly the
address it was told are accepted at once, others only after it has learnt them (res/res_rtp_asterisk.c,
strict RTP). One `Ticker` serves every socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from typing import Protocol

from ..errors import MediaError, SetupError
from .ticker import Ticker

__all__ = ["MediaPorts", "RtpSocket", "Stream", "Ticker"]

LARGEST = 8192
"""Bytes of a datagram that are read; a telephone's is some 200."""

RECEIVE_BUFFER = 1 << 16
"""Bytes asked of the kernel: some 200 packets, so that a stall of the loop loses nothing."""


class Stream(Protocol):
    """What one socket serves; times are ms of the loop's clock."""

    def hear(self, datagram: bytes, now_ms: float) -> None:
        """Take what came from the peer."""

    def tick(self, now_ms: float, missed: int = 0) -> bytes:
        """Return what is to be sent now; *missed* ticks before this one never happened."""


class MediaPorts:
    """
    The even ports from *low* to *high* on address *bind* (RFC 3550, section 11: RTP takes even ports).

    Each is tried in turn, so that a port rests as long as possible before another call gets it: what a
    call before it still had on its way must not be heard in the next one.
    """

    def __init__(self, bind: str, low: int, high: int) -> None:
        self.bind = bind
        self.ports = range(low + low % 2, high + 1, 2)
        if not self.ports or low < 1 or high > 65535:
            raise SetupError("rtp.range", low=low, high=high, hint="media ports: give low < high, 1 to 65535")
        self._next = 0

    def open(self, port: int | None = None) -> socket.socket:
        """
        Return a bound socket on *port*, or on the next free port.

        SetupError ``rtp.exhausted`` when none is free: one more call is one too many; ``rtp.bind`` when
        the address is none of this machine's.
        """
        tries = self.ports if port is None else (port,)
        for index in range(len(tries)):
            number = tries[(self._next + index) % len(tries)]
            found = self._bind(number)
            if found is not None:
                self._next = (self._next + index + 1) % len(tries) if port is None else self._next
                return found
        raise SetupError(
            "rtp.exhausted",
            low=tries[0],
            high=tries[-1],
            hint="every media port is taken: widen the range, or let fewer calls in",
        )

    def _bind(self, port: int) -> socket.socket | None:
        family = socket.AF_INET6 if ":" in self.bind else socket.AF_INET
        found = socket.socket(family, socket.SOCK_DGRAM)
        try:
            found.bind((self.bind, port))
        except OSError as exc:
            found.close()
            if exc.errno == errno.EADDRINUSE:
                return None
            raise SetupError(
                "rtp.bind", address=self.bind, port=port, hint="rtp.bind must be an address of this machine"
            ) from exc
        found.setblocking(False)
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        return found


class RtpSocket:
    """
    One call's socket: what its peer sends goes to the stream, what the stream says goes to its peer.

    Before `aim` it neither sends nor hears; after it the kernel lets nothing through that is not from its
    peer. What the network says against a packet is counted; the call ends by its own signals.
    """

    def __init__(self, wire: socket.socket, ticker: Ticker, stream: Stream) -> None:
        self.stream = stream
        self.ticker = ticker
        self.unsent = 0
        """Packets the network did not take: nobody listens there, no room, no way."""

        self._wire = wire
        self._number = wire.fileno()
        self._aimed = False
        self._clock = asyncio.get_running_loop().time

    @classmethod
    async def open(
        cls, ports: MediaPorts, ticker: Ticker, stream: Stream, port: int | None = None
    ) -> RtpSocket:
        """Take a port (a certain one if *port* is given); SetupError when there is none."""
        return cls(ports.open(port), ticker, stream)

    @property
    def port(self) -> int:
        """The local port; 0 after `close`."""
        return int(self._wire.getsockname()[1]) if self._wire.fileno() >= 0 else 0

    def aim(self, host: str, port: int) -> None:
        """
        Exchange packets with this address, and none else, from the next tick on.

        *host* is an address, not a name: nothing here waits for a name server. MediaError
        ``rtp.unreachable`` when there is no way from here to there.
        """
        try:
            self._wire.connect((host, port))
        except OSError as exc:
            raise MediaError("rtp.unreachable", address=host, port=port) from exc
        # What came before may be from anybody.
        while self._received() is not None:
            pass
        if not self._aimed:
            self._aimed = True
            self.ticker.arrivals.add(self._number, self._hear)
            self.ticker.add(self._tick)

    def close(self) -> None:
        """Give the port back; closing twice is no error."""
        self.ticker.remove(self._tick)
        self.ticker.arrivals.remove(self._number)
        self._number = -1
        self._wire.close()

    def _tick(self, now_ms: float, missed: int) -> None:
        try:
            self._wire.send(self.stream.tick(now_ms, missed))
        except OSError:
            self.unsent += 1

    def _hear(self) -> None:
        data = self._received()
        if data is not None:
            self.stream.hear(data, self._clock() * 1000)

    def _received(self) -> bytes | None:
        """Return a datagram; None when there is none, or an error of the network that waited instead."""
        try:
            return self._wire.recv(LARGEST)
        except BlockingIOError:
            return None
        except OSError:
            self.unsent += 1
            return None

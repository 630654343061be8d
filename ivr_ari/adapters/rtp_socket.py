"""
The wire side of RTP: ports, sockets, and the clock that sends a packet every 20 ms.

One symmetric UDP socket a call, as Asterisk's external media expects it: packets from exactly the
address it was told are accepted at once, others only after it has learnt them (res/res_rtp_asterisk.c,
strict RTP). One `Ticker` serves every socket, so that a hundred calls are one wake-up.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Iterator
from typing import Protocol, cast

from ..errors import SetupError

__all__ = ["MediaPorts", "RtpSocket", "Stream", "Ticker"]

TICK_S = 0.02

RECEIVE_BUFFER = 1 << 16
"""Bytes asked of the kernel: some 200 packets, so that a stall of the loop loses nothing."""

Address = tuple[str, int]

Member = Callable[[float, int], None]


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


class Ticker:
    """
    The one clock of all calls: every 20 ms, each socket sends.

    Deadlines are counted from the start, so that lateness never adds up. When the loop was held up,
    ticks that are already past are skipped and their number is handed on; there is never a burst.

    A member that raises is not called again. What it raised goes to the loop's exception handler, and the
    others never notice.
    """

    def __init__(self) -> None:
        self.late_ms = 0.0
        """Worst lateness seen since `take_late`; what stalls the loop shows here first."""

        self._members: dict[Member, None] = {}

    def add(self, member: Member) -> None:
        """Call *member* (now in ms, ticks missed) every 20 ms from the next tick on."""
        self._members[member] = None

    def remove(self, member: Member) -> None:
        """Stop calling *member*; one that isn't there is no error."""
        self._members.pop(member, None)

    def take_late(self) -> float:
        """Return the worst lateness in ms since the last call, and forget it."""
        late, self.late_ms = self.late_ms, 0.0
        return late

    async def run(self) -> None:
        """Tick until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time() + TICK_S
        while True:
            await asyncio.sleep(max(0.0, due - loop.time()))
            now = loop.time()
            missed = int((now - due) / TICK_S)
            self.late_ms = max(self.late_ms, (now - due) * 1000)
            # Not called from here: what a member raises would end the clock of all.
            loop.call_soon(self._call, iter(tuple(self._members)), now * 1000, missed)
            due += (missed + 1) * TICK_S

    def _call(self, waiting: Iterator[Member], now_ms: float, missed: int) -> None:
        for member in waiting:
            # One may have left since this tick began.
            if member in self._members:
                returned = False
                try:
                    member(now_ms, missed)
                    returned = True
                finally:
                    if not returned:
                        self.remove(member)
                        asyncio.get_running_loop().call_soon(self._call, waiting, now_ms, missed)


class RtpSocket(asyncio.DatagramProtocol):
    """
    One call's socket: what its peer sends goes to the stream, what the stream says goes to its peer.

    Before `aim` it neither sends nor hears. A datagram from elsewhere is counted and dropped; nothing
    that arrives can raise.
    """

    def __init__(self, stream: Stream, ticker: Ticker) -> None:
        self.stream = stream
        self.ticker = ticker
        self.foreign = 0
        """Datagrams that came from a wrong address after `aim`."""

        self._peer: Address | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self._clock = asyncio.get_running_loop().time

    @classmethod
    async def open(
        cls, ports: MediaPorts, ticker: Ticker, stream: Stream, port: int | None = None
    ) -> RtpSocket:
        """Take a port (a certain one if *port* is given); SetupError when there is none."""
        bound = ports.open(port)
        loop = asyncio.get_running_loop()
        _, protocol = await loop.create_datagram_endpoint(lambda: cls(stream, ticker), sock=bound)
        return protocol

    @property
    def port(self) -> int:
        """The local port; 0 after `close`."""
        name = self._transport.get_extra_info("sockname") if self._transport else None
        return int(name[1]) if name else 0

    def aim(self, host: str, port: int) -> None:
        """
        Exchange packets with this address, and none else, from the next tick on.

        *host* is an address, not a name: nothing here waits for a name server.
        """
        if self._peer is None:
            self.ticker.add(self._tick)
        self._peer = (host, port)

    def close(self) -> None:
        """Give the port back; closing twice is no error."""
        self.ticker.remove(self._tick)
        self._peer = None
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def _tick(self, now_ms: float, missed: int) -> None:
        datagram = self.stream.tick(now_ms, missed)
        if self._transport is not None:
            self._transport.sendto(datagram, self._peer)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # asyncio's own datagram transport is no instance of the class that says what it can do.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        if addr[:2] != self._peer:
            # Asterisk's first packet may come before we have been told where from.
            self.foreign += self._peer is not None
            return
        self.stream.hear(data, self._clock() * 1000)

"""Sockets hear only their peer, and ports are bounded and come back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from ivr_ari.adapters.rtp_socket import MediaPorts, RtpSocket
from ivr_ari.adapters.ticker import AT_ONCE, Ticker
from ivr_ari.errors import MediaError, SetupError


class Recorder:
    """A stream that says its count and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.ticks: list[tuple[float, int]] = []
        self.news = asyncio.Event()
        self.some_ticks = asyncio.Event()

    def hear(self, datagram: bytes, now_ms: float) -> None:
        self.heard.append(datagram)
        self.news.set()

    def tick(self, now_ms: float, missed: int = 0) -> bytes:
        self.ticks.append((now_ms, missed))
        if len(self.ticks) == 4:
            self.some_ticks.set()
        return f"tick {len(self.ticks)}".encode()


@contextmanager
def far_side() -> Iterator[socket.socket]:
    """A UDP socket somewhere else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
        far.bind(("127.0.0.1", 0))
        far.setblocking(False)
        yield far


def free_range(size: int) -> tuple[int, int]:
    """Return *size* ports in a row, the first of them even, that were free a moment ago."""
    for low in range(42000, 60000, 2 * size):
        held = []
        try:
            for port in range(low, low + size):
                held.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                held[-1].bind(("127.0.0.1", port))
            return low, low + size - 1
        except OSError:
            continue
        finally:
            for one in held:
                one.close()
    raise AssertionError("no free ports on this machine")


class TestPorts:
    def test_even_ports_in_turn(self) -> None:
        """Ports are even (RFC 3550), and one that was given back rests while there are others."""
        low, high = free_range(6)
        ports = MediaPorts("127.0.0.1", low, high)

        taken = []
        for _ in range(4):
            with ports.open() as bound:
                taken.append(bound.getsockname()[1])

        assert taken == [low, low + 2, low + 4, low]

    def test_a_port_that_somebody_has_is_passed_over(self) -> None:
        """Other programs may have ports in our range."""
        low, high = free_range(4)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", low))

            with MediaPorts("127.0.0.1", low, high).open() as bound:
                assert bound.getsockname()[1] == low + 2

    def test_one_more_call_than_ports(self) -> None:
        """A full range is an error that says so, and a port that comes back is found again."""
        low, high = free_range(4)
        ports = MediaPorts("127.0.0.1", low, high)
        first, second = ports.open(), ports.open()
        with second:
            with pytest.raises(SetupError) as caught:
                ports.open()
            first.close()
            with ports.open() as again:
                assert again.getsockname()[1] == low

        assert caught.value.code == "rtp.exhausted"

    def test_a_certain_port_for_a_call_taken_over(self) -> None:
        """Who adopts a call needs the port that its Asterisk sends to."""
        low, high = free_range(8)

        with MediaPorts("127.0.0.1", low, high).open(low + 4) as bound:
            assert bound.getsockname()[1] == low + 4

    def test_an_odd_range_holds_its_even_ports(self) -> None:
        """The limits are limits, also when they are odd."""
        assert list(MediaPorts("127.0.0.1", 10001, 10005).ports) == [10002, 10004]

    @pytest.mark.parametrize(("low", "high"), [(20, 10), (11, 11), (0, 10), (65000, 70000)])
    def test_a_range_that_is_none(self, low: int, high: int) -> None:
        """A mistyped range is found at start, not at the first call."""
        with pytest.raises(SetupError) as caught:
            MediaPorts("127.0.0.1", low, high)

        assert caught.value.code == "rtp.range"

    def test_an_address_of_another_machine(self) -> None:
        """A wrong bind address is no lack of ports."""
        with pytest.raises(SetupError) as caught:
            MediaPorts("192.0.2.1", 40000, 40010).open()

        assert caught.value.code == "rtp.bind"
        assert "rtp.bind" in str(caught.value.facts["hint"])


@pytest.fixture
async def wire() -> AsyncIterator[RtpSocket]:
    low, high = free_range(4)
    wire = await RtpSocket.open(MediaPorts("127.0.0.1", low, high), Ticker(), Recorder())
    yield wire
    wire.close()


class TestSocket:
    async def test_hears_its_peer_and_nobody_else(self, wire: RtpSocket) -> None:
        """A datagram from a wrong address is not heard."""
        stream = wire.stream
        assert isinstance(stream, Recorder)
        with far_side() as peer, far_side() as stranger:
            wire.aim(*peer.getsockname())
            stranger.sendto(b"false", ("127.0.0.1", wire.port))
            peer.sendto(b"true", ("127.0.0.1", wire.port))
            await stream.news.wait()

        assert stream.heard == [b"true"]

    async def test_before_it_is_aimed_nobody_is_its_peer(self, wire: RtpSocket) -> None:
        """Until Asterisk's address is known, nothing that comes can be from it."""
        stream = wire.stream
        assert isinstance(stream, Recorder)
        with far_side() as early, far_side() as stranger:
            stranger.sendto(b"false", ("127.0.0.1", wire.port))
            early.sendto(b"early", ("127.0.0.1", wire.port))
            wire.aim(*early.getsockname())
            early.sendto(b"in time", ("127.0.0.1", wire.port))
            await stream.news.wait()

        assert stream.heard == [b"in time"]

    async def test_sends_from_the_port_it_hears_on(self, wire: RtpSocket) -> None:
        """Asterisk accepts packets at once only from the very address it was told."""
        loop = asyncio.get_running_loop()
        with far_side() as peer:
            wire.aim(*peer.getsockname())
            clock = asyncio.create_task(wire.ticker.run())
            datagram, address = await loop.sock_recvfrom(peer, 100)
            clock.cancel()

        assert (datagram, address) == (b"tick 1", ("127.0.0.1", wire.port))

    async def test_a_peer_that_vanished_raises_nothing(self, wire: RtpSocket) -> None:
        """Nobody listening there stops no tick; the call ends by its own signals."""
        with far_side() as peer:
            address = peer.getsockname()
        wire.aim(*address)
        clock = asyncio.create_task(wire.ticker.run())
        stream = wire.stream
        assert isinstance(stream, Recorder)
        await stream.some_ticks.wait()

        assert not clock.done()
        assert wire.unsent
        clock.cancel()

    async def test_aimed_at_no_address(self, wire: RtpSocket) -> None:
        """A peer that can't be sent to is told at once, not found out by silence."""
        with pytest.raises(MediaError) as caught:
            wire.aim("255.255.255.255", 4000)

        assert caught.value.code == "rtp.unreachable"

    async def test_of_many_sockets_each_is_heard(self) -> None:
        """Past the number at which datagrams are read together, everybody still hears their own peer."""
        low, high = free_range(4 * AT_ONCE)
        ports, ticker = MediaPorts("127.0.0.1", low, high), Ticker()
        wires = [await RtpSocket.open(ports, ticker, Recorder()) for _ in range(AT_ONCE + 1)]
        clock = asyncio.create_task(ticker.run())
        with far_side() as peer:
            for number, wire in enumerate(wires):
                wire.aim(*peer.getsockname())
                peer.sendto(b"%d" % number, ("127.0.0.1", wire.port))
            for number, wire in enumerate(wires):
                assert isinstance(wire.stream, Recorder)
                await wire.stream.news.wait()
                assert wire.stream.heard == [b"%d" % number]
                wire.close()
        clock.cancel()

        assert not ticker.arrivals.together

    async def test_closing_gives_the_port_back(self, wire: RtpSocket) -> None:
        """After close the ticks stop and the port can be bound; a second close is harmless."""
        port = wire.port
        wire.aim("127.0.0.1", 9)
        wire.close()
        wire.close()
        await asyncio.sleep(0)

        with MediaPorts("127.0.0.1", port, port + 1).open(port) as bound:
            assert bound.getsockname()[1] == port
        assert wire.port == 0

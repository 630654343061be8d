"""Packets in any order, at any moment, come out in order and as early as they can."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.media.jitter import LEAST_HOLD_MS, MOST_HOLD_MS, WINDOW_MS, JitterBuffer
from ivr_ari.media.rtp import RtpPacket, Sender


def stream(count: int, ssrc: int = 7, samples: int = 160) -> list[RtpPacket]:
    """Return packets of 20 ms; both numbers wrap on the way."""
    sender = Sender(ssrc, 65530, 2**32 - 800)
    return [sender.send(bytes(samples), samples) for _ in range(count)]


class Wire:
    """A buffer, and which packets came out of it when."""

    def __init__(self, packets: list[RtpPacket], buffer: JitterBuffer | None = None) -> None:
        self.packets = packets
        self.buffer = buffer or JitterBuffer()
        self.played: list[tuple[int, float]] = []

    def put(self, number: int, now_ms: float) -> None:
        self.note(self.buffer.put(self.packets[number], now_ms), now_ms)

    def tick(self, now_ms: float) -> None:
        self.note(self.buffer.due(now_ms), now_ms)

    def note(self, played: tuple[RtpPacket, ...], now_ms: float) -> None:
        self.played += [(self.packets.index(packet), now_ms) for packet in played]

    @property
    def order(self) -> list[int]:
        return [number for number, _ in self.played]


class TestOrder:
    def test_what_is_in_order_waits_for_nothing(self) -> None:
        """
        However unevenly it comes.
        """
        wire = Wire(stream(20))
        times = [20 * n + (n * 7 % 5) * 3 for n in range(20)]

        for number, now_ms in enumerate(times):
            wire.put(number, now_ms)

        assert wire.played == list(zip(range(20), times, strict=True))

    def test_a_packet_that_was_overtaken_takes_its_place(self) -> None:
        """
        The one that came first waits the few milliseconds.
        """
        wire = Wire(stream(4))
        for number, now_ms in ((0, 0), (2, 22), (1, 24), (3, 60)):
            wire.put(number, now_ms)

        assert wire.played == [(0, 0), (1, 24), (2, 24), (3, 60)]
        assert wire.buffer.lost == wire.buffer.dropped == 0

    def test_a_lost_packet_is_waited_for_30_ms_on_a_good_line(self) -> None:
        """
        Due at 20, given up at 50: the next one waits ten milliseconds for it, not sixty.
        """
        wire = Wire(stream(4))
        wire.put(0, 0)
        wire.put(2, 40)
        wire.tick(49)
        assert wire.order == [0]

        wire.tick(50)

        assert wire.order == [0, 2]
        assert wire.buffer.lost == 1

    def test_what_comes_after_it_was_given_up_is_dropped(self) -> None:
        """
        Time does not run backwards.
        """
        wire = Wire(stream(4))
        for number, now_ms in ((0, 0), (2, 60), (1, 61), (3, 62)):
            wire.put(number, now_ms)

        assert wire.order == [0, 2, 3]
        assert wire.buffer.dropped == 1

    def test_a_packet_that_comes_twice_is_heard_once(self) -> None:
        """
        Networks repeat packets; callers don't.
        """
        wire = Wire(stream(3))
        for number, now_ms in ((0, 0), (0, 1), (2, 40), (2, 41), (1, 42)):
            wire.put(number, now_ms)

        assert wire.order == [0, 1, 2]
        assert wire.buffer.dropped == 2

    @given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 300)), max_size=80))
    def test_nothing_ever_comes_out_of_order_or_twice(self, arrivals: list[tuple[int, float]]) -> None:
        """
        Whatever the network does.
        """
        wire = Wire(stream(41))
        now_ms = 0.0
        for number, later_ms in arrivals:
            now_ms += later_ms
            wire.put(number, now_ms)
            wire.tick(now_ms)
        wire.tick(now_ms + 1000)

        first = wire.order[0] if wire.order else 0
        assert wire.order == sorted(set(wire.order))
        assert all(number >= first for number in wire.order)


class TestAdaptation:
    @pytest.mark.parametrize("jitter_ms", [20, 60, 120])
    def test_a_line_with_jitter_loses_nothing_that_only_came_late(self, jitter_ms: float) -> None:
        """
        After a few seconds of it, packets are waited for as long as they take.
        """
        draw = random.Random(5)
        wire = Wire(stream(1000))
        events = sorted((20 * n + draw.uniform(0, jitter_ms), n) for n in range(1000))
        for now_ms, number in events:
            wire.put(number, now_ms)

        assert wire.buffer.hold_ms == pytest.approx(jitter_ms + 10, abs=6)
        assert wire.order[-700:] == list(range(300, 1000))

    def test_waiting_has_a_limit(self) -> None:
        """
        A caller should not wait for an answer because of one packet.
        """
        wire = Wire(stream(20))
        for number in range(20):
            wire.put(number, 20 * number + (400 if number == 10 else 0))

        assert wire.buffer.hold_ms == MOST_HOLD_MS

    def test_a_line_that_got_better_is_trusted_again(self) -> None:
        """
        After two windows without jitter, a lost packet costs as little as ever.
        """
        wire = Wire(stream(700))
        for number in range(700):
            wire.put(number, 20 * number + (100 if number == 50 else 0))
            if number == 60:
                assert wire.buffer.hold_ms > 100

        assert wire.buffer.hold_ms == LEAST_HOLD_MS
        assert 2 * WINDOW_MS < 20 * 650

    def test_a_sender_s_pause_is_no_jitter(self) -> None:
        """
        Music on hold that stops for three seconds and goes on in its own time.
        """
        wire = Wire(stream(100))
        for number in range(100):
            wire.put(number, 20 * number + (3000 if number >= 50 else 0))

        assert wire.buffer.hold_ms == LEAST_HOLD_MS
        assert wire.order == list(range(100))

    def test_what_we_kept_waiting_ourselves_is_no_jitter(self) -> None:
        """
        After a stall of our own process the packets come late and together.
        """
        packets = stream(20)
        buffer = JitterBuffer()
        buffer.put(packets[0], 0)

        for packet in packets[1:]:
            buffer.put(packet, 400, timed=False)

        assert buffer.hold_ms == LEAST_HOLD_MS


class TestDrift:
    @pytest.mark.parametrize("ppm", [-200, 200])
    def test_a_clock_that_differs_is_measured(self, ppm: int) -> None:
        """
        A minute of a clock that is 200 millionths off is 12 ms.
        """
        packets = stream(3000)
        buffer = JitterBuffer()
        for number, packet in enumerate(packets):
            buffer.put(packet, 20 * number * (1 + ppm / 1e6) + (number * 13 % 7))

        assert buffer.drift_ms == pytest.approx(60_000 * ppm / 1e6, abs=2)
        assert buffer.lost == buffer.dropped == 0

    def test_what_was_measured_outlives_the_stream(self) -> None:
        """
        A sender who changes its SSRC in between has not given the time back.
        """
        buffer = JitterBuffer()
        for number, packet in enumerate(stream(3000)):
            buffer.put(packet, 20 * number * 1.0002)
        before = buffer.drift_ms

        for number, packet in enumerate(stream(500, ssrc=8)):
            buffer.put(packet, 70_000 + 20 * number)

        assert buffer.drift_ms == pytest.approx(before, abs=0.5)
        assert before > 10


class TestStreams:
    def test_a_new_ssrc_goes_on_at_once(self) -> None:
        """
        What waited of the old stream is heard first.
        """
        old, new = stream(4), stream(3, ssrc=8)
        buffer = JitterBuffer()
        buffer.put(old[0], 0)
        buffer.put(old[2], 40)

        played = buffer.put(new[0], 45)

        assert played == (old[2], new[0])
        assert buffer.streams == 2
        assert buffer.put(new[1], 65) == (new[1],)

    def test_one_stranger_changes_nothing(self) -> None:
        """
        A packet thousands away is dropped; two in a row are a sender that counts anew.
        """
        packets = stream(3)
        buffer = JitterBuffer()
        buffer.put(packets[0], 0)
        far = [RtpPacket(0, 20_000 + n, 160 * n, 7, bytes(160)) for n in range(2)]

        assert buffer.put(far[0], 10) == ()
        assert buffer.put(packets[1], 20) == (packets[1],)
        assert buffer.put(far[0], 30) == ()
        assert buffer.put(far[1], 50) == (far[1],)
        assert buffer.streams == 2

    def test_another_clock_is_another_stream(self) -> None:
        """
        A payload of 16 kHz in the middle of the call counts its timestamps twice as fast.
        """
        buffer = JitterBuffer(8000)
        narrow, wide = stream(2), stream(200, samples=320)
        buffer.put(narrow[1], 0)

        assert buffer.retime(16_000) == ()
        for number, packet in enumerate(wide):
            assert buffer.put(packet, 100 + 20 * number) == (packet,)

        assert buffer.hold_ms == LEAST_HOLD_MS

    def test_waiting_is_bounded_should_the_clock_stand_still(self) -> None:
        """
        Fifty packets at most.
        """
        packets = stream(80)
        buffer = JitterBuffer()
        buffer.put(packets[0], 0)

        played = [buffer.put(packet, 0) for packet in packets[2:]]

        assert sum(map(len, played)) >= 78 - 50


class TestFastWay:
    def test_it_takes_only_the_packet_that_is_due(self) -> None:
        """
        Any other stays with `put`.
        """
        packets = stream(6)
        buffer = JitterBuffer()
        buffer.put(packets[0], 0)

        def passes(packet: RtpPacket, ssrc: int = 7) -> bool:
            return buffer.passes(packet.sequence, packet.timestamp, ssrc, 20.0, timed=True)

        assert not passes(packets[2])
        assert not passes(packets[1], ssrc=8)
        assert passes(packets[1])
        assert not passes(packets[1])
        assert buffer.put(packets[3], 60) == ()
        assert not passes(packets[2])
        assert buffer.put(packets[2], 61) == (packets[2], packets[3])

    def test_both_ways_measure_the_same(self) -> None:
        """
        Jitter and drift do not depend on the way taken.
        """
        packets = stream(1000)
        fast, slow = JitterBuffer(), JitterBuffer()
        for number, packet in enumerate(packets):
            now_ms = 20 * number * 1.0001 + number * 13 % 11
            slow.put(packet, now_ms)
            if not fast.passes(packet.sequence, packet.timestamp, packet.ssrc, now_ms, timed=True):
                fast.put(packet, now_ms)

        assert (fast.hold_ms, fast.drift_ms) == (slow.hold_ms, slow.drift_ms)

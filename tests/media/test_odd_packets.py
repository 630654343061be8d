"""Nothing that a far side sends ends a call, stops the others, or fills the memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr_ari.media.codecs import CODECS, PCMU, SLIN, SLIN16, Codec
from ivr_ari.media.jitter import LEAST_HOLD_MS, MOST_HELD
from ivr_ari.media.line import Line
from ivr_ari.media.rtp import TELEPHONE_EVENT_TYPE, RtpPacket, Sender, frame_bytes

from .test_hearing import Far

KEY = b"\x05\x0a\x00\xa0"

STEPS = st.tuples(
    st.integers(0, 400),  # ms that go by
    st.sampled_from([0, 0, 0, 1, 7, 2999, 40_000, 0xFFFF]),  # jump of the sequence
    st.sampled_from([0, 0, 0, 160, -160, 7, 8000, 16_000, -90_000, 2**31 - 1, 2**31]),  # and of the timestamp
    st.sampled_from([1, 1, 1, 1, 2]),  # SSRC
    st.sampled_from([0, 0, 8, 10, 118, 13, TELEPHONE_EVENT_TYPE, 96]),
    st.sampled_from([320, 320, 640, 160, 0, 1, 2, 3, 101, 6400]),  # bytes
)


def key(sender: Sender, timestamp: int) -> bytes:
    sender.sequence += 1
    return RtpPacket(
        TELEPHONE_EVENT_TYPE, sender.sequence - 1 & 0xFFFF, timestamp & 0xFFFFFFFF, sender.ssrc, KEY
    ).serialize()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([PCMU, SLIN, SLIN16]), st.integers(0, 2**32 - 1), st.lists(STEPS, max_size=60))
def test_any_packets_at_any_time(
    codec: Codec, timestamp: int, steps: list[tuple[int, int, int, int, int, int]]
) -> None:
    """Frames stay whole and in proportion to time and packets; what waits stays bounded."""
    frames: list[bytes] = []
    line = Line(codec, Sender(7, 0, 0), frames.append)
    now_ms, sequence = 1000.0, 65_530
    for passed_ms, skipped, jumped, ssrc, kind, size in steps:
        for _ in range(passed_ms // 20):
            now_ms += 20
            line.tick(now_ms)
        sequence, timestamp = sequence + skipped & 0xFFFF, timestamp + jumped & 0xFFFFFFFF
        line.hear(RtpPacket(kind, sequence, timestamp, ssrc, bytes(size)).serialize(), now_ms)
        sequence = sequence + 1 & 0xFFFF
        sample_bytes = CODECS[kind].sample_bytes if kind in CODECS else 1
        timestamp = timestamp + size // sample_bytes & 0xFFFFFFFF

        assert len(line.hearing.buffer._held) <= MOST_HELD + 1
    assert {len(frame) for frame in frames} <= {frame_bytes(codec.rate_hz)}
    # A second may be filled for each packet, and each may hold 200 ms; each second is filled once.
    assert len(frames) <= (now_ms - 1000) / 20 + 62 * len(steps) + 50


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_any_datagrams(datagrams: list[bytes]) -> None:
    """What is no RTP is counted."""
    line = Line(PCMU, Sender(7, 0, 0), lambda pcm: None)
    for number, datagram in enumerate(datagrams):
        line.hear(datagram, 20.0 * number)

    assert line.counters.received + line.counters.malformed == len(datagrams)


def test_another_sender_that_begins_with_a_key() -> None:
    """Its clock says nothing about how much of the first one's audio is missing."""
    far = Far()
    now_ms = far.send(0, 20)
    far.sender = Sender(10, 5, far.sender.timestamp + 8000 * 100)
    far.hearing.hear(key(far.sender, far.sender.timestamp), now_ms)
    far.pause(now_ms, now_ms + 200)

    assert 20 <= len(far.frames) <= 32


@pytest.mark.parametrize("seconds", [-100, 100])
def test_a_key_from_another_time(seconds: int) -> None:
    """The timestamp of what is no audio moves nothing."""
    far = Far()
    now_ms = far.send(0, 20)
    far.hearing.hear(key(far.sender, far.sender.timestamp + 8000 * seconds), now_ms)
    far.pause(now_ms, now_ms + 1000)

    assert len(far.frames) == pytest.approx(70, abs=3)


def test_a_key_held_long_makes_nobody_wait() -> None:
    """All packets of a key have the timestamp of its beginning (RFC 4733): none of them is late."""
    far = Far()
    now_ms = far.send(0, 20)
    began = far.sender.timestamp
    for number in range(20):
        far.hearing.hear(key(far.sender, began), now_ms + 20 * number)
        far.hearing.tick(now_ms + 20 * number + 1)

    assert far.hearing.buffer.hold_ms == LEAST_HOLD_MS


def test_a_clock_set_while_the_loop_stood_still() -> None:
    """What came late by our own fault sets no time, and yet time goes by."""
    far = Far()
    now_ms = far.send(0, 20) + 400
    far.sender.timestamp = far.sender.timestamp + 8000 * 100 & 0xFFFFFFFF
    far.hearing.hear(far.packet(), now_ms)
    far.pause(now_ms, now_ms + 1000)

    assert len(far.frames) == pytest.approx(71, abs=2)


def test_timestamps_half_way_round() -> None:
    """A call of 37 hours at 16 kHz: as far from its first timestamp as there is, and there a pause."""
    far = Far(SLIN16)
    now_ms = far.send(0, 20)
    passed = 2**31 - 30 * 320
    far.sender.timestamp = far.sender.timestamp + passed & 0xFFFFFFFF
    now_ms = far.send(now_ms + passed / 16, 10)
    far.pause(now_ms, now_ms + 200)
    far.quiet(10)
    far.send(now_ms + 200, 20)

    assert len(far.frames) == pytest.approx(60, abs=2)


def test_a_gap_of_a_second_of_wideband() -> None:
    """The longest that is filled at once."""
    far = Far(SLIN16)
    far.send(0, 5)
    far.quiet(50)
    far.hearing.hear(far.packet(), 100)

    assert len(far.frames) == 56


def test_a_rate_that_comes_back() -> None:
    """A telephone put on hold with narrowband music and taken off it again: frames as the clock says."""
    far = Far(SLIN16)
    now_ms = far.send(0, 20)
    for codec in (PCMU, SLIN16):
        far.codec, far.sender.payload_type = codec, codec.payload_type
        now_ms = far.send(now_ms, 600)

    assert len(far.frames) == pytest.approx(1220, abs=3)
    assert abs(far.hearing.buffer.drift_ms) < 20
    assert np.abs(far.heard[-3000:] - 1000).max() < 60


def test_half_a_sample_is_none() -> None:
    """A payload too short for one sample makes no sound and no time, whatever rate it has."""
    far = Far(PCMU)
    far.send(0, 5)
    far.hearing.hear(RtpPacket(118, 9, 9, 9, b"\0").serialize(), 100)
    far.hearing.hear(RtpPacket(10, 10, 10, 9, b"\0").serialize(), 100)

    assert far.counters.other == 2
    assert len(far.frames) == 5


def test_a_long_packet_of_another_codec() -> None:
    """60 ms of wideband are more bytes than 200 ms of mu-law, and no longer."""
    far = Far(PCMU)
    far.hearing.hear(RtpPacket(118, 9, 9, 9, bytes(1920)).serialize(), 0)
    far.hearing.hear(RtpPacket(0, 10, 10, 9, bytes(1601)).serialize(), 20)

    assert far.counters.malformed == 1
    assert len(far.frames) == 3


@pytest.mark.parametrize("longer_ms", [230, 300, 480, 600])
def test_a_way_that_becomes_longer(longer_ms: int) -> None:
    """All packets late from now on: for half a second they are filled for, then they are in time again."""
    far = Far()
    events = [(20.0 * number + (longer_ms if number >= 50 else 0), True) for number in range(500)]
    events += [(20.0 * number + 8, False) for number in range(500)]
    for now_ms, comes in sorted(events):
        if comes:
            far.hearing.hear(far.packet(), now_ms)
        else:
            far.hearing.tick(now_ms)

    assert len(far.frames) <= 500 + (longer_ms + 500) / 20 + 3
    assert abs(far.hearing.buffer.drift_ms) < 20


def test_a_stall_of_the_network_is_no_drift() -> None:
    """What was held up for longer than a second, and then came at once, has told nothing of the clocks."""
    far = Far()
    now_ms = far.send(0, 300)
    held = [far.packet() for _ in range(60)]
    far.pause(now_ms, now_ms + 1200)
    for packet in held:
        far.hearing.hear(packet, now_ms + 1200)
    far.send(now_ms + 1200, 300)

    assert abs(far.hearing.buffer.drift_ms) < 20

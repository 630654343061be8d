"""Datagrams become an unbroken clock of audio, and prompts an unbroken stream of datagrams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.media.codecs import PCMA, PCMU, SLIN16, Codec
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import FRAME_BYTES, Progress
from ivr_ari.media.rtp import RtpPacket, Sender, sequence_distance, timestamp_distance


class Bench:
    """A line, somebody who sends to it, and what came out."""

    def __init__(self, codec: Codec = PCMU) -> None:
        self.frames: list[bytes] = []
        self.progress: list[Progress] = []
        self.codec = codec
        self.line = Line(codec, Sender(7, 65530, 2**32 - 800), self.frames.append, self.progress.append)
        self.far = Sender(99, 100, 5000, codec.payload_type)

    def packet(self, value: int = 1000, samples: int = 160) -> bytes:
        payload = self.codec.encode(np.full(samples, value, np.int16))
        return self.far.send(payload, samples).serialize()

    def tick(self, now_ms: float, missed: int = 0) -> RtpPacket:
        return RtpPacket.parse(self.line.tick(now_ms, missed))

    @property
    def silent(self) -> list[bool]:
        return [frame == bytes(FRAME_BYTES) for frame in self.frames]


class TestHearing:
    @pytest.mark.parametrize("codec", [PCMU, PCMA])
    def test_a_packet_is_a_frame(self, codec: Codec) -> None:
        """20 ms of G.711 come out as 320 bytes of 16-bit samples."""
        bench = Bench(codec)

        bench.line.hear(bench.packet(1000), 5.0)

        assert [len(frame) for frame in bench.frames] == [FRAME_BYTES]
        assert np.abs(np.frombuffer(bench.frames[0], "<i2") - 1000).max() < 40
        assert (bench.line.first_heard_ms, bench.line.last_heard_ms) == (5.0, 5.0)

    def test_a_wideband_packet_is_a_frame_of_twice_the_samples(self) -> None:
        """The line has the rate of its codec; what is said leaves in a payload that Asterisk takes."""
        bench = Bench(SLIN16)

        bench.line.hear(bench.packet(1000, samples=320), 5.0)
        packet = bench.tick(20.0)

        assert bench.frames == [np.full(320, 1000, "<i2").tobytes()]
        assert (bench.line.rate_hz, bench.line.frame_bytes) == (16000, 640)
        assert (packet.payload_type, len(packet.payload)) == (9, 160)

    @pytest.mark.parametrize("samples", [80, 240, 480])
    def test_other_packet_sizes_are_cut_to_20_ms(self, samples: int) -> None:
        """A telephone that sends 10, 30 or 60 ms a packet is heard in frames of 20 ms all the same."""
        bench = Bench()

        for turn in range(4):
            bench.line.hear(bench.packet(1000, samples), 20.0 * turn)

        assert [len(frame) for frame in bench.frames] == [FRAME_BYTES] * (4 * samples // 160)

    def test_a_lost_packet_keeps_its_length(self) -> None:
        """Audio time goes on over a loss, and the voice goes on in it."""
        bench = Bench()
        packets = [bench.packet() for _ in range(8)]

        for turn, packet in enumerate(packets[:2] + packets[3:]):
            bench.line.hear(packet, 20.0 * turn)

        assert len(bench.frames) == 8
        assert not any(bench.silent)
        assert bench.line.counters.concealed_ms == 20

    @given(st.binary(max_size=64))
    def test_rubbish_is_counted_and_never_raised(self, datagram: bytes) -> None:
        """Whatever arrives, the line goes on."""
        bench = Bench()

        bench.line.hear(datagram, 0.0)

        counters = bench.line.counters
        assert counters.malformed + counters.received == 1

    def test_a_payload_that_no_telephone_sends_is_malformed(self) -> None:
        """A datagram can't make the line hand on more than 200 ms at once."""
        bench = Bench()

        bench.line.hear(bench.packet(samples=1601), 0.0)

        assert (bench.frames, bench.line.counters.malformed) == ([], 1)

    def test_other_payload_types_are_no_audio(self) -> None:
        """A telephone event or comfort noise is counted, shows that the far side lives, and is not heard."""
        bench = Bench()

        bench.line.hear(RtpPacket(101, 1, 1, 99, b"\0\0\0\0").serialize(), 3.0)

        assert (bench.frames, bench.line.counters.other, bench.line.last_heard_ms) == ([], 1, 3.0)


class TestTimeWithoutPackets:
    def test_silence_is_heard_when_nothing_comes(self) -> None:
        """What is 30 ms late is filled in, and frames go on at the pace of the ticks."""
        bench = Bench()
        bench.line.hear(bench.packet(), 0.0)

        counts = []
        for now in range(20, 141, 20):
            bench.tick(float(now))
            counts.append(len(bench.frames))

        assert counts == [1, 1, 2, 3, 4, 5, 6]
        assert bench.line.counters.filled_ms == 100

    def test_a_caller_who_never_sends_is_silence_too(self) -> None:
        """Audio time begins with the first tick."""
        bench = Bench()

        for now in range(0, 201, 20):
            bench.tick(float(now))

        assert len(bench.frames) == 10
        assert bench.line.first_heard_ms is None

    def test_what_was_filled_in_is_not_concealed_again(self) -> None:
        """Ten lost packets are 200 ms, not 200 ms of filling and another 200 of concealment."""
        bench = Bench()
        packets = [bench.packet() for _ in range(16)]
        bench.line.hear(packets[0], 0.0)
        for now in range(20, 201, 20):
            bench.tick(float(now))

        for turn, packet in enumerate(packets[11:]):
            bench.line.hear(packet, 220.0 + 20 * turn)

        assert len(bench.frames) == 16
        assert bench.line.counters.concealed_ms + bench.line.counters.filled_ms == 200

    def test_packets_held_for_a_missing_one_are_heard_before_the_silence(self) -> None:
        """When the line goes quiet while a packet is missing, what waits for it is played, not lost."""
        bench = Bench()
        packets = [bench.packet() for _ in range(4)]
        bench.line.hear(packets[0], 0.0)
        bench.line.hear(packets[2], 40.0)
        heard = []

        for now in range(40, 281, 20):
            bench.tick(float(now))
            heard.append(len(bench.frames))

        assert heard[:3] == [1, 3, 3]
        assert bench.line.counters.concealed_ms == 20
        assert bench.line.hearing.buffer.lost == 1
        assert heard[-1] == 13

    def test_a_stall_of_our_own_is_not_the_callers_silence(self) -> None:
        """After missed ticks the packets still lie in the socket: nothing is filled in for them."""
        bench = Bench()
        packets = [bench.packet() for _ in range(60)]
        bench.line.hear(packets[0], 0.0)

        bench.tick(1000.0, missed=48)
        for packet in packets[1:]:
            bench.line.hear(packet, 1001.0)
        bench.tick(1020.0)

        assert bench.silent == [False] * 60


class TestSaying:
    def test_the_stream_has_no_gaps(self) -> None:
        """With nothing to say, silence is sent; numbers go on, over the wrap, one marker at the start."""
        bench = Bench()

        sent = [bench.tick(20.0 * turn) for turn in range(12)]

        assert {packet.payload for packet in sent} == {b"\xff" * 160}
        assert [packet.marker for packet in sent] == [True] + [False] * 11
        assert {sequence_distance(a.sequence, b.sequence) for a, b in zip(sent, sent[1:], strict=False)} == {
            1
        }
        assert {
            timestamp_distance(a.timestamp, b.timestamp) for a, b in zip(sent, sent[1:], strict=False)
        } == {160}

    def test_prompts_are_encoded_and_reported(self) -> None:
        """What is said leaves as G.711 of the call's codec."""
        bench = Bench(PCMA)
        bench.line.say("a", np.full(160, 8000, "<i2").tobytes())
        bench.line.end("a")

        packet = bench.tick(0.0)

        assert packet.payload_type == 8
        assert np.abs(PCMA.decode(packet.payload) - 8000).max() < 300
        assert bench.progress == [Progress("a", "began"), Progress("a", "whole", 20)]

    def test_missed_ticks_are_skipped_in_time(self) -> None:
        """After a stall the timestamp says how long nothing was sent; the prompt itself loses nothing."""
        bench = Bench()
        ramp = np.repeat(np.array([1000, 2000, 3000], "<i2"), 160)
        bench.line.say("a", ramp.tobytes())
        first = bench.tick(0.0)

        second = bench.tick(120.0, missed=5)

        assert sequence_distance(first.sequence, second.sequence) == 1
        assert timestamp_distance(first.timestamp, second.timestamp) == 6 * 160
        assert second.marker
        assert abs(int(PCMU.decode(second.payload)[0]) - 2000) < 100
        assert bench.line.counters.skipped == 5

    def test_cut_is_told_at_once(self) -> None:
        """Who cuts a prompt knows how much of it was heard before anything else happens."""
        bench = Bench()
        bench.line.say("a", bytes(3200))
        bench.tick(0.0)

        bench.line.cut()

        assert bench.progress[-1] == Progress("a", "cut", 20)


def test_what_was_sent_is_told_a_frame_for_every_20_ms() -> None:
    """Who counts what `on_sent` got counts time: prompts as they left, silence between, stalls too."""
    bench, sent = Bench(), list[bytes]()
    bench.line.on_sent = sent.append
    bench.line.say("a", np.full(160, 10_000, "<i2").tobytes())
    bench.line.end("a")
    bench.line.duck(20.0)

    bench.tick(20)
    bench.tick(100, missed=3)

    assert [len(frame) for frame in sent] == [FRAME_BYTES] * 5
    assert np.frombuffer(sent[0], "<i2")[-1] == 1000
    assert [any(frame) for frame in sent] == [True, False, False, False, False]

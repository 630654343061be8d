"""What travels in a datagram, how it is numbered, and what is left of it after a bad line."""

import random
from collections.abc import Sequence
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.errors import MediaError
from ivr_ari.media.rtp import (
    Frame,
    Receiver,
    RtpPacket,
    Sender,
    sequence_add,
    sequence_distance,
    timestamp_add,
    timestamp_distance,
)

PLAIN = bytes.fromhex("80801f4000000a0012345678") + b"\xff" * 160
# two contributors, an extension of one word, three bytes of padding
FULL = bytes.fromhex(
    "b20000010000000200000003" + "0000000a0000000b" + "beda000110aa0000" + "c0ffee" + "000003"
)

PACKETS = st.builds(
    RtpPacket,
    payload_type=st.integers(0, 127),
    sequence=st.integers(0, 0xFFFF),
    timestamp=st.integers(0, 0xFFFFFFFF),
    ssrc=st.integers(0, 0xFFFFFFFF),
    payload=st.binary(max_size=320),
    marker=st.booleans(),
)


def read(data: bytes) -> bytes | str:
    """Return the payload, or the code of the refusal."""
    try:
        return RtpPacket.parse(data).payload
    except MediaError as error:
        return error.code


class TestRtpPacket:
    def test_every_field_of_a_packet_is_read(self) -> None:
        """
        A first packet of a talkspurt as a telephone sends it.
        """
        assert RtpPacket(0, 8000, 2560, 0x12345678, b"\xff" * 160, marker=True) == RtpPacket.parse(PLAIN)

    def test_plain_packet_survives_the_round_trip(self) -> None:
        """
        What was parsed is serialized to the same bytes.
        """
        assert RtpPacket.parse(PLAIN).serialize() == PLAIN

    def test_contributors_extension_and_padding_are_no_audio(self) -> None:
        """
        Only the payload between them is left.
        """
        assert RtpPacket(0, 1, 2, 3, bytes.fromhex("c0ffee")) == RtpPacket.parse(FULL)

    @given(PACKETS)
    def test_any_packet_survives_the_round_trip(self, packet: RtpPacket) -> None:
        """
        Serializing loses nothing.
        """
        assert packet == RtpPacket.parse(packet.serialize())

    @pytest.mark.parametrize("size", range(len(FULL)))
    def test_cut_packet_is_refused_or_read_within_its_bounds(self, size: int) -> None:
        """
        A packet cut at any byte gives our error, or a payload that was in it.
        """
        outcome = read(FULL[:size])

        if size < 12:
            assert outcome == "rtp.short"
        else:
            assert outcome == "rtp.truncated" or (isinstance(outcome, bytes) and outcome in FULL[:size])

    @pytest.mark.parametrize("first", [0x00, 0x40, 0xC0])
    def test_other_versions_are_refused(self, first: int) -> None:
        """
        STUN and RTP version 1 begin with other bits.
        """
        with pytest.raises(MediaError) as caught:
            RtpPacket.parse(bytes([first]) + PLAIN[1:])

        assert caught.value.code == "rtp.version"

    @pytest.mark.parametrize("padding", [0, 161, 255])
    def test_padding_of_nothing_or_of_more_than_there_is_is_refused(self, padding: int) -> None:
        """
        RFC 3550: the count includes itself, and cannot reach into the header.
        """
        with pytest.raises(MediaError) as caught:
            RtpPacket.parse(b"\xa0" + PLAIN[1:-1] + bytes([padding]))

        assert caught.value.code == "rtp.truncated"

    @given(st.binary(max_size=64))
    def test_any_bytes_give_a_packet_or_our_error(self, data: bytes) -> None:
        """
        Nothing else ever comes out of the parser.
        """
        outcome = read(data)

        assert outcome in data if isinstance(outcome, bytes) else outcome.startswith("rtp.")


class TestArithmetic:
    @pytest.mark.parametrize(("start", "count", "end"), [(5, 3, 8), (65535, 1, 0), (0, -1, 65535)])
    def test_sequence_numbers_wrap(self, start: int, count: int, end: int) -> None:
        """
        After 65535 comes 0, and the distance between them is one packet.
        """
        assert end == sequence_add(start, count)
        assert count == sequence_distance(start, end)

    @pytest.mark.parametrize(
        ("start", "count", "end"), [(0, 160, 160), (0xFFFFFFFF, 160, 159), (10, -20, 0xFFFFFFF6)]
    )
    def test_timestamps_wrap(self, start: int, count: int, end: int) -> None:
        """
        A call of any length can start at any timestamp.
        """
        assert end == timestamp_add(start, count)
        assert count == timestamp_distance(start, end)


class TestSender:
    def test_packets_are_numbered_in_steps_of_20_ms(self) -> None:
        """
        One more in sequence, 160 samples more in time, the marker on the first only; both numbers wrap.
        """
        sender = Sender(ssrc=7, sequence=65535, timestamp=0xFFFFFFFF - 159)

        packets = [sender.send(b"a"), sender.send(b"b"), sender.send(b"c")]

        assert [(packet.sequence, packet.timestamp, packet.marker) for packet in packets] == [
            (65535, 0xFFFFFFFF - 159, True),
            (0, 0, False),
            (1, 160, False),
        ]

    def test_a_datagram_is_the_packet_on_the_wire(self) -> None:
        """
        Both ways of sending give the same bytes, and go on from each other; numbers wrap, markers mark.
        """
        one, other = (Sender(ssrc=7, sequence=65535, timestamp=0xFFFFFFFF - 159) for _ in range(2))

        sent = [one.datagram(b"a"), one.datagram(b"b", 320), one.datagram(b"c")]

        assert sent == [packet.serialize() for packet in (other.send(b"a"), other.send(b"b", 320))] + [
            other.datagram(b"c")
        ]
        one.skip(160)
        assert RtpPacket.parse(one.datagram(b"d")).marker
        assert (one.sequence, one.timestamp) == (3, 800)

    def test_talkspurt_after_a_pause_is_marked(self) -> None:
        """
        Time passes without packets; the next one says that it follows a gap.
        """
        sender = Sender(ssrc=7, sequence=1, timestamp=0)
        sender.send(b"a")
        sender.skip(1600)

        packet = sender.send(b"b")

        assert (packet.sequence, packet.timestamp, packet.marker) == (2, 1760, True)

    def test_key_holds_its_start_while_time_goes_on(self) -> None:
        """
        RFC 4733: every packet of a key has the timestamp of its beginning, its sequence goes on.
        """
        sender = Sender(ssrc=7, sequence=1, timestamp=800)

        keys = [sender.send_event(b"k", 800, marker=True), sender.send_event(b"k", 800)]
        speech = sender.send(b"a")

        assert [
            (packet.payload_type, packet.sequence, packet.timestamp, packet.marker) for packet in keys
        ] == [(101, 1, 800, True), (101, 2, 800, False)]
        assert (speech.sequence, speech.timestamp, speech.marker) == (3, 1120, True)

    def test_stored_sender_goes_on_where_it_stopped(self) -> None:
        """
        Its fields are all there is to it.
        """
        first = Sender(ssrc=7, sequence=9, timestamp=99, payload_type=8)
        first.send(b"a")
        second = Sender(first.ssrc, first.sequence, first.timestamp, first.payload_type, first.fresh)

        assert first.send(b"b") == second.send(b"b")


def packet(sequence: int, ssrc: int = 1) -> RtpPacket:
    return RtpPacket(0, sequence & 0xFFFF, sequence * 160 & 0xFFFFFFFF, ssrc, b"%d" % (sequence & 0xFFFF))


def play(receiver: Receiver, sequences: Sequence[int], ssrc: int = 1) -> list[Frame]:
    return [frame for sequence in sequences for frame in receiver.receive(packet(sequence, ssrc))]


def order(frames: Sequence[Frame]) -> list[int]:
    return [int(frame.payload) for frame in frames]


class TestReceiver:
    def test_packets_in_order_pass_at_once(self) -> None:
        """
        A good line has no delay: each packet comes out when it goes in.
        """
        receiver = Receiver()

        assert [order(receiver.receive(packet(n))) for n in (7, 8, 9)] == [[7], [8], [9]]

    def test_sequence_wrap_is_no_event(self) -> None:
        """
        65535 is followed by 0, also when the two are swapped.
        """
        assert order(play(Receiver(), [65534, 65536, 65535, 65537])) == [65534, 65535, 0, 1]

    def test_swapped_packets_are_put_right(self) -> None:
        """
        Three packets may overtake one.
        """
        assert order(play(Receiver(), [1, 3, 4, 5, 2])) == [1, 2, 3, 4, 5]

    def test_duplicates_are_dropped_and_counted(self) -> None:
        """
        A packet is delivered once, whether its twin comes after it or while it waits.
        """
        receiver = Receiver()

        assert order(play(receiver, [1, 1, 3, 3, 2, 4])) == [1, 2, 3, 4]
        assert receiver.dropped == 2

    def test_lost_packet_is_given_up_when_the_window_is_full(self) -> None:
        """
        The frame after the gap says how much is missing; the late packet is then dropped.
        """
        receiver = Receiver(window=3)

        frames = play(receiver, [1, 3, 4, 5, 6, 2, 7])

        assert order(frames) == [1, 3, 4, 5, 6, 7]
        assert [frame.lost for frame in frames] == [0, 1, 0, 0, 0, 0]
        assert (receiver.lost, receiver.dropped) == (1, 1)

    def test_long_gap_is_concealed_only_so_far(self) -> None:
        """
        Silence for more than a few packets would be an echo of the past: the rest is counted, not played.
        """
        receiver = Receiver(window=0, conceal=5)

        assert [frame.lost for frame in play(receiver, [1, 50])] == [0, 5]
        assert receiver.lost == 48

    def test_new_source_starts_a_new_count(self) -> None:
        """
        What waited of the old source comes out first, nothing is counted as lost between the two.
        """
        receiver = Receiver()
        play(receiver, [1, 3])

        frames = play(receiver, [40000], ssrc=2)

        assert order(frames) == [3, 40000]
        assert [frame.lost for frame in frames] == [1, 0]

    def test_single_stray_number_is_no_restart(self) -> None:
        """
        RFC 3550, A.1: one packet far away is dropped and the stream goes on.
        """
        receiver = Receiver()

        assert order(play(receiver, [1, 30000, 2])) == [1, 2]
        assert receiver.dropped == 1

    def test_two_strays_in_a_row_are_a_restart(self) -> None:
        """
        A sender that counts anew under its old name is heard from its second packet on.
        """
        assert order(play(Receiver(), [1, 30000, 30001, 30002])) == [1, 30001, 30002]

    def test_flush_returns_what_waits(self) -> None:
        """
        At the end of a call nothing heard is left behind.
        """
        receiver = Receiver()
        play(receiver, [1, 3, 5])

        assert order(receiver.flush()) == [3, 5]
        assert receiver.flush() == ()

    @pytest.mark.parametrize("pattern", ["110", "1110", "10", "100", "11111101"])
    def test_regular_loss_keeps_order_and_adds_up(self, pattern: str) -> None:
        """
        On a line that loses by a pattern, delivered and lost together are what was sent.
        """
        receiver = Receiver()
        arrived = [n for n, ok in zip(range(1, 200), cycle(pattern), strict=False) if ok == "1"]

        frames = [*play(receiver, arrived), *receiver.flush()]

        assert arrived == order(frames)
        assert arrived[-1] - len(arrived) == receiver.lost == sum(frame.lost for frame in frames)

    @pytest.mark.parametrize("seed", range(20))
    def test_holds_no_more_than_its_window(self, seed: int) -> None:
        """
        Whatever comes in whatever order, what waits is bounded.
        """
        numbers = list(range(60000, 66000))
        random.Random(seed).shuffle(numbers)
        receiver = Receiver(window=3)

        most = max(len(receiver.held) for n in numbers[:500] if receiver.receive(packet(n)) is not None)

        assert most <= 3

"""What travels in a datagram, how it is numbered, and what is left of it after a bad line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.errors import MediaError
from ivr_ari.media.rtp import (
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

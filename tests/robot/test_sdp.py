"""Offers and answers of one audio stream."""

import pytest

from ivr_ari.errors import PeerError
from ivr_ari.robot.sdp import NARROW, NO_EVENTS, WIDE, Media, describe, parse_sdp

ASTERISK = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Asterisk\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio 10004 RTP/AVP 8 0 96\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
    b"a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\na=ptime:20\r\na=maxptime:140\r\na=sendrecv\r\n"
)


class TestParseSdp:
    def test_their_preference_and_their_numbers_are_kept(self) -> None:
        """
        The first payload type is what they like best; events have the number they chose.
        """
        assert parse_sdp(ASTERISK) == Media(("127.0.0.1", 10004), (8, 0), 96)

    def test_our_own_offer_is_understood(self) -> None:
        """
        Both sides of a call between two robots.
        """
        assert parse_sdp(describe(("127.0.0.1", 4000))) == Media(("127.0.0.1", 4000), (0, 8), 101)

    def test_media_level_address_counts_more(self) -> None:
        """
        RFC 8866, 5.7: the session's address is a default.
        """
        body = ASTERISK.replace(b"a=ptime:20", b"c=IN IP4 10.0.0.9\r\na=ptime:20")

        assert parse_sdp(body).address == ("10.0.0.9", 10004)

    def test_refused_stream_is_passed_over(self) -> None:
        """
        Port 0 is no stream; the next one is taken.
        """
        body = ASTERISK.replace(b"m=audio", b"m=audio 0 RTP/AVP 0\r\nm=audio", 1)

        assert parse_sdp(body).address[1] == 10004

    def test_peer_without_events_takes_no_keys(self) -> None:
        """
        That is a fact, not an error.
        """
        assert parse_sdp(describe(("127.0.0.1", 4000), (0,), None)).event_type is None

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            (b"RTP/AVP 8 0 96", b"RTP/AVP 18 96", "no G.711"),
            (b"m=audio", b"m=video", "no audio"),
            (b"c=IN IP4", b"c=IN IP6", "no IPv4 address"),
        ],
    )
    def test_stream_we_cannot_hear_is_refused(self, old: bytes, new: bytes, what: str) -> None:
        """
        The error says what is missing.
        """
        with pytest.raises(PeerError) as caught:
            parse_sdp(ASTERISK.replace(old, new))

        assert (caught.value.code, caught.value.facts["what"]) == ("sdp.unusable", what)


class TestWideband:
    def test_a_wideband_telephone_offers_both(self) -> None:
        """
        Linear audio at 16 kHz first, G.711 for those who know no better.
        """
        offer = describe(("127.0.0.1", 4000), WIDE.payload_types)

        assert b"RTP/AVP 118 0 8 101\r\n" in offer
        assert b"a=rtpmap:118 L16/16000\r\n" in offer
        assert parse_sdp(offer).payload_types == (118, 0, 8)

    def test_a_narrowband_telephone_does_not_take_it(self) -> None:
        """
        Of an offer of both, only what it can.
        """
        offer = describe(("127.0.0.1", 4000), WIDE.payload_types)

        assert parse_sdp(offer, NARROW.payload_types).payload_types == (0, 8)

    def test_a_dynamic_number_means_what_the_offer_says(self) -> None:
        """
        118 may be any codec of theirs.
        """
        offer = describe(("127.0.0.1", 4000), WIDE.payload_types).replace(b"L16/16000", b"opus/48000/2")

        assert parse_sdp(offer).payload_types == (0, 8)

    def test_a_telephone_without_events_offers_none(self) -> None:
        """
        Its keys are tones.
        """
        assert b"telephone-event" not in describe(("127.0.0.1", 4000), event_type=NO_EVENTS.event_type)

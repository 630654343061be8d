"""The codecs of a leg, by payload type and by Asterisk's name."""

import numpy as np
import pytest

from ivr_ari.media.codecs import BY_FORMAT, CODECS, SLIN, SLIN16, Codec, Linear
from ivr_ari.media.rtp import frame_bytes, frame_samples


class TestLinear:
    def test_samples_travel_high_byte_first(self) -> None:
        """
        RFC 3551, section 4.5.11: L16 is in network byte order.
        """
        assert SLIN16.encode(np.array([1, -2, 0x1234], np.int16)) == bytes.fromhex("0001fffe1234")

    @pytest.mark.parametrize("codec", [SLIN, SLIN16])
    def test_what_is_decoded_is_what_was_encoded(self, codec: Linear) -> None:
        """
        Linear audio loses nothing, and comes out in the machine's own order.
        """
        every = np.arange(-32768, 32768).astype(np.int16)

        decoded = codec.decode(codec.encode(every))

        assert decoded.dtype == np.int16
        assert np.array_equal(decoded, every)

    def test_half_a_sample_is_none(self) -> None:
        """
        A payload of odd length is cut, not refused.
        """
        assert SLIN.decode(b"\x01\x00\x07").tolist() == [256]


class TestCodecs:
    def test_payload_types_name_their_codec(self) -> None:
        """
        RFC 3551 for G.711; Asterisk's own numbers for linear audio.
        """
        assert {kind: codec.format for kind, codec in CODECS.items()} == {
            0: "ulaw",
            8: "alaw",
            10: "slin",
            118: "slin16",
        }

    @pytest.mark.parametrize("codec", CODECS.values(), ids=lambda codec: codec.format)
    def test_20_ms_fill_the_same_time_in_every_codec(self, codec: Codec) -> None:
        """
        The payload of 20 ms of silence decodes to 20 ms of next to nothing.
        """
        samples = codec.decode(codec.quiet * frame_samples(codec.rate_hz))

        assert samples.nbytes == frame_bytes(codec.rate_hz)
        assert np.abs(samples).max() <= 8
        assert len(codec.quiet) == codec.sample_bytes

    def test_asterisk_s_names_find_the_codec(self) -> None:
        """
        The setting is what ARI is told.
        """
        assert {name: codec.rate_hz for name, codec in BY_FORMAT.items()} == {
            "ulaw": 8000,
            "alaw": 8000,
            "slin": 8000,
            "slin16": 16000,
        }

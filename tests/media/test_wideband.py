"""What a wideband leg says."""

import numpy as np
import pytest

from ivr_ari.media.codecs import PCMA, PCMU, SLIN, SLIN16, Codec
from ivr_ari.media.line import Line
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.media.wideband import G722, voice_for

TONE_HZ = 5000
"""No narrowband line carries it."""


class TestG722:
    def test_wideband_goes_through(self) -> None:
        """
        5 kHz is said and heard, 20 ms at a time, half a byte a sample.
        """
        codec = G722()
        tone = (8000 * np.sin(np.arange(16_000) * 2 * np.pi * TONE_HZ / 16_000)).astype(np.int16)

        payloads = [codec.encode(piece) for piece in tone.reshape(-1, 320)]
        heard = np.concatenate([codec.decode(payload) for payload in payloads])

        assert {len(payload) for payload in payloads} == {160}
        assert heard.size == 16_000
        assert np.argmax(np.abs(np.fft.rfft(heard))) == TONE_HZ

    def test_a_wide_line_sends_it_with_the_clock_of_rfc_3551(self) -> None:
        """
        Its timestamps count 8000 a second, in silence too.
        """
        line = Line(SLIN16, Sender(1, 1, 1), lambda pcm: None)

        sent = [RtpPacket.parse(line.tick(20.0 * turn)) for turn in range(4)]

        assert [packet.timestamp for packet in sent] == [1, 161, 321, 481]
        assert {packet.payload_type for packet in sent} == {9}
        decoder = G722()
        heard = np.concatenate([decoder.decode(packet.payload) for packet in sent])
        assert np.abs(heard).max() < 50


class TestVoiceFor:
    @pytest.mark.parametrize("codec", [PCMU, PCMA, SLIN])
    def test_a_narrow_line_says_what_it_hears(self, codec: Codec) -> None:
        """
        One codec both ways.
        """
        assert voice_for(codec) is codec

    def test_wide_lines_share_no_coder(self) -> None:
        """
        G.722 remembers: what one call says must not sound in another.
        """
        assert voice_for(SLIN16) is not voice_for(SLIN16)

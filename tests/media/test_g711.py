"""What G.711 promises: the recommendation's own numbers, in both laws."""

import numpy as np
import pytest

from ivr_ari.media.g711 import G711, PCMA, PCMU

# ITU-T G.711, tables 5 and 6: one period of the digital milliwatt (1 kHz at 0 dBm0).
MILLIWATT = {"PCMU": "1e0b0b1e9e8b8b9e", "PCMA": "34212134b4a1a1b4"}

BOTH = pytest.mark.parametrize("codec", [PCMU, PCMA], ids=lambda codec: codec.name)
EVERY_SAMPLE = np.arange(-32768, 32768).astype(np.int16)
EVERY_BYTE = bytes(range(256))


class TestCodec:
    @pytest.mark.parametrize(
        ("codec", "code", "sample"),
        [
            (PCMU, 0xFF, 0),
            (PCMU, 0x7F, 0),
            (PCMU, 0x80, 32124),
            (PCMU, 0x00, -32124),
            (PCMU, 0xEF, 132),
            (PCMU, 0xF0, 120),
            (PCMA, 0xD5, 8),
            (PCMA, 0x55, -8),
            (PCMA, 0xAA, 32256),
            (PCMA, 0x2A, -32256),
            (PCMA, 0xC5, 264),
            (PCMA, 0x80, 5504),
        ],
    )
    def test_bytes_expand_to_the_recommended_samples(self, codec: G711, code: int, sample: int) -> None:
        """
        Zero, the loudest of both signs and the first step of a segment are those of the tables.
        """
        assert [sample] == codec.decode(bytes([code])).tolist()

    @BOTH
    def test_digital_milliwatt_is_a_sine_at_0_dbm0(self, codec: G711) -> None:
        """
        The standard's test sequence is a pure 1 kHz tone 3.17 (μ) or 3.14 (A) dB below overload.
        """
        period = codec.decode(bytes.fromhex(MILLIWATT[codec.name])).astype(float)
        spectrum = np.abs(np.fft.rfft(period)) / 4
        loudest = float(codec.expanded.max()) + 512  # half of the last interval, to its end
        level = 20 * np.log10(spectrum[1] / loudest)

        assert level == pytest.approx(-3.17 if codec is PCMU else -3.14, abs=0.05)
        assert max(spectrum[0], spectrum[2], spectrum[3]) < 0.02 * spectrum[1]

    @BOTH
    def test_expanded_byte_is_compressed_to_itself(self, codec: G711) -> None:
        """
        Transcoding through linear changes nothing, but for μ-law's two zeros, which become one.
        """
        again = codec.encode(codec.decode(EVERY_BYTE))

        assert again == (EVERY_BYTE.replace(b"\x7f", b"\xff") if codec is PCMU else EVERY_BYTE)

    @BOTH
    def test_sample_is_off_by_half_an_interval_at_most(self, codec: G711) -> None:
        """
        No sample strays further than half the wider neighbouring step and the bits that the law never sees.
        """
        unseen = 3 if codec is PCMU else 15
        levels = np.sort(codec.expanded.astype(int))
        steps = np.diff(levels)
        wider = np.maximum(np.append(steps, steps[-1]), np.insert(steps, 0, steps[0]))
        inside = EVERY_SAMPLE[abs(EVERY_SAMPLE.astype(int)) < levels[-1]]
        coded = codec.decode(codec.encode(inside)).astype(int)

        allowed = wider[np.searchsorted(levels, coded)] / 2 + unseen

        assert (abs(coded - inside) <= allowed).all()

    @BOTH
    def test_both_signs_round_alike(self, codec: G711) -> None:
        """
        A sample and its one's complement differ in the sign bit only, so nothing leans to one side.
        """
        plus, minus = codec.encode(EVERY_SAMPLE), codec.encode(~EVERY_SAMPLE)

        assert bytes(byte ^ 0x80 for byte in plus) == minus

    @BOTH
    def test_louder_never_gets_quieter(self, codec: G711) -> None:
        """
        Companding keeps the order of samples.
        """
        assert (np.diff(codec.decode(codec.encode(EVERY_SAMPLE)).astype(int)) >= 0).all()

    @BOTH
    def test_silence_byte_is_what_zero_becomes(self, codec: G711) -> None:
        """
        A frame of silence can be made without encoding anything.
        """
        assert codec.quiet * 160 == codec.encode(np.zeros(160, np.int16))

    @BOTH
    def test_nothing_stays_nothing(self, codec: G711) -> None:
        """
        An empty payload is no audio, not an error.
        """
        assert codec.decode(b"").size == 0
        assert codec.encode(np.zeros(0, np.int16)) == b""

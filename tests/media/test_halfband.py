"""From 8 to 16 kHz and back, a packet at a time."""

import math

import numpy as np
import pytest

from ivr_ari.media.codecs import Pcm
from ivr_ari.media.halfband import Doubler, Halver


def tone(hz: int, rate_hz: int) -> Pcm:
    """One second, in an amplitude of 8000."""
    pcm: Pcm = np.rint(8000 * np.sin(np.arange(rate_hz) * 2 * np.pi * hz / rate_hz)).astype(np.int16)
    return pcm


def level_db(pcm: Pcm) -> float:
    """Against the tone that went in."""
    settled = pcm[pcm.size // 4 :].astype(float)
    return 20 * math.log10(max(float(np.sqrt(np.mean(settled**2))), 1e-3) / (8000 / math.sqrt(2)))


class TestHalver:
    @pytest.mark.parametrize("hz", [200, 1000, 3000, 3400])
    def test_what_a_narrow_line_carries_is_untouched(self, hz: int) -> None:
        """
        Flat to 3.4 kHz.
        """
        halve = Halver()
        out = np.concatenate([halve(piece) for piece in tone(hz, 16_000).reshape(-1, 320)])

        assert out.size == 8000
        assert abs(level_db(out)) < 0.3
        assert np.argmax(np.abs(np.fft.rfft(out.astype(float)))) == pytest.approx(hz, abs=1)

    @pytest.mark.parametrize("hz", [4700, 6000, 7500])
    def test_what_it_does_not_carry_does_not_fold_over(self, hz: int) -> None:
        """
        Nothing of it is heard at another place.
        """
        halve = Halver()
        out = np.concatenate([halve(piece) for piece in tone(hz, 16_000).reshape(-1, 320)])

        assert level_db(out) < -55


class TestDoubler:
    @pytest.mark.parametrize("hz", [200, 1000, 3000, 3300])
    def test_nothing_is_added_above_4_khz(self, hz: int) -> None:
        """
        The tone, and no mirror image of it.
        """
        double = Doubler()
        out = np.concatenate([double(piece) for piece in tone(hz, 8000).reshape(-1, 160)])

        spectrum = np.abs(np.fft.rfft(out.astype(float)[4000:12_000] * np.hanning(8000)))
        assert out.size == 16_000
        assert abs(level_db(out)) < 0.3
        assert spectrum[2400:].max() < spectrum.max() / 500

    def test_pieces_fit_together(self) -> None:
        """
        Packets or the whole: the same samples.
        """
        whole, pieces = Doubler(), Doubler()
        pcm = tone(440, 8000)

        together = np.concatenate([pieces(piece) for piece in pcm.reshape(-1, 160)])

        assert np.abs(whole(pcm).astype(int) - together).max() <= 1

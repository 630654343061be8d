"""From one sampling rate to another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.resample import Resampler, Samples

RATES = [(22050, 8000), (22050, 16000), (16000, 8000), (8000, 16000), (44100, 8000), (8000, 8000)]


def tone(hz: float, rate_hz: int, seconds: float = 0.5) -> Samples:
    """A full-scale sine."""
    wave: Samples = np.sin(2 * np.pi * hz * np.arange(int(rate_hz * seconds)) / rate_hz).astype(np.float32)
    return wave


def resampled(audio: Samples, rate_in: int, rate_out: int) -> Samples:
    """All at once."""
    resampler = Resampler(rate_in, rate_out)
    return np.concatenate([resampler.feed(audio), resampler.finish()])


def level_db(audio: Samples) -> float:
    """Against a full-scale sine; the ends, where the filter has nothing to look at, left out."""
    inner = audio[len(audio) // 10 : -len(audio) // 10].astype(np.float64)
    return float(10 * np.log10(2 * np.square(inner).mean() + 1e-12))


@pytest.mark.parametrize(("rate_in", "rate_out"), RATES)
class TestResampler:
    def test_keeps_length(self, rate_in: int, rate_out: int) -> None:
        """
        A second stays a second.
        """
        assert len(resampled(np.zeros(rate_in, np.float32), rate_in, rate_out)) == rate_out

    def test_what_the_rate_can_carry_is_the_same_wave(self, rate_in: int, rate_out: int) -> None:
        """
        A tone of 1 kHz comes out sample for sample as one made at that rate: no gain, no delay.
        """
        heard = resampled(tone(1000, rate_in), rate_in, rate_out)
        inner = slice(rate_out // 20, -rate_out // 20)

        assert np.abs(heard - tone(1000, rate_out))[inner].max() < 1e-3

    def test_passes_up_to_the_band_s_end(self, rate_in: int, rate_out: int) -> None:
        """
        0.44 of the lower rate is the last that passes whole.
        """
        highest = 0.43 * min(rate_in, rate_out)

        assert level_db(resampled(tone(highest, rate_in), rate_in, rate_out)) == pytest.approx(0, abs=0.1)

    def test_pieces_do_not_matter(self, rate_in: int, rate_out: int) -> None:
        """
        Cut anywhere, even sample by sample, the result is the same to the last bit.
        """
        audio = np.random.default_rng(3).uniform(-1, 1, 3001).astype(np.float32)
        whole = resampled(audio, rate_in, rate_out)
        for size in (1, 7, 256, 1000):
            resampler = Resampler(rate_in, rate_out)
            pieces = [resampler.feed(audio[at : at + size]) for at in range(0, len(audio), size)]

            assert np.array_equal(np.concatenate([*pieces, resampler.finish()]), whole)


class TestBand:
    @pytest.mark.parametrize("hz", [4100, 4500, 6000, 9000])
    def test_what_a_telephone_cannot_carry_is_gone(self, hz: int) -> None:
        """
        Above half the rate nothing comes back as another tone (aliasing): 60 dB down.
        """
        assert level_db(resampled(tone(hz, 22050), 22050, 8000)) < -60

    @pytest.mark.parametrize("hz", [3000, 3800])
    def test_a_faster_rate_brings_no_images(self, hz: int) -> None:
        """
        From 8 kHz to 16 kHz the upper half stays empty.
        """
        heard = resampled(tone(hz, 8000), 8000, 16000)
        inner = heard[800:-800]
        spectrum = np.abs(np.fft.rfft(inner * np.hanning(len(inner))))
        above = spectrum[len(spectrum) // 2 + 100 :].max()

        assert 20 * np.log10(above / spectrum.max()) < -40


class TestDelay:
    @given(fed=st.integers(200, 4000))
    def test_five_ms_are_held_back_at_most(self, fed: int) -> None:
        """
        A caller waits for no more of the audio than the filter must see.
        """
        ready = len(Resampler(22050, 8000).feed(np.zeros(fed, np.float32)))

        assert fed / 22050 - ready / 8000 <= 0.0051

"""The equaliser for the telephone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.equaliser import Equaliser, response_db
from ivr_ari.prompts.resample import Samples


def through(audio: Samples, cuts: list[int]) -> Samples:
    """Filter *audio* in pieces."""
    equaliser = Equaliser()
    pieces = np.split(audio, sorted(cut % (len(audio) + 1) for cut in cuts))
    return np.concatenate([equaliser.feed(piece) for piece in pieces])


class TestEqualiser:
    @pytest.mark.parametrize("hz", [250, 300, 500, 1000, 1800, 2500, 3400])
    def test_does_what_it_is_meant_to(self, hz: int) -> None:
        """
        In the telephone's band a tone changes as the response says, within half a dB.
        """
        tone = np.sin(2 * np.pi * hz * np.arange(8000) / 8000).astype(np.float32)

        heard = through(tone, [])[2000:]
        change = 10 * np.log10(np.square(heard).mean() / np.square(tone[2000:]).mean())

        assert change == pytest.approx(float(response_db(np.array([float(hz)]))[0]), abs=0.5)

    def test_takes_away_what_a_telephone_does_not_carry(self) -> None:
        """
        Hum at 50 Hz is 40 dB down and more.
        """
        hum = np.sin(2 * np.pi * 50 * np.arange(16000) / 8000).astype(np.float32)

        assert np.abs(through(hum, [])[8000:]).max() < 0.01

    def test_lifts_consonants_over_vowels(self) -> None:
        """
        3 kHz gains between 2 and 4 dB on 500 Hz.
        """
        low, high = response_db(np.array([500.0, 3000.0]))

        assert 2.0 < high - low < 4.0

    def test_has_no_delay(self) -> None:
        """
        Most of a click comes out where it went in.
        """
        click = np.zeros(400, np.float32)
        click[100] = 1.0

        assert np.argmax(np.abs(through(click, []))) == 100

    @given(cuts=st.lists(st.integers(0, 2000), max_size=12))
    def test_pieces_do_not_matter(self, cuts: list[int]) -> None:
        """
        Cut anywhere, the result is the same to the last bit.
        """
        audio = np.random.default_rng(3).uniform(-1, 1, 2000).astype(np.float32)

        assert np.array_equal(through(audio, cuts), through(audio, []))

"""The pitch of a voice, and its periods."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.prompts.periods import STEP_MS, peaks, pitches
from tests.prompts.buzz import RATE_HZ, buzz

HOP = STEP_MS * RATE_HZ // 1000


@pytest.mark.parametrize("hz", [70, 110, 180, 300])
def test_tells_the_pitch_of_a_voice(hz: int) -> None:
    """
    Low and high voices are told within half a semitone, and no octave is mistaken for another.
    """
    found, _ = pitches(buzz(hz, hz, 400), RATE_HZ)

    assert np.abs(12 * np.log2(found[10:-10] / hz)).max() < 0.5


def test_what_is_noise_or_silence_has_no_pitch() -> None:
    """
    Only a voice has one: what hisses or is not heard is told as 0.
    """
    hiss = np.random.RandomState(1).standard_normal(4000).astype(np.float32) / 10
    voice = buzz(110, 110, 200)
    found, level_db = pitches(np.concatenate([hiss, np.zeros(4000, np.float32), voice]), RATE_HZ)

    assert (found[5 : 7800 // HOP] == 0).mean() > 0.95
    assert (found[8200 // HOP + 10 : -10] > 0).all()
    assert level_db[6000 // HOP] < -100


def test_finds_one_peak_a_period() -> None:
    """
    Peaks follow the voice's own periods as it glides, without one left out or doubled.
    """
    voice = buzz(90, 140, 500)
    found, _ = pitches(voice, RATE_HZ)
    own = peaks(voice.astype(np.float64), found, 10, len(found) - 10, RATE_HZ)
    gaps = np.diff(own) / RATE_HZ

    assert gaps.min() > 0.9 / 140
    assert gaps.max() < 1.1 / 90
    assert abs(len(own) - 115 * 0.4) < 8

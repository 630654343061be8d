"""Beeps and waiting sounds."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.prompts.tones import beep, silence, thinking


def test_beep_has_its_length_pitch_and_peak() -> None:
    """
    What a latency measurement looks for is where and what it should be.
    """
    tone = beep(1000, 200)

    assert len(tone) == 1600
    assert np.argmax(np.abs(np.fft.rfft(tone))) * 8000 / 1600 == 1000
    assert np.abs(tone).max() == pytest.approx(32767 * 10 ** (-12 / 20), rel=0.01)


def test_beep_starts_and_ends_without_a_click() -> None:
    """
    No step at either end is larger than a quiet sample.
    """
    tone = beep(1000, 50).astype(int)

    assert abs(tone[0]) < 100
    assert abs(tone[-1]) < 100


@pytest.mark.parametrize("ms", [0, 1, 20, 3001])
def test_lengths_are_exact(ms: int) -> None:
    """
    A sound asked for in milliseconds has that many, at any rate.
    """
    assert len(silence(ms)) == len(beep(500, ms)) == len(thinking(ms)) == ms * 8
    assert len(beep(500, ms, 16000)) == len(thinking(ms, 16000)) == ms * 16


def test_thinking_is_soft() -> None:
    """
    A caller can speak over it: its peak stays 30 dB below full scale.
    """
    assert 0 < np.abs(thinking(3000)).max() <= 32767 * 10 ** (-30 / 20) + 1

"""How loud speech is heard."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.prompts.loudness import loudness_lufs
from ivr_ari.prompts.resample import Samples


def tone(ms: int, rate_hz: int, dbfs: float = 0.0, hz: float = 997.0) -> Samples:
    """A sine whose peaks have *dbfs*."""
    wave: Samples = np.sin(2 * np.pi * hz * np.arange(ms * rate_hz // 1000) / rate_hz).astype(np.float32)
    return wave * np.float32(10 ** (dbfs / 20))


class TestLoudness:
    @pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 48000])
    def test_of_the_standard_s_own_signal(self, rate_hz: int) -> None:
        """
        A full-scale sine of 997 Hz in one channel has -3.01 LUFS (ITU-R BS.1770-4, annex 1).
        """
        assert loudness_lufs(tone(2000, rate_hz), rate_hz) == pytest.approx(-3.01, abs=0.1)

    def test_pauses_do_not_count(self) -> None:
        """
        Silence between sounds makes a prompt no quieter (the gate of EBU R128).
        """
        sound, pause = tone(4000, 8000, -20), np.zeros(16000, np.float32)

        assert loudness_lufs(np.concatenate([sound, pause, sound]), 8000) == pytest.approx(-23.0, abs=0.4)

    @pytest.mark.parametrize("ms", [40, 120, 399, 400, 401])
    def test_short_ones_have_a_loudness_too(self, ms: int) -> None:
        """
        The standard starts at 400 ms; a shorter sound is as loud as if it went on.
        """
        assert loudness_lufs(tone(ms, 8000, -20, 1000.0), 8000) == pytest.approx(-23.0, abs=0.3)

    def test_silence_and_nothing(self) -> None:
        """
        What can't be heard lies at the standard's floor.
        """
        assert loudness_lufs(np.zeros(8000, np.float32), 8000) == -70.0
        assert loudness_lufs(np.zeros(0, np.float32), 8000) == -70.0

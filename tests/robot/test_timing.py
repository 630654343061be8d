"""The two ends of a turn, found by level."""

import math

import numpy as np
import pytest

from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.timing import Sounding, first_audio_after, last_voiced, level_dbfs, percentile


def tone(ms: int, amplitude: int = 8000) -> Pcm:
    samples = np.arange(8 * ms)
    wave: Pcm = np.rint(amplitude * np.sin(samples * 2 * np.pi / 20)).astype(np.int16)
    return wave


def line(*spans: tuple[int, float], start: float = 0.0) -> list[Sounding]:
    """Return packets of 20 ms: spans of (packets, dBFS)."""
    levels = [level for count, level in spans for _ in range(count)]
    return [Sounding(start + 0.02 * index, level) for index, level in enumerate(levels)]


class TestLevel:
    def test_full_scale_square_is_zero(self) -> None:
        """
        The reference of dBFS as used here; a sine of the same height is 3 dB lower.
        """
        assert level_dbfs(np.array([-32768] * 160, np.int16)) == pytest.approx(0)
        assert level_dbfs(tone(20, 32767)) == pytest.approx(-3.01, abs=0.01)

    def test_digital_silence_has_a_level(self) -> None:
        """
        No logarithm of nothing, also for an empty packet.
        """
        assert level_dbfs(np.zeros(160, np.int16)) == level_dbfs(np.zeros(0, np.int16)) == -120


class TestLastVoiced:
    def test_trailing_silence_is_not_speech(self) -> None:
        """
        The end is found to 5 ms.
        """
        pcm = np.concatenate([tone(300), np.zeros(8 * 500, np.int16)])

        assert abs(last_voiced(pcm) - 8 * 300) <= 40

    def test_faint_noise_is_not_speech(self) -> None:
        """
        Noise below -45 dBFS after the last word does not move its end.
        """
        noise = np.random.default_rng(1).normal(0, 60, 8 * 500).astype(np.int16)

        assert abs(last_voiced(np.concatenate([tone(300), noise])) - 8 * 300) <= 40

    def test_silence_has_no_end_of_speech(self) -> None:
        """
        Zero says that nothing was voiced.
        """
        assert last_voiced(np.zeros(800, np.int16)) == 0


class TestFirstAudioAfter:
    def test_answer_after_silence_is_found(self) -> None:
        """
        The first loud packet after the caller's end of speech.
        """
        heard = line((50, -20), (50, -90), (10, -20))

        assert first_audio_after(heard, 1.5) == pytest.approx(2.0)

    def test_silence_may_have_begun_before_speech_ended(self) -> None:
        """
        The prompt was over long before: only that silence must be long enough, not what is left of it.
        """
        heard = line((50, -20), (50, -90), (10, -20))

        assert first_audio_after(heard, 1.99) == pytest.approx(2.0)

    def test_prompt_still_playing_is_no_answer(self) -> None:
        """
        After a barge-in the rest of the old prompt does not count as the new one.
        """
        heard = line((80, -20), (20, -90), (10, -20))

        assert first_audio_after(heard, 1.0) == pytest.approx(2.0)

    def test_pause_between_words_is_no_silence(self) -> None:
        """
        Breaks shorter than the asked silence belong to the prompt.
        """
        heard = line((60, -20), (5, -90), (20, -20))

        assert first_audio_after(heard, 1.0) is None
        assert first_audio_after(heard, 1.0, quiet_ms=100) == pytest.approx(1.3)

    def test_line_noise_is_no_answer(self) -> None:
        """
        Packets at the threshold are not above it.
        """
        assert first_audio_after(line((50, -45)), 0.0) is None

    def test_first_sound_of_a_call_counts(self) -> None:
        """
        Before the first packet there was silence: the greeting is an answer to the 200.
        """
        assert first_audio_after(line((1, -20), start=5.0), 4.0) == 5.0


class TestPercentile:
    def test_nearest_rank(self) -> None:
        """
        A value that was measured, never one between two.
        """
        values = [5.0, 1.0, 4.0, 2.0, 3.0]

        assert [percentile(values, share) for share in (0, 0.5, 0.95, 1)] == [1, 3, 5, 5]

    def test_nothing_has_no_percentile(self) -> None:
        """
        NaN, so that it shows in a report.
        """
        assert math.isnan(percentile([], 0.5))

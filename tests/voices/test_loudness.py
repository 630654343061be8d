"""A voice's loudness, learnt from what it has said."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.prompts.foreseen import Floats
from ivr_ari.prompts.level import carried, floats
from ivr_ari.prompts.loudness import loudness_lufs
from ivr_ari.prompts.voice import Pcm
from ivr_ari.voices.calibration import calibration

pytestmark = pytest.mark.model

RATE_HZ, HOP = 22050, 256


def spoken(draw: np.random.Generator) -> tuple[Floats, Pcm]:
    """Evidence of 8 channels and the audio that follows from it: the first two make it louder."""
    sounds = np.repeat(draw.normal(0, 1, (draw.integers(8, 20), 8)), 12, axis=0).astype(np.float32)
    sounds[:, :2] += draw.normal(0, 0.5, 2).astype(np.float32)
    gain = 10 ** ((-20 + 4 * np.tanh(sounds[:, 0]) + 3 * sounds[:, 1]) / 20)
    time = np.arange(len(sounds) * HOP) / RATE_HZ
    audio = np.repeat(gain, HOP) * np.sin(2 * np.pi * 700 * time)
    return sounds, np.clip(audio * 16000, -32767, 32767).astype(np.int16)


class TestFitted:
    def test_tells_the_loudness_of_sentences_never_heard(self) -> None:
        """
        Fitted to 60 sentences it misses others by less than half of what their mean misses them by.
        """
        from ivr_ari.voices.loudness import fitted

        draw = np.random.default_rng(11)
        foresight = fitted([spoken(draw) for _ in range(60)], RATE_HZ, HOP / RATE_HZ)
        others = [spoken(draw) for _ in range(30)]
        levels = np.array([loudness_lufs(carried(floats(pcm), RATE_HZ), 8000) for _, pcm in others])
        told = np.array([foresight.lufs(evidence, HOP / RATE_HZ) for evidence, _ in others])

        missed, differing = np.abs(told - levels), np.abs(levels - levels.mean())
        assert np.quantile(missed, 0.9) < 0.5 * np.quantile(differing, 0.9)


class TestCalibration:
    @pytest.mark.parametrize("language", ["en", "es", "de"])
    def test_has_many_sentences_in_any_language(self, language: str) -> None:
        """
        No sentence comes twice; a language without its own reads numbers.
        """
        sentences = calibration(language)

        assert len(set(sentences)) == len(sentences) >= 60

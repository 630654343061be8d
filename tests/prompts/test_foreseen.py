"""The loudness of a sentence, told before it was decoded."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ivr_ari.prompts.foreseen import Floats, Foresight, gated_lufs
from ivr_ari.prompts.loudness import loudness_lufs

FRAME_S = 0.0116


def foresight() -> Foresight:
    """One unit that listens to the second channel of three: 0.01 there is some 1 LU."""
    into = np.zeros((3 * 5 + 1, 1), np.float32)
    into[3 * 2 + 1] = 0.01
    return Foresight(into, np.array([10000.0, 0.0], np.float32), -24.0)


def said(*levels: float) -> Floats:
    """Evidence of a sentence of pieces of 0.6 s, each so many LU above or below usual."""
    return np.repeat(np.array([[5.0, level / 100, -3.0] for level in levels], np.float32), 52, axis=0)


class TestForesight:
    @pytest.mark.parametrize("level", [-6.0, 0.0, 4.0])
    def test_of_even_speech(self, level: float) -> None:
        """
        Frames that are all alike make a sentence of that loudness.
        """
        assert foresight().lufs(said(level), FRAME_S) == pytest.approx(-24.0 + level, abs=0.2)

    def test_what_is_much_quieter_does_not_count(self) -> None:
        """
        A pause inside makes a sentence no quieter, as EBU R128 has it.
        """
        alone = foresight().lufs(said(*[0.0] * 8), FRAME_S)
        paused = foresight().lufs(said(*[0.0] * 4, *[-28.0] * 6, *[0.0] * 4), FRAME_S)

        assert paused == pytest.approx(alone, abs=0.6)

    def test_nothing_has_no_loudness(self) -> None:
        """
        A sentence without frames is silence.
        """
        assert foresight().lufs(said()[:0].reshape(0, 3), FRAME_S) == -70.0

    def test_is_kept_as_json(self) -> None:
        """
        Written into a voice's folder and read again it tells the same.
        """
        again = Foresight.from_json(json.loads(json.dumps(foresight().to_json())))

        assert again.lufs(said(2, -3), FRAME_S) == pytest.approx(
            foresight().lufs(said(2, -3), FRAME_S), abs=0.02
        )

    @pytest.mark.parametrize("broken", [{}, {"into": "?", "out": "", "units": 1}, {"units": 0}])
    def test_anything_else_is_an_error(self, broken: dict[str, object]) -> None:
        """
        What was not written by it is refused with the errors it names.
        """
        good = foresight().to_json()
        with pytest.raises((KeyError, TypeError, ValueError)):
            Foresight.from_json({**good, **broken} if broken else {})


class TestGate:
    def test_agrees_with_the_standard_s_library(self) -> None:
        """
        Frames of noise that comes and goes have the loudness that the library measures of the noise.
        """
        draw = np.random.default_rng(5)
        frame, rate = 80, 8000
        envelope = np.repeat(10 ** (draw.uniform(-30, 0, 60) / 20), 6) * 0.2
        tone = np.sin(2 * np.pi * 1000 * np.arange(frame * len(envelope)) / rate)
        audio = (np.repeat(envelope, frame) * tone).astype(np.float32)
        # at 1 kHz the K-weighting is 0.69 dB
        powers = np.square(envelope) / 2 * 10**0.0691

        assert gated_lufs(powers, frame / rate, -70.0) == pytest.approx(loudness_lufs(audio, rate), abs=0.15)

"""The measures of the voice measure what they are meant to."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.prompts.tones import beep, silence
from ivr_ari.prompts.voice import Pcm
from tests.bench.voice_joins import CLICK, click, level_db, roughest
from tests.bench.voice_judged import plain
from tests.bench.voice_pitch import final_rise, pitches


def buzz(begin_hz: float, end_hz: float, ms: int, rate_hz: int = 8000) -> Pcm:
    """A voice's buzz whose pitch glides, with harmonics up to 1 kHz."""
    hz = np.linspace(begin_hz, end_hz, ms * rate_hz // 1000)
    phase = 2 * np.pi * np.cumsum(hz) / rate_hz
    wave = sum(np.sin(number * phase) / number for number in range(1, 8))
    return (np.asarray(wave) * 6000).astype(np.int16)


class TestClick:
    def test_a_cut_wave_clicks(self) -> None:
        """
        Two waves that don't meet are heard as a click, where they meet and nowhere else.
        """
        wave = beep(300, 200)
        cut = np.concatenate([wave[:803], wave[-790:]])

        assert click(cut, 803) > CLICK
        assert roughest(cut, 600, 1000) > CLICK
        assert roughest(cut, 300, 700) < CLICK

    def test_a_wave_into_silence_clicks(self) -> None:
        """
        Audio that stops in the middle of a wave does too.
        """
        assert click(np.concatenate([beep(300, 200)[:810], silence(100)]), 810) > CLICK

    def test_speech_does_not(self) -> None:
        """
        A smooth wave, a faded one beside silence and silence itself have none.
        """
        assert roughest(buzz(110, 140, 400), 400, 2800) < CLICK
        assert roughest(np.concatenate([silence(100), beep(300, 200), silence(100)]), 700, 2500) < CLICK
        assert roughest(silence(300), 0, 2400) < CLICK


class TestLevel:
    def test_of_a_part(self) -> None:
        """
        Half the wave has half the level: 6 dB.
        """
        wave = beep(500, 400)
        quieter = np.concatenate([wave, wave // 2])

        assert level_db(quieter, 400, 2800) - level_db(quieter, 3600, 6000) == pytest.approx(6.0, abs=0.1)


class TestPitch:
    @pytest.mark.parametrize("hz", [80, 110, 180, 240])
    @pytest.mark.parametrize("rate_hz", [8000, 22050])
    def test_of_a_steady_voice(self, hz: int, rate_hz: int) -> None:
        """
        Found within a fiftieth, without jumps of an octave.
        """
        found = pitches(buzz(hz, hz, 500, rate_hz), rate_hz)

        assert np.nanmax(np.abs(found / hz - 1)) < 0.05

    def test_silence_has_none(self) -> None:
        """
        Pauses take no part in the melody.
        """
        assert np.isnan(pitches(silence(300), 8000)).all()

    def test_rises_and_falls(self) -> None:
        """
        A glide up by half an octave at the end is a rise of some semitones, a glide down a fall.
        """
        level = buzz(110, 110, 700)

        assert final_rise(np.concatenate([level, buzz(110, 165, 250)]), 8000) > 3.0
        assert final_rise(np.concatenate([level, buzz(110, 80, 250)]), 8000) < 0.0


class TestPlain:
    @pytest.mark.parametrize(
        ("said", "heard"),
        [
            ("Okay, your balance is $42.19.", "OK. Your balance is forty two dollars and nineteen cents"),
            ("Press the pound key.", "press the pound key"),
        ],
    )
    def test_spellings_do_not_count(self, said: str, heard: str) -> None:
        """
        What sounds alike is alike, however it is written.
        """
        assert plain(said) == plain(heard)

    def test_other_words_do(self) -> None:
        """
        A word that was not said is an error.
        """
        assert plain("your balance") != plain("your valance")

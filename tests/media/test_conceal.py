"""What is heard where no packet came."""

import numpy as np
import pytest

from ivr_ari.media.codecs import Pcm
from ivr_ari.media.conceal import Concealer, comfort_noise

RATES = pytest.mark.parametrize("rate_hz", [8000, 16_000])


def voice(rate_hz: int, seconds: float = 0.4, pitch_hz: float = 120.0) -> Pcm:
    """A vowel: harmonics of a pitch, falling by 6 dB an octave."""
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    waves = [np.sin(2 * np.pi * pitch_hz * n * at + n) / n for n in range(1, 25)]
    pcm: Pcm = (4000 * np.sum(waves, axis=0)).astype(np.int16)
    return pcm


def rms(pcm: Pcm) -> float:
    return float(np.sqrt(np.mean(pcm.astype(float) ** 2)))


def through(pcm: Pcm, rate_hz: int, lost: set[int]) -> Pcm:
    """Return what is heard when these packets of 20 ms are lost."""
    concealer = Concealer(rate_hz)
    size = rate_hz // 50
    return np.concatenate(
        [
            concealer.missing(size) if number in lost else concealer.good(piece)
            for number, piece in enumerate(pcm.reshape(-1, size))
        ]
    )


class TestVoice:
    @RATES
    def test_a_vowel_goes_on_over_a_lost_packet(self, rate_hz: int) -> None:
        """
        What is invented is far nearer to what was lost than silence.
        """
        pcm = voice(rate_hz)
        size = rate_hz // 50

        heard = through(pcm, rate_hz, {8})
        lost = slice(8 * size, 9 * size)
        error = rms((heard[lost].astype(int) - pcm[lost]).astype(np.int16))

        assert error < 0.35 * rms(pcm[lost])

    @RATES
    def test_the_voice_returns_without_a_click(self, rate_hz: int) -> None:
        """
        The first good samples are blended, the others are as they came.
        """
        pcm = voice(rate_hz)
        size = rate_hz // 50
        steepest = np.abs(np.diff(pcm.astype(int))).max()

        heard = through(pcm, rate_hz, {8, 9})

        edge = heard[10 * size - 40 : 10 * size + 40].astype(int)
        assert np.abs(np.diff(edge)).max() < 1.5 * steepest
        assert np.array_equal(
            heard[10 * size + 4 * rate_hz // 1000 :], pcm[10 * size + 4 * rate_hz // 1000 :]
        )

    @RATES
    def test_it_fades_into_the_line_s_noise(self, rate_hz: int) -> None:
        """
        Nobody is heard to go on humming: after 60 ms only the noise is left.
        """
        concealer = Concealer(rate_hz)
        size = rate_hz // 50
        for piece in voice(rate_hz).reshape(-1, size):
            concealer.good(piece)
            concealer.level(20.0)

        levels = [rms(concealer.missing(size)) for _ in range(6)]

        assert levels[0] > levels[1] > levels[2]
        assert levels[0] > 1000
        assert levels[4] == pytest.approx(concealer.floor, rel=0.3)

    def test_before_anything_was_heard_there_is_silence(self) -> None:
        """
        A call that begins with a loss.
        """
        assert rms(Concealer(8000).missing(160)) < 3

    @pytest.mark.parametrize("samples", [80, 240, 800, 8000])
    def test_gaps_of_any_length_are_filled_exactly(self, samples: int) -> None:
        """
        Audio time goes on.
        """
        concealer = Concealer(8000)
        for piece in voice(8000).reshape(-1, 160):
            concealer.good(piece)

        assert concealer.missing(samples).size == samples


class TestNoise:
    def test_the_floor_is_that_of_the_quietest_frames(self) -> None:
        """
        Speech does not raise it, and it follows a line that gets noisier within seconds.
        """
        concealer = Concealer(8000)
        for _ in range(20):
            for level in (2000, 30, 1500, 35):
                concealer.level(level)
        quiet = concealer.floor
        for _ in range(60):
            concealer.level(90)

        assert quiet < 40
        assert concealer.floor == pytest.approx(90, rel=0.1)

    def test_noise_is_never_as_loud_as_speech(self) -> None:
        """
        -50 dBFS at most, whatever the far side says its silence is like.
        """
        concealer = Concealer(8000)
        concealer.noise_level(3000)

        assert rms(concealer.noise(1600)) < 120

    def test_noise_does_not_repeat_within_a_packet(self) -> None:
        """
        Each piece is another one.
        """
        first, second = comfort_noise(50, 0, 160), comfort_noise(50, 160, 160)

        assert abs(np.corrcoef(first, second)[0, 1]) < 0.3

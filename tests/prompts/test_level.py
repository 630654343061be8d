"""From an engine's audio to the telephone's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr_ari.prompts.level import (
    TARGET_LUFS,
    Chain,
    amplified,
    finished,
    floats,
    gain_db,
    louder,
)
from ivr_ari.prompts.loudness import loudness_lufs
from ivr_ari.prompts.tones import beep, silence
from ivr_ari.prompts.voice import Pcm


def through(chain: Chain, audio: Pcm, cuts: list[int]) -> Pcm:
    """Feed *audio* cut at the given places."""
    pieces = np.split(audio, sorted(cut % (len(audio) + 1) for cut in cuts))
    return np.concatenate([*(chain.feed(piece) for piece in pieces), chain.finish()])


def sentence(dbfs: float = -23.0, rate_hz: int = 22050) -> Pcm:
    """Two sounds, a pause between, silence around."""
    sounds = [silence(155, rate_hz), beep(500, 333, rate_hz, dbfs=dbfs), silence(620, rate_hz)]
    return np.concatenate([*sounds, beep(900, 251, rate_hz, dbfs=dbfs), silence(400, rate_hz)])


class TestChain:
    @settings(deadline=None, max_examples=40)
    @given(cuts=st.lists(st.integers(0, 40000), max_size=12), rate_out=st.sampled_from([8000, 16000]))
    def test_pieces_do_not_matter(self, cuts: list[int], rate_out: int) -> None:
        """
        The same audio gives the same samples whatever pieces it came in, at both rates.
        """
        audio = sentence()

        heard = through(Chain(22050, rate_out, 3.0), audio, cuts)

        assert np.array_equal(heard, through(Chain(22050, rate_out, 3.0), audio, []))

    @pytest.mark.parametrize("rate_out", [8000, 16000])
    def test_edges_are_cut_and_what_is_inside_stays(self, rate_out: int) -> None:
        """
        10 ms before the first sound and 120 ms after the last are kept; a pause inside is untouched.
        """
        heard = through(Chain(22050, rate_out), sentence(), [])

        assert 1000 * len(heard) / rate_out == pytest.approx(10 + 333 + 620 + 251 + 120, abs=20)

    @pytest.mark.parametrize("rate_out", [8000, 16000])
    def test_tells_what_the_beginning_lost(self, rate_out: int) -> None:
        """
        A word's place in what is heard is its place in the engine's audio less `cut`.
        """
        chain = Chain(22050, rate_out)
        through(chain, sentence(), [3000])

        assert 1000 * chain.cut / rate_out == pytest.approx(155 - 10, abs=10)

    def test_ends_without_a_step(self) -> None:
        """
        The first and last samples are silent, so that sentences can stand beside each other.
        """
        noisy = np.clip(sentence() + np.random.default_rng(1).normal(0, 20, len(sentence())), -32768, 32767)

        heard = through(Chain(22050), noisy.astype(np.int16), [])

        assert np.abs(heard[[0, -1]]).max() <= 1

    def test_silence_alone_is_nothing(self) -> None:
        """
        A sentence without sound is no sentence.
        """
        assert len(through(Chain(22050), silence(1234, 22050), [])) == 0


class TestBand:
    def test_what_lies_above_4_khz_is_gone(self) -> None:
        """
        A 6 kHz tone must not come back as 2 kHz (aliasing).
        """
        heard = through(Chain(22050), beep(6000, 500, 22050, dbfs=-6), [])

        assert len(heard) == 0 or loudness_lufs(floats(heard), 8000) < -60

    def test_sixteen_khz_carry_more(self) -> None:
        """
        The same tone is there in a call of 16 kHz.
        """
        heard = through(Chain(22050, 16000), beep(6000, 500, 22050), [])

        assert np.argmax(np.abs(np.fft.rfft(heard[:8000]))) * 2 == pytest.approx(6000, abs=4)


class TestFinished:
    @pytest.mark.parametrize("dbfs", [-45.0, -23.0, -6.0])
    @pytest.mark.parametrize("rate_out", [8000, 16000])
    def test_has_the_loudness_of_all_prompts(self, dbfs: float, rate_out: int) -> None:
        """
        Quiet and loud originals come within 0.4 LU of the target, at both rates, alone and beside others.
        """
        heard, _ = finished(sentence(dbfs), 22050, rate_out)
        three = np.concatenate([heard, silence(230, rate_out), heard, silence(230, rate_out), heard])

        assert loudness_lufs(floats(heard), rate_out) == pytest.approx(TARGET_LUFS, abs=0.4)
        assert loudness_lufs(floats(three), rate_out) == pytest.approx(TARGET_LUFS, abs=0.4)

    def test_one_loudness_from_quiet_and_loud(self) -> None:
        """
        The same sentence comes out the same, however loud it was given.
        """
        levels = [loudness_lufs(floats(finished(sentence(dbfs), 22050)[0]), 8000) for dbfs in (-40.0, -10.0)]

        assert levels[0] == pytest.approx(levels[1], abs=0.1)

    def test_short_ones_too(self) -> None:
        """
        "Yes." is as loud as a long sentence, although the standard measures nothing under 400 ms.
        """
        heard, _ = finished(beep(700, 200, 22050, dbfs=-40), 22050)

        assert len(heard) < 0.4 * 8000
        assert loudness_lufs(floats(heard), 8000) == pytest.approx(TARGET_LUFS, abs=0.5)

    def test_is_what_the_chain_makes(self) -> None:
        """
        With its gain known, a sentence heard while it is made has the samples that are kept (0.05 dB).
        """
        audio = sentence(-30.0)
        heard, cut = finished(audio, 22050)
        plain = through(Chain(22050), audio, [])
        own, kept = (loudness_lufs(floats(one), 8000) for one in (plain, heard))
        chain = Chain(22050, 8000, kept - own)
        made = through(chain, audio, [5000, 9000])

        assert cut == chain.cut
        assert np.abs(made.astype(int) - heard).max() <= 0.006 * np.abs(made.astype(int)).max()

    def test_silence_is_nothing(self) -> None:
        """
        No gain makes a prompt of silence.
        """
        assert len(finished(silence(700, 22050), 22050)[0]) == 0


class TestGain:
    def test_a_sentence_s_own_loudness_decides(self) -> None:
        """
        A sentence predicted 2 LU under the target gets 2 dB.
        """
        assert gain_db(TARGET_LUFS - 2.0, 5.0) == pytest.approx(2.0)

    def test_else_the_voice_s(self) -> None:
        """
        An engine that predicts nothing is levelled by what its voice needs as a rule.
        """
        assert gain_db(None, 5.0) == 5.0


class TestLevel:
    def test_peaks_never_clip(self) -> None:
        """
        However loud, samples stay below -3 dBFS, and louder in is never quieter out.
        """
        ramp = np.linspace(-1, 1, 2001, dtype=np.float32)

        loud = amplified(ramp, 30.0).astype(int)

        assert np.abs(loud).max() <= 32767 * 10 ** (-3 / 20) + 1
        assert (np.diff(loud) >= 0).all()


class TestLouder:
    def test_nothing_to_do(self) -> None:
        """
        Without a gain the audio is what it was, byte for byte.
        """
        audio = beep(400, 100).tobytes()

        assert louder(audio, 0) is audio

    @pytest.mark.parametrize("gain_db", [-6, 3, 6])
    def test_by_so_many_db(self, gain_db: int) -> None:
        """
        What is far from full scale is amplified as asked.
        """
        audio = (beep(400, 100).astype(float) / 8).astype("<i2")

        heard = np.frombuffer(louder(audio.tobytes(), gain_db), "<i2")

        change = loudness_lufs(floats(heard.astype(np.int16)), 8000) - loudness_lufs(floats(audio), 8000)
        assert change == pytest.approx(gain_db, abs=0.2)

    def test_never_clips(self) -> None:
        """
        A loud prompt made louder bends; no sample reaches full scale.
        """
        audio = np.tile(np.array([32767, -32768, 12000], "<i2"), 100)

        heard = np.frombuffer(louder(audio.tobytes(), 24), "<i2")

        assert np.abs(heard.astype(int)).max() < 32767

    @given(st.lists(st.integers(0, 400), max_size=4))
    def test_pieces_fit_together(self, cuts: list[int]) -> None:
        """
        However the audio is cut, it sounds the same.
        """
        audio = beep(400, 50).astype("<i2")
        pieces = np.split(audio, sorted(cuts))

        assert b"".join(louder(piece.tobytes(), 6) for piece in pieces) == louder(audio.tobytes(), 6)

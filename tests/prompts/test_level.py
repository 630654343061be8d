"""From an engine's audio to the telephone's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.level import TARGET_DBFS, Telephone, Trimmer, active_dbfs, amplified, levelled, louder
from ivr_ari.prompts.tones import beep, silence
from ivr_ari.prompts.voice import Pcm


def through(chain: Telephone | Trimmer, audio: Pcm, cuts: list[int]) -> Pcm:
    """Feed *audio* cut at the given places."""
    pieces = np.split(audio, sorted(cut % (len(audio) + 1) for cut in cuts))
    return np.concatenate([*(chain.feed(piece) for piece in pieces), chain.finish()])


class TestTrimmer:
    def test_speech_starts_within_20_ms_and_ends_with_a_short_tail(self) -> None:
        """
        Silence before is cut to 10 ms, silence after to 120 ms.
        """
        audio = np.concatenate([silence(300), beep(400, 500), silence(900)])

        heard = through(Trimmer(), audio, [])

        assert np.flatnonzero(np.abs(heard) > 300)[0] <= 160
        assert 480 <= len(heard) / 8 - 120 <= 530

    def test_a_long_pause_inside_is_shortened_and_a_short_one_kept(self) -> None:
        """
        Pauses are part of speech up to 450 ms.
        """
        tone = beep(400, 200)

        short = through(Trimmer(), np.concatenate([tone, silence(300), tone]), [])
        long = through(Trimmer(), np.concatenate([tone, silence(2000), tone]), [])

        assert len(short) == pytest.approx(700 * 8, abs=80)
        assert len(long) == pytest.approx(850 * 8, abs=160)

    def test_silence_alone_is_nothing(self) -> None:
        """
        A prompt without sound is no prompt.
        """
        assert len(through(Trimmer(), silence(1234), [])) == 0

    @given(cuts=st.lists(st.integers(0, 20000), max_size=12))
    def test_pieces_do_not_matter(self, cuts: list[int]) -> None:
        """
        The same audio gives the same samples whatever pieces it came in.
        """
        audio = np.concatenate([silence(55), beep(500, 333), silence(120), beep(700, 251), silence(400)])

        assert np.array_equal(through(Trimmer(), audio, cuts), through(Trimmer(), audio, []))


class TestTelephone:
    def test_halves_what_lies_above_4_khz_to_nothing(self) -> None:
        """
        A 6 kHz tone must not come back as 2 kHz (aliasing).
        """
        telephone = Telephone(22050)
        heard = through(telephone, beep(6000, 500, 22050, dbfs=-6), [])

        assert len(heard) == 0 or active_dbfs(heard) < -60

    def test_keeps_length_and_pitch(self) -> None:
        """
        A tone keeps its length and its frequency at the telephone's rate.
        """
        heard = through(Telephone(22050), beep(1000, 500, 22050), [4000, 7000])
        spectrum = np.abs(np.fft.rfft(heard[:4000]))

        assert len(heard) == pytest.approx(4000, abs=100)
        assert np.argmax(spectrum) * 8000 / 4000 == pytest.approx(1000, abs=4)


class TestLevel:
    @pytest.mark.parametrize("dbfs", [-40.0, -23.0, -9.0])
    def test_prompts_come_to_one_level(self, dbfs: float) -> None:
        """
        Quiet and loud originals are within 0.5 dB of the target, pauses left out.
        """
        tone = beep(440, 400, dbfs=dbfs)
        audio = np.concatenate([tone, silence(800), tone])

        assert active_dbfs(levelled(audio)) == pytest.approx(TARGET_DBFS, abs=0.5)

    def test_peaks_never_clip(self) -> None:
        """
        However loud, samples stay below -3 dBFS, and louder in is never quieter out.
        """
        ramp = np.linspace(-1, 1, 2001, dtype=np.float32)

        loud = amplified(ramp, 30.0).astype(int)

        assert np.abs(loud).max() <= 32767 * 10 ** (-3 / 20) + 1
        assert (np.diff(loud) >= 0).all()

    def test_nothing_has_no_level(self) -> None:
        """
        Silence stays silence, nothing stays nothing.
        """
        assert not levelled(silence(100)).any()
        assert len(levelled(silence(0))) == 0


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

        assert active_dbfs(heard.astype(np.int16)) - active_dbfs(audio.astype(np.int16)) == pytest.approx(
            gain_db, abs=0.2
        )

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

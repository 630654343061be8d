"""The robot's sentences, found by their words."""

import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr_ari.errors import SetupError
from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.clips import Clips, normalise, program_voice

CALLERS = Path(__file__).parents[1] / "data" / "callers"


class TestClips:
    def test_sentence_is_found_however_it_is_written(self) -> None:
        """
        Case and punctuation are not spoken.
        """
        clips = Clips.load(CALLERS)

        pcm = clips.find("Actually, make that March!", "am_adam")

        assert pcm.dtype == np.int16
        assert pcm.size == pytest.approx(1.42 * 8000, rel=0.02)

    def test_asked_voice_is_preferred_and_any_other_will_do(self) -> None:
        """
        Each sentence exists in two of four voices.
        """
        clips = Clips.load(CALLERS)

        adam, sarah = (clips.find("actually make that march", voice) for voice in ("am_adam", "af_sarah"))
        other = clips.find("actually make that march", "bm_george")

        assert adam.size != sarah.size
        assert other.size in (adam.size, sarah.size)

    def test_plain_recording_is_preferred_to_a_dictation(self) -> None:
        """
        The same words without pauses, if both were recorded.
        """
        pcm = Clips.load(CALLERS).find("it was on the third of october")

        assert pcm.size < 2 * 8000

    def test_every_line_of_the_manifest_has_its_file(self) -> None:
        """
        And nothing lies in the folder that no line names.
        """
        recordings = Clips.load(CALLERS).recordings

        assert {r.path for r in recordings} == set(CALLERS.glob("*.flac"))

    def test_unknown_sentence_is_synthesised(self) -> None:
        """
        By whatever was given for that.
        """
        said: list[str] = []

        def voice(text: str) -> Pcm:
            said.append(text)
            return np.zeros(80, np.int16)

        assert Clips.load(CALLERS, voice).find("Is it Tuesday?").size == 80
        assert said == ["Is it Tuesday?"]

    def test_sentence_nobody_can_say_is_an_error(self) -> None:
        """
        Before the call, not in the middle of it.
        """
        with pytest.raises(SetupError) as caught:
            Clips.load(CALLERS).find("Is it Tuesday?")

        assert caught.value.code == "robot.clip"

    def test_folder_without_manifest_is_refused(self, tmp_path: Path) -> None:
        """
        The hint says what belongs there.
        """
        with pytest.raises(SetupError) as caught:
            Clips.load(tmp_path)

        assert caught.value.code == "robot.clips"

    def test_other_rates_and_stereo_are_converted(self, tmp_path: Path) -> None:
        """
        Any sound file will do for a clip.
        """
        tone = np.sin(np.arange(44100) * 2 * np.pi * 440 / 44100)
        soundfile.write(tmp_path / "tone.wav", np.stack([tone, tone], axis=1) / 2, 44100)
        (tmp_path / "manifest.jsonl").write_text('{"file": "tone.wav", "text": "La", "voice": "x"}\n')

        pcm = Clips.load(tmp_path).find("la")

        assert pcm.size == 8000
        assert pcm.max() == pytest.approx(16384, rel=0.02)


class TestNormalise:
    def test_words_are_left(self) -> None:
        """
        As a recogniser writes them.
        """
        assert normalise("  What’s my  balance -- please? ") == "what's my balance please"


class TestProgramVoice:
    def test_no_program_no_voice(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """
        A machine without a speech program has recordings only.
        """
        monkeypatch.setenv("PATH", str(tmp_path))

        assert program_voice() is None

    def test_failing_program_is_named(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """
        What it complained of is in the hint.
        """
        program = tmp_path / "espeak-ng"
        program.write_text("#!/bin/sh\necho no voices here >&2\nexit 3\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
        voice = program_voice()
        assert voice is not None

        with pytest.raises(SetupError) as caught:
            voice("hello")

        assert "no voices here" in str(caught.value)

"""Voices on the command line; making one is tested in ``tests/voices``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .shell import WRONG_SETUP, call


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache nobody has put a voice into."""
    monkeypatch.setenv("IVR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class TestVoices:
    def test_none_yet(self) -> None:
        """
        An empty cache is no error, and the next command is named; the last resort is there, marked.
        """
        done = call("voices", "list")

        assert done.exit_code == 0
        assert "last resort" in done.stdout
        assert "ivr-ari voices import" in done.stderr

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("import", "jane"), "voice.source"),
            (("import", "jane", "--onnx", "jane.onnx"), "voice.source"),
            (("import", "jane.tar"), "voice.source"),
            (("export", "jane"), "voice.missing"),
            (("check",), "voice.missing"),
            (("check", "jane"), "voice.missing"),
            (("say", "Hello.", "out.wav", "--voice", "jane"), "voice.missing"),
            (("audition", "jane", "--out", "heard"), "voice.missing"),
        ],
    )
    def test_what_is_not_there(self, words: tuple[str, ...], code: str, tmp_path: Path) -> None:
        """
        A line with what to do, not a traceback; no file appears.
        """
        done = call(
            "voices", *[str(tmp_path / word) if "." in word and word[0] != "H" else word for word in words]
        )

        assert done.exit_code == WRONG_SETUP
        assert done.stderr.startswith(f"{code} ")
        assert (
            "ivr-ari voices import" in done.stderr or "expected" in done.stderr or "jane.onnx" in done.stderr
        )
        assert not (tmp_path / "out.wav").exists()

    @pytest.mark.parametrize(
        ("words", "what"),
        [
            (("--engine", "espeak"), "expected auto, coqui or onnx"),
            (("--rate", "44100"), "expected 8000 or 16000"),
            (("--speed", "9"), "less than or equal to 2"),
        ],
    )
    def test_what_can_not_be_asked_for(self, words: tuple[str, ...], what: str, tmp_path: Path) -> None:
        """
        What is possible is told.
        """
        done = call("voices", "say", "Hello.", tmp_path / "out.wav", "--voice", "espeak", *words)

        assert done.exit_code == 2
        assert what in done.stderr

    def test_a_text_with_a_mistake(self, tmp_path: Path) -> None:
        """
        It is read as a flow's is.
        """
        done = call("voices", "say", "Hello <shout>you</shout>.", tmp_path / "out.wav", "--voice", "espeak")

        assert done.exit_code == 2
        assert "shout" in done.stderr

    def test_a_text_with_a_slot(self, tmp_path: Path) -> None:
        """
        Outside a call a slot has no value; it is refused rather than left out.
        """
        done = call("voices", "say", "You owe {balance|money}.", tmp_path / "out.wav", "--voice", "espeak")

        assert done.exit_code == 2
        assert "{balance}" in done.stderr


@pytest.mark.model
class TestLastResort:
    def test_it_says_a_text_with_controls_and_own_words(self, tmp_path: Path) -> None:
        """
        A pause is as long as it is written, a lexicon is used, the rate is the one asked for.
        """
        import soundfile

        (tmp_path / "words.yaml").write_text("en:\n  Siobhan: /ʃɪˈvɔːn/\n")
        options = ("--voice", "espeak", "--lexicon", tmp_path / "words.yaml", "--rate", "16000")
        plain = call("voices", "say", "Siobhan, wait here.", tmp_path / "plain.wav", *options)
        paused = call(
            "voices", "say", 'Siobhan, wait <break time="900ms"/> here.', tmp_path / "paused.wav", *options
        )

        assert (plain.exit_code, paused.exit_code) == (0, 0), plain.stderr + paused.stderr
        short, long = soundfile.info(tmp_path / "plain.wav"), soundfile.info(tmp_path / "paused.wav")
        assert short.samplerate == long.samplerate == 16000
        assert long.duration - short.duration > 0.8

    def test_it_can_be_auditioned_in_another_language(self, tmp_path: Path) -> None:
        """
        Files and a page come out; each sentence has a line with what was measured.
        """
        done = call("voices", "audition", "espeak", "--language", "es", "--out", tmp_path / "heard")

        assert done.exit_code == 0, done.stderr
        assert len(list((tmp_path / "heard").glob("espeak-*.wav"))) == done.stdout.count("LUFS")
        assert (tmp_path / "heard" / "index.html").is_file()
        assert "Su saldo es de" in done.stdout

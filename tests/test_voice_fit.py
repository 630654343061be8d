"""What is said of the settings' voices before calls come."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.config import load_settings
from ivr_ari.errors import SetupError
from ivr_ari.prompts.open_voice import EXPORTED
from ivr_ari.prompts.voice_folder import VoiceAbout
from ivr_ari.settings import Settings
from ivr_ari.voice_fit import voice_lines


def settings(folder: Path, voice: str) -> Settings:
    for needed in ("model", "flows"):
        (folder / needed).mkdir(exist_ok=True)
    file = folder / "ivr-ari.yaml"
    file.write_text(
        "lab: true\nari: {password: x}\nspeech: {model: model}\nflows: {default: bank}\n"
        f"cache: cache\nvoice: {voice}\n"
    )
    return load_settings(file, {})


def make(folder: Path, name: str, *files: str, **more: object) -> None:
    made = folder / "cache" / "voices" / f"{name}-012345"
    made.mkdir(parents=True)
    values: dict[str, object] = {"rate_hz": 22050, "espeak_voice": "en-us", **more}
    VoiceAbout(name=made.name, **values).write(made)  # type: ignore[arg-type]
    for file in files:
        (made / file).touch()


class TestVoiceLines:
    def test_a_voice_that_is_served(self, tmp_path: Path) -> None:
        """
        A line says which, in what language, and what speaks it.
        """
        make(tmp_path, "kate", *EXPORTED)

        assert [*voice_lines(settings(tmp_path, "{name: kate}"))] == [
            "voice.name: kate-012345, en, streamed by onnx"
        ]

    def test_a_voice_that_was_not_made(self, tmp_path: Path) -> None:
        """
        It is a note: the machine that checks flows need not be the one that speaks.
        """
        (line,) = voice_lines(settings(tmp_path, "{name: jane}"))

        assert line.startswith("note: voice.name: voice.missing voice='jane'")
        assert "ivr-ari voices import" in line

    def test_the_last_resort_is_marked(self, tmp_path: Path) -> None:
        """
        Nobody gets it unknowingly.
        """
        make(tmp_path, "kate", *EXPORTED)
        lines = [*voice_lines(settings(tmp_path, "{name: kate, languages: {es: espeak}}"))]

        assert lines[1].startswith("note: voice.languages.es: espeak is a last resort")

    def test_a_voice_of_another_language(self, tmp_path: Path) -> None:
        """
        An English voice named for Spanish would read Spanish as English.
        """
        make(tmp_path, "kate", *EXPORTED)
        lines = [*voice_lines(settings(tmp_path, "{name: kate, languages: {es: kate}}"))]

        assert lines[2] == "note: voice.languages.es: kate was made for en"

    def test_a_voice_that_can_not_be_streamed(self, tmp_path: Path) -> None:
        """
        Its callers would wait.
        """
        make(tmp_path, "kate", "config.json", kind="coqui")

        assert any("render prompts ahead" in line for line in voice_lines(settings(tmp_path, "{name: kate}")))

    def test_an_engine_that_does_not_fit(self, tmp_path: Path) -> None:
        """
        A setting that would keep the service from starting is told here.
        """
        make(tmp_path, "kate", *EXPORTED)
        (line,) = voice_lines(settings(tmp_path, "{name: kate, engine: coqui}"))

        assert "voice.engine" in line
        assert "will not start" in line

    def test_the_lexicon_is_read(self, tmp_path: Path) -> None:
        """
        How many words there are; a sound that the voice does not know is a mistake in its file and line.
        """
        make(tmp_path, "kate", *EXPORTED, engine={"symbols": {"a": 1, "b": 2, "ˈ": 3}})
        (tmp_path / "words.yaml").write_text("en:\n  Bab: /bˈab/\n  SQL: sequel\n")
        right = settings(tmp_path, "{name: kate, lexicon: words.yaml}")

        assert [*voice_lines(right)][-1] == "voice.lexicon: 2 words (en)"

        (tmp_path / "words.yaml").write_text("en:\n  Bab: /bˈab/\n  Ship: /ʃɪp/\n")
        with pytest.raises(SetupError, match=r"words\.yaml:3"):
            list(voice_lines(right))

"""What a voice's folder says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.open_voice import EXPORTED, engine_for, open_voice
from ivr_ari.prompts.voice_folder import VoiceAbout, voice_folder, voices_in


def made(cache: Path, name: str, *files: str) -> Path:
    folder = cache / "voices" / name
    folder.mkdir(parents=True)
    VoiceAbout(name, 22050, "en-us").write(folder)
    for file in files:
        (folder / file).touch()
    return folder


class TestVoiceAbout:
    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        """
        Every field survives.
        """
        about = VoiceAbout(
            "kate-1", 16000, "es", gain_db=-1.5, language="es", licence="CC0", files={"a": "b"}, exported=1e-4
        )
        about.write(tmp_path)

        assert VoiceAbout.read(tmp_path) == about
        assert about.title == "kate"

    def test_fields_of_another_version_are_no_harm(self, tmp_path: Path) -> None:
        """
        Unknown ones are left out, missing ones have their usual value.
        """
        old = {"name": "joe-0", "rate_hz": 22050, "espeak_voice": "en-us", "gain_db": 2.1, "colour": "red"}
        (tmp_path / "voice.json").write_text(json.dumps(old))

        assert VoiceAbout.read(tmp_path) == VoiceAbout("joe-0", 22050, "en-us", gain_db=2.1)

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x", "rate_hz": "many", "espeak_voice": ""}'])
    def test_what_is_no_description_is_refused(self, tmp_path: Path, text: str) -> None:
        """
        The folder is named.
        """
        (tmp_path / "voice.json").write_text(text)
        with pytest.raises(SetupError) as caught:
            VoiceAbout.read(tmp_path)

        assert caught.value.code == "voice.unreadable"
        assert str(tmp_path) in str(caught.value)


class TestVoiceFolder:
    def test_the_newest_of_a_name_is_meant(self, tmp_path: Path) -> None:
        """
        A voice made again takes the place of the older one, which its full name still finds.
        """
        old, new = made(tmp_path, "joe-1"), made(tmp_path, "joe-2")
        os.utime(old / "voice.json", (1, 1))

        assert voice_folder(tmp_path, "joe") == new
        assert voice_folder(tmp_path, "joe-1") == old
        assert voices_in(tmp_path) == [new, old]

    def test_a_voice_that_begins_alike_is_another(self, tmp_path: Path) -> None:
        """
        "joe" does not find "joe-the-second".
        """
        made(tmp_path, "joe-the-second-1")
        with pytest.raises(SetupError, match="joe-the-second"):
            voice_folder(tmp_path, "joe")

    def test_a_draft_is_no_voice(self, tmp_path: Path) -> None:
        """
        What an interrupted import left is not found.
        """
        made(tmp_path, ".draft-joe-1")

        assert voices_in(tmp_path) == []


class TestEngineFor:
    def test_exported_is_served_without_coqui(self, tmp_path: Path) -> None:
        """
        Where both forms are, the light one speaks, unless settings say otherwise.
        """
        folder = made(tmp_path, "joe-1", "config.json", "model.pth", *EXPORTED)

        assert engine_for(folder) == "onnx"
        assert engine_for(folder, "coqui") == "coqui"

    def test_another_architecture_is_spoken_by_coqui(self, tmp_path: Path) -> None:
        """
        Its files lie in a folder of their own.
        """
        folder = made(tmp_path, "glow-1")
        (folder / "model").mkdir()

        assert engine_for(folder) == engine_for(folder, "coqui") == "coqui"

    def test_not_exported_is_spoken_by_coqui(self, tmp_path: Path) -> None:
        """
        A half export is none.
        """
        assert engine_for(made(tmp_path, "joe-1", "config.json", *EXPORTED[:2])) == "coqui"

    @pytest.mark.parametrize(("engine", "files"), [("onnx", ("config.json",)), ("coqui", EXPORTED)])
    def test_a_form_that_is_not_here_is_asked_for(
        self, tmp_path: Path, engine: str, files: tuple[str, ...]
    ) -> None:
        """
        The hint says what to do.
        """
        folder = made(tmp_path, "joe-1", *files)
        with pytest.raises(SetupError) as caught:
            engine_for(folder, "onnx" if engine == "onnx" else "coqui")

        assert caught.value.code == "voice.engine"

    def test_a_voice_that_is_not_there(self, tmp_path: Path) -> None:
        """
        The command that makes one is named.
        """
        with pytest.raises(SetupError, match="ivr-ari voices import"):
            open_voice(tmp_path, "jane")

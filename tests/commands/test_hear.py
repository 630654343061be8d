"""``ivr-ari hear``: somebody's own recordings, heard as calls are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ..speech.callers import FOLDER
from .shell import FLOWS, WRONG_SETUP, call

pytestmark = pytest.mark.model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("b024_am_adam", "What are your opening hours?"),
        ("b017_af_bella", "one seven four four"),
    ):
        shutil.copy(FOLDER / f"{name}.flac", tmp_path)
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


def test_recordings_are_heard(folder: Path) -> None:
    """Words, values and speed, by the full language model and as the step is listened to."""
    done = call("hear", folder, "--kind", "digits", "--json")
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    for line, by in zip(report["lines"], ("everything", "step"), strict=True):
        assert (line["by"], line["recordings"], line["words"]) == (by, 2, 9)
        assert (line["values"], line["right"]) == (1, 1)
        assert line["substituted"] + line["deleted"] + line["inserted"] <= 1
        assert line["load"] > 0
    assert report["better"]


def test_a_flow_says_what_is_listened_for(folder: Path) -> None:
    """By the slot that was asked for; what was misheard is printed if wanted."""
    done = call("hear", folder, "--flow", FLOWS / "bank.yaml", "--asked", "pin", "--errors")
    assert done.exit_code == 0
    assert "vosk-lab-en, step, all: 2 recordings" in done.stdout
    assert "listening for the step is" in done.stdout


def test_a_slot_the_flow_has_not_is_said(folder: Path) -> None:
    """One line, and the names there are."""
    done = call("hear", folder, "--flow", FLOWS / "bank.yaml", "--asked", "colour")
    assert done.exit_code == WRONG_SETUP
    assert "slots are" in done.stderr

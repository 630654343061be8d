"""What the documents name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from ivr_ari.cli import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = "asterisk|dialplans|docs|flows|ivr_ari|models|tests"


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_paths_exist(document: Path) -> None:
    """
    A file or folder of this project that a document names is in it.
    """
    text = document.read_text()
    # "flows/" is also a folder of the reader's, so only what stands in it is looked for.
    named = set(re.findall(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./-]*\w", text))

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_commands_exist(document: Path) -> None:
    """
    A command of ``ivr-ari`` that a document shows can be called.
    """
    shown = re.findall(r"(?:`|^|/bin/)ivr-ari ([a-z]+)(?: ([a-z]+))?", document.read_text(), re.MULTILINE)
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    known = {word: set(getattr(command, "commands", ())) for word, command in group.commands.items()}

    assert [words for words in shown if words[0] not in known] == []
    assert [
        (group, word) for group, word in shown if word and known[group] and word not in known[group]
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_make_targets_exist(document: Path) -> None:
    """
    So can what is made.
    """
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = re.findall(r"(?:`|^)make ([a-z ]+)", document.read_text(), re.MULTILINE)

    assert {word for words in shown for word in words.split()} <= targets

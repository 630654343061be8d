"""Which prompts there are, where they stand, and what they are called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ivr_ari.errors import FlowError
from ivr_ari.language.folder import load_folder
from ivr_ari.sounds.catalogue import catalogue

from .some_sounds import sound

FLOWS = Path(__file__).parents[2] / "flows"


def test_each_has_the_place_of_its_text() -> None:
    """
    A text is found where it is written: in the flow, in a part it uses, in a translation.
    """
    sounds = {(one.language, one.name): one for one in catalogue(FLOWS, load_folder(FLOWS))}

    for (language, name), text in {
        ("en", "bank/greeting"): "greeting:",
        ("en", "bank/goodbye"): "goodbye:",
        ("es", "bank/greeting"): "greeting:",
        ("en", "qa-echo/greeting"): "greeting:",
    }.items():
        file, line = sounds[language, name].where.split(":")
        assert (
            text in (FLOWS.parent / file.replace(str(FLOWS), "flows")).read_text().splitlines()[int(line) - 1]
        )
    assert "/es/" in sounds["es", "bank/greeting"].where


def test_a_single_file_will_do() -> None:
    """
    One flow is a catalogue too, with the same names.
    """
    whole = catalogue(FLOWS, load_folder(FLOWS))
    one = catalogue(FLOWS / "hello.yaml", load_folder(FLOWS / "hello.yaml"))

    assert one == tuple(each for each in whole if each.flow == "hello")


def test_the_name_is_the_same_in_every_language() -> None:
    """
    The channel's language chooses the file, not the dialplan.
    """
    assert sound("hello", language="es").played == sound("hello").played == "ivr-ari/shop/hello"


def test_names_that_would_be_one_file(tmp_path: Path) -> None:
    """
    The second variant of ``qa`` and a prompt ``qa-2`` would both be ``qa-2``: file, line, both names.
    """
    text = (FLOWS / "hello.yaml").read_text()
    at = text.index("\nprompts:\n") + len("\nprompts:\n")
    twice = "  qa: {say: [One., Two.]}\n  qa-2: Three.\n"
    flow = tmp_path / "hello.yaml"
    flow.write_text(text[:at] + twice + text[at:])
    for folder in ("parts", "tests"):
        shutil.copytree(FLOWS / folder, tmp_path / folder)

    with pytest.raises(FlowError) as caught:
        catalogue(tmp_path, load_folder(tmp_path))

    line = text[:at].count("\n") + 2
    assert str(caught.value).startswith("sounds.names ")
    assert f"{flow}:{line}:1: prompt 'qa-2' and prompt 'qa' would" in str(caught.value)

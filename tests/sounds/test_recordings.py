"""A studio's files: which are recordings of prompts, and what was found of them before."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.sounds.recordings import Checked, checked_before, find, save_checked

from .some_sounds import sound

SOUNDS = (sound("hello"), sound("hello-2"), sound("hello", language="es"))


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_a_file_by_the_name_of_a_prompt(tmp_path: Path) -> None:
    """
    Language, flow and prompt make the name; nothing else has to be declared.
    """
    put(tmp_path, "en/shop/hello.wav", "en/shop/hello-2.wav", "es/shop/hello.wav")

    found = find(tmp_path, SOUNDS)

    assert {one.sound for one in found.recordings} == set(SOUNDS)
    assert len({one.digest for one in found.recordings}) == 3
    assert found.problems == ()


def test_no_recordings_at_all(tmp_path: Path) -> None:
    """
    Most flows have none.
    """
    assert find(tmp_path / "recordings", SOUNDS).recordings == ()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("en/shop/helo.wav", "did you mean shop/hello?"),
        ("en/hello.wav", "expected recordings/LANGUAGE/FLOW/PROMPT.wav"),
        ("en/shop/hello.mp3", "not a .wav file; convert it: sox "),
        ("fr/shop/hello.wav", "no flow speaks 'fr'; there are en, es"),
        ("es/shop/hello-2.wav", "shop/hello-2 is no prompt that is known word for word"),
    ],
)
def test_files_that_nobody_will_hear(tmp_path: Path, name: str, says: str) -> None:
    """
    A name that is none is reported with the file and what to do, and spoils nothing else.
    """
    put(tmp_path, name, "en/shop/hello.wav")

    found = find(tmp_path, SOUNDS)

    assert [one.sound.name for one in found.recordings] == ["shop/hello"]
    [problem] = found.problems
    assert problem.startswith(f"{tmp_path / name}: not used: ")
    assert says in problem


def test_our_own_notes_are_no_recordings(tmp_path: Path) -> None:
    """
    Nor is what a desktop leaves behind.
    """
    put(tmp_path, "en/checked.json", "en/shop/.DS_Store")

    assert find(tmp_path, SOUNDS).problems == ()


def test_what_was_found_is_remembered(tmp_path: Path) -> None:
    """
    It stands beside the recordings, a line for each, so that it travels and can be reviewed with them.
    """
    checked = {
        "shop/hello": Checked("ab12", "welcome to the shop", words=((0, 400), (400, 500))),
        "shop/adiós": Checked("cd34", "adiós", accepted=True),
    }
    put(tmp_path, "en/shop/hello.wav")
    save_checked(tmp_path, "en", checked)

    assert checked_before(tmp_path, "en") == checked
    assert len((tmp_path / "en" / "checked.json").read_text().splitlines()) == 4
    assert checked_before(tmp_path, "es") == {}
    save_checked(tmp_path, "en", {})
    assert checked_before(tmp_path, "en") == {}


def test_what_is_as_it_was_is_not_written(tmp_path: Path) -> None:
    """
    A folder that can only be read is no hindrance where there is nothing new.
    """
    put(tmp_path, "en/shop/hello.wav")
    checked = {"shop/hello": Checked("ab12", "welcome")}
    save_checked(tmp_path, "en", checked)
    before = (tmp_path / "en" / "checked.json").stat().st_mtime_ns
    save_checked(tmp_path, "en", checked)

    assert (tmp_path / "en" / "checked.json").stat().st_mtime_ns == before


@pytest.mark.parametrize("text", ["[", "[]", '{"shop/hello": {"digest": "x"}}'])
def test_notes_that_are_damaged(tmp_path: Path, text: str) -> None:
    """
    What to do about them is said.
    """
    put(tmp_path, "en/shop/hello.wav")
    (tmp_path / "en" / "checked.json").write_text(text)

    with pytest.raises(SetupError, match=r"recordings\.checked .*remove that file"):
        checked_before(tmp_path, "en")

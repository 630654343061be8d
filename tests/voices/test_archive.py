"""A voice in one file, and files that are none."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.open_voice import EXPORTED
from ivr_ari.prompts.voice_folder import VoiceAbout
from ivr_ari.voices.archive import packed, unpacked
from ivr_ari.voices.making import file_sums

FULL = "kate-0123456789ab"
Change = Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A voice folder; its graphs are a few bytes."""
    made = tmp_path / "made" / "voices" / FULL
    made.mkdir(parents=True)
    for file in (*EXPORTED, "model.pth", "config.json"):
        (made / file).write_bytes(file.encode() * 9)
    about = VoiceAbout(FULL, 22050, "en-us", gain_db=1.5, licence="CC0", exported=1e-5)
    replace(about, files=file_sums(made)).write(made)
    return made


def test_what_is_packed_is_unpacked(folder: Path, tmp_path: Path) -> None:
    """
    The other host has the same voice under the same name, without what only Coqui needs.
    """
    size = packed(folder, tmp_path / "kate.tar")
    there = unpacked(tmp_path / "kate.tar", tmp_path / "there")

    assert size == (tmp_path / "kate.tar").stat().st_size
    assert there == tmp_path / "there" / FULL
    assert {path.name for path in there.iterdir()} == {"voice.json", *EXPORTED}
    about, other = VoiceAbout.read(folder), VoiceAbout.read(there)
    assert other == replace(about, files={name: about.files[name] for name in EXPORTED})
    assert other.files == file_sums(there)


def test_it_can_have_another_name_there(folder: Path, tmp_path: Path) -> None:
    """
    The hash stays: it is what the voice was made of.
    """
    packed(folder, tmp_path / "kate.tar")
    there = unpacked(tmp_path / "kate.tar", tmp_path / "there", name="front-desk")

    assert there.name == VoiceAbout.read(there).name == "front-desk-0123456789ab"


def test_what_was_not_exported_is_not_packed(folder: Path, tmp_path: Path) -> None:
    """
    No file appears.
    """
    (folder / EXPORTED[1]).unlink()
    with pytest.raises(SetupError) as caught:
        packed(folder, tmp_path / "kate.tar")

    assert caught.value.code == "voice.engine"
    assert not list(tmp_path.glob("*kate.tar*"))


def climb(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[0][0].name = "../voice.json"


def absolute(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    for info, _ in members:
        info.name = f"/{info.name}"


def link(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[1][0].type, members[1][0].linkname = tarfile.SYMTYPE, "/etc/passwd"
    members[1] = (members[1][0], b"")


def extra(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.append((tarfile.TarInfo(f"{FULL}/model.pth"), b"pickled"))


def deeper(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.append((tarfile.TarInfo(f"{FULL}/a/../voice.json"), b"{}"))


def missing(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    del members[2]


def changed(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[1] = (members[1][0], b"x" * len(members[1][1]))


def nothing(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.clear()


def hidden(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    for info, _ in members:
        info.name = f".{info.name}"


def undescribed(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[0] = (members[0][0], b"[]")


def spoken_whole(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    about = json.loads(members[0][1])
    members[0] = (members[0][0], json.dumps(about | {"kind": "coqui"}).encode())


CHANGES = (climb, absolute, link, extra, deeper, missing, changed, nothing, hidden, undescribed, spoken_whole)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_tampered_with_is_refused(folder: Path, tmp_path: Path, change: Change) -> None:
    """
    Nothing lands anywhere, not even half a voice.
    """
    packed(folder, tmp_path / "kate.tar")
    with tarfile.open(tmp_path / "kate.tar") as source:
        members = []
        for info in source.getmembers():
            data = source.extractfile(info)
            assert data is not None
            members.append((info, data.read()))
    change(members)
    with tarfile.open(tmp_path / "other.tar", "w") as target:
        for info, content in members:
            info.size = len(content)
            target.addfile(info, io.BytesIO(content))
    with pytest.raises(SetupError) as caught:
        unpacked(tmp_path / "other.tar", tmp_path / "there" / "voices")

    assert caught.value.code == "voice.archive"
    assert [path.name for path in (tmp_path / "there").rglob("*") if path.is_file()] in ([], [".lock"])
    assert not (tmp_path / "there" / "voice.json").exists()


@pytest.mark.parametrize("content", [b"", b"no tar", b"\x1f\x8b" + bytes(600), bytes(10240)])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    """
    One line that names the file.
    """
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(SetupError, match=r"x\.tar") as caught:
        unpacked(tmp_path / "x.tar", tmp_path / "there")

    assert caught.value.code == "voice.archive"


def test_cut_anywhere_it_is_refused(folder: Path, tmp_path: Path) -> None:
    """
    A file that broke off on its way is no voice.
    """
    packed(folder, tmp_path / "kate.tar")
    whole = (tmp_path / "kate.tar").read_bytes()
    content = len(whole.rstrip(b"\0"))
    for cut in range(0, content, 97):
        (tmp_path / "cut.tar").write_bytes(whole[:cut])
        with pytest.raises(SetupError):
            unpacked(tmp_path / "cut.tar", tmp_path / "there")

    assert asdict(VoiceAbout.read(folder))["files"]

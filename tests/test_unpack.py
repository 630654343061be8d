"""Archives from the network: whole, inside their folder, or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.unpack import unpack


def archive(path: Path, members: dict[str, str]) -> bytes:
    with zipfile.ZipFile(path, "w") as target:
        for name, text in members.items():
            target.writestr(name, text)
    return path.read_bytes()


def test_the_one_folder_becomes_the_target(tmp_path: Path) -> None:
    """Whatever the archive calls its folder, the target has the name that was asked for."""
    archive(tmp_path / "a.zip", {"small-0.15/am/final.mdl": "x"})

    unpack(tmp_path / "a.zip", tmp_path / "small")

    assert (tmp_path / "small/am/final.mdl").read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "small"]


def test_two_folders(tmp_path: Path) -> None:
    """An archive that is more than one folder is not a model."""
    archive(tmp_path / "a.zip", {"small/a": "x", "other/b": "x"})

    with pytest.raises(SetupError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "small")

    assert caught.value.code == "unpack.folders"


@pytest.mark.parametrize("member", ["../evil", "/etc/evil", "small/../../evil", "..\\evil", "C:/evil"])
def test_nothing_lands_outside(tmp_path: Path, member: str) -> None:
    """A member that leads out of the folder refuses the whole archive."""
    archive(tmp_path / "a.zip", {"small/good": "x", member: "x"})

    with pytest.raises(SetupError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "inner" / "small")

    assert caught.value.code == "unpack.escapes"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip"]


def test_no_links(tmp_path: Path) -> None:
    """A symbolic link in an archive could point anywhere."""
    link = zipfile.ZipInfo("small/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        target.writestr(link, "/etc/passwd")

    with pytest.raises(SetupError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "small")

    assert caught.value.code == "unpack.link"


def test_a_damaged_archive_leaves_nothing(tmp_path: Path) -> None:
    """Bytes that were turned on the way are noticed by the archive's own checksums."""
    body = bytearray(archive(tmp_path / "a.zip", {"small/file": "hello hello hello"}))
    body[body.index(b"hello")] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(body)

    with pytest.raises(SetupError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "small")

    assert caught.value.code == "unpack.damaged"
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_no_zip_at_all(tmp_path: Path) -> None:
    """A proxy's error page is not an archive."""
    (tmp_path / "a.zip").write_text("<html>blocked</html>")

    with pytest.raises(SetupError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "small")

    assert caught.value.code == "unpack.damaged"

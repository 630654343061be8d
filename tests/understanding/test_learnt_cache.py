"""What was learnt is kept as a whole, found again, and never too much of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ivr_ari.understanding.learnt_cache import LearntCache, learning_key


def write(folder: Path) -> None:
    (folder / "weights").write_bytes(b"abc")


class Reader:
    """Takes what an entry holds."""

    def __init__(self) -> None:
        self.found = b""

    def __call__(self, folder: Path) -> None:
        self.found = (folder / "weights").read_bytes()


def test_found_again(tmp_path: Path) -> None:
    """
    What was written under a key is read under it, and under no other.
    """
    LearntCache(tmp_path / "new").write("one", write)
    reader = Reader()

    assert LearntCache(tmp_path / "new").read("one", reader)
    assert reader.found == b"abc"
    assert not LearntCache(tmp_path / "new").read("two", reader)


def damage_content(entry: Path) -> None:
    (entry / "weights").write_bytes(b"abd")


def damage_by_leaving_out(entry: Path) -> None:
    (entry / "weights").unlink()


def damage_sums(entry: Path) -> None:
    (entry / "sums.json").write_text("{")


def damage_without_sums(entry: Path) -> None:
    (entry / "sums.json").unlink()


@pytest.mark.parametrize("damage", [damage_content, damage_by_leaving_out, damage_sums, damage_without_sums])
def test_damaged(damage: object, tmp_path: Path) -> None:
    """
    A damaged entry is not read but removed, and told of; the next write takes its place.
    """
    LearntCache(tmp_path).write("one", write)
    assert callable(damage)
    damage(tmp_path / "one")
    kept, reader = LearntCache(tmp_path), Reader()

    assert not kept.read("one", reader)
    assert (kept.damaged, reader.found) == (True, b"")
    assert list(tmp_path.iterdir()) == []

    kept.write("one", write)
    assert LearntCache(tmp_path).read("one", reader)


def test_failing_reader(tmp_path: Path) -> None:
    """
    A disk that fails while an entry is read is as if there were none.
    """
    LearntCache(tmp_path).write("one", write)

    def fail(folder: Path) -> None:
        raise OSError("gone")

    assert not LearntCache(tmp_path).read("one", fail)


def test_another_process_was_first(tmp_path: Path) -> None:
    """
    Two that learn the same leave one entry and no draft.
    """

    def late(folder: Path) -> None:
        LearntCache(tmp_path).write("one", write)
        write(folder)

    kept = LearntCache(tmp_path)
    kept.write("one", late)

    assert [entry.name for entry in tmp_path.iterdir()] == ["one"]
    assert kept.unwritten == ""


def test_disk_that_takes_nothing(tmp_path: Path) -> None:
    """
    Why nothing could be kept is told; no error is raised.
    """
    (tmp_path / "file").touch()
    kept = LearntCache(tmp_path / "file")

    kept.write("one", write)

    assert kept.unwritten == "File exists"


def test_oldest_go(tmp_path: Path) -> None:
    """
    Of too many entries those go that were not used for longest; so does what a dead process left.
    """
    kept = LearntCache(tmp_path, most=2)
    kept.write("one", write)
    kept.write("two", write)
    (tmp_path / "draft-dead").mkdir()
    os.utime(tmp_path / "draft-dead", (1, 1))
    os.utime(tmp_path / "one", (10, 10))
    os.utime(tmp_path / "two", (20, 20))
    assert kept.read("one", Reader())

    kept.write("three", write)

    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["one", "three"]


def test_key_depends_on_everything() -> None:
    """
    Another example, another order of intents, another encoder: another key.
    """
    keys = {
        learning_key({"a": ["x"], "b": ["y"]}, "en"),
        learning_key({"b": ["y"], "a": ["x"]}, "en"),
        learning_key({"a": ["x", "z"], "b": ["y"]}, "en"),
        learning_key({"a": ["x"], "b": ["y"]}, "es"),
    }

    assert len(keys) == 4
    assert learning_key({"a": ["x"], "b": ["y"]}, "en") in keys


def test_gone_while_it_was_read(tmp_path: Path) -> None:
    """
    What was read as a whole counts, though the entry is gone before its use can be marked.
    """
    LearntCache(tmp_path).write("one", write)

    def last(folder: Path) -> None:
        shutil.rmtree(folder)

    assert LearntCache(tmp_path).read("one", last)
    assert list(tmp_path.iterdir()) == []

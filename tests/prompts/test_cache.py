"""Audio kept by what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ivr_ari.prompts.cache import PromptCache, prompt_key

KEY = prompt_key("joe-1", "hello", 1.0, 8000)
AUDIO = bytes(range(200)) * 2


def test_kept_audio_comes_back_in_another_process(tmp_path: Path) -> None:
    """
    A second cache on the same folder finds what the first one wrote, sample for sample.
    """
    PromptCache(tmp_path).put(KEY, AUDIO)

    assert PromptCache(tmp_path).get(KEY) == AUDIO
    assert PromptCache(tmp_path).has(KEY)


def test_unknown_is_none(tmp_path: Path) -> None:
    """
    What was never kept is not there.
    """
    assert PromptCache(tmp_path / "none").get(KEY) is None


@pytest.mark.parametrize(
    "other",
    [
        prompt_key("joe-2", "hello", 1.0, 8000),
        prompt_key("joe-1", "Hello", 1.0, 8000),
        prompt_key("joe-1", "hello", 1.1, 8000),
        prompt_key("joe-1", "hello", 1.0, 16000),
    ],
)
def test_all_that_is_heard_is_in_the_key(other: str) -> None:
    """
    Another voice, text, speed or rate is another prompt.
    """
    assert other != KEY


@pytest.mark.parametrize("size", [0, 3, 43, 44, 100])
def test_a_damaged_file_is_missing_and_removed(tmp_path: Path, size: int) -> None:
    """
    A file cut at any length is no prompt; it is made again.
    """
    PromptCache(tmp_path).put(KEY, AUDIO)
    [path] = tmp_path.rglob("*.wav")
    path.write_bytes(path.read_bytes()[:size])

    assert PromptCache(tmp_path).get(KEY) is None
    assert not path.exists()


def test_a_full_disk_costs_speed_only(tmp_path: Path) -> None:
    """
    What cannot be written is still remembered by this process.
    """
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    cache = PromptCache(blocked / "prompts")

    cache.put(KEY, AUDIO)

    assert cache.get(KEY) == AUDIO


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """
    After a put there is the file and nothing else.
    """
    PromptCache(tmp_path).put(KEY, AUDIO)

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{KEY}.wav"]


def test_memory_is_bounded_and_forgets_the_oldest(tmp_path: Path) -> None:
    """
    The least recently used prompt leaves memory first; it is still on disk.
    """
    cache = PromptCache(tmp_path, memory_bytes=1000)
    for name in "abc":
        cache.put(name * 40, AUDIO)
        cache.get("a" * 40)

    assert list(cache.memory) == ["c" * 40, "a" * 40]
    assert cache.held_bytes == 800
    assert cache.get("b" * 40) == AUDIO


def test_prune_removes_what_was_unused_for_longest(tmp_path: Path) -> None:
    """
    Over its limit, the folder loses its oldest files, and no more than it must.
    """
    cache = PromptCache(tmp_path, disk_bytes=1000)
    for age, name in enumerate("abc"):
        cache.put(name * 40, AUDIO)
        path = tmp_path / (name * 2) / f"{name * 40}.wav"
        os.utime(path, (1000 - age, 1000 - age))

    assert cache.prune() == 1
    assert sorted(path.name[0] for path in tmp_path.rglob("*.wav")) == ["a", "b"]

"""Audio kept by what it says."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from ivr_ari.prompts.cache import PRUNING, Kept, PromptCache, prompt_key
from ivr_ari.prompts.script import Phrase, Sentence


def sentence(words: str, pace: int = 100) -> Sentence:
    return Sentence((Phrase(words, pace=pace),))


HELLO = prompt_key("joe-1", sentence("Hello."))
AUDIO = bytes(range(200)) * 2
WIDE = AUDIO * 2
WORDS = ((10, 20), (20, 25))


def key(letter: str) -> str:
    return letter * 40


def test_kept_audio_comes_back_in_another_process(tmp_path: Path) -> None:
    """
    A second cache on the same folder finds what the first one wrote, sample for sample, at both rates.
    """
    PromptCache(tmp_path).put(HELLO, {8000: AUDIO, 16000: WIDE}, WORDS)

    assert PromptCache(tmp_path).get(HELLO, 8000) == Kept(AUDIO, WORDS)
    assert PromptCache(tmp_path).get(HELLO, 16000) == Kept(WIDE, WORDS)
    assert PromptCache(tmp_path).has(HELLO)


def test_unknown_is_none(tmp_path: Path) -> None:
    """
    What was never kept is not there; nor is a rate that was not.
    """
    cache = PromptCache(tmp_path / "none")
    assert cache.get(HELLO, 8000) is None
    assert not cache.has(HELLO)

    cache.put(HELLO, {8000: AUDIO})
    assert PromptCache(tmp_path / "none").get(HELLO, 16000) is None


@pytest.mark.parametrize(
    "other",
    [
        prompt_key("joe-2", sentence("Hello.")),
        prompt_key("joe-1", sentence("hello.")),
        prompt_key("joe-1", sentence("Hello."), 1.1),
        prompt_key("joe-1", sentence("Hello.", pace=90)),
    ],
)
def test_all_that_is_heard_is_in_the_key(other: str) -> None:
    """
    Another voice, text, speed or style is another sentence.
    """
    assert other != HELLO


def test_where_words_come_from_cannot_be_heard() -> None:
    """
    A value and the same words written in the flow are one sentence.
    """
    assert prompt_key("joe-1", Sentence((Phrase("Hello.", fixed=False),))) == HELLO


@pytest.mark.parametrize("name", ["json", "8000.wav"])
@pytest.mark.parametrize("size", [0, 3, 10, 43, 44, 100])
def test_a_damaged_entry_is_missing_and_removed(tmp_path: Path, name: str, size: int) -> None:
    """
    A file cut at any length is no prompt; all of the entry goes and is made again.
    """
    PromptCache(tmp_path).put(HELLO, {8000: AUDIO, 16000: WIDE}, WORDS)
    [path] = tmp_path.rglob(f"*.{name}")
    data = path.read_bytes()[:size]
    path.write_bytes(data if len(data) < path.stat().st_size else data[:-1])

    assert PromptCache(tmp_path).get(HELLO, 8000) is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_full_disk_costs_speed_only(tmp_path: Path) -> None:
    """
    What cannot be written is still remembered by this process.
    """
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    cache = PromptCache(blocked / "prompts")

    cache.put(HELLO, {8000: AUDIO})

    assert cache.get(HELLO, 8000) == Kept(AUDIO)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """
    After a put there are the entry's files and nothing else.
    """
    PromptCache(tmp_path).put(HELLO, {8000: AUDIO, 16000: WIDE})

    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {f"{HELLO}.json", f"{HELLO}.8000.wav", f"{HELLO}.16000.wav"}


def test_no_words_are_written_down(tmp_path: Path) -> None:
    """
    Only their times: who reads the folder's files finds no name in them.
    """
    PromptCache(tmp_path).put(HELLO, {8000: AUDIO}, WORDS)

    assert next(tmp_path.rglob("*.json")).read_text() == '{"words": [[10, 20], [20, 25]]}'


def test_memory_is_bounded_and_forgets_the_oldest(tmp_path: Path) -> None:
    """
    The least recently used audio leaves memory first; it is still on disk.
    """
    cache = PromptCache(tmp_path, memory_bytes=1000)
    for letter in "abc":
        cache.put(key(letter), {8000: AUDIO})
        cache.get(key("a"), 8000)

    assert cache.in_memory == ((key("c"), 8000), (key("a"), 8000))
    assert cache.get(key("b"), 8000) == Kept(AUDIO)


def test_prune_removes_what_was_unused_for_longest(tmp_path: Path) -> None:
    """
    Over its limit, the folder loses its oldest entries, and no more than it must.
    """
    cache = PromptCache(tmp_path, disk_bytes=1000)
    for age, letter in enumerate("abc"):
        cache.put(key(letter), {8000: AUDIO})
        path = tmp_path / (letter * 2) / f"{key(letter)}.json"
        os.utime(path, (1000 - age, 1000 - age))

    assert cache.prune() == 1
    assert {path.name[0] for path in tmp_path.rglob("*") if path.is_file()} == {"a", "b"}


def test_what_is_asked_for_stays(tmp_path: Path) -> None:
    """
    Reading counts as use: a sentence said every day outlives one that was said once.
    """
    cache = PromptCache(tmp_path, disk_bytes=1000)
    for age, letter in enumerate("abc"):
        cache.put(key(letter), {8000: AUDIO})
        os.utime(tmp_path / (letter * 2) / f"{key(letter)}.json", (1000 - age, 1000 - age))
    PromptCache(tmp_path).get(key("c"), 8000)

    cache.prune()
    assert {path.name[0] for path in tmp_path.rglob("*") if path.is_file()} == {"a", "c"}


def test_what_was_left_half_written_goes_too(tmp_path: Path) -> None:
    """
    A process that was killed leaves drafts and sounds without times; they count, and go when they are old.
    """
    cache = PromptCache(tmp_path, disk_bytes=1000)
    cache.put(key("a"), {8000: AUDIO})
    for name in ("tmpk3.draft", f"{key('b')}.8000.wav"):
        left = tmp_path / "bb" / name
        left.parent.mkdir(exist_ok=True)
        left.write_bytes(bytes(800))
        os.utime(left, (1000, 1000))

    assert cache.prune() == 2
    assert {path.name[0] for path in tmp_path.rglob("*") if path.is_file()} == {"a"}


def test_a_folder_stays_within_its_limit_while_it_is_written(tmp_path: Path) -> None:
    """
    Nobody has to start anew for that: a service runs for months.
    """
    cache = PromptCache(tmp_path, disk_bytes=2000)
    for number in range(50):
        cache.put(f"{number:040}", {8000: AUDIO})
        cache.keep_within()
        for thread in threading.enumerate():
            if thread.name == PRUNING:
                thread.join()

    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert 1000 < sum(path.stat().st_size for path in left) <= 2000
    assert cache.has(f"{49:040}")


def test_files_that_may_only_be_read_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Prompts rendered by another user are whole though this one can neither touch nor remove them.
    """

    def refused(*given: object, **named: object) -> None:
        raise PermissionError

    PromptCache(tmp_path).put(HELLO, {8000: AUDIO}, WORDS)
    monkeypatch.setattr(os, "utime", refused)
    monkeypatch.setattr(Path, "unlink", refused)

    assert PromptCache(tmp_path).get(HELLO, 8000) == Kept(AUDIO, WORDS)
    assert PromptCache(tmp_path, disk_bytes=0).prune() == 1
    next(tmp_path.rglob("*.json")).write_text("{")
    assert PromptCache(tmp_path).get(HELLO, 8000) is None

"""
What was learnt from examples, kept by all that it depends on: a second start learns nothing.

An entry is a folder named by a hash of the examples, the language, the encoder and the code that learns, so
nothing here ever goes stale. It holds what a component's ``to_disk`` writes: vectors and weights of a flow's
own examples, never words of callers. Entries appear as a whole, so that processes may share the folder;
those that were not used for longest go when there are too many.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

__all__ = ["LearntCache", "learning_key"]

MOST = 64
"""Entries kept, each 1 to 5 MB: flows in force, a few older versions, and the folds of a report."""

SUMS = "sums.json"
"""The file of an entry with the SHA-256 of its other files."""

DRAFT = "draft-"
STALE_S = 3600.0
"""A draft so much older than the newest entry was left behind by a process that died."""


def learning_key(*parts: object) -> str:
    """
    Return the name of what is learnt from *parts* (plain values, as JSON) by this version of the code.

    The sources of this folder, and of the acts that sentences are told by, are part of it: nobody has to
    remember to raise a number.
    """
    return hashlib.sha256(json.dumps([_code(), *parts], ensure_ascii=False).encode()).hexdigest()[:40]


@cache
def _code() -> str:
    """Return the SHA-256 of the sources, as they were when this process first asked."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for folder in (here, here.parent / "events"):
        for source in sorted(folder.rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()


class LearntCache:
    """Entries in *folder*, at most *most*; a disk that fails costs time and never a start."""

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder = folder
        self._most = most
        self.damaged = False
        """Whether an entry was found that somebody had changed; it was removed."""

        self.unwritten = ""
        """Why an entry could not be written; empty if all could."""

    def read(self, key: str, take: Callable[[Path], object]) -> bool:
        """Let *take* read the entry *key*; return False if there is none, or only a damaged one."""
        entry = self._folder / key
        try:
            sums = (entry / SUMS).read_text(encoding="utf-8")
            whole = json.loads(sums) == _sums(entry)
        except FileNotFoundError:
            if not entry.exists():
                return False
            whole = False
        except (OSError, ValueError):
            whole = False
        if not whole:
            self.damaged = True
            self._remove(entry)
            return False
        try:
            take(entry)
        except OSError:
            return False  # another process removed it meanwhile, or the disk fails
        # used now: the last to go; it may be another user's, or have gone since
        with suppress(OSError):
            os.utime(entry)
        return True

    def size(self, key: str) -> int:
        """Return the bytes of the entry *key*; 0 if there is none."""
        try:
            return sum(file.stat().st_size for file in (self._folder / key).rglob("*"))
        except OSError:
            return 0

    def write(self, key: str, give: Callable[[Path], object]) -> None:
        """Keep what *give* writes into the folder it is called with."""
        draft = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(dir=self._folder, prefix=DRAFT))
            draft.chmod(0o755)  # whoever trains need not be the user that the service runs as
            give(draft)
            (draft / SUMS).write_text(json.dumps(_sums(draft)), encoding="utf-8")
            if not (self._folder / key).exists():
                draft.rename(self._folder / key)
        except OSError as error:
            # also when another process was first between the question and the renaming
            self.unwritten = "" if (self._folder / key).exists() else error.strerror or type(error).__name__
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
        self._prune()

    def _prune(self) -> None:
        aged: list[tuple[float, Path]] = []
        for entry in self._folder.glob("*"):
            try:
                aged.append((entry.stat().st_mtime, entry))
            except OSError:
                continue  # another process pruned it, or the disk fails
        newest = max((age for age, _ in aged), default=0.0)
        drafts = [one for one in aged if one[1].name.startswith(DRAFT)]
        entries = sorted(one for one in aged if one not in drafts)
        left = [entry for age, entry in drafts if age < newest - STALE_S]
        for entry in [*left, *(entry for _, entry in entries[: max(0, len(entries) - self._most)])]:
            self._remove(entry)

    def _remove(self, entry: Path) -> None:
        """Remove an entry so that nobody finds half of it."""
        try:
            doomed = Path(tempfile.mkdtemp(dir=self._folder, prefix=DRAFT))
            entry.rename(doomed / entry.name)
        except OSError:
            shutil.rmtree(entry, ignore_errors=True)
            return
        shutil.rmtree(doomed, ignore_errors=True)


def _sums(entry: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an entry, by its path in it."""
    return {
        str(file.relative_to(entry)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(entry.rglob("*"))
        if file.is_file() and file.name != SUMS
    }

"""
Published flows: numbered versions in one folder, and a link to the one in force.

::

    published/
      1/  2/  3/        whole folders of flows, each with a manifest.json; never changed again
      current -> 3      what the service loads
      history.jsonl     who published what, and who went back, one line each

A version is copied beside the others under another name, checked, brought to the disk and only then named;
the link is replaced by a rename. So whatever happens in between, `current` leads to a version that was whole
and right (rename(2): the new name always refers to a file).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import SetupError

__all__ = ["CURRENT", "Manifest", "Version", "current", "folder_digest", "publish", "rollback", "versions"]

CURRENT = "current"
MANIFEST = "manifest.json"
HISTORY = "history.jsonl"
LOCK = ".lock"
UNFINISHED = ".new-"
"""Prefix of versions that were not finished; the next to publish takes them away."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version is, and where it comes from."""

    version: int
    digest: str
    """SHA-256 over the names and contents of all its files, in hexadecimal."""

    at: str
    """UTC, ISO form."""

    who: str
    flows: Mapping[str, str] = field(default_factory=dict)
    """Name to digest."""

    conversations: int = 0
    """Tests that were held with it, and passed."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version on the disk; *whole*: its files are those that were published."""

    manifest: Manifest
    folder: Path
    current: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a folder has found: names and digests of its flows, and how many tests were held."""

    flows: Mapping[str, str]
    conversations: int


Check = Callable[[Path], Checked]
"""Looks at a folder of flows; raises FlowError or SetupError if they must not be published."""


def publish(folder: Path, published: Path, check: Check, *, who: str, at: str, note: str = "") -> Manifest:
    """
    Publish the flows in *folder* as the next version and put it in force.

    Raises what *check* raises, SetupError ``publish.same`` if it is what is in force already,
    ``publish.changing`` if somebody writes there meanwhile, ``publish.busy`` while another publishes,
    OSError; what was in force then still is.
    """
    if not folder.is_dir() or published.resolve().is_relative_to(folder.resolve()):
        raise SetupError("publish.folder", folder=str(folder), hint="a folder of flows, and not in itself")
    published.mkdir(parents=True, exist_ok=True)
    with _alone(published):
        _clear(published)
        copy = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=published))
        try:
            shutil.copytree(folder, copy, ignore=_left_out, dirs_exist_ok=True)
            digest = folder_digest(copy)
            present = current(published)
            if present and read_manifest(published / str(present)).digest == digest:
                raise SetupError("publish.same", version=present, hint="that is in force already")
            checked = check(folder)
            if folder_digest(folder) != digest:  # what was checked has to be what was copied
                raise SetupError("publish.changing", folder=str(folder), hint="once more, please")
            number = max(numbers(published), default=0) + 1
            manifest = Manifest(number, digest, at, who, checked.flows, checked.conversations, note)
            (copy / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")
            copy.chmod(0o755)  # a service of another user has to read it; mkdtemp lets nobody
            _bring_to_disk(copy)
            copy.rename(published / str(number))
        finally:
            shutil.rmtree(copy, ignore_errors=True)  # once renamed it is no longer there
        _put_in_force(published, number)
        _remember(published, "publish", manifest, who, at)
    return manifest


def rollback(published: Path, check: Check, *, who: str, at: str, to: int | None = None) -> Manifest:
    """
    Put version *to* in force again, or the one before that in force.

    Raises SetupError ``publish.version`` if there is none, ``publish.changed`` if its files are no longer
    those that were published, and what *check* raises: this release may refuse what an older one took.
    """
    with _alone(published):
        present = current(published)
        earlier = [number for number in numbers(published) if number < (present or 0)]
        number = to if to is not None else max(earlier, default=0)
        if number not in numbers(published):
            there = ", ".join(map(str, numbers(published))) or "nothing"
            raise SetupError("publish.version", wanted=to or "an earlier one", hint=f"published is {there}")
        folder = published / str(number)
        manifest = read_manifest(folder)
        if folder_digest(folder) != manifest.digest:
            raise SetupError("publish.changed", version=number, hint="its files were changed since")
        check(folder)
        _put_in_force(published, number)
        _remember(published, "rollback", manifest, who, at)
    return manifest


def versions(published: Path) -> list[Version]:
    """Return all versions, the oldest first."""
    present = current(published)
    found = []
    for number in numbers(published):
        folder = published / str(number)
        manifest = read_manifest(folder)
        whole = folder_digest(folder) == manifest.digest
        found.append(Version(manifest, folder, number == present, whole))
    return found


def numbers(published: Path) -> list[int]:
    """Return the numbers of all versions, in order."""
    folders = published.iterdir() if published.is_dir() else ()
    return sorted(int(path.name) for path in folders if path.name.isdecimal() and path.is_dir())


def current(published: Path) -> int | None:
    """Return the number of the version in force, None before the first."""
    try:
        name = os.readlink(published / CURRENT)
    except FileNotFoundError:
        return None
    return int(name) if name.isdecimal() else None


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a version. SetupError ``publish.manifest``."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise SetupError(
            "publish.manifest", folder=str(folder), hint=f"no version of ours: {error}"
        ) from error


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of all files that are published."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or _left_out("", list(parts)):
            continue
        content, name = path.read_bytes(), "/".join(parts).encode()
        digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return digest.hexdigest()


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Leave out hidden files, an editor's copies, and a manifest that came from elsewhere."""
    return {name for name in names if name.startswith(".") or name.endswith("~") or name == MANIFEST}


def _clear(published: Path) -> None:
    for path in published.glob(f"{UNFINISHED}*"):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def _bring_to_disk(folder: Path) -> None:
    """Let no file of a version be lost by a power failure once its name is there."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _put_in_force(published: Path, number: int) -> None:
    link = published / f"{UNFINISHED}{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(str(number))
    link.replace(published / CURRENT)
    _sync(published)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remember(published: Path, what: str, manifest: Manifest, who: str, at: str) -> None:
    line = {"at": at, "who": who, "what": what, "version": manifest.version, "digest": manifest.digest}
    with (published / HISTORY).open("a") as history:
        history.write(json.dumps(line) + "\n")


@contextmanager
def _alone(published: Path) -> Iterator[None]:
    """Keep others from publishing at the same time; the lock ends with the process."""
    if not published.is_dir():
        raise SetupError("publish.version", folder=str(published), hint="nothing was published there")
    with (published / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError("publish.busy", folder=str(published), hint="another is publishing") from error
        yield

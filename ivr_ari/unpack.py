"""Unpacks an archive from the network: nothing it contains may land outside its own folder."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from .errors import SetupError

__all__ = ["unpack"]

LARGEST = 8 << 30
"""Bytes; the largest model known unpacks to under 3 GB."""


def unpack(archive: Path, target: Path) -> None:
    """
    Unpack the one folder in a zip file as *target*, whole or not at all.

    It is unpacked aside and renamed. SetupError `unpack.*`, with nothing left behind: members outside the
    folder, links, more than `LARGEST` bytes, a damaged archive.
    """
    aside = target.with_name(target.name + ".new")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as source:
            top = inspect(archive, source.infolist())
            source.extractall(aside)
        (aside / top).rename(target)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as exc:
        raise SetupError("unpack.damaged", archive=archive.name, hint=str(exc)) from exc
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def inspect(archive: Path, members: list[zipfile.ZipInfo]) -> str:
    """Return the name of the one folder that all members are in; SetupError for anything else."""
    tops = set()
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
            raise SetupError("unpack.escapes", archive=archive.name, member=member.filename[:80])
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SetupError("unpack.link", archive=archive.name, member=member.filename[:80])
        tops.add(path.parts[0])
    if sum(member.file_size for member in members) > LARGEST:
        raise SetupError("unpack.too-large", archive=archive.name, limit=LARGEST)
    if len(tops) != 1:
        raise SetupError("unpack.folders", archive=archive.name, found=sorted(tops)[:3], hint="expected one")
    return tops.pop()

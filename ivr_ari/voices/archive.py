"""
A voice in one file: what a light host needs to speak it, to be carried there.

The file is a plain tar of one folder. It comes from elsewhere, so nothing in it is believed before it was
checked: names, kinds and sizes of its members, and each file's SHA-256 against ``voice.json``.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath

from ..errors import SetupError
from ..prompts.open_voice import EXPORTED
from ..prompts.voice_folder import ABOUT, VoiceAbout
from .making import Progress, file_sums, in_place, silent

__all__ = ["packed", "unpacked"]

LARGEST = 2 << 30
"""Bytes; an exported VITS has 40 to 120 MB."""

LARGEST_ABOUT = 1 << 20

NAME = re.compile(r"[A-Za-z0-9_.-]+-[0-9a-f]{6,64}")
"""A voice's folder; the first character is checked apart, a dot would hide it."""


def packed(folder: Path, target: Path) -> int:
    """
    Write the exported form of the voice in *folder* into the file *target*; return its bytes.

    Raises SetupError ``voice.engine`` if it was not exported (a voice that is spoken whole can't be).
    """
    about = VoiceAbout.read(folder)
    missing = [file for file in EXPORTED if not (folder / file).is_file()]
    if missing:
        why = "it is spoken by coqui-tts only" if about.kind == "coqui" else f"no {missing[0]}"
        raise SetupError("voice.engine", voice=about.title, why=why, hint="only a VITS can be exported")
    sums = {file: digest for file, digest in file_sums(folder).items() if file in EXPORTED}
    text = json.dumps(asdict(replace(about, files=sums)), indent=2, ensure_ascii=False).encode()
    draft = target.with_name(f".{target.name}.new")
    try:
        with tarfile.open(draft, "w", format=tarfile.PAX_FORMAT) as archive:
            entry = tarfile.TarInfo(f"{about.name}/{ABOUT}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            for file in EXPORTED:
                entry = tarfile.TarInfo(f"{about.name}/{file}")
                entry.size = (folder / file).stat().st_size
                with (folder / file).open("rb") as source:
                    archive.addfile(entry, source)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def unpacked(archive: Path, target_dir: Path, progress: Progress = silent, *, name: str = "") -> Path:
    """
    Return the folder of the packed voice, in *target_dir*, under its own name or as *name*.

    Raises SetupError, with nothing left behind: ``voice.archive`` for a file that is no packed voice, holds
    more or other than one, or was changed on its way.
    """
    progress("looking at the packed voice", 0.0)
    try:
        with tarfile.open(archive, "r:") as source:  # plain: what is compressed may grow without end
            members = {member.name: member for member in source.getmembers()}
            folder = _one_folder(archive, members)
            about = _about(archive, source, members[f"{folder}/{ABOUT}"])
            hashed = folder.rpartition("-")[2]
            full = f"{name}-{hashed}" if name else folder

            def write(draft: Path) -> None:
                for number, file in enumerate(EXPORTED):
                    progress("unpacking", 0.1 + 0.8 * number / len(EXPORTED))
                    _copy(source, members[f"{folder}/{file}"], draft / file)
                if file_sums(draft) != dict(about.files):
                    raise _refused(archive, "its content is not what it was packed with")
                replace(about, name=full).write(draft)

            made = in_place(target_dir, full, write)
    except (tarfile.TarError, EOFError) as exc:
        raise _refused(archive, f"no tar file ({exc})") from exc
    progress("voice ready", 1.0)
    return made


def _one_folder(archive: Path, members: dict[str, tarfile.TarInfo]) -> str:
    """Return the name of the one folder, which holds the files of a voice and no others."""
    if not members:
        raise _refused(archive, "it is empty")
    folder = PurePosixPath(next(iter(members))).parts[0]
    if not NAME.fullmatch(folder) or folder.startswith("."):
        raise _refused(archive, f"a folder called {folder[:60]!r}")
    expected = {f"{folder}/{file}" for file in (ABOUT, *EXPORTED)}
    for name, member in members.items():
        if name == folder and member.isdir():
            continue
        if name not in expected or not member.isreg():
            raise _refused(archive, f"{name[:80]!r} does not belong there")
    if missing := expected - members.keys():
        raise _refused(archive, f"{min(missing)} is missing")
    if sum(member.size for member in members.values()) > LARGEST:
        raise _refused(archive, f"more than {LARGEST >> 20} MB")
    return folder


def _about(archive: Path, source: tarfile.TarFile, member: tarfile.TarInfo) -> VoiceAbout:
    data = source.extractfile(member)
    if data is None or member.size > LARGEST_ABOUT:
        raise _refused(archive, f"{member.name} can't be read")
    about = VoiceAbout.parse(data.read())
    if about is None or about.kind != "vits" or about.files.keys() != set(EXPORTED):
        raise _refused(archive, f"{member.name} describes no exported voice")
    return about


def _copy(source: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    data = source.extractfile(member)
    if data is None:
        raise tarfile.ReadError(member.name)
    with target.open("wb") as file:
        while block := data.read(1 << 20):
            file.write(block)


def _refused(archive: Path, why: str) -> SetupError:
    hint = "pack a voice with: ivr-ari voices export NAME --tar FILE"
    return SetupError("voice.archive", file=archive.name, why=why, hint=hint)

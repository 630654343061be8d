"""
A voice's folder comes into being: aside and under a lock, measured, exported, and then at once.

Two processes may ask for the same voice; what an interrupted one left is no voice and in nobody's way.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SetupError
from ..prompts.voice_folder import ABOUT, VoiceAbout
from .calibration import calibration

if TYPE_CHECKING:  # numpy and an engine are loaded only where a voice is made
    from ..prompts.voice import Pcm, Take

__all__ = ["FORMAT", "Progress", "digest_of", "file_sums", "in_place", "make_voice", "silent"]

Progress = Callable[[str, float], None]
"""What is being done, and the share of all that is done (0..1)."""

FORMAT = 2
"""Part of a voice folder's hash: raise it when what is written there changes."""

FEW = 8
"""Sentences that tell how loud a voice is, if no more than that is wanted."""

Fill = Callable[[Path, Progress], VoiceAbout]
"""Writes a checkpoint of coqui-tts into a folder and tells what it is."""


def silent(what: str, share: float) -> None:
    """Tell nobody."""


def make_voice(target_dir: Path, name: str, digest: str, fill: Fill, progress: Progress = silent) -> Path:
    """
    Return ``target_dir/<name>-<digest>``, made by *fill*, measured and exported if it is not there yet.

    Raises SetupError as *fill* does, and ``voice.package`` where coqui-tts is not installed.
    """

    def written(draft: Path) -> None:
        try:
            about = replace(fill(draft, progress), name=f"{name}-{digest}")
            _finish(draft, about, progress)
        except ImportError as exc:
            raise SetupError(
                "voice.package", missing=exc.name, hint="making voices needs the extra [coqui]"
            ) from exc

    if (target_dir / f"{name}-{digest}" / ABOUT).exists():
        return target_dir / f"{name}-{digest}"
    folder = in_place(target_dir, f"{name}-{digest}", written)
    progress("voice ready", 1.0)
    return folder


def in_place(target_dir: Path, name: str, write: Callable[[Path], None]) -> Path:
    """Return the voice folder *name* of *target_dir*, written by *write* unless it is there already."""
    folder = target_dir / name
    target_dir.mkdir(parents=True, exist_ok=True)
    with _locked(target_dir / ".lock"):
        if not (folder / ABOUT).exists():
            draft = target_dir / f".draft-{name}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            try:
                write(draft)
                shutil.rmtree(folder, ignore_errors=True)
                draft.rename(folder)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    return folder


def digest_of(*parts: Path | str) -> str:
    """Return what names a voice by what it was made of: files, words. SetupError ``voice.unreadable``."""
    found = hashlib.sha256(f"format {FORMAT}".encode())
    for part in parts:
        if isinstance(part, str):
            found.update(part.encode())
            continue
        try:
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
        except OSError as exc:
            raise SetupError("voice.unreadable", file=str(part), why=exc.strerror) from exc
    return found.hexdigest()[:12]


def file_sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a voice's folder except ``voice.json``."""
    sums = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ABOUT):
        with path.open("rb") as file:
            sums[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
    return sums


def _finish(draft: Path, about: VoiceAbout, progress: Progress) -> None:
    about.write(draft)
    if about.kind == "vits":
        from ..prompts.coqui_tts import traits
        from .vits_export import export_onnx

        about = replace(about, engine=traits(draft).to_json())
        about.write(draft)
        progress("exporting for hosts without PyTorch", 0.5)
        exported = export_onnx(draft)
        about = replace(about, exported=exported.max_difference)
        about.write(draft)
        progress(f"exported: differs by {exported.max_difference:.0e} of full scale; measuring loudness", 0.7)
    about = _measured(draft, about, progress)
    replace(about, files=file_sums(draft)).write(draft)


def _measured(draft: Path, about: VoiceAbout, progress: Progress) -> VoiceAbout:
    """Return *about* with the gain that brings the voice to the common level, and what predicts it."""
    import numpy as np

    from ..prompts.level import RATE_HZ, TARGET_LUFS, carried, floats
    from ..prompts.loudness import loudness_lufs
    from ..prompts.open_voice import open_folder
    from ..prompts.script import Phrase, Sentence

    # a voice that is spoken whole may take minutes for all of them, and its loudness is not foreseen
    sentences = calibration(about.language)[: None if about.kind == "vits" else FEW]
    voice = open_folder(draft)
    heard: list[tuple[Take, Pcm]] = []
    try:
        for number, text in enumerate(sentences):
            progress("measuring loudness", 0.7 + 0.2 * number / len(sentences))
            take = voice.take(Sentence((Phrase(text),)))
            heard.append((take, np.concatenate([*take.audio(), np.zeros(0, np.int16)])))
    finally:
        voice.close()
    levels = [loudness_lufs(carried(floats(pcm), about.rate_hz), RATE_HZ) for _, pcm in heard]
    gain_db = round(float(TARGET_LUFS - np.median([level for level in levels if np.isfinite(level)])), 2)
    if about.kind != "vits":
        return replace(about, gain_db=gain_db)
    from .loudness import fitted_to

    foresight = fitted_to(heard, about, lambda share: progress("learning loudness", 0.9 + 0.1 * share))
    return replace(about, gain_db=gain_db, loudness=foresight.to_json())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the file's lock; it falls when the process ends, whatever way it ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

"""
Somebody's own recordings with what is said in them, to try recognition on.

A folder of WAV or FLAC files. What is said stands in a text file beside each (``call1.wav``, ``call1.txt``)
or, for all of them, in ``manifest.jsonl``: one JSON object a line with ``file`` and ``text``, and if wanted
``slot`` (what was asked for, of a flow), ``kind`` (the kind of value, without a flow) and ``value``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import soundfile
import soxr

from ..errors import SetupError
from ..events import Kind

__all__ = ["KINDS", "Recording", "pcm_of", "read_recordings"]

SUFFIXES = (".wav", ".flac")
MANIFEST = "manifest.jsonl"
KINDS: tuple[Kind, ...] = get_args(Kind)
PUNCTUATION = re.compile(r"[^\w'\s]|_")


@dataclass(frozen=True, slots=True)
class Recording:
    """One utterance of a caller."""

    path: Path
    text: str
    """What is said, as lower-case words."""

    slot: str = ""
    kind: str = ""
    value: str = ""
    """The value that is said; empty: what the words of *text* give."""


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """
    Return the recordings in *folder*, by name.

    SetupError ``hear.none`` if there are none, ``hear.folder`` with every problem there is.
    """
    manifest = folder / MANIFEST
    problems: list[str] = []
    found = _of_manifest(manifest, problems) if manifest.is_file() else _beside(folder, problems)
    for recording in found:
        if not recording.text:
            problems.append(f"{recording.path.name}: nothing is said in it")
        elif any(letter.isdigit() for letter in recording.text):
            problems.append(f"{recording.path.name}: write numbers as they are spoken")
        if recording.kind and recording.kind not in KINDS:
            problems.append(f"{recording.path.name}: no kind {recording.kind}")
    if problems:
        hint = f"beside call1.wav belongs call1.txt, or all texts into {MANIFEST}"
        raise SetupError("hear.folder", problems=problems, hint=hint)
    if not found:
        raise SetupError(
            "hear.none", folder=str(folder), hint="it must hold WAV or FLAC files and their texts"
        )
    return tuple(sorted(found, key=lambda recording: recording.path.name))


def pcm_of(path: Path, rate_hz: int) -> bytes:
    """Return a recording as 16-bit mono at *rate_hz*. SetupError ``hear.unreadable``."""
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SetupError("hear.unreadable", file=str(path), hint="expected a WAV or FLAC file") from error
    mono = samples.mean(axis=1)
    if rate != rate_hz:
        mono = soxr.resample(mono, rate, rate_hz)
    return bytes(np.clip(mono * 32768, -32768, 32767).astype("<i2").tobytes())


def _beside(folder: Path, problems: list[str]) -> list[Recording]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES:
            continue
        text = path.with_suffix(".txt")
        if text.is_file():
            found.append(Recording(path, _plain(text.read_text())))
        else:
            problems.append(f"{path.name}: no {text.name} beside it")
    return found


def _of_manifest(manifest: Path, problems: list[str]) -> list[Recording]:
    found = []
    for number, line in enumerate(manifest.read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            path = manifest.parent / str(entry["file"])
            text, *more = (str(entry.get(name) or "") for name in ("text", "slot", "kind", "value"))
        except (ValueError, KeyError, TypeError, AttributeError):
            problems.append(f"{MANIFEST}:{number}: expected an object with file and text")
            continue
        if path.is_file():
            found.append(Recording(path, _plain(text), *more))
        else:
            problems.append(f"{MANIFEST}:{number}: no file {path.name}")
    return found


def _plain(text: str) -> str:
    return " ".join(PUNCTUATION.sub(" ", text.lower().replace("\u2019", "'")).split())

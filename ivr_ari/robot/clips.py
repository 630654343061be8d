"""
The robot's voice: recordings found by their text, or a synthesiser for what was never recorded.

A folder of recordings has a ``manifest.jsonl`` with, line by line, ``file``, ``text`` and ``voice``.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import soundfile
import soxr

from ..errors import SetupError
from ..media.g711 import SAMPLE_RATE, Pcm

__all__ = ["Clips", "Recording", "Synthesise", "normalise", "program_voice"]

Synthesise: TypeAlias = Callable[[str], Pcm]
"""Text to 8 kHz samples; may block."""


def normalise(text: str) -> str:
    """Return the words of a text as a recogniser writes them: lower case, no punctuation."""
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("’", "'")).split())


@dataclass(frozen=True, slots=True)
class Recording:
    """One line of a manifest."""

    path: Path
    text: str
    voice: str


class Clips:
    """Finds samples for a sentence."""

    def __init__(self, recordings: Iterable[Recording] = (), synthesise: Synthesise | None = None) -> None:
        self.recordings = tuple(recordings)
        self.synthesise = synthesise

    @classmethod
    def load(cls, folder: Path, synthesise: Synthesise | None = None) -> Clips:
        """Read a folder's manifest; SetupError ``robot.clips`` if there is none that can be read."""
        try:
            lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
            entries = [json.loads(line) for line in lines if line.strip()]
            recordings = [Recording(folder / e["file"], normalise(e["text"]), e["voice"]) for e in entries]
        except (OSError, ValueError, KeyError, TypeError) as exc:
            hint = "a folder of clips has a manifest.jsonl with file, text and voice"
            raise SetupError("robot.clips", folder=str(folder), hint=hint) from exc
        return cls(recordings, synthesise)

    def find(self, text: str, voice: str = "") -> Pcm:
        """
        Return the samples of a sentence, said by *voice* if it was recorded with it, else by any.

        Dictations with pauses (``d…``) come last: a plain recording of the same words is preferred.
        SetupError ``robot.clip`` if it was never recorded and nothing can synthesise it.
        """
        wanted = normalise(text)
        found = [recording for recording in self.recordings if recording.text == wanted]
        if found:
            best = min(found, key=lambda r: (not r.voice.endswith(voice), r.path.name.startswith("d")))
            return read_audio(best.path)
        if self.synthesise is not None:
            return self.synthesise(text)
        raise SetupError("robot.clip", hint="no recording of this sentence and no synthesiser", text=text)


def read_audio(source: Path | io.BytesIO) -> Pcm:
    """Return a sound file as 8 kHz mono 16-bit samples; SetupError ``robot.audio`` if it is none."""
    try:
        samples, rate = soundfile.read(source, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as exc:
        raise SetupError("robot.audio", source=str(source), hint="no sound file") from exc
    mono = samples.mean(axis=1)
    if rate != SAMPLE_RATE:
        mono = soxr.resample(mono, rate, SAMPLE_RATE)
    pcm: Pcm = np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16)
    return pcm


# Both write a WAV of what stands on their standard input; neither is part of this package.
PROGRAMS = (
    ("espeak-ng", "--stdout", "-v", "en-us", "--stdin"),
    ("flite", "-voice", "slt", "-o", "/dev/stdout"),
)


def program_voice() -> Synthesise | None:
    """Return a voice made of a speech program on this machine, None if it has none."""
    command = next((line for line in PROGRAMS if shutil.which(line[0])), None)
    if command is None:
        return None

    def synthesise(text: str) -> Pcm:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=30, check=False)
        if done.returncode:
            raise SetupError("robot.program", program=command[0], hint=done.stderr.decode("utf-8", "replace"))
        return read_audio(io.BytesIO(done.stdout))

    return synthesise

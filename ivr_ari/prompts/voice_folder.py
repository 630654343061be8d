"""
What a voice's folder says about it: ``voice.json``.

A folder is named ``<name>-<hash>``. Everything that makes a voice writes this file, everything that lists,
checks or speaks one reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Self

from ..errors import SetupError

__all__ = ["ABOUT", "LAST_RESORT", "VoiceAbout", "voice_folder", "voices_in"]

ABOUT = "voice.json"

LAST_RESORT = "espeak"
"""The name of the voice that needs no folder: espeak-ng itself, for a language that has no other."""


@dataclass(frozen=True, slots=True)
class VoiceAbout:
    """What is to be known of a voice before it is loaded."""

    name: str
    """With the hash of what it was made of: the folder's name, and part of every prompt's key."""

    rate_hz: int
    espeak_voice: str
    """What turns words into its phonemes; empty for a model that does that itself."""

    kind: Literal["vits", "coqui"] = "vits"
    """``vits`` is streamed; ``coqui`` is any other architecture of coqui-tts, spoken sentence by sentence."""

    text: Literal["phonemes", "letters"] = "phonemes"
    """What the model was trained to read: sounds in IPA, or letters as they are written."""

    engine: Mapping[str, Any] = field(default_factory=dict)
    """What a VITS engine must know of its model (see `vits`)."""

    gain_db: float = 0.0
    """What brings its speech to the level all prompts have."""

    language: str = "en"
    speaker: str = ""
    """Which of the voices of a model with many, by its name there."""

    source: str = ""
    """File, package or model it was made of."""

    licence: str = ""
    """What its maker says about that, as far as it is known."""

    correlation: float | None = None
    """With the audio of the original, noise off; None if there was nothing to compare."""

    exported: float | None = None
    """Largest difference of a sample between the exported voice and Coqui's, of 1.0; None: no export here."""

    loudness: Mapping[str, Any] = field(default_factory=dict)
    """How its loudness is predicted (see `level`)."""

    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the other files of the folder."""

    @classmethod
    def parse(cls, data: bytes | str) -> Self | None:
        """Return what ``voice.json`` says, without what a newer version wrote beside; None if it is none."""
        try:
            found = json.loads(data)
            known = {entry.name: found[entry.name] for entry in fields(cls) if entry.name in found}
            about = cls(**known)
            # arithmetic with them must not fail in the middle of a call
            (
                float(about.gain_db),
                int(about.rate_hz),
                dict(about.files),
                dict(about.loudness),
                dict(about.engine),
            )
        except (ValueError, TypeError, KeyError):
            return None
        return about

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return what the folder says of its voice. Raises SetupError ``voice.unreadable``."""
        try:
            about = cls.parse((folder / ABOUT).read_bytes())
        except OSError as exc:
            raise SetupError("voice.unreadable", folder=str(folder), why=exc.strerror) from exc
        if about is None:
            raise SetupError("voice.unreadable", folder=str(folder), why=f"{ABOUT} describes no voice")
        return about

    def write(self, folder: Path) -> None:
        """Write ``voice.json``."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / ABOUT).write_text(text + "\n", encoding="utf-8")

    @property
    def title(self) -> str:
        """Its name as settings have it, without the hash."""
        return self.name.rpartition("-")[0]


def voices_in(cache_dir: Path) -> list[Path]:
    """Return the folders of all voices in the cache, the newest of each name first."""
    found = (cache_dir / "voices").glob(f"[!.]*/{ABOUT}")  # drafts begin with a dot
    newest = sorted(found, key=lambda path: -path.stat().st_mtime)
    return sorted((path.parent for path in newest), key=lambda folder: folder.name.rpartition("-")[0])


def voice_folder(cache_dir: Path, name: str) -> Path:
    """Return the newest folder of *name*, or the one with that full name. SetupError ``voice.missing``."""
    here = voices_in(cache_dir)
    for folder in here:
        if name in (folder.name, folder.name.rpartition("-")[0]):
            return folder
    there_are = ", ".join(dict.fromkeys(folder.name.rpartition("-")[0] for folder in here)) or "none yet"
    hint = f"in the cache: {there_are}; make one with: ivr-ari voices import"
    raise SetupError("voice.missing", voice=name, hint=hint)

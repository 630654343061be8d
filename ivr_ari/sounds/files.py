"""
Sounds as Asterisk plays them: ``FOLDER/<language>/ivr-ari/<flow>/<prompt>.wav|.wav16|.ulaw``.

FOLDER is Asterisk's sounds folder (``astdatadir/sounds``) or a copy of it that is carried there. Of a sound's
formats Asterisk takes the one that costs its channel least: ``.ulaw`` as it is for G.711, ``.wav16`` for
wideband, ``.wav`` (8 kHz) for the rest.

Beside them ``sounds.json`` says what each was made from, so that a text or voice that changed since is seen.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import wave
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from ..errors import SetupError
from ..media.g711 import PCMU
from ..prompts.cache import RATES_HZ
from .catalogue import PREFIX, Sound

__all__ = ["SoundFiles", "State"]

SUFFIXES = (".wav", ".wav16", ".ulaw")
"""Linear audio at 8 and 16 kHz in a RIFF file (Asterisk's format_wav), and bare µ-law (format_pcm)."""

CONTENTS = "sounds.json"
READABLE = 0o644
"""Asterisk runs as a user of its own."""

State = Literal["there", "stale", "missing"]


@dataclass
class SoundFiles:
    """The sounds in *root*. Many sounds are the same audio: those are one file under several names."""

    root: Path
    made_from: dict[str, dict[str, str]] = field(default_factory=dict)
    """Language and name of a sound to what it was made from."""

    _first: dict[str, Path] = field(default_factory=dict)
    """Source and suffix to the first file that was written of them."""

    _holds: dict[Path, str] = field(default_factory=dict)
    """What files that were written were made from last."""

    @classmethod
    def read(cls, root: Path) -> SoundFiles:
        """Return what was written into *root* before. SetupError ``sounds.unreadable``."""
        made_from: dict[str, dict[str, str]] = {}
        for path in sorted(root.glob(f"*/{PREFIX}/{CONTENTS}")):
            try:
                contents = json.loads(path.read_text(encoding="utf-8"))
                made_from[path.parts[-3]] = {str(name): str(source) for name, source in contents.items()}
            except (ValueError, AttributeError) as error:
                hint = "remove that file; the sounds are then written anew"
                raise SetupError("sounds.unreadable", file=str(path), hint=hint) from error
        return cls(root, made_from)

    def state(self, sound: Sound, source: str) -> State:
        """Tell whether the files of *sound* are there and made from *source*."""
        if not all(self._path(sound, suffix).is_file() for suffix in SUFFIXES):
            return "missing"
        return "there" if self.made_from.get(_tag(sound), {}).get(sound.name) == source else "stale"

    def write(self, sound: Sound, source: str, audio: Mapping[int, bytes]) -> None:
        """Write *audio* (by its rate: 16-bit little-endian mono). Each file appears as a whole."""
        narrow, wide = (audio[rate] for rate in RATES_HZ)
        contents = {
            ".wav": _riff(narrow, RATES_HZ[0]),
            ".wav16": _riff(wide, RATES_HZ[1]),
            ".ulaw": PCMU.encode(np.frombuffer(narrow, "<i2")),
        }
        for suffix in SUFFIXES:
            path = self._path(sound, suffix)
            same = self._first.get(source + suffix)
            if same is None or self._holds[same] != source or not _linked(same, path):
                _replace(path, contents[suffix])
                self._first[source + suffix] = path
            self._holds[path] = source
        self.made_from.setdefault(_tag(sound), {})[sound.name] = source

    def left_over(self, sounds: Collection[Sound]) -> list[tuple[str, str]]:
        """
        Return language and name of what was written once for the flows of *sounds* and is none of these.

        Other flows' sounds are their own business: they may be rendered by somebody else.
        """
        flows = {sound.flow for sound in sounds}
        wanted = {(_tag(sound), sound.name) for sound in sounds}
        written = {(language, name) for language, names in self.made_from.items() for name in names}
        return sorted(one for one in written - wanted if one[1].partition("/")[0] in flows)

    def remove(self, sounds: Collection[tuple[str, str]]) -> None:
        """Remove sounds, given by language and name."""
        for language, name in sounds:
            for suffix in SUFFIXES:
                Path(f"{self.root}/{language}/{PREFIX}/{name}{suffix}").unlink(missing_ok=True)
            del self.made_from[language][name]

    def save(self) -> None:
        """Write down what is there."""
        for language, names in self.made_from.items():
            text = json.dumps(dict(sorted(names.items())), indent=1)
            _replace(self.root / language / PREFIX / CONTENTS, f"{text}\n".encode())

    def _path(self, sound: Sound, suffix: str) -> Path:
        return Path(f"{self.root}/{_tag(sound)}/{sound.played}{suffix}")


def _tag(sound: Sound) -> str:
    """Return the language as Asterisk writes it: of ``es_MX`` it knows that it is ``es``."""
    return sound.language.replace("-", "_")


def _riff(pcm: bytes, rate_hz: int) -> bytes:
    raw = io.BytesIO()
    with wave.open(raw, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm)
    return raw.getvalue()


def _replace(path: Path, contents: bytes) -> None:
    """Write a file that Asterisk may be playing: whoever has it open keeps the old one (rename(2))."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
        os.chmod(draft, READABLE)
        os.replace(draft, path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _linked(same: Path, path: Path) -> bool:
    """Make *path* another name of file *same*; tell whether that could be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        draft.hardlink_to(same)
        os.replace(draft, path)  # does nothing if both are one file already, and leaves the draft
        draft.unlink(missing_ok=True)
    except OSError:  # a file system without links
        return False
    return True

"""
Recordings of a studio: ``recordings/<language>/<flow>/<prompt>.wav`` in the folder of the flows.

A recording takes the place of the synthesised prompt of its name once its words were checked. What it was
checked against stands beside it, in ``checked.json``: a text that has changed since is found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import SetupError
from ..language.source import nearest
from ..prompts.cache import Span
from .catalogue import Sound

__all__ = ["FOLDER", "Checked", "Found", "Recording", "checked_before", "find", "save_checked"]

FOLDER = "recordings"
CHECKED = "checked.json"
SUFFIX = ".wav"


@dataclass(frozen=True, slots=True)
class Recording:
    """A WAV file by the name of a fixed prompt."""

    path: Path
    sound: Sound
    digest: str
    """SHA-256 of the file, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a recording was when it was found right, or accepted by a person."""

    digest: str
    said: str
    """The words of its prompt at that time."""

    accepted: bool = False
    words: tuple[Span, ...] = ()
    """When its words are heard, for going on after an interruption."""


@dataclass(frozen=True, slots=True)
class Found:
    """The recordings of a folder; *problems* are files that no prompt will be spoken from."""

    recordings: tuple[Recording, ...]
    problems: tuple[str, ...]


def find(folder: Path, sounds: Iterable[Sound], only: str = "") -> Found:
    """
    Return the recordings below *folder* (``recordings`` of a folder of flows), which may not be there.

    With the name of a flow in *only*, those of others are passed over.
    """
    by_name = {(sound.language, sound.name): sound for sound in sounds}
    recordings: list[Recording] = []
    problems: list[str] = []
    for path in sorted(path for path in folder.glob("**/*") if path.is_file()):
        parts = path.relative_to(folder).parts
        name = "/".join(parts[1:]).removesuffix(path.suffix)
        sound = by_name.get((parts[0], name))
        if path.name == CHECKED or path.name.startswith(".") or (only and only not in parts[1:2]):
            continue
        if len(parts) != 3:
            problems.append(f"{path}: not used: expected {FOLDER}/LANGUAGE/FLOW/PROMPT{SUFFIX}")
        elif path.suffix != SUFFIX:
            problems.append(
                f"{path}: not used: not a {SUFFIX} file; convert it: sox {path} {path.with_suffix(SUFFIX)}"
            )
        elif sound is None:
            problems.append(f"{path}: not used: {_unknown(parts[0], name, by_name)}")
        else:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            recordings.append(Recording(path, sound, digest))
    return Found(tuple(recordings), tuple(problems))


def _unknown(language: str, name: str, known: Iterable[tuple[str, str]]) -> str:
    alike = [other for spoken, other in known if spoken == language]
    if not alike:
        languages = ", ".join(sorted({spoken for spoken, _ in known}))
        return f"no flow speaks {language!r}; there are {languages}"
    near = nearest(name, alike)
    hint = f"; did you mean {near}?" if near else ""
    return f"{name} is no prompt that is known word for word (ivr-ari prompts list){hint}"


def checked_before(folder: Path, language: str) -> dict[str, Checked]:
    """Return what stands in the language's ``checked.json``. SetupError ``recordings.checked``."""
    path = folder / language / CHECKED
    if not path.is_file():
        return {}
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): _entry(**entry) for name, entry in written.items()}
    except (ValueError, TypeError, AttributeError) as error:
        hint = "remove that file; the recordings are then checked anew"
        raise SetupError("recordings.checked", file=str(path), hint=hint) from error


def _entry(digest: str, said: str, accepted: bool, words: Sequence[Span]) -> Checked:
    return Checked(digest, said, accepted, tuple((int(begin), int(end)) for begin, end in words))


def save_checked(folder: Path, language: str, checked: Mapping[str, Checked]) -> None:
    """Write ``checked.json``. OSError where the folder can't be written."""
    lines = [
        f" {json.dumps(name)}: {json.dumps(asdict(entry), ensure_ascii=False)}"
        for name, entry in sorted(checked.items())
    ]
    text = "\n".join(["{", *([",\n".join(lines)] if lines else []), "}"])
    path = folder / language / CHECKED
    if not path.is_file() or path.read_text(encoding="utf-8") != f"{text}\n":
        path.write_text(f"{text}\n", encoding="utf-8")

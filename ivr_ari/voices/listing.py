"""Which voices there are, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ..errors import SetupError
from ..prompts.lexicon import Lexicon
from ..prompts.lexicon_file import load_lexicons
from ..prompts.open_voice import EXPORTED
from ..prompts.voice_folder import LAST_RESORT, VoiceAbout, voice_folder, voices_in

__all__ = ["engines_here", "lexicons_for", "lines"]

ESPEAK = (
    f"{LAST_RESORT:24} any   last resort: understood, but sounds like a machine; GPL-3, a process of its own"
)


def lines(cache: Path, language: str = "") -> list[str]:
    """Return a line for each voice in *cache* that speaks *language*, the last resort at the end."""
    seen: set[str] = set()
    found = []
    for folder in voices_in(cache):
        try:
            about = VoiceAbout.read(folder)
        except SetupError as exc:
            found.append(f"{folder.name:24} {exc}")
            continue
        if language in ("", about.language):
            found.append(_line(folder, about, newest=about.title not in seen))
        seen.add(about.title)
    return [*found, ESPEAK]


def engines_here(folder: Path) -> list[Literal["onnx", "coqui"]]:
    """Return what can speak the voice in *folder* on this machine, the usual engine first."""
    found: list[Literal["onnx", "coqui"]] = []
    if all((folder / file).is_file() for file in EXPORTED):
        found.append("onnx")
    checkpoint = (folder / "config.json").is_file() or (folder / "model").is_dir()
    if checkpoint and find_spec("TTS") is not None and find_spec("torch") is not None:
        found.append("coqui")
    return found


def _line(folder: Path, about: VoiceAbout, *, newest: bool) -> str:
    engines = engines_here(folder)
    manner = "streamed" if about.kind == "vits" else "spoken whole"
    served = f"{manner} by {' or '.join(engines)}" if engines else "nothing here speaks it"
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    parts = [
        f"{about.name:24} {about.language}",
        f"{about.rate_hz} Hz",
        served,
        f"{megabytes:.0f} MB",
        *([f"speaker {about.speaker}"] if about.speaker else []),
        about.licence or "licence unknown: ask its maker",
        *([] if newest else ["replaced by a newer one"]),
    ]
    return "  ".join(parts)


def lexicons_for(cache: Path, voice: str, file: Path | None) -> Mapping[str, Lexicon]:
    """
    Return the lexicons in *file*, by language, their sounds checked against those that *voice* knows.

    Raises SetupError ``lexicon.unreadable``, ``lexicon.wrong``, ``voice.missing``.
    """
    if file is None or voice == LAST_RESORT:
        return load_lexicons(file)
    about = VoiceAbout.read(voice_folder(cache, voice))
    symbols = about.engine.get("symbols")
    if about.text == "phonemes" and symbols:
        return load_lexicons(file, set(symbols))
    return load_lexicons(file)

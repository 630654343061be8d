"""What somebody may want to make a voice of, told by looking at it."""

from __future__ import annotations

from pathlib import Path

from ..errors import SetupError
from . import ensure_joe
from .archive import unpacked
from .coqui_import import import_coqui
from .making import Progress, silent
from .piper_import import import_piper

__all__ = ["import_any"]

WHAT = "a Piper voice (.onnx with its .onnx.json), a Coqui model (folder or .pth) or a packed voice (.tar)"


def import_any(
    source: Path | None,
    cache: Path,
    progress: Progress = silent,
    *,
    name: str = "",
    speaker: str = "",
    language: str = "",
    licence: str = "",
    vocoder: Path | None = None,
) -> Path:
    """
    Make a voice of *source* in *cache* and return its folder; without a source the joe voice.

    Raises SetupError ``voice.source`` if no voice can be made of it, else as the import of its kind.
    """
    if source is None:
        return ensure_joe(cache, progress)
    target = cache / "voices"
    if source.is_dir() or source.suffix == ".pth":
        name = name or source.resolve().name.removesuffix(".pth")
        return import_coqui(
            source,
            target,
            progress,
            name=_usable(name),
            speaker=speaker,
            language=language,
            licence=licence,
            vocoder=vocoder,
        )
    if not source.exists():
        raise SetupError("voice.source", file=str(source), why="it is not there", hint=f"expected {WHAT}")
    if source.suffix == ".onnx":
        return import_piper(
            source,
            Path(f"{source}.json"),
            target,
            progress,
            name=_usable(name or source.stem),
            speaker=speaker,
            language=language,
            licence=licence,
        )
    if source.suffix == ".tar":
        return unpacked(source, target, progress, name=name and _usable(name))
    raise SetupError("voice.source", file=str(source), hint=f"expected {WHAT}")


def _usable(name: str) -> str:
    """Return *name* as a folder and a setting can have it. SetupError ``voice.name`` for one of no use."""
    from ..prompts.voice_folder import LAST_RESORT

    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_.-") else "-" for sign in name)
    plain = plain.strip(".-")
    if not plain or plain == LAST_RESORT:
        raise SetupError("voice.name", name=name, hint="give another with --name")
    return plain

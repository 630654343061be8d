"""The exported form of a voice that is in the cache already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..errors import SetupError
from ..prompts.open_voice import EXPORTED
from ..prompts.voice_folder import VoiceAbout
from .making import Progress, file_sums, silent

__all__ = ["exported"]


def exported(folder: Path, progress: Progress = silent) -> float:
    """
    Return by how much the exported voice differs from Coqui's, of full scale; export it if it was not yet.

    Raises SetupError: ``voice.engine`` for an architecture that can't be, ``voice.package``,
    ``voice.differs``.
    """
    about = VoiceAbout.read(folder)
    if about.kind == "coqui":
        hint = "it is spoken by coqui-tts only; render its prompts ahead: ivr-ari prompts render"
        raise SetupError("voice.engine", voice=about.title, why="only a VITS can be exported", hint=hint)
    if about.exported is None or not all((folder / file).is_file() for file in EXPORTED):
        progress("loading PyTorch and Coqui", 0.0)
        try:
            from ..prompts.coqui_tts import traits
            from .vits_export import export_onnx
        except ImportError as exc:
            hint = "exporting needs the extra [coqui]"
            raise SetupError("voice.package", missing=exc.name, hint=hint) from exc
        progress("exporting", 0.3)
        replace(about, engine=traits(folder).to_json()).write(folder)
        found = export_onnx(folder)
        about = replace(VoiceAbout.read(folder), exported=found.max_difference, files=file_sums(folder))
        about.write(folder)
        progress("exported", 1.0)
    return about.exported or 0.0

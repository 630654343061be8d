"""Opens a voice by its name: which engine speaks it is decided here and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ..errors import SetupError
from .voice import Voice
from .voice_folder import LAST_RESORT, VoiceAbout, voice_folder

__all__ = ["EXPORTED", "Engine", "engine_for", "open_folder", "open_voice"]

Engine = Literal["auto", "coqui", "onnx"]
"""``onnx`` speaks an exported voice with onnxruntime alone, ``coqui`` speaks it with coqui-tts."""

EXPORTED = ("encoder.onnx", "flow.onnx", "decoder.onnx")
"""What a voice is served from without coqui-tts; ``voice.json`` stands beside them."""


def engine_for(folder: Path, engine: Engine = "auto") -> Literal["coqui", "onnx"]:
    """
    Return which engine speaks the voice in *folder*: onnxruntime if it was exported, unless told otherwise.

    Raises SetupError ``voice.engine`` if the voice is not there in the form which *engine* needs.
    """
    exported = all((folder / file).is_file() for file in EXPORTED)
    whole = (folder / "config.json").is_file() or (folder / "model").is_dir()
    if engine == "onnx" and not exported:
        hint = "export it first, where coqui-tts is: ivr-ari voices export"
        raise SetupError("voice.engine", voice=folder.name, engine=engine, hint=hint)
    if engine == "coqui" and not whole:
        hint = "only its exported form is here; leave voice.engine at auto"
        raise SetupError("voice.engine", voice=folder.name, engine=engine, hint=hint)
    return "onnx" if exported and engine != "coqui" else "coqui"


def open_voice(
    cache_dir: Path, name: str, *, engine: Engine = "auto", language: str = "en", threads: int = 1
) -> Voice:
    """
    Load the voice *name* of the cache and warm it (some seconds), with *threads* threads of this process.

    The name ``espeak`` is the last resort: it needs no folder and speaks *language*. Raises SetupError:
    ``voice.missing``, else as `open_folder`. EngineFailed when it does not speak.
    """
    if name == LAST_RESORT:
        from .espeak_voice import EspeakVoice

        return EspeakVoice(language)
    return open_folder(voice_folder(cache_dir, name), engine=engine, threads=threads)


def open_folder(folder: Path, *, engine: Engine = "auto", threads: int = 1) -> Voice:
    """
    Load the voice in *folder*.

    Raises SetupError: ``voice.unreadable``, ``voice.engine``, and ``voice.package`` where what speaks it
    is not installed. EngineFailed when it does not speak.
    """
    about = VoiceAbout.read(folder)
    if engine_for(folder, engine) == "onnx":
        from .onnx_tts import OnnxVoice

        return OnnxVoice(folder, threads=threads)
    try:
        if about.kind == "coqui":
            from .coqui_whole import WholeVoice

            return WholeVoice(folder, about, threads=threads)
        from .coqui_tts import CoquiVoice  # PyTorch: seconds, and only in an extra

        return CoquiVoice(folder, threads=threads)
    except ImportError as exc:
        hint = "install the extra [coqui], or export the voice where that is (ivr-ari voices export)"
        raise SetupError("voice.package", voice=about.title, missing=exc.name, hint=hint) from exc

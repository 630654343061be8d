"""A Piper voice made into a voice that coqui-tts speaks, and compared with the original."""

from __future__ import annotations

from pathlib import Path

from ..errors import SetupError
from ..prompts.voice_folder import VoiceAbout
from .making import Progress, digest_of, make_voice, silent

__all__ = ["import_piper"]

AGREEMENT = 0.9999
"""Least correlation with the original's audio, noise switched off."""


def import_piper(
    onnx: Path,
    json_file: Path,
    target_dir: Path,
    progress: Progress = silent,
    *,
    name: str = "",
    speaker: str = "",
    language: str = "",
    licence: str = "",
) -> Path:
    """
    Make a Coqui voice of a Piper voice and return its folder, ``target_dir/<name>-<hash>``.

    *speaker* (a name or a number) is one of a voice with many. The folder appears as a whole or not at all;
    two processes may ask at once. Raises SetupError: ``voice.unreadable``, ``voice.unlike``,
    ``voice.speaker``, or ``voice.differs`` when Coqui's audio isn't the original's.
    """

    def fill(draft: Path, progress: Progress) -> VoiceAbout:
        progress("reading the Piper voice", 0.0)
        from .piper import read_piper

        voice = read_piper(onnx, json_file, speaker)
        progress("loading PyTorch and Coqui", 0.1)
        from .piper_to_coqui import compare, write_checkpoint

        write_checkpoint(voice, draft)
        progress("comparing with the original", 0.3)
        correlation = compare(onnx, voice, draft)
        if not correlation > AGREEMENT:
            raise SetupError("voice.differs", voice=name, correlation=round(correlation, 6))
        progress(f"original and Coqui agree: correlation {correlation:.10f}", 0.4)
        return VoiceAbout(
            name="",
            rate_hz=voice.rate_hz,
            espeak_voice=voice.espeak_voice,
            language=language or voice.espeak_voice[:2],
            speaker=voice.speaker,
            source=f"Piper voice {onnx.name}",
            licence=licence,
            correlation=correlation,
        )

    name = name or onnx.name.removesuffix(".onnx")
    parts = (onnx, json_file, speaker, language)
    return make_voice(target_dir, name, digest_of(*parts), fill, progress)

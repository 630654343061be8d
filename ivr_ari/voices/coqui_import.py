"""
Any model of coqui-tts made into a voice, from its files.

A VITS of one language becomes a voice that is streamed, one speaker of many folded in. Every other
architecture is kept as it is and spoken whole.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import SetupError
from ..prompts.voice_folder import VoiceAbout
from .making import Progress, digest_of, make_voice, silent

__all__ = ["import_coqui"]

CONFIG = "config.json"


def import_coqui(
    model: Path,
    target_dir: Path,
    progress: Progress = silent,
    *,
    name: str,
    speaker: str = "",
    language: str = "",
    licence: str = "",
    vocoder: Path | None = None,
) -> Path:
    """
    Make a voice of a Coqui model and return its folder, ``target_dir/<name>-<hash>``.

    *model* is a folder with ``config.json`` and weights, or a file of weights beside its ``config.json``;
    *vocoder* likewise. *speaker* is one of a model with many. Raises SetupError: ``voice.unreadable``,
    ``voice.speaker``, ``voice.differs``, ``voice.package``.
    """
    weights, settings = located(model)
    parts: list[Path | str] = [weights, weights.parent / CONFIG, speaker, language]
    if vocoder is not None:
        parts.append(located(vocoder)[0])

    def fill(draft: Path, progress: Progress) -> VoiceAbout:
        progress("loading PyTorch and Coqui", 0.0)
        from .coqui_vits import streams, write_vits

        if streams(settings):
            return write_vits(weights, settings, draft, progress, speaker=speaker, language=language)
        progress(f"{settings['model']}: an architecture that is spoken sentence by sentence", 0.1)
        return _kept(weights, settings, draft, vocoder, speaker, language)

    def described(draft: Path, progress: Progress) -> VoiceAbout:
        return replace(fill(draft, progress), source=f"Coqui model {model.name}", licence=licence)

    return make_voice(target_dir, name, digest_of(*parts), described, progress)


def located(model: Path) -> tuple[Path, dict[str, Any]]:
    """Return a model's weights and its configuration. SetupError ``voice.unreadable``."""
    folder = model if model.is_dir() else model.parent
    found = sorted(folder.glob("*.pth*")) if model.is_dir() else [model]
    weights = next((path for path in found if path.stem.startswith(("model", "best_model"))), None)
    weights = weights or next(iter(found), None)
    if weights is None or not weights.is_file():
        hint = "a Coqui model is a folder with config.json and model.pth"
        raise SetupError("voice.unreadable", file=str(model), why="no file of weights", hint=hint)
    try:
        settings = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        if not isinstance(settings, dict) or "model" not in settings:
            raise ValueError
    except (OSError, ValueError) as exc:
        hint = "a Coqui model is a folder with config.json and model.pth"
        why = "it names no model" if isinstance(exc, ValueError) else exc.strerror
        raise SetupError("voice.unreadable", file=str(folder / CONFIG), why=why, hint=hint) from exc
    return weights, settings


def _kept(
    weights: Path,
    settings: dict[str, Any],
    draft: Path,
    vocoder: Path | None,
    speaker: str,
    language: str,
) -> VoiceAbout:
    """Copy a model that is spoken whole into *draft*, and tell what it is."""
    from ..prompts.coqui_whole import MODEL, VOCODER

    _copied(weights, draft / MODEL)
    rate = _rate(settings)
    if vocoder is not None:
        vocoder_weights, vocoder_settings = located(vocoder)
        _copied(vocoder_weights, draft / VOCODER)
        rate = _rate(vocoder_settings)
    ours = bool(settings.get("use_phonemes")) and settings.get("phonemizer") in (None, "", "espeak")
    espeak_voice = str(settings.get("phoneme_language") or "en-us")
    return VoiceAbout(
        name="",
        rate_hz=rate,
        kind="coqui",
        espeak_voice=espeak_voice if ours else "",
        text="phonemes" if ours else "letters",
        language=language or espeak_voice[:2],
        speaker=speaker,
    )


def _copied(weights: Path, target: Path) -> None:
    """Copy a model: the weights, and every smaller file beside them (tables, statistics)."""
    target.mkdir()
    for path in weights.parent.iterdir():
        if path.is_file() and (path == weights or not path.name.startswith(("checkpoint_", "best_model_"))):
            shutil.copyfile(path, target / path.name)


def _rate(settings: dict[str, Any]) -> int:
    """Return the samples a second of what a model gives. SetupError ``voice.unreadable``."""
    audio = settings.get("audio")
    rate = (audio.get("output_sample_rate") or audio.get("sample_rate")) if isinstance(audio, dict) else None
    if not isinstance(rate, int):
        raise SetupError("voice.unreadable", file=CONFIG, why="it gives no audio.sample_rate")
    return rate

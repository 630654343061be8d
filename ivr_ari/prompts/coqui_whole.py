"""
The engine for every other architecture of coqui-tts: a sentence is spoken whole, by Coqui's own Synthesizer.

Nothing of it can be heard before all of it was made, so such voices suit prompts rendered ahead better than
answers made in a call.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES, Synthesizer

from ..errors import SetupError
from .espeak import Pronouncer
from .ipa import spelled
from .script import Sentence
from .voice import Pcm, WordTime, engine_failures
from .voice_folder import VoiceAbout
from .whole import Run, WholeTake, spoken_whole

__all__ = ["MODEL", "VOCODER", "WholeVoice", "as_file", "at_home"]

MODEL, VOCODER = "model", "vocoder"
"""Folders, in the voice's own, of the model's files and of its vocoder's."""

WEIGHTS = ("model_file.pth", "model_file.pth.tar", "model.pth", "checkpoint.pth")
"""What Coqui calls a model's file."""

FROM_FOLDER = ("xtts", "bark", "tortoise")
"""Architectures that find their files themselves."""

STRESSED = 0.9
"""Pace of stressed words; these models take no other hint."""


class WholeVoice:
    """See `Voice`. It can't tell when a word is heard."""

    def __init__(self, folder: Path, about: VoiceAbout, *, threads: int = 1) -> None:
        """Load with *threads* inference threads (of this process). Raises SetupError ``voice.unreadable``."""
        torch.set_num_threads(threads)
        self.about = about
        self.name, self.gain_db = about.name, about.gain_db
        self.pronouncer = Pronouncer(about.espeak_voice) if about.text == "phonemes" else None
        try:
            self.coqui = _synthesizer(folder, phonemes=about.text == "phonemes")
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AssertionError,
            AttributeError,
            RuntimeError,
        ) as exc:
            why = f"{type(exc).__name__}: {exc}"[:300]
            raise SetupError("voice.unreadable", folder=str(folder), why=why) from exc
        self.rate_hz = int(self.coqui.output_sample_rate)

    def close(self) -> None:
        """End the helper process, if the model needs one."""
        if self.pronouncer is not None:
            self.pronouncer.close()

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> WholeTake:
        """
        Make all of the sentence, which may take longer than it lasts.

        Speed and stress are heard with models that have a length scale (VITS, GlowTTS, FastPitch, XTTS).
        """
        return spoken_whole(sentence, speed, self.rate_hz, self._say)

    def _say(self, run: Run, percent: float, stress: bool) -> tuple[Pcm, list[WordTime]]:
        words = " ".join(phrase.words for _, phrase in run).strip()
        said = self.pronouncer.phonemes(words) if self.pronouncer else spelled(words)
        if not any(sign.isalnum() for sign in said):
            return np.zeros(0, np.int16), []
        seed = int.from_bytes(hashlib.sha256(f"{self.name} {said}".encode()).digest()[:6], "big")
        with engine_failures(), torch.inference_mode(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            np.random.seed(seed & 0xFFFFFFFF)  # vocoders by phase estimation draw from numpy
            spoken = self.coqui.tts(
                said,
                speaker_name=self.about.speaker or None,
                language_name=self._language(),
                split_sentences=False,
                **self._pace(percent / 100 * (STRESSED if stress else 1.0)),
            )
        audio = np.asarray(spoken, np.float32)[:-PAD_SILENCE_SAMPLES]
        return (np.clip(audio, -1.0, 1.0) * 32767.0).round().astype(np.int16), []

    def _language(self) -> str | None:
        """Return the model's own name of the voice's language, if it knows several."""
        names = [str(name) for name in self.coqui.tts_model.language_manager.language_names]
        close = [name for name in names if name[:2].lower() == self.about.language]
        return close[0] if len(names) > 1 and close else None

    def _pace(self, factor: float) -> dict[str, float]:
        """Set the model to *factor* of its usual pace; return what has to be said with each sentence."""
        model: Any = self.coqui.tts_model
        if self.coqui.tts_config.model == "xtts":
            return {"speed": factor}
        if hasattr(model, "length_scale"):
            usual = vars(model).setdefault("usual_length_scale", model.length_scale)
            model.length_scale = usual / factor
        return {}


def at_home(value: object, folder: Path) -> object:
    """Return a configuration with the paths of files that lie in *folder*, wherever they lay before."""
    match value:
        case dict():
            return {key: at_home(inner, folder) for key, inner in value.items()}
        case list():
            return [at_home(inner, folder) for inner in value]
        case str() if value and (folder / Path(value).name).is_file() and Path(value).suffix:
            return str(folder / Path(value).name)
    return value


def _synthesizer(folder: Path, *, phonemes: bool) -> Synthesizer:
    model, vocoder = folder / MODEL, folder / VOCODER
    settings: dict[str, Any] = json.loads((model / "config.json").read_text(encoding="utf-8"))
    if phonemes:  # ours; Coqui's way would start an espeak program for each fragment
        settings |= {"use_phonemes": False, "text_cleaner": None}
    from_folder = str(settings.get("model")) in FROM_FOLDER
    paths = [as_file(at_home(settings, model))]
    try:
        if vocoder.is_dir():
            text = (vocoder / "config.json").read_text(encoding="utf-8")
            paths.append(as_file(at_home(json.loads(text), vocoder)))
        return Synthesizer(
            tts_checkpoint=model if from_folder else _weights(model),
            tts_config_path=paths[0],
            vocoder_checkpoint=_weights(vocoder) if vocoder.is_dir() else None,
            vocoder_config=paths[1] if vocoder.is_dir() else None,
        )
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _weights(folder: Path) -> Path:
    """Return the model's file. Raises FileNotFoundError."""
    named = [folder / name for name in WEIGHTS if (folder / name).is_file()]
    found = named or sorted(folder.glob("*.pth"))
    if not found:
        raise FileNotFoundError(f"no model file in {folder.name}")
    return found[0]


def as_file(settings: object) -> Path:
    """Return a file that holds *settings*: Coqui reads them from a file only."""
    handle, name = tempfile.mkstemp(suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(settings, file)
    return Path(name)

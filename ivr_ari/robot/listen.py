"""The robot understands what it hears: Vosk, a prompt at a time. Blocks; its owner gives it a thread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import vosk

from ..errors import SetupError
from ..media.g711 import SAMPLE_RATE, Pcm

__all__ = ["Listener", "VoskListener"]


class Listener(Protocol):
    """Turns one prompt after the other into words."""

    def hear(self, pcm: Pcm) -> None:
        """Take the next samples, 8 kHz."""

    def finish(self) -> str:
        """Return the words of the prompt, lower case, and be ready for the next one."""


class VoskListener:
    """One recogniser of a Vosk model, used again for each prompt: its graph stays warm."""

    def __init__(self, model: Path) -> None:
        if not (model / "am" / "final.mdl").is_file():
            raise SetupError("robot.model", folder=str(model), hint="no Vosk model in this folder")
        vosk.SetLogLevel(-1)
        self._recogniser = vosk.KaldiRecognizer(vosk.Model(str(model)), SAMPLE_RATE)
        self._words: list[str] = []

    def hear(self, pcm: Pcm) -> None:
        # Vosk ends an utterance where it likes; its pieces are one prompt all the same.
        if self._recogniser.AcceptWaveform(pcm.astype("<i2").tobytes()):
            self._words.append(json.loads(self._recogniser.Result())["text"])

    def finish(self) -> str:
        self._words.append(json.loads(self._recogniser.FinalResult())["text"])
        text, self._words = " ".join(filter(None, self._words)), []
        self._recogniser.Reset()
        return text

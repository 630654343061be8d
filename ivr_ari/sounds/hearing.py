"""
What a recording says, by the service's own recogniser.

It listens for the words of all prompts of a language rather than for anything: a language model of their
bigrams. Measured with the lab model on 60 studio prompts of Asterisk's own: 6 % of the words wrong, against
38 % with the full model, and of 60 recordings each was nearest to its own text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import vosk

from ..errors import SetupError
from .transcript import UNKNOWN

__all__ = ["Ear"]

RATE_HZ = 8000
PIECE = RATE_HZ  # bytes: half a second


class Ear:
    """One language's recogniser, listening for *texts*."""

    def __init__(self, model: Path, texts: Iterable[Sequence[str]]) -> None:
        """Load the model, a second or more. SetupError ``model.missing``."""
        if not (model / "am" / "final.mdl").is_file():
            raise SetupError("model.missing", folder=str(model), hint="run: ivr-ari models fetch")
        vosk.SetLogLevel(-1)
        self._model = vosk.Model(str(model))
        phrases = {" ".join(word for word in text if self.knows(word)) for text in texts}
        grammar = json.dumps([*sorted(phrases - {""}), UNKNOWN])
        self._recogniser = vosk.KaldiRecognizer(self._model, RATE_HZ, grammar)
        self._recogniser.SetWords(True)
        self._heard_ms = 0.0

    def knows(self, word: str) -> bool:
        """Tell whether the model has this word; what it has not is never heard."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def hear(self, pcm: bytes) -> tuple[tuple[str, int, int], ...]:
        """Return word, begin and end in ms of 16-bit little-endian mono at 8 kHz."""
        began_s = self._heard_ms / 1000  # a recogniser's times count from the first recording it ever had
        results = [
            self._recogniser.Result()
            for at in range(0, len(pcm), PIECE)
            if self._recogniser.AcceptWaveform(pcm[at : at + PIECE])
        ]
        results.append(self._recogniser.FinalResult())
        self._heard_ms += len(pcm) / 2 * 1000 / RATE_HZ
        return tuple(
            (
                str(word["word"]),
                round(1000 * (word["start"] - began_s)),
                round(1000 * (word["end"] - began_s)),
            )
            for result in results
            for word in json.loads(result).get("result", ())
        )

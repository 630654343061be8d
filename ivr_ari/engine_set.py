"""The workers that all calls share, by what they do and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .engines import SpeechEngine, UnderstandingEngine, VoiceEngine

__all__ = ["Engines", "known_as"]


@dataclass(frozen=True, slots=True)
class Engines:
    """The workers all calls share."""

    speech: SpeechEngine
    understanding: UnderstandingEngine
    voice: VoiceEngine
    voices: Mapping[str, VoiceEngine] = field(default_factory=dict)
    """Voices of languages other than that of `voice`, by language."""

    speeches: Mapping[str, SpeechEngine] = field(default_factory=dict)
    """Recognisers of languages other than that of `speech`, by language."""

    def speech_of(self, language: str) -> SpeechEngine:
        return self.speeches.get(language[:2], self.speech)

    def voice_of(self, language: str) -> VoiceEngine:
        return self.voices.get(language[:2], self.voice)


def known_as(engine: str) -> str:
    """Return an engine's name as the dialogue knows it: to it there is one recogniser, and one voice."""
    return engine.partition("-")[0]

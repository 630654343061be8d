"""The engines, as settings: what hears callers, understands them, and speaks to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from .flow_settings import FilePath, Language, Name, Section
from .prompts.voice_folder import LAST_RESORT

__all__ = ["SpeechSettings", "UnderstandingSettings", "VoiceSettings"]


class SpeechSettings(Section):
    """The recogniser's model and its workers."""

    model: FilePath
    """Folder of a Vosk model; ``ivr-ari models fetch`` gets one."""

    language: Language = "en"
    """The language of that model."""

    languages: Mapping[Language, FilePath] = Field(default_factory=dict)
    """Folders of models of further languages: ``es: FOLDER``. Without one, a language is asked by keypad."""

    threads: Annotated[int, Field(ge=0, le=256)] = 0
    """Recognisers at work at once; 0: as many as there are cores."""

    allow_lab_model: bool = False
    """The model of the lab hears people poorly; a service refuses to be ready on it unless told so here."""

    @field_validator("model")
    @classmethod
    def exists(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError("no such folder; fetch a model with: ivr-ari models fetch")
        return value

    @field_validator("languages")
    @classmethod
    def all_exist(cls, value: Mapping[str, Path]) -> Mapping[str, Path]:
        missing = sorted(language for language, folder in value.items() if not folder.is_dir())
        if missing:
            raise ValueError(f"no such folder for {', '.join(missing)}")
        return value

    @property
    def heard(self) -> tuple[str, ...]:
        """The languages there is a model of."""
        return tuple(self.models)

    @property
    def models(self) -> dict[str, Path]:
        """The folder of each language's model."""
        return {self.language: self.model, **self.languages}


class VoiceSettings(Section):
    """The voice and its worker."""

    name: Name = "joe"
    """A voice imported into the cache folder (``ivr-ari voices import``), or ``espeak``, the last resort."""

    threads: Annotated[int, Field(ge=1, le=64)] = 1

    engine: Literal["auto", "coqui", "onnx"] = "auto"
    """What speaks it: ``auto`` is onnxruntime where the voice was exported, else coqui-tts."""

    languages: Mapping[Language, Name] = Field(default_factory=dict)
    """
    Voices of further languages: ``es: NAME``; ``es: espeak`` is the last resort. Without one a flow's
    translation is not spoken.
    """

    lexicon: FilePath | None = None
    """How words of this deployment are said: YAML, by language."""

    @field_validator("engine", mode="before")
    @classmethod
    def a_voice_is_no_engine(cls, value: object) -> object:
        if value == LAST_RESORT:
            raise ValueError(f"{LAST_RESORT} is a voice: voice.name: {LAST_RESORT}")
        return value

    @field_validator("lexicon")
    @classmethod
    def exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("no such file")
        return value


class UnderstandingSettings(Section):
    """How callers' words are understood."""

    encoder: Mapping[Language, Literal["both", "minilm", "multilingual"]] = Field(default_factory=dict)
    """What compares sentences, by language: ``es: multilingual``. Without one English has both."""

    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "US"
    """Where telephone numbers said without a country code are, ISO 3166-1: ``GB``."""

    @field_validator("encoder")
    @classmethod
    def knows_the_language(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for language, encoder in value.items():
            if encoder != "multilingual" and language != "en":
                raise ValueError(f"{language}: {encoder} knows English only; take multilingual")
        return value

    @field_validator("region")
    @classmethod
    def has_numbers(cls, value: str) -> str:
        from phonenumbers import SUPPORTED_REGIONS  # its tables take a while to load

        if value not in SUPPORTED_REGIONS:
            raise ValueError("no region of telephone numbers; expected one such as US, GB or ES")
        return value

"""What the commands on prompts work with: flows, voices, recordings and recognisers, as told or as set."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..config import load_settings
from ..language.folder import load_folder
from ..models import cache_folder, find_model
from ..prompts.lexicon_file import load_lexicons
from ..prompts.open_voice import Engine
from ..settings import Settings, VoiceSettings
from ..sounds.catalogue import Sound, begun, catalogue
from ..sounds.checking import Hears, Judge, Verdict
from ..sounds.plan import Plan, planned
from ..sounds.recordings import FOLDER, Checked, checked_before, find, save_checked
from ..sounds.stock import Cast
from ..sounds.transcript import words_of

__all__ = ["Desk", "Judged"]


def silent(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be said of the recordings."""

    used: int
    """Prompts that callers hear as they were recorded."""

    notes: tuple[str, ...]
    wrong: tuple[str, ...]
    """A line for each recording that is not used."""


@dataclass
class Desk:
    """Flows and who speaks them."""

    folder: Path
    cache: Path
    sounds: tuple[Sound, ...]
    plans: tuple[Plan, ...]
    engine: Engine = "auto"
    models: Mapping[str, Path] = field(default_factory=dict)
    """What hears recordings, by language."""

    told: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    """How this was asked for on the command line: flows and settings, and ``--voice``."""

    @classmethod
    def open(
        cls, folder: Path | None, config: Path | None, voices: Sequence[str], models: Sequence[str] = ()
    ) -> Desk:
        """
        Read the flows in *folder*, or in that of the settings.

        *voices* (``joe``, ``es=marta``) and *models* (``FOLDER``, ``es=FOLDER``) go before the settings in
        *config*. FlowError, SetupError.
        """
        settings = load_settings(config, os.environ) if config is not None else None
        own = settings.voice if settings else VoiceSettings()
        where = folder or (settings.flows.source if settings else Path("flows"))
        cache = settings.cache if settings else cache_folder()
        flows = load_folder(where, recordings_muted=settings is None or settings.flows.recordings_muted)
        sounds = catalogue(where, flows)
        named = {"": own.name, **own.languages, **dict(_by_language(voices))}
        languages = {name: flow.language for name, flow in flows.items()}
        cast = Cast(named.pop(""), named, languages, load_lexicons(own.lexicon))
        return cls(
            where,
            cache,
            sounds,
            planned(cache, sounds, cast, begun(where, flows)),
            own.engine,
            {
                **(_heard_by(settings) if settings else {}),
                **_models(models, next(iter(flows.values())).language, cache),
            },
            (
                *([str(folder)] if folder else []),
                *(["--config", str(config)] if config else []),
            ),
            tuple(voices),
        )

    def again(self, command: str, *more: str) -> str:
        """Return another command with the same flows, settings and voices."""
        voices = [] if command == "check" else [word for voice in self.voices for word in ("--voice", voice)]
        return shlex.join(["ivr-ari", "prompts", command, *self.told, *voices, *more])

    @property
    def flow(self) -> str:
        """The one flow that was asked for, empty for a whole folder."""
        return self.sounds[0].flow if self.folder.is_file() and self.sounds else ""

    @property
    def recordings(self) -> Path:
        """Where a studio's recordings lie."""
        return (self.folder.parent if self.folder.is_file() else self.folder) / FOLDER

    def judge(
        self, accept: Collection[str] = (), *, hear: bool, progress: Callable[[int, int], None] = silent
    ) -> Judged:
        """
        Judge the recordings, choose those that are used, and write down what was found.

        Unless *hear*, those never heard before wait, and nothing is written. *progress* is told how many of
        how many were judged.
        """
        found = find(self.recordings, self.sounds, self.flow)
        used, done, notes, wrong = 0, 0, list[str](), list(found.problems)
        recorded = {one.sound.name for one in found.recordings}
        wrong += [f"--accept {name}: there is no such recording" for name in accept if name not in recorded]
        for plan in self.plans:
            names = {sound.name for sound in plan.sounds}
            here = [one for one in found.recordings if one.sound.language == plan.language]
            before = checked_before(self.recordings, plan.language) if here else {}
            judge = Judge(plan.sounds, before, partial(self._ear, plan, hear), accept)
            verdicts = []
            for recording in (one for one in here if one.sound.name in names):
                verdicts.append(judge.judge(recording))
                done += 1
                progress(done, len(found.recordings))
            notes += [self._line(verdict, hear) for verdict in verdicts if verdict.used and verdict.says]
            wrong += [self._line(verdict, hear) for verdict in verdicts if not verdict.used]
            wrong += plan.choose(verdicts)
            used += len(plan.used)
            if hear and verdicts:
                there = {one.sound.name for one in here}
                notes += self._write_down(plan.language, verdicts, before, there)
        return Judged(used, tuple(notes), tuple(wrong))

    def _write_down(
        self,
        language: str,
        verdicts: Sequence[Verdict],
        before: Mapping[str, Checked],
        there: Collection[str],
    ) -> list[str]:
        """Write what was found, a line if that can't be. What is stale stays, and what is of other flows."""
        judged = {one.recording.sound.name: one for one in verdicts}
        stale = {name for name, one in judged.items() if one.state == "stale"}
        others = {name for name in before if self.flow and not name.startswith(f"{self.flow}/")}
        kept = {
            name: before[name] for name in before.keys() & ((set(there) - judged.keys()) | stale | others)
        }
        fresh = {name: one.checked for name, one in judged.items() if one.used}
        try:
            save_checked(self.recordings, language, {**kept, **fresh})
        except OSError as error:
            return [f"{error.filename}: {error.strerror}: the recordings will have to be heard again"]
        return []

    def _line(self, verdict: Verdict, hear: bool) -> str:
        sound, path = verdict.recording.sound, verdict.recording.path
        as_it_is = self.again("check", "--accept", sound.name)
        match verdict.state:
            case "wrong":
                return f"{path}: refused: {verdict.says}; record it anew, or use it as it is: {as_it_is}"
            case "stale":
                what = f"{verdict.says} ({sound.where}); record it anew, or use it as it is: {as_it_is}"
                return f"{path}: stale: {what}"
            case "unheard" if not hear:
                return f"{path}: new, its words were not checked yet: {self.again('check')}"
            case "unheard":
                models = f"--config, or --model {sound.language[:2]}=FOLDER (ivr-ari models list)"
                return f"{path}: not used: no recogniser checked it: {models}; or use it as it is: {as_it_is}"
            case "unusable":
                return f"{path}: not used: {verdict.says}"
            case "right" | "near" | "accepted":
                return f"{path}: used; listen to it: {verdict.says}"

    def _ear(self, plan: Plan, hear: bool) -> Hears | None:
        from ..sounds.hearing import Ear  # Vosk

        model = self.models.get(plan.language[:2]) if hear else None
        texts = [words_of(sound.prompt.parts, sound.language) for sound in plan.sounds]
        return Ear(model, texts) if model else None


def _heard_by(settings: Settings) -> dict[str, Path]:
    return {settings.speech.language: settings.speech.model, **settings.speech.languages}


def _models(given: Sequence[str], default: str, cache: Path) -> dict[str, Path]:
    """Return the models of a command line: folders, or names of models that were fetched."""
    return {
        language or default: Path(name) if Path(name).is_dir() else find_model(name, cache)
        for language, name in _by_language(given)
    }


def _by_language(given: Sequence[str]) -> list[tuple[str, str]]:
    """Return ``es=marta`` as language and name, ``joe`` as a name for no language in particular."""
    split = [word.partition("=") for word in given]
    return [(before, after) if equals else ("", before) for before, equals, after in split]

"""What is to be done so that every fixed prompt can be heard at once: language by language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import EngineFailed, SetupError
from ..prompts.carriers import carrier_of
from ..prompts.recorded import forget, recording_key
from ..prompts.script import Sentence
from .catalogue import Sound
from .checking import Verdict
from .files import SoundFiles, State
from .stock import Cast, Reader, Stock
from .studio import read_studio

__all__ = ["Plan", "planned"]


@dataclass
class Plan:
    """The fixed prompts of one language."""

    language: str
    sounds: Sequence[Sound]
    stock: Stock | None
    """None where no voice speaks it."""

    begun: Sequence[Sound] = ()
    """Prompts with values, of which the first words are made ahead."""

    why: str = ""
    """Why there is none."""

    broken: bool = False
    """A voice was named, but it is not there."""

    used: dict[str, str] = field(default_factory=dict)
    """Sounds that a studio speaks, by name: the digests of the recordings."""

    _chosen: dict[str, Verdict] = field(default_factory=dict)

    def sentences(self) -> tuple[Sentence, ...]:
        """
        Return what the voice has to speak yet, each sentence once.

        Of sentences that begin alike and go on with a value, one is enough for all.
        """
        if self.stock is None:
            return ()
        missing = [sentence for sound in self.sounds for sentence in self.stock.missing(sound)]
        begun = [sentence for sound in self.begun for sentence in self.stock.not_begun(sound)]
        alike = {carrier_of(sentence): sentence for sentence in begun}
        return tuple(dict.fromkeys([*missing, *alike.values()]))

    def missing(self) -> Iterator[Sound]:
        """Yield the prompts that are not in the cache to their end, or not as the studio speaks them."""
        for sound in self.sounds:
            if self.stock is None:
                return
            if self.stock.missing(sound) or (sound.name in self.used and not self.stock.is_recorded(sound)):
                yield sound

    def choose(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        """
        Use the recordings that are right; the same words are spoken by one recording only.

        Yields a sentence for each that is not used beside another.
        """
        self._chosen, self.used = {}, {}
        for verdict in verdicts:
            if not verdict.used:
                continue
            if self.stock is None:
                yield f"{verdict.recording.path}: not used: {self.why}"
                continue
            other = self._chosen.setdefault(self._key(verdict.recording.sound), verdict)
            if other is not verdict:
                same = f"the same words are recorded in {other.recording.path}"
                yield f"{verdict.recording.path}: not used: {same}"
        for sound in self.sounds if self.stock is not None else ():
            if chosen := self._chosen.get(self._key(sound)):
                self.used[sound.name] = chosen.recording.digest

    def take(self) -> None:
        """Put the recordings that are used into the cache, and take out those that no longer are."""
        if self.stock is None:
            return
        for key in {self._key(sound) for sound in self.sounds} - self._chosen.keys():
            forget(self.stock.recorded, key)
        for key, verdict in self._chosen.items():
            studio = verdict.studio or read_studio(verdict.recording.path)
            self.stock.recorded.put(key, studio.audio, verdict.words)

    def states(self, files: SoundFiles) -> Iterator[tuple[Sound, State]]:
        """Yield what there is of each prompt among Asterisk's *files*."""
        for sound in self.sounds:
            if self.stock is not None:
                yield sound, files.state(sound, self._source(sound))

    def write(self, files: SoundFiles) -> Iterator[Sound]:
        """Write the files that are missing or stale; yields each that was written."""
        for sound, state in list(self.states(files)):
            audio = self.stock.audio(sound) if self.stock is not None and state != "there" else None
            if audio is not None:
                files.write(sound, self._source(sound), audio)
                yield sound

    def _source(self, sound: Sound) -> str:
        assert self.stock is not None
        return self.stock.source(sound, self.used.get(sound.name, ""))

    def _key(self, sound: Sound) -> str:
        assert self.stock is not None
        return recording_key(self.stock.script(sound))


def planned(
    cache: Path, sounds: Collection[Sound], cast: Cast, begun: Collection[Sound] = ()
) -> tuple[Plan, ...]:
    """
    Return a plan for each language of *sounds*; those that nobody speaks have one without a stock.

    *begun* are prompts with values.
    """
    plans: list[Plan] = []
    for language in dict.fromkeys(sound.language for sound in sounds):
        wanted = [sound for sound in sounds if sound.language == language]
        spoken = [sound for sound in wanted if cast.speaks(sound)]
        if left_out := [sound for sound in wanted if not cast.speaks(sound)]:
            short = language[:2]
            why = f"no voice: set voice.languages.{short}, or give --voice {short}=NAME"
            plans.append(Plan(language, left_out, None, why=why))
        if spoken:
            plan = _plan(cache, language, spoken, cast.reader(language))
            plan.begun = [one for one in begun if one.language == language and cast.speaks(one)]
            plans.append(plan)
    return tuple(plans)


def _plan(cache: Path, language: str, sounds: Sequence[Sound], reader: Reader) -> Plan:
    try:
        return Plan(language, sounds, Stock(cache, reader))
    except (SetupError, EngineFailed) as error:
        return Plan(language, sounds, None, why=str(error), broken=True)

"""Whether the recordings of a studio say what their prompts say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from ..errors import SetupError
from ..prompts.cache import RATES_HZ, Span
from .catalogue import Sound
from .recordings import Checked, Recording
from .studio import Studio, read_studio
from .transcript import UNKNOWN, Compared, compared, likeliest, words_of

__all__ = ["LIMIT", "Hears", "Judge", "Verdict"]

LIMIT = 0.25
"""
Share of wrong words beyond which a recording is refused. Of 60 studio prompts of Asterisk's own, 58 stay
within it with the lab's model; another prompt's text is never as near.
"""

State = Literal["right", "near", "accepted", "stale", "wrong", "unheard", "unusable"]


class Hears(Protocol):
    """A recogniser."""

    def knows(self, word: str) -> bool: ...

    def hear(self, pcm: bytes) -> Sequence[tuple[str, int, int]]:
        """Return word, begin and end in ms of audio at 8 kHz."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one recording."""

    recording: Recording
    state: State
    says: str
    """For a person; empty where there is nothing to do."""

    studio: Studio | None = None
    words: tuple[Span, ...] = ()

    @property
    def used(self) -> bool:
        """Whether callers hear it."""
        return self.state in ("right", "near", "accepted")

    @property
    def checked(self) -> Checked:
        """What is written down of it."""
        sound = self.recording.sound
        said = " ".join(words_of(sound.prompt.parts, sound.language))
        return Checked(self.recording.digest, said, self.state == "accepted", self.words)


class Judge:
    """Judges the recordings of one language."""

    def __init__(
        self,
        sounds: Collection[Sound],
        before: Mapping[str, Checked],
        ear: Callable[[], Hears | None],
        accept: Collection[str] = (),
    ) -> None:
        """
        *sounds* are all of the language, *before* what was found earlier. *ear* gives the recogniser, or None
        if the language has none; it is asked for once something has to be heard. Recordings whose names are
        in *accept* are used whatever they say.
        """
        self._sounds = sounds
        self._before, self._accept = before, accept
        self._ear = ear

    def judge(self, recording: Recording) -> Verdict:
        """Return what is to be said of a recording."""
        before = self._before.get(recording.sound.name)
        if before and before.digest == recording.digest and not self._accepted(recording):
            return self._known(recording, before)
        try:
            return self._heard(recording, read_studio(recording.path))
        except SetupError as error:
            return Verdict(recording, "unusable", str(error.facts["hint"]))

    def _known(self, recording: Recording, before: Checked) -> Verdict:
        """It was heard before: only the text may have changed since."""
        now = " ".join(self._texts[recording.sound.name])
        if before.said == now:
            return Verdict(recording, "accepted" if before.accepted else "right", "", words=before.words)
        says = f"it says {before.said!r}, the prompt now says {now!r}"
        return Verdict(recording, "stale", says)

    def _heard(self, recording: Recording, studio: Studio) -> Verdict:
        ear = self._listening
        accepted = self._accepted(recording)
        if ear is None:
            state: State = "accepted" if accepted else "unheard"
            return Verdict(recording, state, "not checked: no recogniser for its language", studio)
        heard = ear.hear(studio.audio[RATES_HZ[0]])
        found = [word for word, _, _ in heard]
        known = {name: [word for word in text if ear.knows(word)] for name, text in self._texts.items()}
        own = compared(known[recording.sound.name], found)
        spans = tuple((begin, end) for _, begin, end in heard)
        if not own.wrong:
            return Verdict(recording, "right", _sound_of(studio), studio, spans)
        says = "; ".join(_what_differs(own))
        other = likeliest(found, known)
        mixed_up = compared(known[other], found).share < own.share
        if mixed_up:
            says = f"{says}; it is nearer to what {other} says"
        if accepted:
            return Verdict(recording, "accepted", says, studio, spans)
        state = "wrong" if mixed_up or own.share > LIMIT else "near"
        return Verdict(recording, state, says, studio, spans)

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[str]]:
        return {sound.name: words_of(sound.prompt.parts, sound.language) for sound in self._sounds}

    @cached_property
    def _listening(self) -> Hears | None:
        return self._ear()

    def _accepted(self, recording: Recording) -> bool:
        return recording.sound.name in self._accept


def _what_differs(found: Compared) -> Iterator[str]:
    yield f"{found.wrong} of {found.words} words differ"
    for wanted, heard in found.different:
        other = heard.replace(UNKNOWN, "...")
        if wanted and heard:
            yield f"{wanted!r} was heard as {other!r}"
        else:
            yield f"{wanted!r} is missing" if wanted else f"{other!r} is too much"


def _sound_of(studio: Studio) -> str:
    notes = ["recorded too loud: its peaks are cut off"] if studio.clipped else []
    notes += ["below 16 kHz: wideband callers hear it duller"] if studio.narrow else []
    return "; ".join(notes)

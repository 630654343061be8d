"""What there is in the cache of the prompts of one language: without loading the voice that speaks them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ..prompts.cache import FORMAT, RATES_HZ, PromptCache, prompt_key
from ..prompts.carriers import carrier_of
from ..prompts.joining import Delivery, items_of, sentences_of
from ..prompts.lexicon import PLAIN, Lexicon
from ..prompts.recorded import recording_key, recordings
from ..prompts.script import Script, Sentence, script
from ..prompts.shelf import Shelf
from ..prompts.voice_folder import LAST_RESORT, VoiceAbout, voice_folder
from .catalogue import Sound

__all__ = ["Cast", "Reader", "Stock"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who speaks a language: a voice of the cache, and the language its worker puts values into words in."""

    voice: str
    language: str = "en"
    lexicon: Lexicon = PLAIN


@dataclass(frozen=True, slots=True)
class Cast:
    """Which voice speaks what: *main* the flows' own languages, *others* translations, by language."""

    main: str
    others: Mapping[str, str]
    own: Mapping[str, str]
    """Flows and their own languages."""

    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    """How words of the deployment are said, by language."""

    def speaks(self, sound: Sound) -> bool:
        """Tell whether the service would speak this: a translation needs a voice of its own."""
        return sound.language == self.own[sound.flow] or sound.language[:2] in self.others

    def reader(self, language: str) -> Reader:
        """Return who speaks *language*, as the service chooses."""
        own = self.others.get(language[:2])
        spoken = language[:2] if own else "en"
        return Reader(own or self.main, spoken, self.lexicons.get(spoken, PLAIN))


class Stock:
    """What *reader* has spoken, and what a studio has."""

    def __init__(self, cache: Path, reader: Reader) -> None:
        """SetupError ``voice.missing`` if there is no such voice in *cache*."""
        self.reader = reader
        self.voice = _identity(cache, reader)
        """The voice's identity: its name, and a hash of what it is made of."""

        self.recorded = recordings(cache, reader.language)
        self._shelf = Shelf(self.voice, PromptCache(cache / "prompts" / self.voice), self.recorded)

    def script(self, sound: Sound) -> Script:
        """Return what is said, as the service will ask for it."""
        return script(sound.prompt.parts, self.reader.language, lexicon=self.reader.lexicon)

    def is_recorded(self, sound: Sound) -> bool:
        """Tell whether a recording takes the voice's place."""
        return self.recorded.has(recording_key(self.script(sound)))

    def missing(self, sound: Sound) -> tuple[Sentence, ...]:
        """Return the sentences that have to be made yet."""
        if self.is_recorded(sound):
            return ()
        sentences = sentences_of(self.script(sound))
        return tuple(one for one in sentences if not self._shelf.cache.has(prompt_key(self.voice, one)))

    def not_begun(self, sound: Sound) -> tuple[Sentence, ...]:
        """Return the sentences whose first words, up to a value, were never said."""
        carriers = ((one, carrier_of(one)) for one in sentences_of(self.script(sound)))
        return tuple(
            one
            for one, carrier in carriers
            if carrier and not self._shelf.cache.has(prompt_key(self.voice, carrier))
        )

    def audio(self, sound: Sound) -> dict[int, bytes] | None:
        """Return the whole prompt by rate, None if something of it is missing."""
        whole: dict[int, bytes] = {}
        for rate in RATES_HZ:
            how = Delivery(rate_hz=rate)
            ready, missing = self._shelf.begin(self._shelf.items(self.script(sound), how), how)
            if missing:
                return None
            whole[rate] = b"".join(ready)
        return whole

    def source(self, sound: Sound, recording: str = "") -> str:
        """
        Return a digest of what the sound's audio comes from: voice, words and pauses, or *recording*.

        *recording* is the digest of the recording that is used for it.
        """
        made_of: Iterable[object] = (FORMAT, recording)
        if not recording:
            items = items_of(self.script(sound))
            made_of = [prompt_key(self.voice, one) if isinstance(one, Sentence) else one for one in items]
        return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]


def _identity(cache: Path, reader: Reader) -> str:
    if reader.voice == LAST_RESORT:
        from ..prompts.espeak_voice import EspeakVoice

        with closing(EspeakVoice(reader.language)) as voice:
            return voice.name
    return VoiceAbout.read(voice_folder(cache, reader.voice)).name

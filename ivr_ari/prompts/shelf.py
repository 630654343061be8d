"""What one voice said before: sentences by their words, whoever makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .cache import Kept, PromptCache, Span, prompt_key
from .carriers import carrier_of, cut_carrier
from .joining import Delivery, Item, items_of, silence
from .recorded import recording_key
from .script import Script, Sentence

__all__ = ["Shelf"]


class Shelf:
    """The kept sentences of the voice *name*, and a studio's recordings; any thread may ask."""

    def __init__(self, name: str, cache: PromptCache, recordings: PromptCache | None = None) -> None:
        self.name = name
        self.cache = cache
        self.recordings = recordings

    def items(self, script: Script, how: Delivery) -> tuple[Item, ...]:
        """Return *script* as what is to be played: a recording of all of it, or its sentences."""
        if self.recordings and how.speed == 1.0 and not (how.sensitive and _has_values(script)):
            recorded = self.recordings.get(recording_key(script), how.rate_hz)
            if recorded is not None:
                return (recorded,)
        return items_of(script, how.speed)

    def get(self, sentence: Sentence, how: Delivery) -> Kept | None:
        """
        Return the sentence if it was spoken to its end before.

        Of what is sensitive only the flow's own words are asked for: whether a value was said before to
        somebody else is nobody's business.
        """
        if how.sensitive and _has_values((sentence,)):
            return None
        return self.cache.get(prompt_key(self.name, sentence, how.speed), how.rate_hz)

    def carrier(self, sentence: Sentence, how: Delivery) -> Kept | None:
        """Return the fixed words *sentence* begins with, as they were said before another value."""
        carrier = carrier_of(sentence)
        if carrier is None:
            return None
        return self.cache.get(prompt_key(self.name, carrier, how.speed), how.rate_hz)

    def put(
        self,
        sentence: Sentence,
        speed: float,
        audio: Mapping[int, bytes],
        words: tuple[Span, ...],
        leading: int,
    ) -> None:
        """
        Keep *sentence*: its audio by rate, and when its words are heard.

        Its carrier, of which there are *leading* words, is kept too if none is yet.
        """
        self.cache.put(prompt_key(self.name, sentence, speed), audio, words)
        carrier = carrier_of(sentence)
        key = carrier and prompt_key(self.name, carrier, speed)
        if key and leading and not self.cache.has(key):
            cut = {rate_hz: cut_carrier(Kept(pcm, words), leading, rate_hz) for rate_hz, pcm in audio.items()}
            self.cache.put(key, {rate_hz: kept.pcm for rate_hz, kept in cut.items()}, words[:leading])
        self.cache.keep_within()

    def begin(self, items: Sequence[Item], how: Delivery) -> tuple[list[bytes], tuple[Item, ...]]:
        """Return the audio of *items* up to the first that has to be made, and the items from there on."""
        ready: list[bytes] = []
        for number, item in enumerate(items):
            if isinstance(item, int):
                ready.append(silence(item, how.rate_hz))
                continue
            kept = item if isinstance(item, Kept) else None
            if isinstance(item, Sentence):
                kept = self.get(item, how)
            if kept is None:
                return ready, tuple(items[number:])
            ready.append(kept.pcm)
        return ready, ()


def _has_values(script: Script) -> bool:
    return not all(phrase.fixed for sentence in script for phrase in sentence.phrases)

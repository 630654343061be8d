"""A voice without a model: tones instead of words."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ivr_ari.errors import EngineFailed
from ivr_ari.prompts.script import Sentence
from ivr_ari.prompts.voice import Cancelled, Pcm, WordTime, never

__all__ = ["ToneTake", "ToneVoice", "pitch_hz"]


def pitch_hz(word: str) -> int:
    """Return the tone that stands for *word*: the same wherever it is said."""
    return 300 + 50 * (zlib.crc32(word.strip(".,;:?!").encode()) % 59)


@dataclass
class ToneTake:
    """A sentence of tones; each word's samples are known before."""

    voice: ToneVoice
    sentence: Sentence
    samples: int
    words: tuple[WordTime, ...]
    loudness_lufs: float | None = None

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        self.voice.said.append(self.sentence.words)
        for low, high, word in self._stretches():
            if cancelled():
                return
            if word.startswith("broken"):
                raise EngineFailed("voice.failed", why="RuntimeError")
            if word.startswith("odd"):
                raise RuntimeError("a library's own words")
            times = np.arange(high - low) / self.voice.rate_hz
            wave = 5000 * np.sin(2 * np.pi * pitch_hz(word) * times) if word else 0 * times
            if begin < high:
                piece = wave.astype(np.int16)[max(0, begin - low) :]
                self.voice.made[self.sentence.words] += len(piece)
                yield piece

    def _stretches(self) -> Iterator[tuple[int, int, str]]:
        """Where silence and words are; silence is no word."""
        if self.words:
            yield 0, self.words[0].begin, ""
            yield from ((word.begin, word.end, word.word) for word in self.words)
            yield self.words[-1].end, self.samples, ""


class ToneVoice:
    """
    Says every word as 100 ms of a tone, with 50 ms of silence before the first and 400 ms at the end.

    Fails on the word "broken" as engines do: in the middle, with whatever the library raises.
    """

    name = "tone-1"
    rate_hz = 22050
    gain_db = 6.0

    def __init__(self) -> None:
        self.said: list[str] = []
        """Sentences that were made, or begun."""

        self.made: Counter[str] = Counter()
        """Samples of each sentence."""

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> ToneTake:
        words, at = [], self.rate_hz // 20
        for number, phrase in enumerate(sentence.phrases):
            for word in phrase.words.split():
                length = int(self.rate_hz * 10 / speed / phrase.pace)
                words.append(WordTime(word.strip(".,;:?!"), at, at + length, number))
                at += length
        return ToneTake(self, sentence, at + self.rate_hz * 2 // 5 if words else 0, tuple(words))

    def close(self) -> None:
        """It has nothing to end."""

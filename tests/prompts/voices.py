"""A voice without a model: tones instead of words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ivr_ari.errors import EngineFailed
from ivr_ari.prompts.script import Sentence
from ivr_ari.prompts.voice import Cancelled, Pcm, WordTime, never

__all__ = ["ToneTake", "ToneVoice"]


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

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> ToneTake:
        return ToneTake(self, sentence, speed)

    def speak(self, text: str, *, speed: float = 1.0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        self.said.append(text)
        yield np.zeros(self.rate_hz // 20, np.int16)
        for number, word in enumerate(text.split()):
            if cancelled():
                return
            if word.startswith("broken"):
                raise EngineFailed("voice.failed", why="RuntimeError")
            if word.startswith("odd"):
                raise RuntimeError("a library's own words")
            count = int(self.rate_hz / 10 / speed)
            wave = 5000 * np.sin(2 * np.pi * (300 + 50 * number) * np.arange(count) / self.rate_hz)
            yield wave.astype(np.int16)
        yield np.zeros(self.rate_hz * 2 // 5, np.int16)


class ToneTake:
    """A sentence of tones; each word's samples are known before."""

    loudness_lufs = None

    def __init__(self, voice: ToneVoice, sentence: Sentence, speed: float) -> None:
        self.voice, self.sentence, self.speed = voice, sentence, speed
        at, length = voice.rate_hz // 20, int(voice.rate_hz / 10 / speed)
        words = []
        for number, phrase in enumerate(sentence.phrases):
            for word in phrase.words.split():
                words.append(WordTime(word.strip(".,;:?!"), at, at + length, number))
                at += length
        self.words = tuple(words)
        self.samples = at + voice.rate_hz * 2 // 5

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        for piece in self.voice.speak(self.sentence.words, speed=self.speed, cancelled=cancelled):
            if begin < len(piece):
                yield piece[begin:]
            begin = max(0, begin - len(piece))

"""
Carriers: the fixed words a sentence begins with ("Your balance is"), kept without the value that followed.

A sentence with another value begins with the kept words at once, and is made from their last word on. Both
takes say that word; where they are most alike and quietest, one goes over into the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .cache import Kept, Span
from .script import Phrase, Sentence
from .voice import Pcm

__all__ = ["OVERLAP_MS", "Join", "Splice", "carrier_of", "cut_carrier", "fixed_phrases"]

Samples = npt.NDArray[np.float64]

MARK = Phrase("|")
"""What makes a carrier's key differ from that of a sentence with the same words; no script has this sign."""

FEWEST_WORDS = 2
"""A carrier of one word is over before the rest could be there."""

OVERLAP_MS = 1200
"""Of a carrier's end at most, that the second take says too: their levels are compared in it."""

HELD_MS = 150
"""Of the last word at most: where the second take may begin to be heard."""

KEPT_MS = 20
"""Kept of what follows the last word."""

SEARCH_MS = (-60, 10)
"""Where to go over, counted from the end of the last word."""

SHIFT_MS = 8
"""How far the second take may be shifted for its waves to meet those of the first; a period of 125 Hz."""

CROSS_MS = 10
"""How long going over takes."""

LEVEL_MS = 300
"""How soon after the last word a gain beyond that is taken back."""

MOST_DB = 6.0
"""By how much the second take is made louder or softer for good, at most: so it is as loud against the
carrier as it would be had both been made together."""


def fixed_phrases(sentence: Sentence) -> int:
    """Return how many of its first phrases are a carrier; 0 if no value follows, or too few words lead."""
    values = [number for number, phrase in enumerate(sentence.phrases) if not phrase.fixed]
    count = values[0] if values else 0
    words = sum(len(phrase.words.split()) for phrase in sentence.phrases[:count])
    return count if words >= FEWEST_WORDS else 0


def carrier_of(sentence: Sentence) -> Sentence | None:
    """Return what stands for the sentence's carrier in the cache, None if it has none."""
    count = fixed_phrases(sentence)
    return Sentence((*sentence.phrases[:count], MARK)) if count else None


def cut_carrier(kept: Kept, words: int, rate_hz: int) -> Kept:
    """Return the first *words* words of a kept sentence, to be gone over from."""
    end_ms = kept.words[words - 1][1] + KEPT_MS
    return Kept(kept.pcm[: 2 * (end_ms * rate_hz // 1000)], kept.words[:words])


@dataclass(frozen=True, slots=True)
class Join:
    """How two takes met; for whoever measures."""

    at: int
    """The first sample in which both are heard, counted from the beginning of the carrier."""

    step_db: float
    """By how much the carrier is louder than the other take there."""

    level_db: float
    """How loud it is there, against one step of 16 bit."""


class Splice:
    """Goes over from a carrier to a take of the whole sentence, piece by piece."""

    def __init__(self, carrier: Kept, rate_hz: int) -> None:
        audio = np.frombuffer(carrier.pcm, "<i2").astype(np.float64)
        begin, end = (ms * rate_hz // 1000 for ms in _held(carrier.words[-1]))
        self.rate_hz = rate_hz
        self.sure = carrier.pcm[: 2 * begin]
        """What is heard of the carrier in any case."""

        self._tail, self._end = audio[begin:], end - begin
        self._overlap = audio[max(0, end - self._samples(OVERLAP_MS)) : end]
        self._waiting = np.zeros(0)
        self.join: Join | None = None

        self._joined = False
        self._gain = self._last_gain = 1.0
        self._until_slope = 0
        """Samples of the second take until its level begins to become its own."""

    def feed(self, audio: Pcm, end: int, *, last: bool = False) -> Pcm:
        """
        Take audio of the second take and return what is ready.

        The audio begins at most OVERLAP_MS before the end of the carrier's last word, its sample *end*. With
        the *last* piece everything is returned.
        """
        if self._joined:
            return self._sloped(audio.astype(np.float64))
        self._waiting = np.concatenate([self._waiting, audio])
        if not last and len(self._waiting) < end + self._samples(SEARCH_MS[1] + SHIFT_MS + CROSS_MS):
            return np.zeros(0, np.int16)
        self._gain = self._level(end)
        most = 10.0 ** (MOST_DB / 20.0)
        self._last_gain = min(max(self._gain, 1.0 / most), most)
        at, shift = self._place(end)
        cross = self._samples(CROSS_MS)
        begin = max(0, end + at + shift)
        self._until_slope = max(0, end - begin)
        rest = self._sloped(self._waiting[begin:]).astype(np.float64)
        before = self._tail[: self._end + at + cross]
        cross = min(cross, len(before), len(rest))
        self._joined = True
        if not cross:
            return np.round(np.concatenate([before, rest])).astype(np.int16)
        slope = np.linspace(0.0, 1.0, cross)
        ending = before[len(before) - cross :]
        at = len(self.sure) // 2 + len(before) - cross
        level_db = 10.0 * math.log10(np.square(ending).mean() + 1.0)
        self.join = Join(at, float(_step_db(ending, rest[None, :cross])[0]), level_db)
        mixed = ending * (1 - slope) + rest[:cross] * slope
        joined = np.concatenate([before[: len(before) - cross], mixed, rest[cross:]])
        return np.round(joined).astype(np.int16)

    def _place(self, end: int) -> tuple[int, int]:
        """
        Return where to go over, counted from the word's end, and how far the second take is shifted.

        That is where the takes differ least; a step in level counts for more than a difference of shape.
        """
        cross, farthest = self._samples(CROSS_MS), self._samples(SHIFT_MS)
        best = (math.inf, 0, 0)
        for at in range(self._samples(SEARCH_MS[0]), self._samples(SEARCH_MS[1]) + 1, 4):
            first = self._tail[max(0, self._end + at) : self._end + at + cross]
            low = end + at - farthest
            around = self._waiting[max(0, low) : end + at + farthest + cross]
            if len(first) < cross or low < 0 or len(around) < 2 * farthest + cross:
                continue
            seconds = np.lib.stride_tricks.sliding_window_view(around, cross) * self._gain
            errors = np.square(seconds - first).mean(axis=1) * (1.0 + np.square(_step_db(first, seconds)))
            shift = int(np.argmin(errors))
            best = min(best, (float(errors[shift]), at, shift - farthest))
        return best[1], best[2]

    def _level(self, end: int) -> float:
        """Return what makes the second take as loud as the carrier in what both say."""
        length = min(len(self._overlap), end)
        first, second = self._overlap[len(self._overlap) - length :], self._waiting[end - length : end]
        power = np.square(first).sum(), np.square(second).sum()
        return math.sqrt(power[0] / power[1]) if min(power) > 0 else 1.0

    def _sloped(self, audio: Samples) -> Pcm:
        since = np.arange(len(audio)) - self._until_slope
        share = np.clip(since / self._samples(LEVEL_MS), 0.0, 1.0)
        self._until_slope -= len(audio)
        louder = audio * (self._gain + (self._last_gain - self._gain) * share)
        return np.round(np.clip(louder, -32768, 32767)).astype(np.int16)

    def _samples(self, ms: int) -> int:
        return ms * self.rate_hz // 1000


def _step_db(first: Samples, seconds: Samples) -> Samples:
    """Return by how many dB *first* is louder than each of *seconds*; what is below one step is silence."""
    step: Samples = 10.0 * np.log10((np.square(first).mean() + 1.0) / (np.square(seconds).mean(axis=1) + 1.0))
    return step


def _held(word: Span) -> Span:
    """Return which part of a carrier's last word is held back until the second take is there, in ms."""
    begin, end = word
    return max(begin, end - HELD_MS), end

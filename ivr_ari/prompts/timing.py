"""
When everything in a sentence is heard: how many frames each sound lasts, and what lies between the words.

Pace, stress and pauses are made here, in durations and between words, so the voice's own melody stays
whole; nothing is stretched or cut afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from .pronounced import Said
from .script import Phrase
from .voice import Pcm, WordTime

__all__ = ["PACE", "Timing", "timed"]

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

PACE = 0.9
"""What speed 1.0 means, against the pace of the recordings: a telephone wants 200 words a minute, not 220."""

FIRST_MS, INNER_MS, LAST_MS = 25, 450, 120
"""Longest silence of a voice's own before the first word, between words, and after the last."""

SOUND_MS = 1000
"""No sound lasts longer, whatever a model makes of text that is none."""

FRAME_STEP = 16
"""A sentence is held at its end until its frames are a multiple of this: PyTorch builds its kernels anew for
every length it meets."""

STRESS_LENGTH, STRESS_DB = 1.2, 2.5
"""What stress adds to the length and the level of words, beside espeak's stress marks."""

FADE_MS = 10
"""Around a pause that was put in, and where words grow louder."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The timing of one sentence. Raw samples are those of the model, before pauses are put in."""

    tokens: Indices
    """Which token each frame belongs to."""

    words: tuple[WordTime, ...]
    samples: int
    pauses: tuple[tuple[int, int], ...] = ()
    """Raw samples before which there is silence, and how many samples of it."""

    gains: tuple[tuple[int, float], ...] = ()
    """Raw samples and the gain there; straight lines between."""

    fade: int = 0
    """Raw samples that the voice takes to die away before a pause that is put in, and to come back."""

    @classmethod
    def nothing(cls) -> Timing:
        """Return the timing of a sentence with nothing in it that can be spoken."""
        return cls(np.zeros(0, np.int64), (), 0)

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.tokens)

    def played(self, made: Callable[[int], Iterator[Floats]], begin: int) -> Iterator[Pcm]:
        """Yield 16-bit audio from sample *begin* on; *made* yields the model's from a raw sample on."""
        raw, rest, passed = begin, 0, 0
        for place, length in self.pauses:
            if raw <= place:
                break
            rest = max(0, place + length - raw)
            raw = max(place, raw - length)
            passed += 1
        if rest:
            yield np.zeros(rest, np.int16)
        yield from self._paused(made(raw), raw, list(self.pauses[passed:]))

    def _paused(self, pieces: Iterator[Floats], at: int, pauses: list[tuple[int, int]]) -> Iterator[Pcm]:
        for piece in pieces:
            louder = self._amplified(piece, at)
            first = at
            at += len(piece)
            while pauses and pauses[0][0] < at:
                place, length = pauses.pop(0)
                if place > first:
                    yield louder[: place - first]
                yield np.zeros(length, np.int16)
                louder, first = louder[place - first :], place
            if len(louder):
                yield louder

    def _amplified(self, piece: Floats, at: int) -> Pcm:
        raw = np.arange(at, at + len(piece))
        if self.gains:
            places, gains = zip(*self.gains, strict=True)
            piece = piece * np.interp(raw, places, gains).astype(np.float32)
        for place, _ in self.pauses:
            if at - self.fade < place < at + len(piece) + self.fade:
                piece = piece * np.minimum(np.abs(raw - place) / self.fade, 1.0).astype(np.float32)
        pcm: Pcm = np.round(np.clip(piece, -1.0, 1.0) * np.float32(32767.0)).astype(np.int16)
        return pcm


def timed(
    said: Sequence[Said],
    owners: Indices,
    phrases: Sequence[Phrase],
    lengths: npt.NDArray[np.float64],
    hop: int,
    rate_hz: int,
    speed: float,
) -> Timing:
    """
    Return the timing of a sentence whose model gives its tokens *lengths*, in frames of *hop* samples.

    *owners* says which word of *said* a token belongs to, -1 for those that are silence.
    """
    frames_of = rate_hz / hop / 1000
    sane = np.minimum(lengths, SOUND_MS * frames_of)
    counts = np.ceil(sane * _stretch(said, owners, phrases) / (PACE * speed)).astype(np.int64)
    runs = [list(run) for _, run in groupby(range(len(owners)), lambda at: owners[at] < 0)]
    for run in runs:
        if owners[run[0]] < 0:
            most = FIRST_MS if run[0] == 0 else LAST_MS if run[-1] == len(owners) - 1 else INNER_MS
            counts[run] = _at_most(counts[run], round(most * frames_of))
    counts[-1] += -int(counts.sum()) % FRAME_STEP
    ends = np.cumsum(counts) * hop
    begins = ends - counts * hop
    raw = [
        WordTime(word.word, int(begins[mine[0]]), int(ends[mine[-1]]), word.phrase)
        for number, word in enumerate(said)
        if len(mine := np.flatnonzero(owners == number))
    ]
    pauses = tuple(_pauses(raw, phrases, rate_hz))
    words = tuple(_moved(word, pauses) for word in raw)
    samples = int(ends[-1]) + sum(length for _, length in pauses)
    fade = FADE_MS * rate_hz // 1000
    gains = tuple(_gains(raw, phrases, fade))
    return Timing(np.repeat(np.arange(len(counts)), counts), words, samples, pauses, gains, fade)


def _stretch(said: Sequence[Said], owners: Indices, phrases: Sequence[Phrase]) -> npt.NDArray[np.float64]:
    """Return by how much each token is longer than usual; silence goes by the word before it."""
    found, last = np.ones(len(owners)), 0
    for at, owner in enumerate(owners):
        last = max(last, int(owner))
        phrase = phrases[said[last].phrase]
        found[at] = 100.0 / phrase.pace * (STRESS_LENGTH if phrase.stress and owner >= 0 else 1.0)
    return found


def _at_most(counts: Indices, most: int) -> Indices:
    """Shorten a silence evenly; each of its tokens keeps a frame."""
    if counts.sum() <= most:
        return counts
    shorter: Indices = np.maximum(counts * most // counts.sum(), 1)
    return shorter


def _pauses(words: Sequence[WordTime], phrases: Sequence[Phrase], rate_hz: int) -> Iterator[tuple[int, int]]:
    """Yield where silence is put in, between two words: in the middle of what lies between them."""
    for before, after in pairwise(words):
        wanted = sum(phrase.pause_ms for phrase in phrases[before.phrase : after.phrase])
        if wanted:
            yield (before.end + after.begin) // 2, wanted * rate_hz // 1000


def _moved(word: WordTime, pauses: Sequence[tuple[int, int]]) -> WordTime:
    later = sum(length for place, length in pauses if place <= word.begin)
    return replace(word, begin=word.begin + later, end=word.end + later)


def _gains(words: Sequence[WordTime], phrases: Sequence[Phrase], fade: int) -> Iterator[tuple[int, float]]:
    """Yield where the level bends: stressed words are louder."""
    if any(phrase.stress for phrase in phrases):
        for stressed, group in groupby(words, lambda word: phrases[word.phrase].stress):
            run = list(group)
            gain = 10 ** (STRESS_DB / 20) if stressed else 1.0
            yield from ((run[0].begin + fade, gain), (run[-1].end - fade, gain))

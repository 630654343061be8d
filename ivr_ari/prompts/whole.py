"""Sentences whose audio is made as a whole: for engines that can't do it in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from .script import Phrase, Sentence
from .voice import Cancelled, Pcm, WordTime, never

__all__ = ["Run", "Say", "WholeTake", "spoken_whole"]

PIECE = 4096
"""Samples of a piece: what is asked for later must not wait until all of it was carried on."""

Run = Sequence[tuple[int, Phrase]]
"""Phrases said in one manner and in one go, with their numbers in the sentence."""

Say = Callable[[Run, float, bool], tuple[Pcm, Sequence[WordTime]]]
"""Speaks a run at a percentage of the usual pace, stressed or not; its words count from its first sample."""


class WholeTake:
    """See `Take`."""

    loudness_lufs: float | None = None
    """The audio is there: whoever wants to know measures it."""

    def __init__(self, pcm: Pcm, words: tuple[WordTime, ...] = ()) -> None:
        self.pcm = pcm
        self.words = words

    @property
    def samples(self) -> int:
        return len(self.pcm)

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        for first in range(begin, len(self.pcm), PIECE):
            if cancelled():
                return
            yield self.pcm[first : first + PIECE]


def spoken_whole(sentence: Sentence, speed: float, rate_hz: int, say: Say) -> WholeTake:
    """
    Return the sentence as *say* speaks it, run by run, with the pauses that stand between its phrases.

    The pause behind its last phrase is made by whoever joins sentences.
    """
    made: list[Pcm] = [np.zeros(0, np.int16)]
    words: list[WordTime] = []
    for run, pause_ms in _runs(sentence):
        begin = sum(map(len, made))
        pcm, heard = say(run, run[0][1].pace * speed, run[0][1].stress)
        words += [WordTime(one.word, begin + one.begin, begin + one.end, one.phrase) for one in heard]
        made += [pcm, np.zeros(pause_ms * rate_hz // 1000, np.int16)]
    return WholeTake(np.concatenate(made), tuple(words))


def _runs(sentence: Sentence) -> Iterator[tuple[Run, int]]:
    """Yield what is said in one go (apart, each phrase would fall at its end), and the pause behind in ms."""
    numbered = list(enumerate(sentence.phrases))
    for _, group in groupby(numbered, lambda entry: (entry[1].pace, entry[1].stress)):
        run: list[tuple[int, Phrase]] = []
        for number, phrase in group:
            run.append((number, phrase))
            if phrase.pause_ms and number + 1 < len(numbered):
                yield run, phrase.pause_ms
                run = []
        if run:
            yield run, 0

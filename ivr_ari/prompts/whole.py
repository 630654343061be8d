"""A sentence whose audio was made as a whole: for engines that can't do it in pieces."""

from __future__ import annotations

from collections.abc import Iterator

from .voice import Cancelled, Pcm, WordTime, never

__all__ = ["WholeTake"]

PIECE = 4096
"""Samples of a piece: what is asked for later must not wait until all of it was carried on."""


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

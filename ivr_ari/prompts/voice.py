"""What this package needs of a speech engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..errors import EngineFailed
from .script import Sentence

__all__ = ["Cancelled", "Pcm", "Take", "Voice", "WordTime", "engine_failures", "never"]

Pcm = npt.NDArray[np.int16]
"""Mono audio, 16 bit."""

Cancelled = Callable[[], bool]
"""Asked between pieces of work: does nobody want the rest?"""


def never() -> bool:
    """Nobody cancels."""
    return False


@contextmanager
def engine_failures() -> Iterator[None]:
    """Turn whatever an engine and the libraries under it raise into EngineFailed, once, at the edge."""
    try:
        yield
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        MemoryError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as exc:
        # the message may quote the text, and the text may be the caller's
        raise EngineFailed("voice.failed", why=type(exc).__name__) from exc


@dataclass(frozen=True, slots=True)
class WordTime:
    """When a word of a sentence is heard."""

    word: str
    """As the sentence has it, its marks left out; a word given in IPA stands between slashes."""

    begin: int
    """Its first sample, at the voice's rate, counted from the beginning of the take."""

    end: int
    """The sample after its last; silence that follows a word belongs to none."""

    phrase: int
    """Which phrase of the sentence it is part of, counted from 0."""


class Take(Protocol):
    """A sentence as it is going to be spoken: its timing is decided, its sound is yet to be made."""

    @property
    def samples(self) -> int:
        """Length of all of its audio at the voice's rate; 0 if nothing of the sentence can be spoken."""

    @property
    def words(self) -> tuple[WordTime, ...]:
        """Its words in order; none if the engine can't tell."""

    @property
    def loudness_lufs(self) -> float | None:
        """
        Integrated loudness of all of its audio (ITU-R BS.1770, LUFS), predicted; None if nobody can tell
        before it was heard.
        """

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """
        Yield the audio from sample *begin* on as it becomes ready: the first piece is small.

        Joined, the pieces are the samples that a take made as a whole has from *begin* on. May be called
        again. Ends early, between pieces, once *cancelled* says so. Raises EngineFailed.
        """


class Voice(Protocol):
    """Speaks. One thread at a time; the thread that made it."""

    @property
    def name(self) -> str:
        """What makes its audio different from any other's, content hash included; part of cache keys."""

    @property
    def rate_hz(self) -> int:
        """Samples a second of its audio."""

    @property
    def gain_db(self) -> float:
        """What to add so that its speech has the level all prompts have."""

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> Take:
        """
        Decide how *sentence* is spoken: some milliseconds of work, no audio yet.

        *speed* 1.25 speaks a quarter faster. Raises EngineFailed.
        """

    def close(self) -> None:
        """End what it needs beside this process."""

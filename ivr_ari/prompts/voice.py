"""What this package needs of a speech engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..errors import EngineFailed

__all__ = ["Cancelled", "Pcm", "Voice", "engine_failures", "never"]

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


class Voice(Protocol):
    """Speaks. One thread at a time; the thread that made it."""

    @property
    def name(self) -> str:
        """What makes its audio different from any other's, content hash included; part of cache keys."""

    @property
    def rate_hz(self) -> int:
        """Samples a second of what `speak` yields."""

    @property
    def gain_db(self) -> float:
        """What to add so that its speech has the level all prompts have."""

    def speak(self, text: str, *, speed: float = 1.0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """
        Yield the audio of *text* (words only) as it becomes ready: the first piece is small.

        *speed* 1.25 speaks a quarter faster. Ends early, between pieces, once *cancelled* says so.
        Raises EngineFailed.
        """

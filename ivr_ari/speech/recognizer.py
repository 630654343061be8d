"""What the core needs of a speech recogniser."""

from __future__ import annotations

from typing import Protocol

from ..events import Expect, Heard

__all__ = ["Recognizer"]


class Recognizer(Protocol):
    """Listens to one caller. Not shared between calls. Every method may raise EngineFailed."""

    def expect(self, expect: Expect) -> None:
        """Say what the dialogue waits for from now on; audio taken since the last flush stays."""

    def hear(self, pcm: bytes, at_ms: int) -> None:
        """
        Take 16-bit little-endian mono audio that begins at *at_ms* of the call.

        Audio may be left out between two calls; the words' times stay right.
        """

    def partial(self) -> str:
        """Return the words heard since the last flush as far as they are known; they may still change."""

    def flush(self) -> Heard:
        """Return the words since the last flush, and be ready for the next piece."""

    def reset(self) -> None:
        """Forget what was heard since the last flush."""

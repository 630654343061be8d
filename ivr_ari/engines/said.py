"""Prompts as callers heard them, in the service's own memory: what was said is said again at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ..events import Part, Slotted
from ..prompts.joining import USUAL, Delivery

__all__ = ["Said", "SaidPrompts"]

MEMORY_BYTES = 32 << 20
"""Half an hour at 8 kHz: every fixed prompt of a large flow."""


@dataclass(frozen=True, slots=True)
class Said:
    """A prompt as it was asked for."""

    parts: tuple[Part, ...]
    how: Delivery
    year: int | None = None
    """The year of the call, if any of the prompt depends on it: text alone sounds the same in each."""

    @classmethod
    def of(cls, parts: Iterable[Part], how: Delivery = USUAL, year: int | None = None) -> Self:
        parts = tuple(parts)
        return cls(parts, how, year if any(isinstance(part, Slotted) for part in parts) else None)


class SaidPrompts:
    """
    Whole prompts by what was asked for.

    Looking here takes microseconds and asks no other process, so that a caller hears a known prompt in the
    next packet even while the voice is busy or away.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._held_bytes = 0
        self._prompts: OrderedDict[Said, bytes] = OrderedDict()

    def get(self, said: Said) -> bytes | None:
        """Return the audio of what is asked for, or None. What is sensitive is never here."""
        pcm = self._prompts.get(said)
        if pcm is not None:
            self._prompts.move_to_end(said)
        return pcm

    def put(self, said: Said, pcm: bytes) -> None:
        """Remember *pcm*; the prompts that were not asked for longest make room."""
        self._held_bytes += len(pcm) - len(self._prompts.pop(said, b""))
        self._prompts[said] = pcm
        while self._held_bytes > self._memory_bytes:
            _, oldest = self._prompts.popitem(last=False)
            self._held_bytes -= len(oldest)

"""A bounded queue in which audio gives way and nothing else does."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import EngineFailed

__all__ = ["Lane"]

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Cell(Generic[T]):
    """A place in the queue; its item is taken out early when it was dropped."""

    item: T | None
    droppable: bool


class Lane(Generic[T]):
    """
    First in, first out, at most *droppable* items of audio and *firm* others.

    An engine that falls behind must not make anybody wait: when there is too much audio, the oldest is
    dropped and counted. Other items are never dropped; too many of them mean that the engine is stuck.
    """

    def __init__(self, droppable: int, firm: int) -> None:
        self.dropped = 0
        self._limits = (droppable, firm)
        self._cells: deque[Cell[T]] = deque()
        self._audio: deque[Cell[T]] = deque()
        self._firm = 0

    def __bool__(self) -> bool:
        return bool(self._firm or self._audio)

    def put(self, item: T, *, droppable: bool = False) -> None:
        """Append *item*. Raises EngineFailed when there is no room and nothing may be dropped."""
        cell = Cell(item, droppable)
        if droppable:
            if len(self._audio) == self._limits[0]:
                self._audio.popleft().item = None
                self.dropped += 1
            self._audio.append(cell)
        elif self._firm == self._limits[1]:
            raise EngineFailed("engine.queue-full", limit=self._limits[1])
        else:
            self._firm += 1
        self._cells.append(cell)

    def take(self, most: int) -> list[T]:
        """Return the next items, at most *most*."""
        taken: list[T] = []
        while self._cells and len(taken) < most:
            cell = self._cells.popleft()
            if cell.item is None:
                continue
            if cell.droppable:
                self._audio.popleft()
            else:
                self._firm -= 1
            taken.append(cell.item)
        return taken

    def clear(self) -> None:
        """Forget everything that waits."""
        self._cells.clear()
        self._audio.clear()
        self._firm = 0

"""Actions under way in one call: which are still to be answered, and when each is slow again. No clock."""

from __future__ import annotations

__all__ = ["Slow"]


class Slow:
    """Ask, look what is due, tell of answers; times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self._every: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def ask(self, id: str, slow_ms: int, *, now: float) -> None:
        """Action *id* begins; it is slow each *slow_ms* from now on, never if that is 0."""
        self._every[id] = slow_ms / 1000
        if slow_ms > 0:
            self._next[id] = now + slow_ms / 1000

    def answered(self, id: str) -> bool:
        """Take an answer; False for an id nobody asked, or asked and was answered."""
        self._next.pop(id, None)
        return self._every.pop(id, None) is not None

    @property
    def wake_at(self) -> float | None:
        return min(self._next.values(), default=None)

    def due(self, *, now: float) -> tuple[str, ...]:
        """Return what is slow now, each once however late this is asked; its next time is set."""
        late = tuple(id for id, at in self._next.items() if at <= now)
        for id in late:
            self._next[id] = now + self._every[id]
        return late

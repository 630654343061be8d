"""Engines that are up and do nothing by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from ivr_ari.events import Slotted


class Health:
    up = True


class Voice:
    """A voice without a worker."""

    health = Health()

    def __init__(self, name: str = "voice") -> None:
        self.name = name
        self.spoken: list[tuple[str, str, float]] = []
        self.after_ms: list[int] = []
        self.news = asyncio.Event()
        self.cancelled = 0

    def speak(
        self,
        call: str,
        id: str,
        parts: Sequence[str | Slotted],
        *,
        sensitive: bool = False,
        speed: float = 1.0,
        year: int | None = None,
        rate_hz: int = 8000,
        after_ms: int = 0,
    ) -> None:
        self.spoken.append((id, "".join(map(str, parts)), speed))
        self.after_ms.append(after_ms)
        self.news.set()

    def cancel(self, call: str, id: str = "") -> None:
        self.cancelled += 1


class Deaf:
    """Recognition and understanding that are up and hear nothing."""

    health = Health()

    def __init__(self, name: str = "speech") -> None:
        self.name = name
        self.calls: list[str] = []
        """Calls it listens to."""
        self.moments: list[str] = []
        """The day and time at which something was to be understood."""

    def open(self, call: str, rate: int = 8000, *, flow: str = "") -> None:
        self.calls.append(call)

    def close(self, call: str) -> None:
        if call in self.calls:
            self.calls.remove(call)

    def understand(self, call: str, id: str, flow: str, heard: object, expect: object, today: str) -> None:
        self.moments.append(today)

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None

"""An event loop on audio time: its clock stands still while it works and jumps when it would wait."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["AudioLoop", "on_audio_time"]

T = TypeVar("T")


class Skipping(selectors.SelectSelector):
    """Where others wait for their time-out, this one is there at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.now_s += timeout
        return super().select(0 if timeout is not None else None)


class AudioLoop(asyncio.SelectorEventLoop):
    """
    Runs a call as fast as the machine can, always in the same order.

    What is due is due by the loop's own clock (seconds): a frame of 20 ms takes 20 ms there, and what an
    engine took is told to the loop by whoever measured it.
    """

    def __init__(self) -> None:
        self._skipping = Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now_s


def on_audio_time(work: Coroutine[Any, Any, T]) -> T:
    """Run *work* to its end on a loop of its own."""
    with asyncio.Runner(loop_factory=AudioLoop) as runner:
        return runner.run(work)

"""
An engine as the service uses it: typed calls in, typed callbacks out, nothing waits.

A call to an engine that is down does nothing: `on_down` has told, and what was under way then is lost. A
worker that replaces a dead one is told of all open calls and loaded flows before `on_up`. Callbacks run on
the event loop, one after the other; an error in one of them does not reach the engine.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from ..errors import EngineFailed
from ..events import Json
from .health import Health, Limits
from .process import Engine
from .wire import Message

__all__ = ["ONE_THREAD", "Client", "Down", "Progress", "Up", "nothing", "worker"]

Up = Callable[[str], None]
Down = Callable[[str, str], None]
Progress = Callable[[str, str, float], None]

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""For libraries that would take every core for a matrix of a few kilobytes."""


def nothing(name: str, what: str, share: float) -> None:
    """Nobody wants to know how loading goes."""


class Client:
    """What the three have in common."""

    name: str

    def __init__(
        self,
        argv: Sequence[str],
        *,
        on_up: Up,
        on_down: Down,
        on_progress: Progress = nothing,
        environment: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._tell_up, self._tell_down = on_up, on_down
        self._said_up = False
        self._engine = Engine(
            self.name,
            argv,
            on_message=self._message,
            on_up=self._restore,
            on_down=self._lost,
            on_back=self._back,
            on_progress=lambda what, share: self._soon(on_progress, self.name, what, share),
            environment=environment,
            limits=limits,
        )

    async def start(self) -> None:
        """Begin to keep a worker alive; returns at once."""
        await self._engine.start()

    async def ready(self) -> None:
        """Return once it is up. Raises SetupError if this machine must be put right first."""
        await self._engine.ready()

    async def stop(self) -> None:
        """End the worker; nothing of it is left then."""
        await self._engine.stop()

    @property
    def health(self) -> Health:
        return self._engine.health

    def _send(self, kind: str, /, **fields: Json) -> None:
        self._engine.send(Message(kind, fields))

    def _message(self, message: Message) -> None:
        """Take what the worker sent. Raises EngineFailed on junk."""
        raise EngineFailed("wire.kind", kind=message.kind)

    def _restore(self) -> None:
        """A new worker is ready: tell it what it has to know, then tell that it is up."""
        self._back()

    def _back(self) -> None:
        """The worker that had fallen silent goes on, and knows all it knew."""
        self._said_up = True
        self._soon(self._tell_up, self.name)

    def _lost(self, why: str) -> None:
        if self._said_up:
            self._said_up = False
            self._soon(self._tell_down, self.name, why)

    def _soon(self, callback: Callable[..., None], *values: object) -> None:
        asyncio.get_running_loop().call_soon(callback, *values)


def worker(module: str, *options: str) -> tuple[str, ...]:
    """Return the command line of the worker *module* of this package."""
    return (sys.executable, "-m", f"{__package__}.{module}", "--parent", str(os.getpid()), *options)

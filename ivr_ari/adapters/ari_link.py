"""
One life of the connection to ARI: asyncari's client, made to tell when it ends.

asyncari 0.20 reads Asterisk's own description of its API and offers what stands there, so new versions
need nothing from us. Its objects (`Channel`, `Bridge`) are not used: they live in a cache of the class
that outlasts a connection and then insists on the old one, which a reconnecting client must not have.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
from asyncari.client import Client
from asyncswagger11.processors import SwaggerError

from ..errors import IvrError, PbxUnavailable, SetupError
from .ari_http import Http

__all__ = ["Link", "first_of", "translated"]


def first_of(group: BaseException) -> BaseException:
    """Return the error that made a task group fail: one of ours if there is one."""
    found: list[BaseException] = [group]
    leaves: list[BaseException] = []
    while found:
        exc = found.pop()
        if isinstance(exc, BaseExceptionGroup):
            found.extend(exc.exceptions)
        else:
            leaves.append(exc)
    return next((leaf for leaf in leaves if isinstance(leaf, IvrError)), leaves[0])


@asynccontextmanager
async def translated(asked: str) -> AsyncIterator[None]:
    """Turn what asyncari and its helpers raise into our own errors, once."""
    try:
        yield
    except IvrError:
        raise
    except BaseExceptionGroup as group:
        cause = first_of(group)
        if isinstance(cause, IvrError):
            raise cause from group
        if not isinstance(cause, LINK_ERRORS):
            raise
        raise PbxUnavailable("ari.link", asked=asked, error=type(cause).__name__) from group
    except LINK_ERRORS as exc:
        raise PbxUnavailable("ari.link", asked=asked, error=type(exc).__name__) from exc


LINK_ERRORS = (OSError, ValueError, SwaggerError, anyio.EndOfStream, anyio.BrokenResourceError)
"""
OSError includes TimeoutError (asyncari's watchdog, when an event took longer than 1.5 s because the whole
loop stood still); ValueError is JSON that is none, from something that is no Asterisk.
"""


class Link(Client):  # type: ignore[misc]  # the library has no types
    """
    asyncari's client for one application.

    *on_event* gets every event as ARI wrote it and must return at once: asyncari's watchdog ends the client
    when one takes 1.5 s.
    """

    def __init__(self, http: Http, app: str, on_event: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__(None, f"{http.base}/", app, http)
        self._on_event = on_event
        self.ended = asyncio.Event()

    async def describe(self) -> None:
        """Read the PBX's description of its API; from then on `ask` works, without any websocket."""
        async with translated("api-docs"):
            await self._init()

    async def ask(self, resource: str, operation: str, **parameters: object) -> Any:
        """
        Call an operation by its nickname in the API description; return the JSON of the answer, or None.

        Raises CallGone, PbxUnavailable; SetupError when this Asterisk does not have it.
        """
        found = self.swagger.get_resource(resource)
        call = found.get_operation(operation) if found is not None else None
        if call is None:
            raise SetupError(
                "ari.too-old", operation=f"{resource}.{operation}", hint="Asterisk 16.12 or newer is needed"
            )
        response: httpx.Response = await call(**parameters)
        if not response.content:
            return None
        async with translated(f"{resource}.{operation}"):
            return response.json()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Hold the websocket, and with it the application's registration, open."""
        async with translated("events"), anyio.create_task_group() as tasks:
            self.taskgroup = tasks
            async with self:
                try:
                    yield
                finally:
                    tasks.cancel_scope.cancel()

    async def _init(self, *_: object) -> None:
        try:
            await super()._init()
        except (AttributeError, LookupError, TypeError) as exc:
            # JSON, but not Asterisk's: the library takes its shape for granted.
            raise PbxUnavailable("ari.no-ari", hint="something that is no Asterisk answers there") from exc

    async def _run(self, evt: Any = None) -> None:
        # asyncari tells nobody when the far side closes the socket.
        try:
            await super()._run(evt)
        finally:
            self.ended.set()

    async def process_ws(self, msg: Mapping[str, Any]) -> None:
        """Hand on one event; asyncari's own dispatch to objects is left out."""
        self._on_event(msg)

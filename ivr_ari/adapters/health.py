"""Health and readiness over HTTP: ``/health`` is 200 while we live, ``/ready`` while calls may come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self

import structlog
from aiohttp import web

from ..errors import SetupError

log = structlog.get_logger()

State = Callable[[], tuple[bool, Mapping[str, object]]]


class HealthServer:
    """
    A small HTTP server; use as ``async with``.

    *state* returns whether calls are welcome and what else there is to tell, in plain values. SetupError
    ``http.port`` if the port is taken. Port 0 takes a free one, found in `port` and in the log.
    """

    def __init__(self, host: str, port: int, state: State) -> None:
        self._host, self.port, self._state = host, port, state
        application = web.Application()
        application.router.add_get("/health", self._health)
        application.router.add_get("/ready", self._ready)
        self._runner = web.AppRunner(application, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self.port).start()
        except OSError as error:
            await self._runner.cleanup()
            hint = f"{error.strerror or error}: set http.host and http.port to something free"
            raise SetupError("http.port", port=self.port, hint=hint) from error
        self.port = self._runner.addresses[0][1]
        log.info("health server listens", port=self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response(self._state()[1])

    async def _ready(self, request: web.Request) -> web.Response:
        ready, state = self._state()
        return web.json_response(state, status=200 if ready else 503)

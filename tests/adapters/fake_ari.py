"""An ARI of a few operations on loopback, whose answers and events a test decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from ivr_ari.events import Json

OPERATIONS: dict[str, list[tuple[str, str, str, tuple[str, ...]]]] = {
    "applications": [("get", "GET", "/applications/{applicationName}", ())],
    "asterisk": [("getInfo", "GET", "/asterisk/info", ("only",))],
    "bridges": [("destroy", "DELETE", "/bridges/{bridgeId}", ())],
    "channels": [
        ("list", "GET", "/channels", ()),
        ("hangup", "DELETE", "/channels/{channelId}", ()),
    ],
    "events": [("eventWebsocket", "GET", "/events", ("app",))],
}


def description(resource: str) -> dict[str, Json]:
    """Return what Asterisk's file ``api-docs/<resource>.json`` says of the operations above."""
    apis: list[Json] = []
    for nickname, method, path, query in OPERATIONS[resource]:
        found = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        parameters: list[Json] = [{"name": name, "paramType": "path", "dataType": "string"} for name in found]
        parameters += [
            {"name": name, "paramType": "query", "dataType": "string", "required": False} for name in query
        ]
        operation: dict[str, Json] = {"httpMethod": method, "nickname": nickname, "parameters": parameters}
        if resource == "events":
            operation["upgrade"] = "websocket"
        apis.append({"path": path, "operations": [operation]})
    return {"basePath": "http://elsewhere/ari", "resourcePath": f"/{resource}", "apis": apis, "models": {}}


class FakeAri:
    """Answers 404 to whatever `answers` does not know; keys are ``METHOD /path`` below ``/ari``."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, tuple[int, Json]] = {
            "GET /channels": (200, []),
            "GET /asterisk/info": (200, {}),
        }
        self.asked: list[str] = []
        self.open: asyncio.Future[web.WebSocketResponse] = asyncio.get_running_loop().create_future()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/ari")
        if path == "/events":
            return await self._events(request)
        if path == "/api-docs/resources.json":
            apis = [{"path": f"/api-docs/{name}.json", "description": name} for name in OPERATIONS]
            return web.json_response(
                {"basePath": "http://elsewhere/ari", "swaggerVersion": "1.1", "apis": apis}
            )
        if path.startswith("/api-docs/"):
            return web.json_response(description(path.split("/")[-1].removesuffix(".json")))
        self.asked.append(f"{request.method} {path}")
        status, body = self.answers.get(self.asked[-1], (404, None))
        return web.json_response(body, status=status)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.open.set_result(socket)
        async for _ in socket:
            pass
        return socket

    async def send(self, event: Json) -> None:
        """Send one event on the websocket, once it is open."""
        await (await self.open).send_json(event)


@asynccontextmanager
async def fake_ari() -> AsyncIterator[FakeAri]:
    fake = FakeAri()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.serve)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield fake
    finally:
        await runner.cleanup()

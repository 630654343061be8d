"""
Services that misbehave on demand.

    POST /admin/behaviour {"path": "/bank/auth", "mode": "slow", "seconds": 6, "times": 2}

makes everything below a path *slow* (answers late), *down* (cuts the connection without an answer), *garbled*
(200 with broken JSON) or answer a *status*; ``well`` ends it. The longest path that fits counts. ``times`` is
for how many requests; until told otherwise if not given.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Behaviour", "Behaviours"]


class Behaviour(BaseModel):
    """How requests below *path* are treated."""

    path: Annotated[str, Field(pattern=r"^/")]
    mode: Literal["well", "slow", "down", "garbled", "status"]
    seconds: Annotated[float, Field(ge=0, le=60)] = 6
    status: Annotated[int, Field(ge=400, le=599)] = 503
    times: Annotated[int, Field(ge=1)] | None = None

    def fits(self, path: str) -> bool:
        return path == self.path or path.startswith(self.path.rstrip("/") + "/")


class Behaviours:
    """What was asked for, by path, and the middleware that does it."""

    def __init__(self) -> None:
        self._asked: dict[str, Behaviour] = {}

    def ask(self, behaviour: Behaviour) -> None:
        self._asked.pop(behaviour.path, None)
        if behaviour.mode != "well":
            self._asked[behaviour.path] = behaviour

    def reset(self) -> None:
        self._asked.clear()

    def next(self, path: str) -> Behaviour | None:
        """Return how a request for *path* is treated, and count it."""
        fitting = [asked for asked in self._asked.values() if asked.fits(path)]
        if not fitting:
            return None
        found = max(fitting, key=lambda asked: len(asked.path))
        if found.times is not None:
            self.ask(found.model_copy(update={"times": found.times - 1}))
            if found.times == 1:
                del self._asked[found.path]
        return found

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return *app* with the behaviour asked for."""

        async def behaving(scope: Scope, receive: Receive, send: Send) -> None:
            found = self.next(scope["path"]) if scope["type"] == "http" else None
            match found.mode if found else "well":
                case "slow":
                    assert found
                    await asyncio.sleep(found.seconds)
                    await app(scope, receive, send)
                case "down":
                    # An answer that was begun and is never completed: the server closes the connection.
                    start = {
                        "type": "http.response.start",
                        "status": 200,
                        "headers": [(b"content-length", b"1")],
                    }
                    await send(start)
                case "garbled":
                    await send({"type": "http.response.start", "status": 200, "headers": JSON})
                    await send({"type": "http.response.body", "body": b'{"answer": '})
                case "status":
                    assert found
                    answer = JSONResponse({"detail": "on-demand"}, found.status)
                    await answer(scope, receive, send)
                case _:
                    await app(scope, receive, send)

        return behaving

    def routes(self) -> APIRouter:
        """Return the path that asks for a behaviour."""
        routes = APIRouter()

        @routes.post("/behaviour", status_code=204)
        def behave(behaviour: Behaviour) -> None:
            self.ask(behaviour)

        return routes


JSON = [(b"content-type", b"application/json")]

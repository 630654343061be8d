"""Who answers a flow's actions while one talks to it in a terminal: oneself, or real services."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping

from ..adapters.http_backend import HttpBackend, HttpRequest
from ..dialogue.flow import Flow
from ..errors import BackendFailed, CallerError
from ..events import Action, Inquire, Json, Perform, Query, Secret
from ..rehearsal import Backend, Reply
from ..trial import reply_of
from ..vault import Vault

__all__ = ["Asking", "described", "over_http"]


class Asking:
    """
    Backends played by whoever sits at the terminal.

    *ask* gets an action's description and returns the answer as a line: JSON, ``down``, ``late``, ``404``;
    none at the end of the input. *next* is what the next request gets instead.
    """

    def __init__(self, flow: Flow, ask: Callable[[str], str | None], real: Mapping[str, str]) -> None:
        self._flow, self._ask, self._real = flow, ask, real
        self.answers: list[Reply] = []
        self.slow = 0
        self.script: Backend | None = None

    def __call__(self, name: str, request: Action, vault: Vault) -> Reply:
        slow, self.slow = self.slow, 0
        if self.answers:
            return self.answers.pop(0)
        if self.script is not None:
            reply = self.script(name, request, vault)
        elif isinstance(request, Perform) and request.backend in self._real:
            reply = over_http(self._real[request.backend], request, vault)
        else:
            line = self._ask(described(self._flow, name, request))
            reply = Reply() if line is None else reply_of(read_json(line))
        return Reply(reply.answer, reply.code, reply.status, slow or reply.slow)


def read_json(line: str) -> Json:
    """Return what a line means: JSON, or a word such as ``down``."""
    try:
        return json.loads(line)  # type: ignore[no-any-return]
    except ValueError:
        return line.strip()


def described(flow: Flow, name: str, request: Action) -> str:
    """Return an action in a line: what is asked, and the fields its answer should have."""
    match request:
        case Perform(backend=backend, method=method, path=path, body=body):
            asked = f"{method} {backend} {path}"
            asked += f" {json.dumps({key: str(value) for key, value in body.items()})}" if body else ""
        case Query(database=database, sql=sql, parameters=parameters):
            asked = f"{database}: {sql} {dict(parameters)}"
        case Inquire(what=what, name=wanted):
            asked = f"{what} {wanted}"
    action = flow.actions.get(name)
    fields = [".".join(result.path) for result in action.results] if action else []
    return f"{name}: {asked}" + (f" -> {', '.join(fields)}" if fields else "")


def over_http(url: str, request: Perform, vault: Vault) -> Reply:
    """Return what the service at *url* answers, as the service of the IVR would ask it."""
    try:
        return Reply(asyncio.run(_perform(url, request, vault)))
    except BackendFailed as failed:
        status = failed.facts.get("status")
        return Reply(code=failed.code, status=status if isinstance(status, int) else 0)
    except CallerError as error:
        return Reply(code=error.code)


async def _perform(url: str, request: Perform, vault: Vault) -> Mapping[str, Json]:
    def opened(value: str | Secret | Json) -> object:
        return vault.open(value) if isinstance(value, Secret) else value

    async with HttpBackend(request.backend, url.rstrip("/")) as backend:
        return await backend.perform(
            HttpRequest(
                request.method,
                request.path,
                {name: opened(value) for name, value in request.body.items()} or None,
                deadline_ms=request.deadline_ms,
                retries=request.retries,
                idempotency_key=f"say-{request.once}" if request.once else None,
            )
        )

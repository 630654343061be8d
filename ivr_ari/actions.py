"""
Carries what a dialogue asks of the world, to HTTP services, SQL databases and the PBX, and brings the answer.

Whatever goes wrong out there becomes one `ActionFailed`; only here are secrets put in, the caller's out of
the call's vault and the house's own out of the configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from .adapters.http_backend import HttpRequest
from .dialogue.flow import Flow
from .errors import BackendFailed, CallerError, PeerError
from .events import Action, ActionDone, ActionFailed, Inquire, Json, Perform, Query, Secret

__all__ = ["Actions", "Asker", "secret_headers", "secret_named"]

log = structlog.get_logger()

SECRET = "secret "
"""A header ``secret NAME`` stands for a secret of the configuration."""


class Backend(Protocol):
    async def perform(self, request: HttpRequest) -> Mapping[str, Json]: ...


class Database(Protocol):
    async def look_up(
        self, sql: str, parameters: Mapping[str, str], *, deadline_ms: int = 4000
    ) -> Mapping[str, Json]: ...


class Pbx(Protocol):
    async def inquire(self, channel: str, inquiry: Inquire) -> Mapping[str, Json]: ...


@dataclass(frozen=True, slots=True)
class Asker:
    """The call an action is done for. *open* gives the characters of a caller's secret."""

    call_id: str
    channel: str
    secret_headers: frozenset[tuple[str, str, str]]
    open: Callable[[Secret], str]


class Actions:
    """What all calls share; *secrets* are the configuration's, by name."""

    def __init__(
        self,
        backends: Mapping[str, Backend],
        databases: Mapping[str, Database],
        pbx: Pbx,
        secrets: Mapping[str, str],
    ) -> None:
        self._backends, self._databases, self._pbx, self._secrets = backends, databases, pbx, secrets

    async def carry(self, action: Action, asker: Asker) -> ActionDone | ActionFailed:
        """Do *action* within its deadline; raises nothing of the outside world."""
        try:
            match action:
                case Perform():
                    answer = await self._perform(action, asker)
                case Query():
                    answer = await self._query(action, asker)
                case Inquire():
                    answer = await self._pbx.inquire(asker.channel, action)
        except (PeerError, CallerError) as error:
            status = error.facts.get("status", 0)
            log.warning("action failed", backend=_peer(action), code=error.code, status=status)
            return ActionFailed(action.id, error.code, status if isinstance(status, int) else 0)
        return ActionDone(action.id, answer)

    async def _perform(self, action: Perform, asker: Asker) -> Mapping[str, Json]:
        backend = self._backends.get(action.backend)
        if backend is None:
            raise BackendFailed("http.unknown", backend=action.backend)
        body = {name: _opened(value, asker) for name, value in action.body.items()}
        headers = {name: self._header(action, name, asker) for name in action.headers}
        return await backend.perform(
            HttpRequest(
                action.method,
                action.path,
                body or None,
                headers=headers,
                deadline_ms=action.deadline_ms,
                retries=action.retries,
                idempotency_key=f"{asker.call_id}-{action.once}" if action.once else None,
            )
        )

    def _header(self, action: Perform, name: str, asker: Asker) -> str:
        value = action.headers[name]
        # Only what the flow itself says is a reference: a caller's words could read "secret NAME" too.
        if isinstance(value, str) and (action.backend, name, value) in asker.secret_headers:
            wanted = secret_named(value)
            if wanted not in self._secrets:
                raise BackendFailed("http.secret", backend=action.backend, status=0)
            return self._secrets[wanted]
        text = str(_opened(value, asker))
        return "".join(sign for sign in text if sign.isprintable())

    async def _query(self, action: Query, asker: Asker) -> Mapping[str, Json]:
        database = self._databases.get(action.database)
        if database is None:
            raise BackendFailed("sql.unknown", backend=action.database)
        parameters = {name: str(_opened(value, asker)) for name, value in action.parameters.items()}
        return await database.look_up(action.sql, parameters, deadline_ms=action.deadline_ms)


def secret_named(text: str) -> str:
    """Return NAME of ``secret NAME``, an empty text for anything else."""
    return text.removeprefix(SECRET).strip() if text.startswith(SECRET) else ""


def secret_headers(flow: Flow) -> frozenset[tuple[str, str, str]]:
    """Return backend, header and text of each header that the flow itself writes as ``secret NAME``."""
    found = set()
    for action in flow.actions.values():
        for header, template in action.headers.items():
            # A text without any value in it: nothing of a caller can be part of it.
            if len(template) == 1 and isinstance(template[0], str) and secret_named(template[0]):
                found.add((action.backend, header, template[0]))
    return frozenset(found)


def _opened(value: str | Secret | Json, asker: Asker) -> Json:
    """Put a caller's secret in, at the last moment before it leaves."""
    return asker.open(value) if isinstance(value, Secret) else value


def _peer(action: Action) -> str:
    match action:
        case Perform(backend=name) | Query(database=name):
            return name
        case Inquire(what=what):
            return what

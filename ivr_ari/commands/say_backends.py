"""Who answers a flow's actions while one talks to it in a terminal: oneself, or real services."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from ..actions import Actions, Asker, secret_headers, secret_named
from ..adapters.http_backend import HttpBackend
from ..config import load_settings
from ..dialogue.flow import Flow
from ..errors import PeerError
from ..events import Action, ActionDone, ActionFailed, Inquire, Json, Perform, Query
from ..peers import secrets
from ..vault import Vault
from ..workbench.answered import Backend, Reply
from ..workbench.trial import reply_of

__all__ = ["Asking", "Services", "described", "services"]


class Asking:
    """
    Backends played by whoever sits at the terminal.

    *ask* gets an action's description and returns the answer as a line: JSON, ``down``, ``late``, ``404``;
    none at the end of the input. *answers* is what the next requests get instead. *note* gets what is wrong
    with an answer.
    """

    def __init__(
        self,
        flow: Flow,
        ask: Callable[[str], str | None],
        real: Services,
        note: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._flow, self._ask, self._real, self._note = flow, ask, real, note
        self.answers: list[Reply] = []
        self.slow = 0
        self.script: Backend | None = None

    def __call__(self, name: str, request: Action, vault: Vault) -> Reply:
        slow, self.slow = self.slow, 0
        if self.answers:
            reply = self.answers.pop(0)
        else:
            reply = self._reply(name, request, vault)
            reply = Reply(reply.answer, reply.code, reply.status, slow or reply.slow)
        for field in missing(self._flow, name, reply):
            self._note(f"the answer has no field {field!r}")
        return reply

    def _reply(self, name: str, request: Action, vault: Vault) -> Reply:
        if self.script is not None:
            return self.script(name, request, vault)
        if isinstance(request, Perform) and request.backend in self._real:
            reply = self._real.ask(request, vault)
            if reply.answer is None:
                self._note(f"{name}: {reply.code}{f' {reply.status}' if reply.status else ''}")
            return reply
        line = self._ask(described(self._flow, name, request))
        return Reply() if line is None else reply_of(read_json(line))


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


def missing(flow: Flow, name: str, reply: Reply) -> Iterator[str]:
    """Yield the fields that the action wants and its answer does not have."""
    action = flow.actions.get(name)
    if reply.answer is None or action is None:
        return
    for result in action.results:
        value: Json = dict(reply.answer)
        for part in result.path:
            if not isinstance(value, dict) or part not in value:
                yield ".".join(result.path)
                break
            value = value[part]


class NoPbx:
    """There is no PBX at a terminal: whoever sits there answers for it."""

    async def inquire(self, channel: str, inquiry: Inquire) -> Mapping[str, Json]:
        raise PeerError("say.no-pbx", asked=inquiry.what)


class Services:
    """Real services by name, asked as the service of the IVR would ask them."""

    def __init__(self, flow: Flow, backends: Mapping[str, HttpBackend], known: Mapping[str, str]) -> None:
        self._backends = backends
        self._actions = Actions(backends, {}, NoPbx(), known)
        self._headers = secret_headers(flow)
        self._call_id = f"say-{uuid4().hex}"
        """Of this call alone: a service does what has the same idempotency key once."""

        self.lacking = sorted(
            {secret_named(text) for backend, _, text in self._headers if backend in backends} - known.keys()
        )
        """Secrets that headers of the flow stand for and nobody gave."""

    def __contains__(self, backend: str) -> bool:
        return backend in self._backends

    def ask(self, request: Perform, vault: Vault) -> Reply:
        """Return what the service answers, or how it fails."""
        event = asyncio.run(self._carry(request, Asker(self._call_id, "", self._headers, vault.open)))
        if isinstance(event, ActionDone):
            return Reply(event.answer)
        return Reply(code=event.code, status=event.status)

    async def _carry(self, request: Perform, asker: Asker) -> ActionDone | ActionFailed:
        # Connections would not outlive the wait for the next line; the breaker's count of failures does.
        async with self._backends[request.backend]:
            return await self._actions.carry(request, asker)


def services(
    flow: Flow, urls: Mapping[str, str], config: Path | None, environ: Mapping[str, str]
) -> Services:
    """
    Return the services at *urls* and those of the settings in *config*, whose tokens and secrets count.

    Without settings a token is the variable that would give it to the service. SetupError.
    """
    settings = load_settings(config, environ) if config is not None else None
    backends = {
        name: HttpBackend(name, url.rstrip("/"), environ.get(f"IVR_BACKENDS__{name.upper()}__TOKEN"))
        for name, url in urls.items()
    }
    for name, given in settings.backends.items() if settings else ():
        url = urls.get(name, given.url).rstrip("/")
        token = given.token.get_secret_value() if given.token else None
        backends[name] = HttpBackend(
            name, url, token, given.tls_ca, failures=given.failures, pause_s=given.pause_s
        )
    return Services(flow, backends, secrets(settings) if settings else {})

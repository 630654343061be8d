"""
A customer's HTTP service: one request value in, one JSON object or one named error out.

Paths and bodies hold account numbers and PINs. They appear in no error and no repr, no cookie is carried
from one caller's request to the next, and no redirect takes them to another host.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn, Self

import aiohttp
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from ..errors import BackendFailed, SetupError
from .breaker import Breaker

__all__ = ["HttpBackend", "HttpRequest"]

ANSWER_BYTES = 262_144
"""Longest answer read; what a dialogue needs fits many times over."""

CONNECTIONS = 32
"""To one backend at once; a further request waits, within its deadline."""

BACKOFF_S, JITTER_S, LONGEST_WAIT_S = 0.1, 0.1, 2.0
"""
Wait before the first retry; each further one waits twice as long, and each a random while longer, so that
callers who failed together do not come back together.
"""

PASSING = frozenset({502, 503, 504})
"""Statuses that say "not now" (RFC 9110, 15.6): worth another try."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What to ask, with everything in place: secrets are filled in, so it is made late and kept nowhere."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

    path: str = field(repr=False)
    """Below the backend's address, quoted, with its query; begins with a slash."""

    body: Mapping[str, Any] | None = field(default=None, repr=False)
    """Sent as JSON."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    deadline_ms: int = 4000
    """For all attempts together, connecting included."""

    retries: int = 1
    """Further attempts, made only where doing it twice does no harm."""

    idempotency_key: str | None = None
    """Sent as ``Idempotency-Key``: the backend does what has the same key once."""

    @property
    def repeatable(self) -> bool:
        return self.method == "GET" or self.idempotency_key is not None


class HttpBackend:
    """
    One service and the connections to it; used as ``async with``.

    *url* is its address without a trailing slash, *token* goes out as ``Authorization: Bearer``, *tls_ca* is
    the PEM file of a house's own certificate authority (SetupError ``http.tls`` if it is none). After
    *failures* failures in a row it is left alone for *pause_s* seconds.
    """

    def __init__(
        self,
        name: str,
        url: str,
        token: str | None = None,
        tls_ca: Path | None = None,
        *,
        failures: int = 5,
        pause_s: float = 30.0,
    ) -> None:
        self.name = name
        self.breaker = Breaker(name, failures, pause_s)
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._tls: ssl.SSLContext | bool = True
        if tls_ca is not None:
            try:
                self._tls = ssl.create_default_context(cafile=tls_ca)
            except OSError as exc:  # includes SSLError
                raise SetupError(
                    "http.tls", backend=name, file=str(tls_ca), hint="no certificate in it"
                ) from exc

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=self._tls),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            # The deadline of each request is the only clock.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def perform(self, request: HttpRequest) -> dict[str, Any]:
        """
        Return the JSON object the service answers; an empty one for 204.

        BackendFailed otherwise: ``http.refused`` (4xx: it says no), ``http.status`` (any other),
        ``http.late``, ``http.unreachable``, ``http.not-json``, ``http.too-large``, ``backend.open`` (it
        failed so often that it is not asked now); the fact *status* is 0 without an answer.
        """
        retries = request.retries if request.repeatable else 0
        tries = AsyncRetrying(
            # A wait past the deadline would only hide why the last attempt failed.
            stop=stop_after_attempt(retries + 1) | stop_before_delay(request.deadline_ms / 1000),
            wait=wait_exponential_jitter(initial=BACKOFF_S, max=LONGEST_WAIT_S, jitter=JITTER_S),
            retry=retry_if_exception(_passing),
            reraise=True,
        )
        with self.breaker.guarded():
            async with self._deadline(request):
                return await tries(self._once, request)

    async def _once(self, request: HttpRequest) -> dict[str, Any]:
        headers = dict(request.headers)
        if request.idempotency_key is not None:
            headers["Idempotency-Key"] = request.idempotency_key
        async with (
            self._asking(request),
            self._session.request(
                request.method,
                self._url + request.path,
                json=request.body,
                headers=headers,
                allow_redirects=False,
            ) as response,
        ):
            if 400 <= response.status < 500:
                self._fail("http.refused", request, response.status)
            if not 200 <= response.status < 300:
                self._fail("http.status", request, response.status)
            text = await self._read(request, response)
        return self._object(request, response.status, text)

    async def _read(self, request: HttpRequest, response: aiohttp.ClientResponse) -> bytes:
        text = bytearray()
        async for chunk in response.content.iter_chunked(16_384):
            text += chunk
            if len(text) > ANSWER_BYTES:
                self._fail("http.too-large", request, response.status)
        return bytes(text)

    def _object(self, request: HttpRequest, status: int, text: bytes) -> dict[str, Any]:
        if status == 204:
            return {}
        try:
            answer = json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):  # includes bytes that are no UTF-8, and ten thousand brackets
            self._fail("http.not-json", request, status)
        if not isinstance(answer, dict):
            self._fail("http.not-json", request, status)
        return answer

    @asynccontextmanager
    async def _deadline(self, request: HttpRequest) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(request.deadline_ms / 1000):
                yield
        except TimeoutError as exc:
            raise self._failed("http.late", request, 0) from exc

    @asynccontextmanager
    async def _asking(self, request: HttpRequest) -> AsyncIterator[None]:
        """Turn whatever the HTTP library or the network raises into our own error, once."""
        try:
            yield
        except aiohttp.ClientError as exc:
            raise self._failed("http.unreachable", request, 0, why=type(exc).__name__) from exc
        except OSError as exc:
            raise self._failed("http.unreachable", request, 0, why=type(exc).__name__) from exc

    def _failed(self, code: str, request: HttpRequest, status: int, **facts: object) -> BackendFailed:
        return BackendFailed(code, backend=self.name, asked=request.method, status=status, **facts)

    def _fail(self, code: str, request: HttpRequest, status: int) -> NoReturn:
        raise self._failed(code, request, status) from None


def _passing(failure: BaseException) -> bool:
    """Tell whether another try may help."""
    return isinstance(failure, BackendFailed) and (
        failure.code == "http.unreachable" or failure.facts["status"] in PASSING
    )


def _no_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads though RFC 8259 knows none."""
    raise ValueError(name)

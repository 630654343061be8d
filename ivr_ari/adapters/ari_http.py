"""
HTTP towards ARI: one deadline, one translation of everything that can fail.

asyncari's own HTTP client is replaced below it, for five reasons found in its source (asyncswagger11
0.20): it puts user and password into every URL, where logs and proxies keep them; it allows three
connections; it answers a broken connection by closing all of them under the other calls' requests; it
never checks a websocket's TLS certificate; and it follows the ``http://`` address inside Asterisk's API
description even when it was reached by ``https://``.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from asyncswagger11.http_client import HttpClient
from asyncwebsockets import create_websocket  # type: ignore[import-untyped]

from ..errors import CallGone, PbxUnavailable, PeerError, SetupError

__all__ = ["Http", "quiet_foreign_logs", "refusal"]

CONNECTIONS = 16
"""Of Asterisk's ``sessionlimit`` (100 for everything together); more requests than that wait their turn."""

GONE = {404, 409, 412, 422}
"""Unknown, not ours any more, wrong state, not in Stasis: the channel lives elsewhere or not at all."""

GONE_AS = {400: "addChannel", 500: "answer"}
"""
What two operations say besides of a channel that has just hung up: it can't be found (bridges.json of
Asterisk's API description), or it went while the command was under way ("Failed to answer channel").
"""

HINTS = {
    401: ("ari.password", "user or password does not match a section of ari.conf"),
    403: ("ari.read-only", "the ARI user needs read_only = no in ari.conf"),
}


def quiet_foreign_logs() -> None:
    """
    Keep the libraries' own log lines out of ours.

    httpx logs whole URLs at level info, asyncari whole events at level error: both hold numbers and
    names of callers. What matters of them comes back as an error or an event of ours.
    """
    for name in ("asyncari", "asyncswagger11", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def refusal(status: int, asked: str) -> PeerError:
    """Return our error for an answer of ARI with HTTP *status*."""
    if status in GONE or asked.rpartition("/")[2] == GONE_AS.get(status):
        return CallGone("ari.gone", asked=asked, status=status)
    code, hint = HINTS.get(status, ("ari.refused", "see Asterisk's log"))
    return PbxUnavailable(code, asked=asked, status=status, hint=hint)


class Http(HttpClient):  # type: ignore[misc]  # the library has no types
    """
    Requests and websockets to one Asterisk.

    *url* is its HTTP server, with the prefix if it has one; a trailing ``/ari`` makes no difference.
    Each request ends within *deadline_s*. Raises CallGone or PbxUnavailable, and SetupError for a
    certificate that can't be trusted (*ca_file*: PEM of the authority to trust instead of the system's).
    """

    def __init__(self, url: str, user: str, password: str, deadline_s: float, ca_file: str | None) -> None:
        self.base = url.rstrip("/").removesuffix("/ari")
        self.deadline_s = deadline_s
        self._tls = ssl.create_default_context(cafile=ca_file) if url.startswith("https:") else None
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._login = {"Authorization": f"Basic {token}"}
        limits = httpx.Limits(
            max_connections=CONNECTIONS,
            max_keepalive_connections=CONNECTIONS,
            # Asterisk closes idle connections after 15 s (session_keep_alive); be sooner.
            keepalive_expiry=5.0,
        )
        self._session = httpx.AsyncClient(
            timeout=deadline_s, limits=limits, headers=self._login, verify=self._tls or True, trust_env=False
        )

    def _ours(self, url: str) -> str:
        # What Asterisk writes into its API description is its own idea of its address.
        path = urlsplit(url).path
        return self.base + path[path.index("/ari/") :]

    async def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        data: str | None = None,
    ) -> httpx.Response:
        """Ask ARI; called by asyncari's operations."""
        url = self._ours(url)
        asked = f"{method} {url[len(self.base) :]}"
        try:
            async with asyncio.timeout(self.deadline_s):
                response = await self._send(method, url, params, headers, data)
        except (TimeoutError, httpx.TimeoutException) as exc:
            raise PbxUnavailable(
                "ari.late", asked=asked, deadline_s=self.deadline_s, hint="Asterisk took too long to answer"
            ) from exc
        except httpx.HTTPError as exc:
            raise self._unreachable(exc, asked) from exc
        if response.status_code >= 400:
            raise refusal(response.status_code, asked)
        return response

    async def _send(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None,
        data: str | None,
    ) -> httpx.Response:
        try:
            return await self._session.request(method, url, params=params, headers=headers, content=data)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            # An idle connection that Asterisk closed in the same moment. Twice does no harm: we choose the
            # ids of what we create, and everything else we ask leads to the same state again.
            return await self._session.request(method, url, params=params, headers=headers, content=data)

    async def ws_connect(self, url: str, params: Mapping[str, str] | None = None, **_: object) -> Any:
        """Open the websocket of events; called by asyncari."""
        parts = urlsplit(self._ours(url))
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        address = f"{'wss' if secure else 'ws'}://{host}:{port}{parts.path}?{urlencode(params or {})}"
        login = [(name, value) for name, value in self._login.items()]
        try:
            async with asyncio.timeout(self.deadline_s):
                ws = await create_websocket(address, ssl=self._tls or False, headers=login)
        except OSError as exc:
            status = getattr(exc.args[1], "status_code", 0) if len(exc.args) > 1 else 0
            if status:
                raise refusal(status, "GET /ari/events") from exc
            raise self._unreachable(exc, "GET /ari/events") from exc
        watch_connection(ws.raw_socket)
        return ws

    def _unreachable(self, exc: Exception, asked: str) -> PeerError | SetupError:
        cause: BaseException | None = exc
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return SetupError(
                    "ari.certificate",
                    url=self.base,
                    hint=f"{cause.verify_message}; name its authority in ari.tls_ca",
                )
            cause = cause.__cause__ or cause.__context__
        return PbxUnavailable(
            "ari.unreachable", url=self.base, asked=asked, hint="is Asterisk up, and http.conf enabled there?"
        )

    async def close(self) -> None:
        """Do nothing: asyncari calls this at the end of each websocket, but requests go on without one."""

    async def aclose(self) -> None:
        """Close all connections."""
        await self._session.aclose()


def watch_connection(raw: socket.socket) -> None:
    """
    Let the kernel find out within 5 s that the other host is gone.

    Asterisk sends nothing while nothing happens, and asyncari sends no pings, so a connection that was
    cut on the way would look alive for ever.
    """
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in ((socket.TCP_KEEPIDLE, 2), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 3)):
        raw.setsockopt(socket.IPPROTO_TCP, option, value)

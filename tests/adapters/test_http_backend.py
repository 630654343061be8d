"""A backend that is slow, wrong, broken or absent gives one named error, in time."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from ivr_ari.adapters.http_backend import ANSWER_BYTES, HttpBackend, HttpRequest
from ivr_ari.errors import BackendFailed, SetupError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Service:
    """Answers each request with the next of its handlers, the last one again and again; keeps what it got."""

    def __init__(self) -> None:
        self.handlers: list[Handler] = []
        self.requests: list[web.Request] = []
        self.bodies: list[bytes] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self.bodies.append(await request.read())
        handler = self.handlers.pop(0) if len(self.handlers) > 1 else self.handlers[0]
        return await handler(request)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
async def backend(service: Service) -> AsyncIterator[HttpBackend]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", service.handle)
    server = TestServer(app)
    await server.start_server()
    async with HttpBackend("bank", str(server.make_url("")).rstrip("/"), "t0ken") as made:
        yield made
    await server.close()


def answers(status: int = 200, body: bytes = b"{}", **headers: str) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return handler


async def hangs(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def breaks_off(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def failure(backend: HttpBackend, request: HttpRequest) -> tuple[str, object]:
    with pytest.raises(BackendFailed) as caught:
        await backend.perform(request)
    assert caught.value.facts["backend"] == "bank"
    return caught.value.code, caught.value.facts["status"]


GET = HttpRequest("GET", "/customers/C1/charges?month=2026-06")
POST = HttpRequest("POST", "/refunds", {"amount_cents": 4219})
ONCE = HttpRequest("POST", "/refunds", {"amount_cents": 4219}, idempotency_key="call-1:a1")


class TestPerform:
    async def test_request_arrives_as_given(self, service: Service, backend: HttpBackend) -> None:
        """
        Path, query, JSON, token and key reach the service.
        """
        service.handlers = [answers(body=b'{"reference": "R1234"}')]

        assert await backend.perform(ONCE) == {"reference": "R1234"}
        await backend.perform(GET)

        post, get = service.requests
        assert (post.method, post.path, service.bodies[0]) == ("POST", "/refunds", b'{"amount_cents": 4219}')
        assert post.headers["Authorization"] == "Bearer t0ken"
        assert post.headers["Idempotency-Key"] == "call-1:a1"
        assert get.query["month"] == "2026-06"
        assert "Idempotency-Key" not in get.headers

    async def test_no_content_is_an_empty_answer(self, service: Service, backend: HttpBackend) -> None:
        """
        204 has nothing to say, and that is fine.
        """
        service.handlers = [answers(204, b"")]

        assert await backend.perform(POST) == {}

    @pytest.mark.parametrize(
        ("handler", "code", "status"),
        [
            (answers(401), "http.refused", 401),
            (answers(500), "http.status", 500),
            (answers(302, Location="http://127.0.0.1:1/"), "http.status", 302),
            (answers(200, b"<html>"), "http.not-json", 200),
            (answers(200, b"[1]"), "http.not-json", 200),
            (answers(200, b"\xff"), "http.not-json", 200),
            (answers(200, b'{"balance_cents": NaN}'), "http.not-json", 200),
            (answers(200, b"[" * 100_000), "http.not-json", 200),
            (answers(200, b" " * (ANSWER_BYTES + 1)), "http.too-large", 200),
            (
                answers(200, gzip.compress(b" " * (ANSWER_BYTES + 1)), **{"Content-Encoding": "gzip"}),
                "http.too-large",
                200,
            ),
            (answers(200, b"no gzip", **{"Content-Encoding": "gzip"}), "http.unreachable", 0),
            (breaks_off, "http.unreachable", 0),
        ],
    )
    async def test_useless_answer_has_a_name(
        self, service: Service, backend: HttpBackend, handler: Handler, code: str, status: int
    ) -> None:
        """
        Whatever comes back, a flow gets a code it can decide on.
        """
        service.handlers = [handler]

        assert await failure(backend, POST) == (code, status)

    async def test_deadline_holds(self, service: Service, backend: HttpBackend) -> None:
        """
        A service that accepts and never answers is given up.
        """
        service.handlers = [hangs]

        assert await failure(backend, HttpRequest("GET", "/", deadline_ms=50)) == ("http.late", 0)

    async def test_deadline_covers_retries(self, service: Service, backend: HttpBackend) -> None:
        """
        A thousand retries take no longer than the deadline, and what the service said last is what comes out.
        """
        service.handlers = [answers(503)]

        assert await failure(backend, HttpRequest("GET", "/", deadline_ms=250, retries=1000)) == (
            "http.status",
            503,
        )
        assert 1 <= len(service.requests) <= 3

    async def test_a_service_that_is_down_is_left_alone(self, service: Service) -> None:
        """
        After three failures in a row nothing is asked any more, and health can show it.
        """
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", service.handle)
        service.handlers = [answers(500)]
        async with TestServer(app) as server:
            url = str(server.make_url("")).rstrip("/")
            async with HttpBackend("bank", url, failures=3, pause_s=60) as backend:
                assert backend.breaker.state == "closed"
                codes = [(await failure(backend, GET))[0] for _ in range(5)]

                assert codes == ["http.status"] * 3 + ["backend.open"] * 2
                assert len(service.requests) == 3
                assert backend.breaker.state == "open"

    async def test_absent_service(self) -> None:
        """
        Nobody listens there: one error of ours.
        """
        async with HttpBackend("bank", "http://127.0.0.1:1") as backend:
            assert await failure(backend, POST) == ("http.unreachable", 0)

    @pytest.mark.parametrize("first", [answers(503), breaks_off])
    @pytest.mark.parametrize("request_", [GET, ONCE])
    async def test_what_may_be_done_twice_is_tried_again(
        self, service: Service, backend: HttpBackend, first: Handler, request_: HttpRequest
    ) -> None:
        """
        A passing failure of a reading request, or of one with a key, is not the caller's trouble.
        """
        service.handlers = [first, answers(body=b'{"ok": true}')]

        assert await backend.perform(request_) == {"ok": True}
        assert [r.headers.get("Idempotency-Key") for r in service.requests][-1] == request_.idempotency_key

    async def test_what_may_not_be_done_twice_is_not(self, service: Service, backend: HttpBackend) -> None:
        """
        Money is not moved again because an answer was lost.
        """
        service.handlers = [breaks_off]

        await failure(backend, POST)

        assert len(service.requests) == 1

    async def test_clear_no_is_not_asked_again(self, service: Service, backend: HttpBackend) -> None:
        """
        A wrong PIN does not get better by sending it twice.
        """
        service.handlers = [answers(401)]

        await failure(backend, GET)

        assert len(service.requests) == 1

    async def test_callers_share_no_cookie(self, service: Service, backend: HttpBackend) -> None:
        """
        What the service told one caller's client it does not hear from the next one's.
        """
        service.handlers = [answers(200, b"{}", **{"Set-Cookie": "customer=C1"})]

        await backend.perform(GET)
        await backend.perform(GET)

        assert "Cookie" not in service.requests[1].headers

    async def test_error_tells_nothing_of_the_caller(self, service: Service, backend: HttpBackend) -> None:
        """
        Neither the error nor the request's repr shows path or body.
        """
        request = HttpRequest("POST", "/accounts/41007239", {"pin": "9201"}, {"X-Caller": "0301234567"})
        service.handlers = [answers(400, b'{"pin": "9201"}')]

        with pytest.raises(BackendFailed) as caught:
            await backend.perform(request)

        shown = f"{caught.value} {caught.value!r} {request!r}"
        assert not [secret for secret in ("41007239", "9201", "0301234567") if secret in shown]

    def test_authority_without_certificate(self, tmp_path: Path) -> None:
        """
        A file that is no certificate is told before the first call.
        """
        (tmp_path / "ca.pem").write_text("nothing")

        for file in (tmp_path / "ca.pem", tmp_path / "absent.pem"):
            with pytest.raises(SetupError) as caught:
                HttpBackend("bank", "https://bank", tls_ca=file)
            assert caught.value.code == "http.tls"


def test_only_harmless_requests_are_repeatable() -> None:
    """
    Reading, or writing under a key.
    """
    assert [request.repeatable for request in (GET, ONCE, POST)] == [True, True, False]

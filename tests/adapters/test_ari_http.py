"""Whatever goes wrong towards ARI is one of our errors, in time, and says what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_http import Http, refusal
from ivr_ari.errors import CallGone, IvrError, PbxUnavailable, SetupError


class Peer:
    """Listens where Asterisk should: each request gets the next answer, an empty one being a closed door."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.url = ""
        self.busy: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.busy.add(asyncio.current_task())
        try:
            while self.answers:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                reply = self.answers.pop(0)
                if not reply:
                    return
                writer.write(reply)
                await writer.drain()
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening(peer: Peer) -> AsyncIterator[Peer]:
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    peer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield peer
        await asyncio.gather(*(task for task in peer.busy if task))


def answer(status: str, body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await reader.read()
    finally:
        writer.close()


@asynccontextmanager
async def client(url: str, deadline_s: float = 2.0) -> AsyncIterator[Http]:
    http = Http(url, "ivr", "secret-word", deadline_s, None)
    try:
        yield http
    finally:
        await http.aclose()


class TestRefusal:
    @pytest.mark.parametrize("status", [404, 409, 412, 422])
    def test_a_channel_that_is_not_ours_is_gone(self, status: int) -> None:
        """Unknown, in the wrong state, no longer in Stasis: all the same to a call."""
        error = refusal(status, "POST /ari/channels/1/answer")

        assert isinstance(error, CallGone)
        assert error.facts == {"asked": "POST /ari/channels/1/answer", "status": status}

    def test_a_channel_that_can_not_be_bridged_is_gone(self) -> None:
        """Asterisk answers 400 when a channel to be bridged has just hung up."""
        assert isinstance(refusal(400, "POST /ari/bridges/b/addChannel"), CallGone)
        assert isinstance(refusal(400, "POST /ari/channels/externalMedia"), PbxUnavailable)

    def test_a_channel_that_can_not_be_answered_is_gone(self) -> None:
        """Asterisk answers 500 when the caller gives up while the channel is being answered."""
        assert isinstance(refusal(500, "POST /ari/channels/1/answer"), CallGone)
        assert isinstance(refusal(500, "POST /ari/channels/1/continue"), PbxUnavailable)

    @pytest.mark.parametrize(
        ("status", "code"),
        [(401, "ari.password"), (403, "ari.read-only"), (500, "ari.refused"), (503, "ari.refused")],
    )
    def test_the_rest_is_the_pbx(self, status: int, code: str) -> None:
        """Every other refusal is the PBX's, with a hint."""
        error = refusal(status, "x")

        assert isinstance(error, PbxUnavailable)
        assert error.code == code
        assert error.facts["hint"]


class TestRequest:
    async def test_the_password_is_in_no_url(self) -> None:
        """Who reads a log of requests must not learn the password."""
        async with listening(Peer(answer("200 OK", b"[]"))) as peer, client(peer.url) as http:
            await http.request("GET", "http://elsewhere:1/ari/channels", params={"a": "b"})

        head = peer.requests[0].split(b"\r\n")[0]
        assert head == b"GET /ari/channels?a=b HTTP/1.1"
        assert b"Authorization: Basic" in peer.requests[0]

    @pytest.mark.parametrize("suffix", ["", "/", "/ari", "/ari/"])
    async def test_the_address_may_be_written_in_several_ways(self, suffix: str) -> None:
        """People write ARI's address with and without its path."""
        async with listening(Peer(answer("204 No Content"))) as peer, client(peer.url + suffix) as http:
            await http.request("DELETE", "http://x/ari/bridges/b")

        assert peer.requests[0].startswith(b"DELETE /ari/bridges/b ")

    async def test_a_connection_closed_in_the_same_moment_is_tried_again(self) -> None:
        """Asterisk closes idle connections; the caller's request must not fail for that."""
        async with listening(Peer(b"", answer("200 OK", b"{}"))) as peer, client(peer.url) as http:
            response = await http.request("GET", "http://x/ari/ping")

        assert response.status_code == 200

    async def test_no_answer_is_late(self) -> None:
        """A PBX that hangs costs a request its deadline, not more."""
        server = await asyncio.start_server(never, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, client(url, deadline_s=0.05) as http:
            with pytest.raises(PbxUnavailable) as caught:
                await http.request("POST", "http://x/ari/channels/1/answer")

        assert caught.value.code == "ari.late"

    async def test_nobody_there(self) -> None:
        """A refused connection names the address and what to look at."""
        async with client("http://127.0.0.1:9") as http:
            with pytest.raises(PbxUnavailable) as caught:
                await http.request("GET", "http://x/ari/ping")

        assert str(caught.value).startswith("ari.unreachable url='http://127.0.0.1:9'")


async def entering(url: str, patience_s: float = 0.0) -> IvrError:
    with pytest.raises(IvrError) as caught:
        async with Ari(url, "ivr", "secret-word", "ivr", patience_s=patience_s):
            pass
    assert "secret-word" not in str(caught.value)
    return caught.value


class TestEntering:
    """What stands in the way at start is one sentence; only what waiting can cure is waited for."""

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            ("401 Unauthorized", "ari.password"),
            ("403 Forbidden", "ari.read-only"),
            ("404 Not Found", "ari.off"),
        ],
    )
    async def test_a_wrong_setup_is_not_waited_for(self, status: str, code: str) -> None:
        """Password, rights and a missing ARI are for a person to mend."""
        async with listening(Peer(answer(status))) as peer:
            error = await entering(peer.url, patience_s=3600.0)

        assert isinstance(error, SetupError)
        assert error.code == code

    @pytest.mark.parametrize(
        "reply",
        [answer("200 OK", b"<html>"), answer("200 OK", b"{}"), answer("500 Oops"), b"nonsense\r\n\r\n"],
    )
    async def test_something_else_listens_there(self, reply: bytes) -> None:
        """A server that is no Asterisk is an unavailable PBX, not a traceback."""
        async with listening(Peer(reply, reply)) as peer:
            error = await entering(peer.url)

        assert isinstance(error, PbxUnavailable)

    async def test_a_pbx_that_starts_later_is_waited_for(self) -> None:
        """After a power cut the service may be up before Asterisk is."""
        async with listening(Peer(answer("503 Starting"), answer("503 Starting"), answer("401 No"))) as peer:
            error = await entering(peer.url, patience_s=3600.0)

        assert error.code == "ari.password"
        assert len(peer.requests) == 3

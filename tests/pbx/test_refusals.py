"""The conversation can't be had: every caller gets the old menu, and the dialplan knows why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from asterisk.stage import Stage
from ivr_ari.robot.phone import Phone

from .lab import Application, call_records, eventually
from .staging import Talk, dialled, faults, in_our_hands, launch, menu, play, untouched

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]


async def told(watch: Application, phone: Phone, number: str = "600") -> tuple[str, str]:
    """Dial, wait for the old menu to speak, hang up; return the result and the reason it was given."""
    watch.heard.clear()
    call = phone.start(number)
    event = await menu(watch)
    await call.answered()
    await call.first_audio_after(0)
    await call.hangup()
    return event["Result"], event["Reason"]


class TestRefused:
    async def test_unknown_flow(self, stage: Stage, watch: Application, phone: Phone) -> None:
        """A flow nobody has written."""
        assert await told(watch, phone, "690") == ("unknown-flow", "")

    async def test_no_media(self, stage: Stage, watch: Application, phone: Phone) -> None:
        """A telephone from which no audio comes within two seconds."""
        async with dialled(stage, phone, dumb=True) as talk:
            event = await menu(watch)

            assert (event["Result"], event["CallId"]) == ("no-media", talk.call_id)

    async def test_second_node(self, stage: Stage, phone: Phone) -> None:
        """The first name in IVR_APPS belongs to nobody: the second one takes the call."""
        async with dialled(stage, phone, "691") as talk:
            await talk.says("How can I help you")

            assert (await talk.record())["app"] == stage.lab.app

    async def test_the_call_record_says_so(self, stage: Stage, watch: Application, phone: Phone) -> None:
        """A refused call's record carries its id and the result."""
        watch.heard.clear()
        call = phone.start("690")
        event = await menu(watch)
        await call.hangup()

        assert await eventually(lambda: call_records(stage.lab, f"{event['CallId']} unknown-flow"))


@pytest.fixture
def small(theatre: Stage) -> Iterator[Stage]:
    """A service for one call, with one media port, whose flows may hand over to nobody they name."""
    first = theatre.lab.media_first
    ports = {"first_port": first, "last_port": first + 1}
    play(theatre, limits={"max_calls": 1}, rtp=ports, flows={"targets": ["support"]})
    with untouched(theatre, "rtp.exhausted"):
        yield theatre


class TestSmall:
    async def test_forbidden_target(self, small: Stage, watch: Application, phone: Phone) -> None:
        """A flow that hands over to somebody the settings don't allow gives the caller back, and why."""
        async with dialled(small, phone) as talk:
            await talk.says("How can I help you")
            await talk.keys("0")
            event = await menu(watch, 20, CallId=talk.call_id)

        assert (event["Result"], event["Reason"]) == ("error", "target-not-allowed")

    async def test_internal_error(self, small: Stage, watch: Application, phone: Phone) -> None:
        """A call that can't get what it needs, here a media port, is given back before anything is said."""
        loop = asyncio.get_running_loop()
        port = ("127.0.0.1", small.lab.media_first)
        taken, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, port)
        try:
            seen = small.log.stat().st_size
            assert await told(watch, phone) == ("error", "rtp-exhausted")
            assert "rtp.exhausted" in faults(small, seen).pop()
        finally:
            taken.close()

    async def test_full_draining_gone(self, small: Stage, watch: Application, phone: Phone) -> None:
        """
        A full service refuses, one that drains refuses too; the call they have goes on, with its end the
        draining service ends, and then the old menu speaks at once.
        """
        assert small.service
        async with dialled(small, phone) as talk:
            await talk.says("How can I help you")
            assert await told(watch, phone) == ("overload", "")

            small.drain()
            await eventually(lambda: small.health()[1].get("state") == "draining")
            assert await told(watch, phone) == ("draining", "")

            await talk.keys("5")
            await talk.says("Monday")
            await talk.hears()
            assert small.service.poll() is None
        await asyncio.to_thread(small.service.wait, 20)

        assert small.service.returncode == 0
        assert await told(watch, phone) == ("unavailable", "")


class Relay:
    """A network between the service and ARI that can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.cut = False
        self.writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Relay:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.part()
        self.server.close()
        await self.server.wait_closed()

    def part(self) -> None:
        """Cut the network: connections end, new ones are not let through."""
        self.cut = True
        for writer in tuple(self.writers):
            writer.transport.abort()

    def mend(self) -> None:
        self.cut = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection(*self.target)
        self.writers |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.pump(reader, far_writer))
                tasks.create_task(self.pump(far_reader, writer))
        finally:
            self.writers -= {writer, far_writer}

    @staticmethod
    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()


class TestAriDown:
    async def test_calls_outlive_it(
        self, stage: Stage, watch: Application, phone: Phone, agent: Phone
    ) -> None:
        """
        While ARI is out of reach a running call goes on by voice and a new one gets the menu.

        Afterwards keys work again in the old call. One that wanted to leave meanwhile leaves then, with the
        result it had. A caller who is still there when the time for draining is over gets the menu.
        """
        url = urlsplit(stage.lab.ari_url)
        assert url.hostname
        assert url.port
        async with Relay(url.hostname, url.port) as relay:
            launch(stage, ari={"url": f"http://127.0.0.1:{relay.port}/ari"}, limits={"drain_s": 1})
            await asyncio.to_thread(stage.wait_ready)
            async with dialled(stage, phone) as talk:
                await self.goes_on(stage, watch, phone, relay, talk)
                await self.leaves_later(stage, agent, relay, talk)
            await eventually(lambda: stage.health()[0], 20)
            async with dialled(stage, phone) as talk:
                await talk.says("How can I help you")
                stage.drain()
                event = await menu(watch, 15, CallId=talk.call_id)
                assert stage.service
                await asyncio.to_thread(stage.service.wait, 20)
                assert (event["Result"], event["Reason"]) == ("error", "drained")
                assert in_our_hands(stage) == []

    async def goes_on(self, stage: Stage, watch: Application, phone: Phone, relay: Relay, talk: Talk) -> None:
        await talk.says("How can I help you")
        relay.part()
        await eventually(lambda: stage.health()[1].get("pbx") == "down", 20)
        assert (await told(watch, phone))[0] == "unavailable"
        await talk.speaks("what are your opening hours")
        await talk.says("Monday")
        await talk.hears()
        relay.mend()
        await eventually(lambda: stage.health()[0], 20)
        await talk.keys("5")
        await talk.says("Monday")

    async def leaves_later(self, stage: Stage, agent: Phone, relay: Relay, talk: Talk) -> None:
        await talk.says("anything else")
        relay.part()
        await eventually(lambda: stage.health()[1].get("pbx") == "down", 20)
        await talk.speaks("let me talk to somebody")
        await talk.says("connect you with a person")
        await eventually(lambda: "call not returned yet" in stage.log.read_text(), 30)
        relay.mend()
        async with asyncio.timeout(30):
            agents = await agent.incoming()
        assert f"id={talk.call_id};reason=asked" in agents.header("X-IVR-Context")
        await agents.answer()
        await agents.hangup()

"""ARI and RTP on a real PBX: calls live through broken links, and nothing is left whenever anybody leaves."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from asterisk.lab import Lab, command
from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import (
    AriEvent,
    CallerGone,
    CallOffered,
    KeyPressed,
    LeftApp,
    LegGone,
    LinkDown,
    LinkUp,
    Orphan,
)
from ivr_ari.adapters.rtp_socket import MediaPorts, RtpSocket, Ticker
from ivr_ari.errors import CallGone, PbxUnavailable, SetupError
from ivr_ari.media.g711 import PCMU
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import Progress, echo
from ivr_ari.media.rtp import Sender
from ivr_ari.robot.call import Call
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .lab import Application, eventually, leaves_nothing_behind

pytestmark = pytest.mark.pbx

APP = "ivr"
ECHO, BANK, FIVE_SECONDS = "9901", "600", "692"
CALLERS = Path(__file__).parents[1] / "data" / "callers"

E = TypeVar("E", bound=AriEvent)


class Desk:
    """Reads an `Ari`'s events and finds them again."""

    def __init__(self, ari: Ari) -> None:
        self.ari = ari
        self.told: list[AriEvent] = []
        self.news = asyncio.Condition()
        self.task = asyncio.create_task(self.read())

    async def read(self) -> None:
        async for event in self.ari.events():
            async with self.news:
                self.told.append(event)
                self.news.notify_all()

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.told if isinstance(event, kind)]

    async def event(self, kind: type[E], number: int = 1) -> E:
        """Return the event of this kind that is the *number*-th, waiting for it."""
        async with asyncio.timeout(15), self.news:
            await self.news.wait_for(lambda: len(self.all(kind)) >= number)
        return self.all(kind)[number - 1]


class Proxy:
    """Stands between us and Asterisk's HTTP server, and can break the way."""

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url)
        self.broken = False
        self.deaf = False
        """What Asterisk sends is lost."""

        self.writers: set[asyncio.StreamWriter] = set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.broken:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection(self.target.hostname, self.target.port)
        self.writers |= {writer, far_writer}
        await asyncio.gather(self.pipe(reader, far_writer), self.pipe(far_reader, writer, back=True))

    async def pipe(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, back: bool = False
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if not (back and self.deaf):
                    writer.write(data)
        writer.close()

    def sever(self) -> None:
        """Reset every connection and refuse new ones until `mend`."""
        self.broken = True
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()

    def mend(self) -> None:
        self.broken = self.deaf = False


@dataclass
class Attached:
    """A call with echo: its channel, its ids, its socket."""

    offer: CallOffered
    line: Line
    wire: RtpSocket


class Switchboard:
    """What the service does with calls, as far as these tests need it."""

    def __init__(self, ari: Ari, lab: Lab, ticker: Ticker) -> None:
        self.ari, self.ticker = ari, ticker
        self.desk = Desk(ari)
        self.ports = MediaPorts("127.0.0.1", lab.media_first, lab.media_last)
        self.wires: list[RtpSocket] = []

    async def attach(self, offer: CallOffered) -> Attached:
        said: list[Progress] = []
        line = Line(PCMU, Sender(1, 1, 1), lambda frame: echo(line.playout, frame), said.append)
        wire = await RtpSocket.open(self.ports, self.ticker, line)
        self.wires.append(wire)
        await self.ari.answer(offer.channel)
        media = await self.ari.attach_media(offer.call_id, offer.channel, "127.0.0.1", wire.port)
        wire.aim(media.host, media.port)
        return Attached(offer, line, wire)

    def close(self) -> None:
        for wire in self.wires:
            wire.close()
        self.desk.task.cancel()


@contextlib.asynccontextmanager
async def reach(lab: Lab, url: str = "", app: str = APP, patience_s: float = 10.0) -> AsyncIterator[Ari]:
    async with Ari(url or lab.ari_url, lab.ari_user, lab.ari_password, app, patience_s=patience_s) as ari:
        yield ari


@pytest.fixture(autouse=True)
def nothing_left(own_lab: Lab) -> Iterator[None]:
    """Every test here leaves the PBX and our ports as it found them."""
    with leaves_nothing_behind(own_lab):
        yield


@pytest.fixture
async def ticker() -> AsyncIterator[Ticker]:
    ticker = Ticker()
    clock = asyncio.create_task(ticker.run())
    yield ticker
    clock.cancel()


@pytest.fixture
async def board(own_lab: Lab, ticker: Ticker) -> AsyncIterator[Switchboard]:
    async with reach(own_lab) as ari:
        await ari.register()
        board = Switchboard(ari, own_lab, ticker)
        yield board
        board.close()


@pytest.fixture
async def phone(own_lab: Lab) -> AsyncIterator[Phone]:
    async with Phone("caller", own_lab.phones["caller"], (own_lab.sip_host, own_lab.sip_port)) as phone:
        yield phone


async def end(board: Switchboard, call: Call, attached: Attached) -> None:
    await call.hangup()
    await board.desk.event(CallerGone)
    await board.ari.release(attached.offer.call_id)


class TestCall:
    async def test_the_caller_hears_the_echo_of_our_own_media(self, board: Switchboard, phone: Phone) -> None:
        """Caller, PBX, external media, our socket and back: what is said is heard again, at once."""
        call = phone.start(ECHO)
        attached = await board.attach(await board.desk.event(CallOffered))
        await call.answered()

        said = call.say(Clips.load(CALLERS).find("what's my balance", "am_adam"))
        await said.over.wait()
        assert said.began_at is not None
        began = said.began_at
        await call.heard(lambda: call.ear.first_audio_after(began - 0.001) is not None)
        await end(board, call, attached)

        assert attached.offer.flow == "qa-echo"
        assert attached.line.first_heard_ms is not None
        assert attached.line.counters.malformed == 0
        assert len(board.desk.all(CallerGone)) == 1

    async def test_keys_are_told_once_each(self, board: Switchboard, phone: Phone) -> None:
        """Keys sent as RFC 4733 come as events, in order."""
        call = phone.start(ECHO)
        attached = await board.attach(await board.desk.event(CallOffered))
        await call.answered()

        await call.send_keys("40#").over.wait()
        await board.desk.event(KeyPressed, 3)
        await end(board, call, attached)

        assert [key.digit for key in board.desk.all(KeyPressed)] == ["4", "0", "#"]

    async def test_the_dialplan_goes_on_with_our_variables(self, own_lab: Lab, board: Switchboard) -> None:
        """A call that we let go is told as having left, and finds what we set."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await watch.call(BANK)
            attached = await board.attach(await board.desk.event(CallOffered))

            await board.ari.continue_in_dialplan(channel, {"IVR_RESULT": "error", "IVR_REASON": "test"})
            await board.ari.release(attached.offer.call_id)
            menu = await watch.event("ChannelUserevent", eventname="LabMenu", id=channel)
            left = await board.desk.event(LeftApp)
            await watch.hang_up(channel)

        assert left.channel == channel
        assert menu["userevent"]["Result"] == "error"
        assert menu["userevent"]["Reason"] == "test"
        assert board.desk.all(CallerGone) == []

    async def test_variables_and_functions_can_be_read(self, own_lab: Lab, board: Switchboard) -> None:
        """An unset variable is empty, a channel that is gone is gone."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            await watch.call(BANK, {"__IVR_HANDOVER": "busy"})
            offer = await board.desk.event(CallOffered)
            read = [
                await board.ari.get_variable(offer.channel, name)
                for name in ("IVR_CALL_ID", "IVR_NEVER_SET", "CHANNEL(language)")
            ]
            await board.ari.hangup(offer.channel)
            await board.desk.event(CallerGone)
        await eventually(lambda: "0 active channels" in command(own_lab, "core show channels count"))

        assert read == [offer.call_id, "", "en"]
        with pytest.raises(CallGone):
            await board.ari.get_variable(offer.channel, "IVR_CALL_ID")
        await board.ari.hangup(offer.channel)

    async def test_somebody_redirects_the_call(self, own_lab: Lab, board: Switchboard) -> None:
        """An administrator who takes a caller out is no hang-up."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await watch.call(BANK)
            attached = await board.attach(await board.desk.event(CallOffered))
            name = (await watch.ask("GET", f"/channels/{channel}"))["name"]

            command(own_lab, f"channel redirect {name} lab-menu,s,1")
            left = await board.desk.event(LeftApp)
            await board.ari.release(attached.offer.call_id)
            await watch.hang_up(channel)

        assert left.channel == channel

    async def test_the_dialplan_takes_the_call_back_when_time_is_over(
        self, own_lab: Lab, board: Switchboard
    ) -> None:
        """TIMEOUT(absolute) ends our part exactly once."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await watch.call(FIVE_SECONDS)
            attached = await board.attach(await board.desk.event(CallOffered))

            menu = await watch.event("ChannelUserevent", eventname="LabMenu", id=channel)
            await board.ari.release(attached.offer.call_id)
            await watch.hang_up(channel)

        assert menu["userevent"]["Reason"] == "max-seconds"
        assert len(board.desk.all(LeftApp) + board.desk.all(CallerGone)) == 1

    async def test_a_dead_leg_is_told(self, board: Switchboard, phone: Phone) -> None:
        """When external media is hung up under us, we know, and the caller is still there."""
        call = phone.start(ECHO)
        attached = await board.attach(await board.desk.event(CallOffered))
        await call.answered()

        await board.ari.hangup(f"{attached.offer.call_id}-leg")
        await board.desk.event(LegGone)

        assert call.is_up
        await end(board, call, attached)


class TestLeaving:
    """Whoever leaves, whenever: the census of the fixture says that nothing stays."""

    async def test_before_we_answer(self, board: Switchboard, phone: Phone) -> None:
        """A caller who cancels is gone, and what we then ask says so."""
        call = phone.start(ECHO)
        offer = await board.desk.event(CallOffered)
        await call.hangup()
        await board.desk.event(CallerGone)

        with pytest.raises(CallGone):
            await board.ari.attach_media(offer.call_id, offer.channel, "127.0.0.1", 18200)

    async def test_while_media_is_attached(self, board: Switchboard, phone: Phone) -> None:
        """A hang-up in the middle either finds us done or makes us clean up; both are fine, nothing stays."""
        for delay_turns in range(0, 40, 8):
            call = phone.start(ECHO)
            offer = await board.desk.event(CallOffered, len(board.desk.all(CallOffered)) + 1)
            await board.ari.answer(offer.channel)
            await call.answered()
            attaching = asyncio.create_task(
                board.ari.attach_media(offer.call_id, offer.channel, "127.0.0.1", board.ports.ports[0])
            )
            for _ in range(delay_turns):
                await asyncio.sleep(0)
            await call.hangup()
            with contextlib.suppress(CallGone):
                await attaching
            await board.ari.release(offer.call_id)

    async def test_a_cancelled_attachment_cleans_up(self, board: Switchboard, phone: Phone) -> None:
        """A call's task that is cancelled while it attaches leaves no leg and no bridge."""
        call = phone.start(ECHO)
        offer = await board.desk.event(CallOffered)
        await board.ari.answer(offer.channel)
        await call.answered()
        attaching = asyncio.create_task(
            board.ari.attach_media(offer.call_id, offer.channel, "127.0.0.1", board.ports.ports[0])
        )
        await asyncio.sleep(0)
        attaching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attaching
        counted = await board.ari.census()
        await call.hangup()

        assert counted == {"callers": 1, "legs": 0, "bridges": 0}

    async def test_we_hang_up(self, board: Switchboard, phone: Phone) -> None:
        """Our own hang-up reaches the caller and is told like any other."""
        call = phone.start(ECHO)
        attached = await board.attach(await board.desk.event(CallOffered))
        await call.answered()

        await board.ari.hangup(attached.offer.channel)
        await call.ended()
        await board.desk.event(CallerGone)
        await board.ari.release(attached.offer.call_id)
        await board.ari.release(attached.offer.call_id)


class TestDrain:
    async def test_new_calls_are_refused_and_old_ones_go_on(
        self, own_lab: Lab, board: Switchboard, phone: Phone
    ) -> None:
        """While draining, a new caller is in the fallback at once; the one who talks is still heard."""
        call = phone.start(ECHO)
        attached = await board.attach(await board.desk.event(CallOffered))
        await call.answered()
        board.ari.drain()

        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await watch.call(BANK)
            menu = await watch.event("ChannelUserevent", eventname="LabMenu", id=channel)
            await watch.hang_up(channel)
        await call.send_keys("7").over.wait()
        key = await board.desk.event(KeyPressed)
        await end(board, call, attached)

        assert menu["userevent"]["Result"] == "draining"
        assert key.digit == "7"
        assert len(board.desk.all(CallOffered)) == 1


class TestLink:
    async def test_calls_live_through_a_broken_link(self, own_lab: Lab, ticker: Ticker, phone: Phone) -> None:
        """ARI is cut off: audio goes on, and afterwards the same call obeys and is heard again."""
        proxy = Proxy(own_lab.ari_url)
        server = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, reach(own_lab, url) as ari:
            await ari.register()
            board = Switchboard(ari, own_lab, ticker)
            call, other = phone.start(ECHO), phone.start(ECHO)
            first = await board.attach(await board.desk.event(CallOffered, 1))
            second = await board.attach(await board.desk.event(CallOffered, 2))
            await call.answered()
            await other.answered()

            proxy.sever()
            down = await board.desk.event(LinkDown)
            before = [first.line.counters.received, second.line.counters.received]
            with pytest.raises(PbxUnavailable):
                await ari.answer(first.offer.channel)
            await other.hangup()
            talking = [
                attached
                for attached, count in zip((first, second), before, strict=True)
                if await self.goes_on(attached, count)
            ]
            proxy.mend()
            up = await board.desk.event(LinkUp)
            lost = await board.desk.event(CallerGone)
            await call.send_keys("5").over.wait()
            key = await board.desk.event(KeyPressed)
            for attached in (first, second):
                await ari.release(attached.offer.call_id)
            await call.hangup()
            await board.desk.event(CallerGone, 2)
            board.close()

        assert not down.final
        assert [attached.offer.channel for attached in talking] == [key.channel]
        assert up == LinkUp(frozenset({key.channel}), ())
        assert lost.cause == "lost"
        assert board.desk.told.index(lost) < board.desk.told.index(up)

    @staticmethod
    async def goes_on(attached: Attached, count: int) -> bool:
        try:
            await eventually(lambda: attached.line.counters.received > count + 10, 1.0)
        except TimeoutError:
            return False
        return True

    async def test_a_call_that_came_with_a_dying_link_is_a_stranger(self, own_lab: Lab) -> None:
        """A caller whose arrival was lost with the link is found when it is back."""
        proxy = Proxy(own_lab.ari_url)
        server = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, reach(own_lab, url) as ari, Application(own_lab, "ivr-watch", watch=True) as watch:
            await ari.register()
            desk = Desk(ari)
            proxy.deaf = True
            channel = await watch.call(BANK)
            await watch.event("ChannelDialplan", dialplan_app="Stasis", id=channel)
            proxy.sever()
            await desk.event(LinkDown)
            proxy.mend()
            up = await desk.event(LinkUp)
            await watch.hang_up(channel)
            desk.task.cancel()

        assert [stranger.channel for stranger in up.strangers] == [channel]
        assert desk.all(CallOffered) == []

    async def test_one_name_one_service(self, own_lab: Lab, board: Switchboard) -> None:
        """A second service with the same application name is told so; the first keeps its calls."""
        async with reach(own_lab, patience_s=0.0) as second:
            with pytest.raises(PbxUnavailable) as caught:
                await second.register()

        assert caught.value.code == "ari.taken"
        assert board.ari.up

    async def test_a_stolen_name_is_not_stolen_back(self, own_lab: Lab, board: Switchboard) -> None:
        """Who loses the name all the same says so and stays down."""
        async with Application(own_lab, APP):
            down = await board.desk.event(LinkDown)

        assert down == LinkDown("ari.replaced", final=True)
        assert not board.ari.up

    async def test_a_wrong_password(self, own_lab: Lab) -> None:
        """One sentence, at once."""
        with pytest.raises(SetupError) as caught:
            async with Ari(own_lab.ari_url, own_lab.ari_user, "wrong", APP):
                pass

        assert caught.value.code == "ari.password"


KILLED = """
import asyncio, os, signal, sys
from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import CallOffered

async def main(url, user, password, app, port):
    async with Ari(url, user, password, app) as ari:
        await ari.register()
        print("registered", flush=True)
        async for event in ari.events():
            if isinstance(event, CallOffered):
                await ari.answer(event.channel)
                await ari.attach_media(event.call_id, event.channel, "127.0.0.1", int(port))
                os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


async def killed_in_a_call(lab: Lab, watch: Application) -> str:
    """Let a service die by kill -9 with a caller in its bridge; return the caller's channel."""
    login = (lab.ari_url, lab.ari_user, lab.ari_password, APP, str(lab.media_first))
    service = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, *login, stdout=asyncio.subprocess.PIPE
    )
    assert service.stdout is not None
    assert await service.stdout.readline() == b"registered\n"
    channel = await watch.call(BANK)
    assert await service.wait() == -9
    return channel


class TestKilled:
    async def test_the_successor_finds_the_callers(self, own_lab: Lab) -> None:
        """After kill -9 the next start sends the caller to the fallback and removes leg and bridge."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await killed_in_a_call(own_lab, watch)
            async with reach(own_lab) as ari:
                orphans = await ari.orphans()
                counted = await ari.census()
                for orphan in orphans:
                    await ari.continue_in_dialplan(orphan.channel, {"IVR_RESULT": "error"})
                menu = await watch.event("ChannelUserevent", eventname="LabMenu", id=channel)
                await ari.register()
                await watch.hang_up(channel)

        assert orphans == (Orphan(channel, orphans[0].call_id, ("bank", "en", orphans[0].call_id)),)
        assert counted == {"callers": 1, "legs": 0, "bridges": 0}
        assert menu["userevent"]["Result"] == "error"

    async def test_a_caller_who_did_not_wait(self, own_lab: Lab) -> None:
        """With the caller gone as well, what is left is removed, and the name can be had again."""
        async with Application(own_lab, "ivr-watch", watch=True) as watch:
            channel = await killed_in_a_call(own_lab, watch)
            await watch.hang_up(channel)
            await watch.event("ChannelDestroyed", id=channel)
            async with reach(own_lab) as ari:
                orphans = await ari.orphans()
                counted = await ari.census()
                await ari.register()
                assert ari.up

        assert orphans == ()
        assert counted == {"callers": 0, "legs": 0, "bridges": 0}

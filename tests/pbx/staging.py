"""What the tests of whole calls share: a staged service, telephones, and a call seen from all its sides."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml

from asterisk.lab import Lab, running
from asterisk.ready import ari, wait_until
from asterisk.stage import Stage, staged
from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.media.g711 import Pcm
from ivr_ari.models import cache_folder
from ivr_ari.robot.call import Call
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.mouth import Mouth
from ivr_ari.robot.phone import Phone
from ivr_ari.voices import ensure_joe

from .held import Held, hold, until
from .lab import Application, Event, census, eventually, leaves_nothing_behind, where_possible

__all__ = [
    "Talk",
    "agent",
    "dialled",
    "faults",
    "gone",
    "in_our_hands",
    "launch",
    "keyed",
    "menu",
    "phone",
    "play",
    "spoken",
    "stage",
    "telephone",
    "theatre",
    "until",
    "untouched",
    "voice",
    "watch",
]

CALLERS = Path(__file__).parents[1] / "data" / "callers"
TURN_S = 30.0
"""Longest wait for what the conversation does next: a whole prompt may have to be heard first."""


# --- the stage ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def theatre() -> Iterator[Stage]:
    """
    A lab, Redis and the demo bank for the whole session; the service is started by who needs it.

    They have a lab of their own, for here the application's name belongs to the service.
    """
    if Lab.from_env():
        pytest.skip("needs the lab's own dialplan; IVR_PBX names another PBX")
    ensure_joe(cache_folder(), lambda what, share: None)
    with (
        where_possible(),
        running(f"calls-{os.getpid()}", os.environ.get("IVR_LAB_PBX", "22")) as lab,
        staged(lab) as stage,
    ):
        yield stage


@pytest.fixture
def stage(theatre: Stage) -> Iterator[Stage]:
    """The service as the demo runs it, ready; afterwards nothing is left of any call, and no call failed."""
    play(theatre)
    with untouched(theatre):
        yield theatre


def play(stage: Stage, **changes: Mapping[str, Any]) -> None:
    """Have the service run, ready, with these changes of its settings by section."""
    launch(stage, **changes)
    stage.wait_ready()


def launch(stage: Stage, **changes: Mapping[str, Any]) -> None:
    """
    Have the service started with these changes of its settings; one that runs so is left alone.

    It ends with the calling thread, so this is no work for another one.
    """
    wanted = stage.settings()
    for section, values in changes.items():
        wanted[section] = {**wanted.get(section, {}), **values}
    config = stage.folder / "ivr-ari.yaml"
    running = stage.service is not None and stage.service.poll() is None
    taking = running and stage.health()[1].get("state") != "draining"
    if taking and yaml.safe_load(config.read_text()) == wanted:
        return
    stage.stop()
    stage.launch(**changes)


@contextmanager
def untouched(stage: Stage, *expected: str) -> Iterator[None]:
    """
    Compare everything a call could leave behind before and after a block; look for faults in the log.

    *expected* are codes of failures that the block causes on purpose.
    """
    wait_until(lambda: not stage.health()[1].get("calls"), 10)
    tasks = stage.health()[1].get("tasks")
    seen = stage.log.stat().st_size
    with leaves_nothing_behind(stage.lab):
        before = census(stage.lab)
        try:
            yield
        finally:
            print(stage.log.read_bytes()[seen:].decode())  # shown where a test fails
        # First the PBX, for the service may be gone by now, and then it has neither calls nor tasks.
        wait_until(lambda: census(stage.lab) == before, 10)
        if stage.health()[1]:
            wait_until(lambda: stage.health()[1].get("calls") == 0, 10)
            assert stage.health()[1].get("calls") == 0
            same = wait_until(lambda: stage.health()[1].get("tasks", 0) <= (tasks or 0), 10)
            assert same or tasks is None, stage.health()
    assert not (found := faults(stage, seen, *expected)), found


def faults(stage: Stage, since: int = 0, *expected: str) -> list[str]:
    """Return the lines of the service's log that no call should ever cause: tracebacks, failed calls."""
    found = []
    for line in stage.log.read_bytes()[since:].decode().splitlines():
        event = json.loads(line) if line.startswith("{") else {"event": "no line of ours"}
        wrong = event["event"] in ("no line of ours", "call failed", "withheld")
        wrong = wrong or event.get("dropped", "url") != "url"
        wrong = wrong or (event["event"], event.get("level")) == ("library", "error")
        if wrong and event.get("code") not in expected:
            found.append(line)
    return found


# --- telephones --------------------------------------------------------------------------------------------


def telephone(stage: Stage, name: str) -> Phone:
    """Return one of the lab's telephones; use it as ``async with``."""
    lab = stage.lab
    return Phone(name, lab.phones[name], (lab.sip_host, lab.sip_port))


@pytest_asyncio.fixture
async def phone(theatre: Stage) -> AsyncIterator[Phone]:
    """The customer's telephone."""
    async with telephone(theatre, "caller") as phone:
        yield phone


@pytest_asyncio.fixture
async def agent(theatre: Stage) -> AsyncIterator[Phone]:
    """The agent's telephone, registered."""
    async with telephone(theatre, "agent") as phone:
        await phone.register()
        yield phone


@pytest_asyncio.fixture
async def watch(theatre: Stage) -> AsyncIterator[Application]:
    """An application that takes no call but hears everything that happens on the PBX."""
    async with Application(theatre.lab, "test-watch", watch=True) as watching:
        yield watching


async def menu(watch: Application, patience_s: float = 10.0, **parts: str) -> Event:
    """Wait until a caller is in the lab's old menu, and return what the menu was told."""
    event = await watch.event("ChannelUserevent", patience_s, eventname="LabMenu", **parts)
    told: Event = event["userevent"]
    return told


# --- the demo's conversations, held once ----------------------------------------------------------------


@pytest.fixture(scope="session")
def spoken(theatre: Stage) -> Held:
    """The demo's spoken conversation, which ends with an agent."""
    return _held(theatre, "spoken")


@pytest.fixture(scope="session")
def keyed(theatre: Stage) -> Held:
    """The demo's conversation by keypad."""
    return _held(theatre, "keypad")


def _held(stage: Stage, name: str) -> Held:
    async def both() -> Held:
        async with telephone(stage, "caller") as phone, telephone(stage, "agent") as agent:
            await agent.register()
            return await hold(stage, name, phone, agent)

    play(stage)
    with untouched(stage):
        return asyncio.run(both())


def voice(text: str) -> Pcm:
    """Return the samples of a recorded caller."""
    return Clips.load(CALLERS).find(text)


# --- a call ------------------------------------------------------------------------------------------------


class Talk:
    """A call between the robot and the service, with what Redis knows of it."""

    def __init__(self, stage: Stage, call: Call, store: RedisStore, call_id: str) -> None:
        self.stage, self.call, self.store, self.call_id = stage, call, store, call_id
        self._read = 0

    async def transcript(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in await self.store.transcript(self.call_id)]

    async def events(self, kind: str = "") -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in await self.store.events(self.call_id)]
        return [line for line in lines if kind in ("", line["event"])]

    async def talk(self) -> dict[str, Any]:
        """Return the dialogue record."""
        return dict(json.loads((await self.store.load(self.call_id))[0]))

    async def record(self) -> dict[str, Any]:
        """Return the call record."""
        return dict(json.loads((await self.store.call(self.call_id))[0]))

    async def says(self, words: str, patience_s: float = TURN_S) -> None:
        """Wait until the service says something with these words, after what was waited for before."""

        async def said() -> bool:
            lines = await self.transcript()
            for index, line in enumerate(lines[self._read :], self._read):
                if line["who"] == "ivr" and words in line["words"]:
                    self._read = index + 1
                    return True
            return False

        try:
            await until(said, patience_s)
        except TimeoutError:
            raise AssertionError(f"never said {words!r}: {await self.transcript()}") from None

    async def keys(self, keys: str) -> None:
        """Press keys, and wait until they have left."""
        await self.call.send_keys(keys).over.wait()

    async def speaks(self, text: str) -> None:
        """Say a recorded sentence, and wait until it has left."""
        await self.call.say(voice(text)).over.wait()

    async def hears(self) -> None:
        """Wait until something audible comes from the other side."""
        await self.call.first_audio_after(time.monotonic(), quiet_ms=0)

    async def identify(self) -> None:
        """Key in who is calling."""
        await self.says("account number")
        await self.keys("41007239")
        await self.says("PIN")
        await self.keys("9201")


@asynccontextmanager
async def dialled(
    stage: Stage, phone: Phone, number: str = "600", *, dumb: bool = False
) -> AsyncIterator[Talk]:
    """Dial a conversation; it is hung up at the end. A *dumb* telephone sends no audio at all."""
    store = RedisStore(stage.redis.url, deadline=5)
    try:
        before = await store.calls(stage.lab.app)
        call = phone.start(number)
        if dumb:
            call.line.mouth = Mouth(call.line.speech, lambda datagram: None, time.monotonic)
        await call.answered()
        talk = Talk(stage, call, store, "")

        async def fresh() -> set[str]:
            return await store.calls(stage.lab.app) - before

        talk.call_id = next(iter(await until(fresh)))
        yield talk
        if call.end is None:
            await call.hangup()
    finally:
        await store.close()


def in_our_hands(stage: Stage) -> list[str]:
    """
    Return the channels in the service's application and the bridges that are its own.

    ``GET /applications/{app}`` is not asked: on Asterisk 22.10 it may never be answered after an application
    that heard everything, as `watch` does, has gone.
    """
    channels, bridges = ari(stage.lab, "/channels"), ari(stage.lab, "/bridges")
    inside = [channel["id"] for channel in channels if channel["dialplan"]["app_name"] == "Stasis"]
    return inside + [bridge["id"] for bridge in bridges if bridge["name"] == stage.lab.app]


async def gone(stage: Stage) -> None:
    """Wait until the service has no call."""
    await eventually(lambda: stage.health()[1].get("calls") == 0)

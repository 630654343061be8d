"""What the tests on a PBX share: counting what is there, and a small ARI application of their own."""

from __future__ import annotations

import asyncio
import csv
import secrets
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
import pytest

from asterisk import chroot
from asterisk.lab import Lab
from asterisk.ready import POLL_S, ari, wait_until
from ivr_ari.errors import SetupError

__all__ = [
    "Application",
    "call_records",
    "census",
    "eventually",
    "leaves_nothing_behind",
    "ours",
    "where_possible",
]

PREFIX = "ivr"
"""Ids of ours begin with this; on a PBX that is not ours nothing else is counted."""

PATIENCE_S = 10.0

Event = dict[str, Any]
T = TypeVar("T")


@contextmanager
def where_possible() -> Iterator[None]:
    """Skip where the machine can have no lab. One that does not come up where it could is a failure."""
    try:
        yield
    except SetupError as error:
        if error.code not in chroot.UNABLE:
            raise
        pytest.skip(str(error))


def census(lab: Lab) -> dict[str, int]:
    """Count what a call could leave behind: channels, bridges, open RTP ports, processes, mounts."""
    channels = [channel["id"] for channel in ari(lab, "/channels")]
    bridges = [bridge["id"] for bridge in ari(lab, "/bridges")]
    if lab.external:
        return {"channels": ours(channels), "bridges": ours(bridges)}
    return {
        "channels": len(channels),
        "bridges": len(bridges),
        "pbx ports": open_ports(lab.rtp_first, lab.rtp_last),
        "media ports": open_ports(lab.media_first, lab.media_last),
        "processes": session_size(lab.pid),
        "mounts": Path("/proc/self/mountinfo").read_text().count(lab.image),
    }


def ours(ids: list[str]) -> int:
    return sum(one.startswith(PREFIX) for one in ids)


def open_ports(first: int, last: int) -> int:
    """Count this machine's open UDP ports from *first* to *last*, both included (proc(5), /proc/net/udp)."""
    lines = Path("/proc/net/udp").read_text().splitlines()[1:]
    return sum(first <= int(line.split()[1].rpartition(":")[2], 16) <= last for line in lines)


def session_size(pid: int) -> int:
    """Count the processes of the session that *pid* leads: Asterisk and what it started."""
    told = subprocess.run(["ps", "-o", "pid=", "-s", str(pid)], capture_output=True, text=True)
    return len(told.stdout.split())


@contextmanager
def leaves_nothing_behind(lab: Lab, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Compare the census before and after a block; what is on its way out gets *patience_s* to go."""
    before = census(lab)
    yield
    wait_until(lambda: census(lab) == before, patience_s)
    after = census(lab)
    assert after == before, {
        name: (before[name], after[name]) for name in before if after[name] != before[name]
    }


async def eventually(ask: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
    """Ask again and again until the answer is truthy; TimeoutError after *patience_s*."""
    async with asyncio.timeout(patience_s):
        answer = ask()
        while not answer:
            await asyncio.sleep(POLL_S)
            answer = ask()
        return answer


CDR_COLUMNS = (
    *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata"),
    *("start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield"),
)
"""Asterisk's Master.csv with loguniqueid and loguserfield (cdr.conf)."""


def call_records(lab: Lab, part: str = "") -> list[dict[str, str]]:
    """Return the call records whose user field contains *part*."""
    if not lab.cdr_csv.exists():
        return []
    with lab.cdr_csv.open(newline="") as file:
        return [row for row in csv.DictReader(file, CDR_COLUMNS) if part in (row["userfield"] or "")]


class Application:
    """An ARI application of a few lines, to stand where the service stands."""

    def __init__(self, lab: Lab, name: str, watch: bool = False) -> None:
        """
        *watch*: hear what happens on all channels, not only the application's own.

        Not by subscribeAll: when its websocket closes, Asterisk 22.10 may lock up between its own session
        lock and the device states that it then unsubscribes from; ARI is dead until a restart.
        """
        self.lab, self.name, self.watch = lab, name, watch
        self.heard: list[Event] = []
        self.news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        login = aiohttp.BasicAuth(self.lab.ari_user, self.lab.ari_password)
        self.session = aiohttp.ClientSession(auth=login)
        self.socket = await self.session.ws_connect(f"{self.lab.ari_url}/events?app={self.name}")
        self.reader = asyncio.create_task(self.read())
        if self.watch:
            await self.ask("POST", f"/applications/{self.name}/subscription", eventSource="channel:")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()
        await self.reader
        await self.session.close()

    async def read(self) -> None:
        async for message in self.socket:
            async with self.news:
                self.heard.append(message.json())
                self.news.notify_all()

    async def event(self, kind: str, patience_s: float = PATIENCE_S, **parts: str) -> Event:
        """
        Return the first event of this kind whose JSON has all *parts*, waiting for it if need be.

        A part names a field of the event, or of its `channel` or `userevent`.
        """

        def found() -> Event | None:
            for event in self.heard:
                fields = event | event.get("channel", {}) | event.get("userevent", {})
                if event["type"] == kind and all(fields.get(key) == value for key, value in parts.items()):
                    return event
            return None

        async with asyncio.timeout(patience_s), self.news:
            await self.news.wait_for(lambda: found() is not None)
        event = found()
        assert event is not None
        return event

    async def ask(self, method: str, path: str, body: object = None, **query: str) -> Any:
        """Make one ARI request; AssertionError if it is refused."""
        async with self.session.request(method, self.lab.ari_url + path, params=query, json=body) as answer:
            text = await answer.text()
            assert answer.status < 300, f"{method} {path}: {answer.status} {text}"
            return await answer.json() if text else None

    async def call(
        self,
        number: str,
        variables: Mapping[str, str] | None = None,
        context: str = "lab-silent",
        **more: str,
    ) -> str:
        """
        Let somebody inside the PBX call *number*; return the id of the channel that is in the dialplan.

        Variables reach that channel if they begin with two underscores. *context* is the other end: its id
        ends in 1 instead of 2. *more* is told ARI as it is.
        """
        tag = secrets.token_hex(6)
        body = {
            "endpoint": f"Local/{number}@from-phones/n",
            "context": context,
            "extension": "s",
            "priority": 1,
            "channelId": f"{PREFIX}-test-{tag}-1",
            "otherChannelId": f"{PREFIX}-test-{tag}-2",
            "variables": dict(variables or {}),
            **more,
        }
        await self.ask("POST", "/channels", body)
        return f"{PREFIX}-test-{tag}-2"

    async def variable(self, channel: str, name: str) -> str:
        answer = await self.ask("GET", f"/channels/{channel}/variable", variable=name)
        return str(answer["value"])

    async def leave(self, channel: str, **variables: str) -> None:
        """Set variables and continue a channel in the dialplan, as the service does."""
        for name, value in variables.items():
            await self.ask("POST", f"/channels/{channel}/variable", variable=name, value=value)
        await self.ask("POST", f"/channels/{channel}/continue")

    async def hang_up(self, channel: str) -> None:
        """End a channel; it may be gone already."""
        async with self.session.delete(f"{self.lab.ari_url}/channels/{channel}") as answer:
            assert answer.status in (204, 404), answer.status

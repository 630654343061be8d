"""
Keeps the link to ARI: opens it, watches it, opens it again, and compares the worlds afterwards.

Calls go on while it is down, since a channel in Stasis outlives the websocket (tried on Asterisk 22: the
application stays, its channels obey again after reconnecting, what happened in between is not told again,
and new calls get STASISSTATUS=FAILED at once).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import CallGone, IvrError, PbxUnavailable, SetupError
from .ari_events import AriEvent, LinkDown, LinkUp, Roster, orphan
from .ari_http import Http
from .ari_link import Link, first_of
from .reconcile import reconcile

__all__ = ["Keeper"]

FIRST_RETRY_S = 0.2
LAST_RETRY_S = 5.0

PROBE_S = 5.0
"""How often ARI is asked whether it still answers."""


class Keeper:
    """
    The link of application *app*; *tell* is called with every event and must return at once.

    Owns one task, from `register` to `close`.
    """

    def __init__(self, http: Http, app: str, tell: Callable[[AriEvent], None]) -> None:
        self.http = http
        self.app = app
        self.tell = tell
        self.roster = Roster()
        self.up = False
        self.link = Link(http, app, self._take)
        self._replaced = False
        self._task: asyncio.Task[None] | None = None
        self._clock = asyncio.get_running_loop().time

    async def find(self, patience_s: float) -> None:
        """
        Wait up to *patience_s* for Asterisk, and check that it lets us in.

        SetupError when waiting can't help: password, rights, certificate, ARI switched off, too old.
        """
        until, wait = self._clock() + patience_s, FIRST_RETRY_S
        while True:
            try:
                await self.link.describe()
                return
            except CallGone as exc:
                raise SetupError(
                    "ari.off", url=self.http.base, hint="no ARI there: ari.conf enabled = yes"
                ) from exc
            except PbxUnavailable as exc:
                if exc.code in ("ari.password", "ari.read-only"):
                    raise SetupError(exc.code, url=self.http.base, hint=exc.facts["hint"]) from exc
                if self._clock() + wait > until:
                    raise
            await asyncio.sleep(wait)
            wait = min(2 * wait, LAST_RETRY_S)

    async def register(self, patience_s: float) -> None:
        """
        Open the link for the first time; raises what stands in the way.

        PbxUnavailable ``ari.taken`` when another service still holds the name after *patience_s*: Asterisk
        would give it to us and leave the other one without events. After a failure it may be called again.
        """
        assert self._task is None
        until = self._clock() + patience_s
        while await self._taken():
            if self._clock() > until:
                raise PbxUnavailable(
                    "ari.taken", app=self.app, hint="another service has this application: one name a node"
                )
            await self._sweep()
            await asyncio.sleep(FIRST_RETRY_S)
        first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._keep(first), name="ari")
        self._task.add_done_callback(lambda task: self._ended(task, first))
        await first

    def _ended(self, task: asyncio.Task[None], first: asyncio.Future[None]) -> None:
        failure = None if task.cancelled() else task.exception()
        if failure is None:
            return
        # Without this task no event would ever come again, and nobody would know.
        fault, self.up = first_of(failure), False
        asyncio.get_running_loop().call_exception_handler(
            {"message": "the link to ARI failed", "exception": fault, "task": task}
        )
        if first.done():
            self.tell(LinkDown("ari.fault", final=True))
        else:
            self._task = None
            first.set_exception(fault)

    async def _taken(self) -> bool:
        # An application with channels or bridges may be what a killed service left behind: it is taken over.
        try:
            found = await self.link.ask("applications", "get", applicationName=self.app)
        except (CallGone, PbxUnavailable):
            # Not there, or no answer: Asterisk 22.10 can lock this one request up for good when another
            # client of it, one with subscribeAll, goes away. Who holds the name can't be known then.
            return False
        return not (found["channel_ids"] or found["bridge_ids"])

    async def _sweep(self) -> None:
        # Asterisk (22.10, res_stasis.c) may keep an application that has neither websocket nor calls, until
        # any application ends. So one that is nobody's begins and ends.
        async with Link(self.http, f"{self.app}-sweep", lambda raw: None).connected():
            pass

    async def close(self) -> None:
        """Let the link go for good."""
        self.up = False
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def channels(self) -> list[Mapping[str, Any]]:
        """Return every channel of the PBX as ARI describes it."""
        found: list[Mapping[str, Any]] = await self.link.ask("channels", "list")
        return found

    async def _keep(self, first: asyncio.Future[None]) -> None:
        wait = FIRST_RETRY_S
        while not self._replaced:
            try:
                await self._hold(first)
                reason = "ari.closed"
            except IvrError as exc:
                if not first.done():
                    self._task = None
                    first.set_exception(exc)
                    return
                reason = exc.code
            if self.up:
                self.up, wait = False, FIRST_RETRY_S
                self.tell(LinkDown("ari.replaced" if self._replaced else reason, final=self._replaced))
            await asyncio.sleep(wait)
            wait = min(2 * wait, LAST_RETRY_S)

    async def _hold(self, first: asyncio.Future[None]) -> None:
        # Whoever is there before we register can't be a new call: those are refused until then.
        before = {found.channel for found in self._orphans(await self.channels())}
        link = Link(self.http, self.app, self._take)
        async with link.connected():
            self.link = link
            self._compare(await self.channels(), before, again=first.done())
            self.up = True
            if not first.done():
                first.set_result(None)
            await self._watch(link)

    def _orphans(self, channels: list[Mapping[str, Any]]) -> list[Any]:
        return [found for found in (orphan(channel, self.app) for channel in channels) if found]

    def _compare(self, channels: list[Mapping[str, Any]], before: set[str], again: bool) -> None:
        everybody = {str(channel["id"]) for channel in channels}
        callers = self._orphans(channels)
        plan = reconcile(self.roster.callers.keys(), {caller.channel for caller in callers})
        for event in self.roster.lose(plan.close | (self.roster.legs.keys() - everybody)):
            self.tell(event)
        if again:
            strangers = tuple(caller for caller in callers if caller.channel in plan.release & before)
            self.tell(LinkUp(frozenset(plan.adopt), strangers))

    async def _watch(self, link: Link) -> None:
        # A websocket can be open and dead; what answers a request is alive.
        failed = False
        while not link.ended.is_set():
            try:
                async with asyncio.timeout(PROBE_S):
                    await link.ended.wait()
            except TimeoutError:
                failed = await self._probe(failed)

    async def _probe(self, failed: bool) -> bool:
        try:
            await self.link.ask("asterisk", "getInfo", only="status")
        except PbxUnavailable:
            if failed:
                raise
            return True
        return False

    def _take(self, raw: Mapping[str, Any]) -> None:
        if raw.get("type") == "ApplicationReplaced":
            # Taking the name back would make two services steal it from each other for ever.
            self._replaced = True
            self.link.ended.set()
            return
        event = self.roster.take(raw)
        if event is not None:
            self.tell(event)

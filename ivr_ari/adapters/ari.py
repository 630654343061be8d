"""
Asterisk, through ARI: events as values, operations as methods; everything foreign stays below here.

`ari_http` translates failures, `ari_link` is asyncari's client, `ari_keeper` reconnects, `ari_events` says
what happens.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from ..errors import CallGone, PbxUnavailable
from .ari_events import (
    PREFIX,
    AriEvent,
    CallOffered,
    KeyPressed,
    LegUp,
    Orphan,
    bridge_id,
    is_leg,
    leg_id,
    orphan,
)
from .ari_http import Http, quiet_foreign_logs
from .ari_keeper import Keeper

__all__ = ["Ari", "Media"]

BACKLOG = 2000
"""Events that may wait for their reader; past it keys are dropped. The others are few for each call."""

LEG_S = 2.0
"""How long an external media leg may take to appear."""


@dataclass(frozen=True, slots=True)
class Media:
    """Where Asterisk exchanges a call's audio with us."""

    leg: str
    bridge: str
    host: str
    port: int


class Ari:
    """
    One Stasis application on one Asterisk. An application has one websocket: each node needs its own *app*.

    *deadline_s* bounds each request. *patience_s*: how long entering waits for an Asterisk that does not
    answer yet. Operations raise CallGone when a channel is not ours any more, PbxUnavailable otherwise.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: str,
        app: str,
        *,
        deadline_s: float = 2.0,
        patience_s: float = 10.0,
        ca_file: str | None = None,
    ) -> None:
        self.app = app
        self.draining = False
        self.lost_keys = 0
        """Keys dropped because nobody read the events."""

        self._host = urlsplit(url).hostname or ""
        self._patience_s = patience_s
        self._http = Http(url, user, password, deadline_s, ca_file)
        self._keeper = Keeper(self._http, app, self._tell)
        self._queue: asyncio.Queue[AriEvent | None] = asyncio.Queue()
        self._legs: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Find Asterisk and check that it lets us in; the application is not registered yet."""
        quiet_foreign_logs()
        try:
            await self._keeper.find(self._patience_s)
        except BaseException:
            await self._http.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the link go; calls that are still in the application stay there for whoever comes next."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._keeper.close()
        self._queue.put_nowait(None)
        await self._http.aclose()

    @property
    def up(self) -> bool:
        """The link is up and the application registered."""
        return self._keeper.up

    async def register(self) -> None:
        """
        Take calls from now on.

        Raises PbxUnavailable (``ari.taken`` when another service has the application's name) or SetupError;
        may be called again then.
        """
        await self._keeper.register(self._patience_s)

    def drain(self) -> None:
        """
        Refuse new calls, go on with the others.

        Their events need the websocket, and with it the application stays registered. So a new call is
        let go at once with IVR_RESULT=draining, and the dialplan tries the next node.
        """
        self.draining = True

    async def events(self) -> AsyncIterator[AriEvent]:
        """Yield what happens, in order, to one reader; ends when this object is closed."""
        while (event := await self._queue.get()) is not None:
            yield event

    def _tell(self, event: AriEvent) -> None:
        if isinstance(event, CallOffered) and self.draining:
            self._spawn(self._refuse(event.channel))
            return
        if isinstance(event, LegUp) and (waiting := self._legs.get(event.channel)) and not waiting.done():
            waiting.set_result(None)
        if isinstance(event, KeyPressed) and self._queue.qsize() >= BACKLOG:
            self.lost_keys += 1
            return
        self._queue.put_nowait(event)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _refuse(self, channel: str) -> None:
        # A caller who gave up first, or a PBX that went away, leaves nothing to refuse.
        with contextlib.suppress(CallGone, PbxUnavailable):
            await self.continue_in_dialplan(channel, {"IVR_RESULT": "draining"})

    # --- one channel -----------------------------------------------------------------------------------

    async def _ask(self, resource: str, operation: str, **parameters: object) -> Any:
        return await self._keeper.link.ask(resource, operation, **parameters)

    async def answer(self, channel: str) -> None:
        """Answer the call; one that is answered already stays so."""
        await self._ask("channels", "answer", channelId=channel)

    async def get_variable(self, channel: str, name: str) -> str:
        """Return a channel variable or the value of a dialplan function; empty when it is not set."""
        try:
            found = await self._ask("channels", "getChannelVar", channelId=channel, variable=name)
        except CallGone:
            # 404 says both "no such channel" and "no such variable".
            await self._ask("channels", "get", channelId=channel)
            return ""
        return str(found["value"])

    async def set_variables(self, channel: str, variables: Mapping[str, str]) -> None:
        """Set channel variables, in order; what a name may be is Asterisk's business."""
        for name, value in variables.items():
            await self._ask("channels", "setChannelVar", channelId=channel, variable=name, value=value)

    async def continue_in_dialplan(self, channel: str, variables: Mapping[str, str]) -> None:
        """Set *variables*, then let the channel go on after its Stasis(); `LeftApp` follows."""
        await self.set_variables(channel, variables)
        await self._ask("channels", "continueInDialplan", channelId=channel)

    async def hangup(self, channel: str) -> None:
        """Hang up; a channel that is gone is done."""
        with contextlib.suppress(CallGone):
            await self._ask("channels", "hangup", channelId=channel)

    # --- media -----------------------------------------------------------------------------------------

    async def attach_media(
        self, call_id: str, channel: str, host: str, port: int, codec: str = "ulaw"
    ) -> Media:
        """
        Bridge the caller with an external media leg that sends RTP to *host* (an address) and *port*.

        Returns when both are in the bridge. Where that fails, nothing of it stays behind. The ids are our
        own (`leg_id`, `bridge_id`), so that a call can be cleaned up by whoever knows its id.
        """
        waiting = self._legs[leg_id(call_id)] = asyncio.get_running_loop().create_future()
        try:
            return await self._attach(call_id, channel, f"{host}:{port}", codec, waiting)
        except BaseException:
            # Also on cancellation: a caller may hang up at any moment.
            await asyncio.shield(self.release(call_id))
            raise
        finally:
            del self._legs[leg_id(call_id)]

    async def _attach(
        self, call_id: str, channel: str, target: str, codec: str, waiting: asyncio.Future[None]
    ) -> Media:
        leg, bridge = leg_id(call_id), bridge_id(call_id)
        made = await self._ask(
            "channels",
            "externalMedia",
            channelId=leg,
            app=self.app,
            external_host=target,
            format=codec,
            variables={"CDR_PROP(disable)": "1"},
        )
        # The name says whose bridge it is; proxy_media keeps the PBX from letting the two talk directly.
        kind = "mixing,dtmf_events,proxy_media"
        await self._ask("bridges", "createWithId", bridgeId=bridge, type=kind, name=self.app)
        # A channel can be bridged from its own StasisStart on, which may come before these answers or after.
        try:
            async with asyncio.timeout(LEG_S):
                await waiting
        except TimeoutError as exc:
            raise PbxUnavailable("ari.no-leg", hint="the external media channel did not appear") from exc
        await self._ask("bridges", "addChannel", bridgeId=bridge, channel=f"{channel},{leg}")
        facts = made["channelvars"]
        address = str(facts["UNICASTRTP_LOCAL_ADDRESS"])
        return Media(
            leg,
            bridge,
            self._host if address in ("0.0.0.0", "::", "") else address,
            int(facts["UNICASTRTP_LOCAL_PORT"]),
        )

    async def release(self, call_id: str) -> None:
        """Remove the call's leg and bridge; what is gone already is done, each is tried in any case."""
        try:
            with contextlib.suppress(CallGone):
                await self._ask("channels", "hangup", channelId=leg_id(call_id))
        finally:
            with contextlib.suppress(CallGone):
                await self._ask("bridges", "destroy", bridgeId=bridge_id(call_id))

    # --- what is there ---------------------------------------------------------------------------------

    async def orphans(self) -> tuple[Orphan, ...]:
        """
        Return the callers left in our application by a service that died, and remove its legs and bridges.

        To be asked before `register`: until then new calls are refused, so whoever is there is left over.
        """
        found = await self._keeper.channels()
        for channel in filter(self._our_leg, found):
            with contextlib.suppress(CallGone):
                await self._ask("channels", "hangup", channelId=channel["id"])
        for bridge in filter(self._our_bridge, await self._ask("bridges", "list")):
            with contextlib.suppress(CallGone):
                await self._ask("bridges", "destroy", bridgeId=bridge["id"])
        return tuple(caller for caller in (orphan(channel, self.app) for channel in found) if caller)

    async def census(self) -> dict[str, int]:
        """Count what is ours on the PBX: callers in our application, our legs, our bridges."""
        channels = await self._keeper.channels()
        bridges = await self._ask("bridges", "list")
        return {
            "callers": sum(orphan(channel, self.app) is not None for channel in channels),
            "legs": sum(map(self._our_leg, channels)),
            "bridges": sum(map(self._our_bridge, bridges)),
        }

    def _our_leg(self, channel: Mapping[str, Any]) -> bool:
        return is_leg(str(channel["id"])) and channel["dialplan"].get("app_data") == self.app

    def _our_bridge(self, bridge: Mapping[str, Any]) -> bool:
        return str(bridge["id"]).startswith(PREFIX) and bridge["name"] == self.app

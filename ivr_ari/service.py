"""
The composition root: builds everything once, gives each call its owner, and stops in order.

A call is refused to its dialplan before it is answered: unknown flow, too many calls, engines not up. The
application registers only when the models are ready, so that until then the dialplan goes its own way. Who
was left in Stasis by a service that was killed is let go before the models are loaded: nobody talks to them.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from .actions import Actions
from .adapters.ari import Ari
from .adapters.ari_events import (
    AriEvent,
    CallerGone,
    CallOffered,
    KeyPressed,
    LeftApp,
    LegGone,
    LegUp,
    LinkDown,
    LinkUp,
    Orphan,
)
from .adapters.health import HealthServer
from .adapters.http_backend import HttpBackend
from .adapters.rtp_socket import MediaPorts, Ticker
from .admission import Admission, Refusal
from .dialogue.flow import Flow
from .engine_room import EngineRoom
from .errors import CallGone, PbxUnavailable, PeerError
from .library import Library, changes
from .owner import Owner, Surroundings
from .peers import open_ari, open_backends, open_databases, open_store, pbx_lookup, secrets
from .recorder import open_recorder
from .settings import Settings
from .speech.silero_vad import session as voice_network

log = structlog.get_logger()

T = TypeVar("T")

RETRY_S = 5.0
"""Wait before Asterisk or Redis is tried again while the service starts."""

LOST = {"ari.replaced": "another service uses this application name; give each node its own ari.app"}
SEE_LOG = "the log above says what failed; the service has to be started again"

LAST_WORDS_S = 5.0
"""What a call that has to end now gets for its last lines and its legs."""

FIXED_TIME = "T10:30:00"
"""The time (UTC) of a lab's fixed date: somebody is at the desk."""


def keep_loaded() -> None:
    """Spare the garbage collector what stays: a look through it all is 0.1 s, packets of every call."""
    gc.freeze()


async def _finished(task: asyncio.Task[None]) -> None:
    """Wait for a task without owning it: who waits may be cancelled, the task goes on."""
    await asyncio.shield(task)


class Service:
    """One node. `run` returns after a drain."""

    def __init__(self, settings: Settings, flows: Mapping[str, Flow]) -> None:
        self.settings = settings
        self.owners: dict[str, Owner] = {}
        self.channels: dict[str, Owner] = {}
        self.stopping = asyncio.Event()
        self.reload = asyncio.Event()
        self._tasks: dict[Owner, asyncio.Task[None]] = {}
        self._errands: set[asyncio.Task[None]] = set()
        limits = settings.limits
        self._door = Admission(limits.max_calls, limits.max_load, limits.max_lag_ms)
        self._state = "starting"
        self._ari: Ari | None = None
        self._backends: dict[str, HttpBackend] = {}
        self.library = Library(settings, flows, lambda: {owner.flow.digest for owner in self.owners.values()})
        self.room = EngineRoom(settings, self.library.flows, self.owners)

    # health ------------------------------------------------------------------------------------------------

    def health(self) -> tuple[bool, dict[str, object]]:
        """Return whether calls are welcome, and the state in figures."""
        link = self._ari is not None and self._ari.up
        ready = self._state == "ready" and link and not self._full()
        return ready, {
            "state": self._state,
            "pbx": "up" if link else "down",
            "engines": self.room.workers,
            "work": self.room.work,
            "backends": {name: backend.breaker.state for name, backend in self._backends.items()},
            "tasks": len(asyncio.all_tasks()),
            "calls": len(self.owners),
            "max_calls": self.settings.limits.max_calls,
        }

    # life --------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Start, take calls until SIGTERM or SIGINT, let them end. SetupError if this machine is wrong."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self.reload.set)
        async with AsyncExitStack() as stack:
            http = self.settings.http
            await stack.enter_async_context(HealthServer(http.host, http.port, self.health))
            around = await self._unless_stopped(self._surroundings(stack))
            if around is not None:
                await self._serve(around)
        log.info("service stopped")

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """Return what *work* returns; None if the service was told to stop first."""
        working, stop = asyncio.create_task(work), asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({working, stop}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            for task in (working, stop):
                task.cancel()
            await asyncio.wait({working, stop})

    async def _serve(self, around: Surroundings) -> None:
        if not await self._unless_stopped(self._open(around)):
            return
        reading = asyncio.create_task(self._read(around))
        reloading = asyncio.create_task(self._reload_when_told(around))
        try:
            await self._unless_stopped(_finished(reading))
        finally:
            reloading.cancel()
            # Without a drain that was asked for, something broke: callers are better off in the dialplan now.
            await self._drain(around.ari, self.settings.limits.drain_s if self.stopping.is_set() else 0)
            reading.cancel()

    async def _open(self, around: Surroundings) -> bool:
        """Take calls from now on."""
        for call_id in await self._patiently("redis", partial(around.store.calls, around.ari.app)):
            await self._patiently("redis", partial(around.store.end, call_id, around.ari.app))
        voice_network()  # loaded before the first call, not in it
        gc.collect()
        keep_loaded()
        self._state = "ready"
        await self._patiently("asterisk", around.ari.register)
        log.info("service ready", app=around.ari.app)
        return True

    async def _drain(self, ari: Ari, patience_s: float) -> None:
        self._state = "draining"
        ari.drain()
        log.info("draining", calls=len(self.owners))
        left = set(self._tasks.values())
        if left:
            _, left = await asyncio.wait(left, timeout=patience_s)
        for owner in tuple(self.owners.values()):
            await self._let_go(Orphan(owner.channel, owner.call_id), reason="drained")
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=LAST_WORDS_S)
        if self._errands:
            await asyncio.wait(self._errands, timeout=LAST_WORDS_S)

    async def _reload_when_told(self, around: Surroundings) -> None:
        """At each SIGHUP, and when a file was changed if the settings say so, read the flows again."""
        own = self.settings.flows
        watching = asyncio.create_task(self._watch(own.published or own.folder)) if own.watch else None
        try:
            while True:
                await self.reload.wait()
                self.reload.clear()
                await self.library.reload(self.room, around.store)
                keep_loaded()
        finally:
            if watching:
                watching.cancel()

    async def _watch(self, folder: Path) -> None:
        try:
            async for _ in changes(folder):
                self.reload.set()
        except (OSError, RuntimeError) as error:  # no inotify left, the folder is gone
            log.error("flows no longer watched", error=error, hint="send SIGHUP after a change")

    async def _surroundings(self, stack: AsyncExitStack) -> Surroundings:
        settings = self.settings
        databases = open_databases(stack, settings)
        stack.push_async_callback(self.room.stop)
        self._ari = ari = await self._patiently("asterisk", lambda: open_ari(stack, settings.ari))
        while orphans := await self._patiently("asterisk", ari.orphans):
            for orphan in orphans:
                await self._let_go(orphan)
            await asyncio.sleep(0.2)
        await self.room.start()
        store = open_store(stack, settings.redis)
        fence = await self._patiently("redis", store.fence)
        for flow in self.library.flows.values():
            await self._patiently("redis", partial(store.save_flow, flow.digest, flow.source))
        self._backends.update(await open_backends(stack, settings))
        ticker = Ticker()
        ticking = asyncio.create_task(ticker.run())
        stack.callback(ticking.cancel)
        fixed = settings.dialogue.today

        def moment(now: datetime) -> str:
            return f"{fixed}{FIXED_TIME}" if fixed else now.strftime("%Y-%m-%dT%H:%M:%S")

        return Surroundings(
            ari=ari,
            store=store,
            engines=self.room.engines,
            actions=Actions(self._backends, databases, pbx_lookup(ari, settings), secrets(settings)),
            ports=MediaPorts(str(settings.rtp.bind), settings.rtp.first_port, settings.rtp.last_port),
            ticker=ticker,
            recorder=open_recorder(stack, settings.recording),
            fence=fence,
            codec=settings.rtp.codec,
            wideband=settings.rtp.wideband,
            advertised=settings.rtp.address,
            targets=frozenset(settings.flows.targets),
            variables=frozenset(settings.flows.variables),
            moment=lambda: moment(datetime.now())[:16],
            now=lambda: moment(datetime.now(UTC)),
            version=lambda digest: self.library.version(digest, self.room, store),
            clock=time.monotonic,
        )

    async def _patiently(self, what: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do what needs a peer; say once a try why it does not work, and wait for the peer to come."""
        while True:
            try:
                return await work()
            except PeerError as error:
                log.warning("waiting for a peer", peer=what, error=error, hint=str(error)[:200])
                await asyncio.sleep(RETRY_S)

    # calls -------------------------------------------------------------------------------------------------

    async def _read(self, around: Surroundings) -> None:
        async for event in around.ari.events():
            self._take(event, around)

    def _take(self, event: AriEvent, around: Surroundings) -> None:
        match event:
            case CallOffered():
                self._offered(event, around)
            case KeyPressed(channel, digit):
                if channel in self.channels:
                    self.channels[channel].key(digit)
            case CallerGone(channel) | LeftApp(channel):
                if channel in self.channels:
                    self.channels[channel].gone()
            case LinkDown(reason, final):
                log.warning("link to asterisk down", why=reason)
                if final:
                    raise PbxUnavailable(
                        "ari.lost", app=around.ari.app, why=reason, hint=LOST.get(reason, SEE_LOG)
                    )
            case LinkUp(_, strangers):
                log.info("link to asterisk up")
                for stranger in strangers:
                    self._send(self._let_go(stranger))
            case LegUp() | LegGone():
                pass

    def _offered(self, offer: CallOffered, around: Surroundings) -> None:
        flows = self.library.flows
        default = self.settings.flows.default
        # A call that comes back goes on with its own version, whatever has become of its flow's name.
        flow = flows.get(offer.flow or default, flows[default] if offer.resume else None)
        if flow is None:
            log.warning("call refused", result="unknown-flow")
            self._send(self._refuse(offer, "unknown-flow"))
        elif not offer.resume and (full := self._full()):
            log.warning("call refused", result="overload", calls=len(self.owners), why=full)
            self._send(self._refuse(offer, "overload"))
        else:
            before = self.owners.get(offer.call_id)
            owner = Owner(offer, flow, around)
            self.owners[offer.call_id] = self.channels[offer.channel] = owner
            work = self._own(owner, self._tasks.get(before) if before else None)
            self._tasks[owner] = task = asyncio.create_task(work, name=offer.call_id)
            task.add_done_callback(lambda _: self._forget(owner))

    def _send(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do what one caller needs without keeping the events of all others waiting."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _own(self, owner: Owner, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            # A hand-over that failed at once: the first part's leg and bridge, of the same names, go first.
            await asyncio.wait([before])
        await owner.run()

    def _forget(self, owner: Owner) -> None:
        del self._tasks[owner]
        for known, key in ((self.owners, owner.call_id), (self.channels, owner.channel)):
            if known.get(key) is owner:
                del known[key]

    def _full(self) -> Refusal:
        speeches = (self.room.engines.speech, *self.room.engines.speeches.values())
        return self._door.refusal(
            len(self.owners), [speech.health for speech in speeches], ready=self.room.ready
        )

    async def _refuse(self, offer: CallOffered, result: str) -> None:
        assert self._ari
        try:
            await self._ari.continue_in_dialplan(offer.channel, {"IVR_RESULT": result})
        except (CallGone, PbxUnavailable) as error:
            log.info("refused call already gone", error=error)

    async def _let_go(self, orphan: Orphan, reason: str = "restart") -> None:
        """Send a caller nobody is talking to back to the dialplan."""
        assert self._ari
        log.warning("call let go", call_id=orphan.call_id, reason=reason)
        try:
            await self._ari.continue_in_dialplan(
                orphan.channel, {"IVR_RESULT": "error", "IVR_REASON": reason}
            )
        except (CallGone, PbxUnavailable) as error:
            log.info("let go too late", error=error)

"""
The flows of a service: those that new calls take, and earlier versions that calls under way still need.

A call keeps the flow it began with. One that comes back from a hand-over finds its version here, or in the
store, where every flow's text lies under its digest.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

import structlog
from watchfiles import Change, awatch

from .dialogue.flow import Flow
from .errors import FlowError, PeerError, SetupError, StoreUnavailable
from .fit import check_fit, fitted
from .language.folder import load_folder
from .language.load import parse_bundle
from .settings import Settings

__all__ = ["Library", "Room", "Store", "changes", "load_flows"]

log = structlog.get_logger()

OLDER = 8
"""Earlier versions kept beyond those in use: whose caller may just be with an agent."""

DEBOUNCE_MS = 300
"""An editor writes a file in several steps; they count as one change."""


class Room(Protocol):
    """Where flows are made understandable and their prompts ready."""

    async def learn(self, flows: Mapping[str, Flow]) -> None: ...

    def forget(self, digest: str) -> None: ...


class Store(Protocol):
    """Where the texts of flows lie."""

    async def flow(self, digest: str) -> str: ...

    async def save_flow(self, digest: str, source: str) -> None: ...


def load_flows(settings: Settings) -> dict[str, Flow]:
    """
    Return the flows of *settings* as this service speaks them; log what is forbidden them.

    FlowError with all mistakes of all files; SetupError with all that the settings lack.
    """
    source = settings.flows.source
    if not source.exists():
        raise SetupError(
            "flows.none", folder=str(source), hint="nothing is published yet: ivr-ari flows publish"
        )
    # Followed once: `current` may be pointed elsewhere between two files.
    flows = load_folder(source.resolve(), recordings_muted=settings.flows.recordings_muted)
    for note in check_fit(settings, flows):
        log.warning("flow is restricted", hint=note)
    return fitted(settings, flows)


class Library:
    """*in_use* returns the digests of the flows that calls under way have."""

    def __init__(
        self, settings: Settings, flows: Mapping[str, Flow], in_use: Callable[[], Collection[str]]
    ) -> None:
        self.flows = dict(flows)
        """What new calls take, by name; always the same object."""

        self._settings, self._in_use = settings, in_use
        self._older: dict[str, Flow] = {}

    async def reload(self, room: Room, store: Store) -> bool:
        """Take changed flows for the calls to come. With any mistake in them nothing changes: False."""
        try:
            flows = await asyncio.to_thread(load_flows, self._settings)
            await room.learn(flows)
            for flow in flows.values():
                await store.save_flow(flow.digest, flow.source)
        except (FlowError, SetupError, PeerError) as error:
            problems = error.facts.get("problems")
            for problem in problems if isinstance(problems, list | tuple) else ():
                log.error("flow not taken", hint=str(problem)[:200])
            log.error("flows not reloaded", code=error.code, hint=str(error.facts.get("hint", ""))[:200])
            return False
        self._keep(self.flows.values())
        self.flows.clear()
        self.flows.update(flows)
        self._thin(room)
        log.info("flows reloaded", count=len(flows))
        return True

    async def version(self, digest: str, room: Room, store: Store) -> Flow:
        """
        Return the version of a flow that a call began with.

        StoreUnavailable ``store.no-flow`` if nobody has it any more; FlowError if this release of the
        language does not know how to read it.
        """
        for flow in (*self.flows.values(), *self._older.values()):
            if flow.digest == digest:
                return flow
        try:
            source = await store.flow(digest)
        except KeyError:
            raise StoreUnavailable("store.no-flow", hint="it has outlived redis.lifetimes.flow") from None
        if hashlib.sha256(source.encode()).hexdigest() != digest:
            raise StoreUnavailable("store.flow-changed", hint="its text is not the one its digest stands for")
        found = await asyncio.to_thread(parse_bundle, source)
        (flow,) = fitted(self._settings, {found.name: found}).values()
        await room.learn({flow.name: flow})
        self._keep([flow])
        self._thin(room)
        return flow

    def _keep(self, flows: Collection[Flow]) -> None:
        for flow in flows:
            self._older.pop(flow.digest, None)  # the latest last
            self._older[flow.digest] = flow

    def _thin(self, room: Room) -> None:
        """Let go of versions that nobody has, the oldest first."""
        current = {flow.digest for flow in self.flows.values()}
        for digest in current & self._older.keys():
            del self._older[digest]
        used = set(self._in_use())
        for digest in [digest for digest in self._older if digest not in used][:-OLDER]:
            del self._older[digest]
            room.forget(digest)


async def changes(folder: Path, *, debounce_ms: int = DEBOUNCE_MS) -> AsyncIterator[None]:
    """Yield whenever a flow below *folder*, or the link to the published ones, has changed."""
    async for _ in awatch(folder, watch_filter=_matters, debounce=debounce_ms, step=50):
        yield


def _matters(_: Change, path: str) -> bool:
    return path.endswith((".yaml", ".yml", ".csv", "/current"))

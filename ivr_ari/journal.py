"""
What Redis is told of a call, written behind: the call never waits for it, and goes on without it.

One page a call. Turns are written in order, each with the lines that belong to it; while Redis is away they
are held, at most `HELD` lines, and written with the next try.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence

import structlog

from .adapters.store import CallStore
from .dialogue.talk import Talk, to_json
from .errors import StaleState, StoreUnavailable
from .events import Event, Json
from .orders import Line
from .record import event_line, transcript_line

log = structlog.get_logger()

HELD = 2000
"""Lines kept of each list while Redis is away; then the oldest go."""

RETRY_S = 1.0
CLOSING_S = 2.0
"""How long the last write may take when a call ends."""


class Page:
    """The writing of one call; use as an async context manager around it."""

    def __init__(
        self,
        store: CallStore,
        call_id: str,
        app: str,
        fence: int,
        *,
        clock: Callable[[], float],
        revision: int = 0,
        line_count: int = 0,
        retry_s: float = RETRY_S,
        closing_s: float = CLOSING_S,
    ) -> None:
        self._store, self._call_id, self._app, self._fence = store, call_id, app, fence
        self.on_lines: Callable[[Sequence[Line]], object] = lambda lines: None
        """Told the lines of the transcript as they come."""

        self._began = clock()
        self._retry_s, self._closing_s = retry_s, closing_s
        self._revision = revision
        self._number = line_count
        self._talk: Talk | None = None
        self._record: Callable[[], Mapping[str, Json]] | None = None
        self._transcript: list[str] = []
        self._events: list[str] = []
        self._dirty, self._clean = asyncio.Event(), asyncio.Event()
        self._clean.set()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Page:
        self._task = asyncio.create_task(self._write(), name=f"journal {self._call_id}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.flush(self._closing_s)
        assert self._task
        self._task.cancel()
        await asyncio.wait([self._task])
        try:
            await self._store.end(self._call_id, self._app)
        except StoreUnavailable as error:
            log.warning("call not ended in redis", code=error.code)

    def keep(self, talk: Talk, lines: Sequence[Line], events: Sequence[tuple[float, Event]]) -> None:
        """Take a turn boundary; it is written as soon as Redis can."""
        self.on_lines(lines)
        self._talk = talk
        for line in lines:
            self._number += 1
            self._transcript.append(transcript_line(self._number, self._ms(line.at), line))
        for at, event in events:
            self._number += 1
            self._events.append(event_line(self._number, self._ms(at), event))
        del self._transcript[:-HELD], self._events[:-HELD]
        self._clean.clear()
        self._dirty.set()

    async def record(self, record: Callable[[], Mapping[str, Json]]) -> None:
        """
        Write the call record (channel, legs, RTP, owner), now and with each turn.

        Without Redis the call goes on.
        """
        self._record = record
        try:
            await self._store.save_call(self._call_id, self._app, json.dumps(record()), fence=self._fence)
        except (StoreUnavailable, StaleState) as error:
            log.warning("call record not written", code=error.code)

    async def hand_over(self, record: Mapping[str, Json]) -> bool:
        """Write what the agent gets to see, with the transcript; False if Redis would not take it."""
        await self.flush(self._closing_s)
        try:
            lines = [json.loads(line) for line in await self._store.transcript(self._call_id)]
            await self._store.save_handover(self._call_id, json.dumps({**record, "transcript": lines}))
        except StoreUnavailable as error:
            log.warning("hand-over record not written", code=error.code)
            return False
        return True

    async def flush(self, patience_s: float) -> None:
        """Return when everything is written, or after *patience_s*."""
        try:
            async with asyncio.timeout(patience_s):
                await self._clean.wait()
        except TimeoutError:
            log.warning("lines not written in time", count=len(self._transcript) + len(self._events))

    async def _write(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            if not await self._save():
                await asyncio.sleep(self._retry_s)
                self._dirty.set()
            elif not self._dirty.is_set():
                self._clean.set()

    async def _save(self) -> bool:
        if self._talk is None:
            return True
        transcript, events = tuple(self._transcript), tuple(self._events)
        try:
            self._revision = await self._store.save_turn(
                self._call_id,
                to_json(self._talk),
                after=self._revision,
                fence=self._fence,
                transcript=transcript,
                events=events,
                call=json.dumps(self._record()) if self._record else None,
            )
        except StoreUnavailable as error:
            log.warning(
                "lines held while redis is away", code=error.code, count=len(transcript) + len(events)
            )
            return False
        except StaleState as error:
            # Another node owns the call now; its record is the one that counts.
            log.error("another node writes this call", code=error.code)
        written = {*transcript, *events}
        self._transcript = [line for line in self._transcript if line not in written]
        self._events = [line for line in self._events if line not in written]
        return True

    def _ms(self, at: float) -> int:
        return round((at - self._began) * 1000)

"""
The clock of all calls: when whose next 20 ms are due, and which datagrams have come meanwhile.

Calls are spread over a few beats, each with a phase of its own inside the 20 ms, so that hundreds of calls
are a few hundred wake-ups a second in all, and no burst of them keeps the loop from anything else.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import select
from collections.abc import Callable, Iterator

__all__ = ["TICK_S", "Arrivals", "Beat", "Ticker"]

TICK_S = 0.02

BEATS = 4
"""Phases inside 20 ms."""

AT_ONCE = 3
"""
Up to so many sockets, each datagram is read as it comes; of more, those of 5 ms are read together: by then
the beats wake so often that a wake-up for each datagram costs more than the 2.5 ms it saves.
"""

Member = Callable[[float, int], None]


class Beat:
    """
    One deadline every 20 ms, counted from *began_s*: lateness never adds up, in an hour or a month.

    It reads no clock; times are seconds of whatever clock its owner has.
    """

    def __init__(self, began_s: float) -> None:
        self.began_s = began_s
        self._turn = 0
        self.members: dict[Member, None] = {}

    @property
    def due_s(self) -> float:
        """The next deadline."""
        return self.began_s + self._turn * TICK_S

    def take(self, now_s: float) -> int:
        """Count the deadline that is due; return how many whole ones before *now_s* are missed with it."""
        missed = max(0, int((now_s - self.due_s) / TICK_S))
        self._turn += 1 + missed
        return missed

    def begin(self, now_s: float) -> None:
        """Go on at the first deadline after *now_s*: nobody waited for those before it."""
        self._turn = max(self._turn, math.floor((now_s - self.began_s) / TICK_S) + 1)


class Arrivals:
    """Reads the sockets on which something has come; each by its own callback, a datagram a time."""

    def __init__(self) -> None:
        self.together = False
        """There are so many sockets that they are read when `read` is called, not when something comes."""

        self._readers: dict[int, Callable[[], None]] = {}
        # One entry in the loop's own selector, whatever the number of calls.
        self._ready = select.epoll()

    def add(self, number: int, reader: Callable[[], None]) -> None:
        """Call *reader* whenever file *number* has something to read."""
        self._ready.register(number, select.EPOLLIN)
        self._readers[number] = reader
        self._watch()

    def remove(self, number: int) -> None:
        """Leave file *number* alone; one that isn't there is no error."""
        if self._readers.pop(number, None):
            self._ready.unregister(number)
            self._watch()

    def read(self) -> None:
        """
        Read one datagram of each socket that has any: one call's flood is not everybody's.

        What a reader raises goes to the caller; the others are read the next time.
        """
        for number, _ in self._ready.poll(0, len(self._readers) or 1):
            # One may have left since.
            if reader := self._readers.get(number):
                reader()

    def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        self.together = len(self._readers) > AT_ONCE
        if self._readers and not self.together:
            loop.add_reader(self._ready.fileno(), self.read)
        else:
            loop.remove_reader(self._ready.fileno())


class Ticker:
    """
    Calls every member once in 20 ms, and has the sockets read.

    When the loop was held up, ticks that are already past are skipped and their number is handed on; there
    is never a burst. A member that raises is not called again. What it raised goes to the loop's exception
    handler, and the others never notice.
    """

    def __init__(self, beats: int = BEATS) -> None:
        """Spread the members over *beats* phases."""
        self.late_ms = 0.0
        """Worst lateness seen since `take_late`; what stalls the loop shows here first."""

        self.arrivals = Arrivals()
        self._beats = [Beat(phase * TICK_S / beats) for phase in range(beats)]
        self._timers: dict[Beat, asyncio.TimerHandle] = {}
        self._running = False

    def add(self, member: Member) -> None:
        """Call *member* (now in ms, ticks missed) every 20 ms from now on."""
        beat = min(self._beats, key=lambda beat: len(beat.members))
        beat.members[member] = None
        if self._running and beat not in self._timers:
            self._begin(beat)

    def remove(self, member: Member) -> None:
        """Stop calling *member*; one that isn't there is no error."""
        for beat in self._beats:
            beat.members.pop(member, None)

    def take_late(self) -> float:
        """Return the worst lateness in ms since the last call, and forget it."""
        late, self.late_ms = self.late_ms, 0.0
        return late

    async def run(self) -> None:
        """Tick until cancelled."""
        self._running = True
        try:
            for beat in self._beats:
                if beat.members:
                    self._begin(beat)
            await asyncio.get_running_loop().create_future()
        finally:
            self._running = False
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()

    def _begin(self, beat: Beat) -> None:
        loop = asyncio.get_running_loop()
        beat.begin(loop.time())
        self._timers[beat] = loop.call_at(beat.due_s, self._tick, beat)

    def _tick(self, beat: Beat) -> None:
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        if not beat.members:
            del self._timers[beat]  # until somebody comes
            return
        self.late_ms = max(self.late_ms, (now_s - beat.due_s) * 1000)
        missed = beat.take(now_s)
        self._timers[beat] = loop.call_at(beat.due_s, self._tick, beat)
        # First what has come: a member that looks for what it has heard must find it.
        with contextlib.ExitStack() as stack:
            stack.callback(self._call, beat, iter(tuple(beat.members)), now_s * 1000, missed)
            if self.arrivals.together:
                self.arrivals.read()

    def _call(self, beat: Beat, waiting: Iterator[Member], now_ms: float, missed: int) -> None:
        for member in waiting:
            # One may have left since this tick began.
            if member in beat.members:
                returned = False
                try:
                    member(now_ms, missed)
                    returned = True
                finally:
                    if not returned:
                        self.remove(member)
                        asyncio.get_running_loop().call_soon(self._call, beat, waiting, now_ms, missed)

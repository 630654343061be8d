"""What the voice has to speak, most urgent first: between the thread that reads and the one that speaks."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

from ..errors import EngineFailed

__all__ = ["Job", "Jobs", "Rank"]

MOST_WAITING = 1000
"""Prompts of calls; more mean that the voice has stopped."""


class Rank(IntEnum):
    """How urgent a prompt is."""

    LIVE = 0
    """A caller waits for it."""

    PREPARED = 1
    """A caller may soon wait for it."""

    AHEAD = 2
    """One of the flow's fixed prompts."""


@dataclass(eq=False)
class Job:
    """One prompt to be made; *number* of *total* if it is rendered ahead."""

    text: str
    speed: float = 1.0
    call: str = ""
    id: str = ""
    sensitive: bool = False
    rank: Rank = Rank.LIVE
    number: int = 0
    total: int = 0
    cancelled: bool = False
    made: list[bytes] = field(default_factory=list)
    """Audio that was not sent yet."""

    sent: int = 0
    """Bytes of audio sent."""

    since: float = field(default_factory=time.monotonic)


class Jobs:
    """Jobs by rank. One thread takes; any may put and cancel."""

    def __init__(self) -> None:
        self._waiting: dict[Rank, deque[Job]] = {rank: deque() for rank in Rank}
        self._current: Job | None = None
        self._condition = threading.Condition()

    def put(self, job: Job) -> None:
        """
        Append *job*. If just these words are being prepared for its call, that work becomes *job*'s.

        Raises EngineFailed when too many wait.
        """
        with self._condition:
            if job.rank is Rank.LIVE and self._adopted(job):
                return
            if job.rank is not Rank.AHEAD and len(self._waiting[job.rank]) >= MOST_WAITING:
                raise EngineFailed("voice.queue-full", limit=MOST_WAITING)
            self._waiting[job.rank].append(job)
            self._condition.notify()

    def again(self, job: Job) -> None:
        """*job* was interrupted: it begins anew as the next of its rank, if anybody still wants it."""
        with self._condition:
            self._current = None
            job.made.clear()
            self._waiting[job.rank].appendleft(job)

    def take(self) -> Job:
        """Wait for the next job that is still wanted."""
        with self._condition:
            while True:
                for waiting in self._waiting.values():
                    while waiting:
                        job = waiting.popleft()
                        if not job.cancelled:
                            self._current = job
                            return job
                self._condition.wait()

    def cancel(self, call: str, id: str = "") -> None:
        """Nobody wants *id* of *call* any more; without an id, nothing of the call."""
        with self._condition:
            for job in self._all():
                if job.call == call and id in ("", job.id):
                    job.cancelled = True

    def give_way(self, job: Job) -> bool:
        """Tell whether *job* is to stop now: nobody wants it, or somebody waits and it is not live."""
        with self._condition:
            return job.cancelled or (job.rank is not Rank.LIVE and bool(self._waiting[Rank.LIVE]))

    def to_send(self, job: Job, pcm: bytes) -> list[bytes]:
        """Add *pcm* to what *job* made; return what is to be sent of it now."""
        with self._condition:
            job.made.append(pcm)
            if job.cancelled or job.rank is not Rank.LIVE:
                return []
            made, job.made = job.made, []
            return made

    def finish(self, job: Job) -> list[bytes]:
        """*job* is made; return what is still to be sent of it. From now on nothing can change it."""
        with self._condition:
            self._current = None
            return [] if job.cancelled or job.rank is not Rank.LIVE else job.made

    @property
    def lag_ms(self) -> int:
        """How long the oldest prompt somebody waits for has waited."""
        with self._condition:
            live = [job.since for job in self._waiting[Rank.LIVE] if not job.cancelled]
        return round(1000 * (time.monotonic() - min(live))) if live else 0

    def _adopted(self, job: Job) -> bool:
        for other in self._all():
            same = (other.call, other.text, other.speed) == (job.call, job.text, job.speed)
            if other.rank is not Rank.PREPARED or not same or other.cancelled:
                continue
            if other is self._current and not job.sensitive:
                other.id, other.rank = job.id, Rank.LIVE
                return True
            other.cancelled = True
        return False

    def _all(self) -> list[Job]:
        waiting = [job for jobs in self._waiting.values() for job in jobs]
        return [self._current, *waiting] if self._current else waiting

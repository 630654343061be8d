"""
What the voice has to speak, most urgent first: between the thread that reads and the one that speaks.

A prompt is made piece by piece, and before each piece it is decided anew whose is next. Among the calls that
wait, that is the one whose caller would be the first to hear nothing; so five callers who are answered at
once all hear a beginning soon, and nobody waits for the end of another's long answer.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from ..errors import EngineFailed
from ..prompts.joining import USUAL, Delivery, Item, ms_of
from ..prompts.script import Script

__all__ = ["Job", "Jobs", "Rank"]

MOST_WAITING = 1000
"""Prompts of calls; more mean that the voice has stopped."""

GUARD_S = 0.2
"""Who has less left to hear than this comes before one who has heard nothing yet: a voice that breaks off is
worse than one that begins a piece of work later."""


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
    """One prompt to be made; *number* of the *total* in list *id* if it is rendered ahead."""

    script: Script
    how: Delivery = USUAL
    call: str = ""
    id: str = ""
    rank: Rank = Rank.LIVE
    after_ms: int = 0
    """How much of it was heard before."""

    items: tuple[Item, ...] = ()
    """What of the script is still to be played."""

    number: int = 0
    total: int = 0
    joined: bool = False
    """Whether a sentence of it began with a carrier: another time it sounds a little different."""

    cancelled: bool = False
    audio: Iterator[bytes] | None = None
    """What is left of it, once it is begun."""

    made: list[bytes] = field(default_factory=list)
    """Audio that was not sent yet."""

    sent: int = 0
    """Bytes of audio sent."""

    over: bool = False
    """All of it is made; nothing can change it any more."""

    turn: int = 0
    """Counts the prompts put; a call's are played in that order."""

    since: float = field(default_factory=time.monotonic)

    @property
    def sent_ms(self) -> int:
        """Audio sent."""
        return self.sent // 2 * 1000 // self.how.rate_hz


class Jobs:
    """Jobs by rank. One thread takes; any may put and cancel."""

    def __init__(self) -> None:
        self._waiting: dict[Rank, deque[Job]] = {rank: deque() for rank in Rank}
        self._current: Job | None = None
        self._lasts_until: dict[str, float] = {}
        """Until when a call has something to hear, by the clock; it may be over."""

        self._turns = 0
        self._condition = threading.Condition()

    def put(self, job: Job) -> None:
        """Append *job*. Raises EngineFailed when too many wait."""
        with self._condition:
            if job.rank is not Rank.AHEAD and len(self._waiting[job.rank]) >= MOST_WAITING:
                raise EngineFailed("voice.queue-full", limit=MOST_WAITING)
            self._append(job)

    def adopt(self, job: Job) -> bool:
        """
        Let work on just what *job* wants, begun because its call might want it, become *job*'s.

        False if there is none. What was to be prepared and is not begun is no longer wanted either.
        """
        with self._condition:
            for other in self._all():
                same = (other.call, other.script, other.how) == (job.call, job.script, job.how)
                if other.rank is not Rank.PREPARED or not same or other.cancelled or other.over:
                    continue
                if other.audio is None or job.after_ms:
                    other.cancelled = True
                    continue
                other.id, other.rank, other.since = job.id, Rank.LIVE, job.since
                if other is self._current:
                    self._number(other)
                else:
                    self._waiting[Rank.PREPARED].remove(other)
                    self._append(other)
                return True
            return False

    def again(self, job: Job) -> None:
        """A piece of *job* is made and there is more to come."""
        with self._condition:
            self._current = None
            self._waiting[job.rank].appendleft(job)

    def _append(self, job: Job) -> None:
        self._number(job)
        self._waiting[job.rank].append(job)
        self._condition.notify()

    def _number(self, job: Job) -> None:
        self._turns += 1
        job.turn = self._turns

    def take(self) -> Job:
        """Wait for the job of which the next piece is to be made; those nobody wants any more are let go."""
        with self._condition:
            while True:
                for rank, waiting in self._waiting.items():
                    self._waiting[rank] = waiting = deque(job for job in waiting if not job.cancelled)
                    if waiting:
                        self._current = self._next(waiting) if rank is Rank.LIVE else waiting[0]
                        waiting.remove(self._current)
                        return self._current
                self._condition.wait()

    def cancel(self, call: str, id: str = "") -> None:
        """Nobody wants *id* of *call* any more; without an id, nothing of the call."""
        with self._condition:
            self._lasts_until.pop(call, None)
            for job in self._all():
                if job.call == call and id in ("", job.id):
                    job.cancelled = True

    def gone(self, job: Job) -> bool:
        """Tell whether nobody wants *job* any more."""
        with self._condition:
            return job.cancelled

    def speaks_for(self, call: str) -> bool:
        """Tell whether something of *call* is waited for: what comes now has to be played after it."""
        with self._condition:
            return any(
                job.call == call and job.rank is Rank.LIVE and not job.cancelled for job in self._all()
            )

    def to_send(self, job: Job, pcm: bytes) -> list[bytes]:
        """Add *pcm* to what *job* made; return what is to be sent of it now."""
        with self._condition:
            if pcm:
                job.made.append(pcm)
            return self._ready(job)

    def finish(self, job: Job) -> list[bytes]:
        """*job* is made; return what is still to be sent of it. From now on nothing can change it."""
        with self._condition:
            job.over = True
            return self._ready(job)

    def done(self) -> None:
        """All of the job that was taken is sent."""
        with self._condition:
            self._current = None

    @property
    def lag_ms(self) -> int:
        """How long the oldest prompt that somebody waits for has waited for its first sound."""
        with self._condition:
            live = [job.since for job in self._all() if job.rank is Rank.LIVE and not job.sent]
        return round(1000 * (time.monotonic() - min(live))) if live else 0

    def _ready(self, job: Job) -> list[bytes]:
        if job.cancelled or job.rank is not Rank.LIVE:
            return []
        made, job.made = job.made, []
        now = time.monotonic()
        for pcm in made:
            job.sent += len(pcm)
            begin = max(now, self._lasts_until.get(job.call, now))
            self._lasts_until[job.call] = begin + ms_of(pcm, job.how.rate_hz) / 1000
        if len(self._lasts_until) > MOST_WAITING:
            self._lasts_until = {call: until for call, until in self._lasts_until.items() if until > now}
        return made

    def _next(self, waiting: deque[Job]) -> Job:
        in_order = sorted(waiting, key=lambda job: job.turn, reverse=True)
        firsts = {job.call: job for job in in_order}  # a call's prompts are played one after the other
        return min(firsts.values(), key=self._wanted_at)

    def _wanted_at(self, job: Job) -> float:
        lasts_until = self._lasts_until.get(job.call, 0.0) - GUARD_S
        return max(lasts_until, job.since) if job.sent == 0 else lasts_until

    def _all(self) -> list[Job]:
        waiting = [job for jobs in self._waiting.values() for job in jobs]
        return [self._current, *waiting] if self._current else waiting

"""
What waits to be recognised, call by call: between the thread that reads and those that decode.

A call is worked on by one thread at a time, in order, a short slice at a go; so a caller who talks without
end, or whose audio comes late and all at once, keeps nobody else waiting. A call that waits for its words
comes before those that only talk.
"""

from __future__ import annotations

import threading
import time

from .lane import Lane
from .serve import Pulse, State
from .wire import Message

__all__ = ["SpeechQueue"]

SLICE = 10
"""Messages worked off at a go: 0.6 s of audio, some 30 ms of work."""

AUDIO_KEPT = 500
"""Pieces of audio that may wait in one call, 30 s; then the oldest goes."""

CONTROL_KEPT = 1000
"""Other messages that may wait in one call; more mean that it is never worked on."""

LOAD_S = 3.0
"""Time over which load is measured."""


class Waiting:
    """What waits in one call."""

    def __init__(self) -> None:
        self.lane: Lane[tuple[float, Message]] = Lane(AUDIO_KEPT, CONTROL_KEPT)
        self.since = 0.0
        """When the oldest message came."""

        self.flushes = 0
        self.busy = False


class SpeechQueue:
    """Messages by call. One thread puts, *threads* take."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._calls: dict[str, Waiting] = {}
        self._pulses: dict[int, Pulse] = {}
        self._began: dict[int, float] = {}
        self._condition = threading.Condition()
        self._worst_ms = 0
        self._worked_s = 0.0
        self._measured = (time.monotonic(), 0.0)
        self._load = 0.0
        self._dropped = 0
        """In calls that are over."""

    def put(self, call: str, message: Message) -> None:
        """Append *message*. Raises EngineFailed when *call* has fallen hopelessly behind."""
        with self._condition:
            waiting = self._calls.get(call)
            if waiting is None:
                waiting = self._calls[call] = Waiting()
            now = time.monotonic()
            if not waiting.lane:
                waiting.since = now
            waiting.lane.put((now, message), droppable=message.kind == "audio")
            waiting.flushes += message.kind == "flush"
            self._condition.notify()

    def take(self) -> tuple[str, list[Message]]:
        """Wait for a call that nobody works on; return the next slice of it, which ends with a flush."""
        thread = threading.get_ident()
        with self._condition:
            pulse = self._pulses.setdefault(thread, Pulse())
            while True:
                call = self._next()
                if call is not None:
                    pulse.beat()
                    self._began[thread] = time.monotonic()
                    return call, self._slice(self._calls[call])
                self._condition.wait()

    def beat(self) -> None:
        """A message of the slice is worked off: this thread is not stuck."""
        self._pulses[threading.get_ident()].beat()

    def done(self, call: str, *, over: bool) -> None:
        """The slice taken of *call* is worked off; *over*: the call is closed, or never was open."""
        thread = threading.get_ident()
        with self._condition:
            self._worked_s += time.monotonic() - self._began[thread]
            self._pulses[thread].rest()
            waiting = self._calls[call]
            waiting.busy = False
            if waiting.lane:
                self._condition.notify()
            elif over:
                self._dropped += waiting.lane.dropped
                del self._calls[call]

    def state(self) -> State:
        """Say how it goes; the lag is the worst since this was asked last."""
        with self._condition:
            now = time.monotonic()
            oldest = min((each.since for each in self._calls.values() if each.lane), default=now)
            lag_ms = max(self._worst_ms, round(1000 * (now - oldest)))
            self._worst_ms = 0
            busy_ms = max((pulse.busy_ms for pulse in self._pulses.values()), default=0)
            dropped = self._dropped + sum(each.lane.dropped for each in self._calls.values())
            return State(busy_ms, lag_ms, dropped, self._measure(now))

    def _next(self) -> str | None:
        ready = [(call, each) for call, each in self._calls.items() if each.lane and not each.busy]
        if not ready:
            return None
        return min(ready, key=lambda one: (one[1].flushes == 0, one[1].since))[0]

    def _slice(self, waiting: Waiting) -> list[Message]:
        now = time.monotonic()
        self._worst_ms = max(self._worst_ms, round(1000 * (now - waiting.since)))
        waiting.busy = True
        taken: list[Message] = []
        while waiting.lane and len(taken) < SLICE:
            [(came, message)] = waiting.lane.take(1)
            waiting.since = came
            taken.append(message)
            if message.kind == "flush":
                waiting.flushes -= 1
                break
        return taken

    def _measure(self, now: float) -> float:
        """Return the share of the threads' time that was worked in the last seconds, 0 to 1."""
        since, worked = self._measured
        if now - since >= LOAD_S:
            self._load = min(1.0, (self._worked_s - worked) / ((now - since) * self._threads))
            self._measured = (now, self._worked_s)
        return self._load

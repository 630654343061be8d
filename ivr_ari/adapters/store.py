"""
What is kept of each call outside this process.

A store keeps texts; what they mean is not its business. The same contract is met by `MemoryStore` (tests,
a bench without Redis) and by `RedisStore` in the file beside it.

A call's keys carry its id in braces. Redis Cluster hashes only what stands inside them (Redis cluster
specification, "hash tags"), so all keys of one call lie in one slot and one script may touch them all:

    ivr:{id}:talk        hash    revision, text, writer: the dialogue record, under 8 KB
    ivr:{id}:call        hash    record, fence: channel, legs, bridge, RTP, owner, the flow's hash
    ivr:{id}:transcript  list    who said what, without secrets
    ivr:{id}:events      list    the timed events, enough for a replay
    ivr:{id}:handover    string  what the agent gets to see
    ivr:flow:<hash>      string  a flow, once for all calls that run it
    ivr:calls:<app>      set     ids of the calls a node has now
    ivr:fence            integer the number of the last owner
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from ..errors import StaleState, StoreUnavailable

__all__ = ["LONGEST_LIST", "TALK_BYTES", "CallStore", "MemoryStore", "check_size", "known"]

TALK_BYTES = 8192
"""Longest dialogue record. It is written at every turn; what grows without end belongs into the lists."""

LONGEST_LIST = 5000
"""Lines kept of a transcript and of the events; past it the oldest go."""

T = TypeVar("T")


class CallStore(Protocol):
    """
    Keeps texts per call, and what nodes share.

    Every method may raise StoreUnavailable, after the store's deadline at the latest. The call then goes
    on without: its owner keeps *after* and the lines, and gives both again with the next turn. Lines of a
    write whose answer was lost can be there twice, so they should carry a number of their own.

    Its codes: ``store.unreachable`` (no answer in time), ``store.password`` (not let in, or not to these
    keys), ``store.refused`` (Redis did not like it). These may pass. ``store.too-large`` does not:
    `save_turn` was given a *text* over `TALK_BYTES`, nothing was sent, and the same text will never be
    taken; its lines will, with a shorter one.
    """

    async def save_turn(
        self,
        call_id: str,
        text: str,
        *,
        after: int,
        fence: int = 0,
        transcript: Sequence[str] = (),
        events: Sequence[str] = (),
        call: str | None = None,
    ) -> int:
        """
        Write the dialogue record that follows revision *after*, and append lines; return its revision.

        All or nothing. StoreUnavailable ``store.too-large`` if *text* is over `TALK_BYTES`. StaleState if
        someone else wrote that revision first (``store.stale``) or claimed the call with a higher fence
        (``store.fenced``).
        """

    async def save_call(self, call_id: str, app: str, record: str, *, fence: int = 0) -> None:
        """Write the call record, count the call to *app*. A higher *fence* claims it, a lower: StaleState."""

    async def load(self, call_id: str) -> tuple[str, int]:
        """Return the dialogue record and its revision; KeyError if there is none."""

    async def call(self, call_id: str) -> tuple[str, int]:
        """Return the call record and its owner's fence; KeyError if there is none."""

    async def transcript(self, call_id: str) -> list[str]:
        """Return the transcript's lines, oldest first."""

    async def events(self, call_id: str) -> list[str]:
        """Return the events, oldest first."""

    async def save_handover(self, call_id: str, text: str) -> None:
        """Keep what the agent gets to see."""

    async def handover(self, call_id: str) -> str:
        """Return what the agent gets to see; KeyError if there is nothing."""

    async def end(self, call_id: str, app: str) -> None:
        """Take the call out of *app*'s live ones; its records stay for their lifetimes."""

    async def forget(self, call_id: str, app: str) -> None:
        """Delete everything of the call now."""

    async def calls(self, app: str) -> set[str]:
        """Return the ids of the calls *app* has not ended."""

    async def fence(self) -> int:
        """Return a number higher than any before: whoever starts to own calls takes one."""

    async def save_flow(self, digest: str, text: str) -> None:
        """Keep a flow under its content hash."""

    async def flow(self, digest: str) -> str:
        """Return the flow of that content hash; KeyError if it is not kept."""

    async def ping(self) -> None:
        """Return if the store answers."""

    async def close(self) -> None:
        """Let go of all connections."""


def check_size(call_id: str, text: str) -> None:
    """Refuse a dialogue record that has grown past the limit, before it is sent anywhere."""
    size = len(text.encode())
    if size > TALK_BYTES:
        raise StoreUnavailable("store.too-large", call_id=call_id, size=size, limit=TALK_BYTES)


@dataclass(slots=True)
class _Kept:
    """All that `MemoryStore` has of one call."""

    talk: tuple[str, int] | None = None
    record: str | None = None
    fence: int = 0
    handover: str | None = None
    transcript: deque[str] = field(default_factory=lambda: deque(maxlen=LONGEST_LIST))
    events: deque[str] = field(default_factory=lambda: deque(maxlen=LONGEST_LIST))

    def check_owner(self, call_id: str, fence: int) -> None:
        if fence < self.fence:
            raise StaleState("store.fenced", call_id=call_id, found=self.fence, wanted=fence)


class MemoryStore:
    """The contract within one process; nothing survives it, nothing ages."""

    def __init__(self) -> None:
        self._calls: dict[str, _Kept] = {}
        self._live: dict[str, set[str]] = {}
        self._flows: dict[str, str] = {}
        self._fence = 0

    async def save_turn(
        self,
        call_id: str,
        text: str,
        *,
        after: int,
        fence: int = 0,
        transcript: Sequence[str] = (),
        events: Sequence[str] = (),
        call: str | None = None,
    ) -> int:
        check_size(call_id, text)
        kept = self._calls.get(call_id, _Kept())
        kept.check_owner(call_id, fence)
        found = kept.talk[1] if kept.talk else 0
        if found != after:
            raise StaleState("store.stale", call_id=call_id, found=found, wanted=after)
        self._calls[call_id] = kept
        kept.talk = text, after + 1
        kept.transcript.extend(transcript)
        kept.events.extend(events)
        if call is not None:
            kept.record, kept.fence = call, fence
        return after + 1

    async def save_call(self, call_id: str, app: str, record: str, *, fence: int = 0) -> None:
        kept = self._calls.setdefault(call_id, _Kept())
        kept.check_owner(call_id, fence)
        kept.record, kept.fence = record, fence
        self._live.setdefault(app, set()).add(call_id)

    async def load(self, call_id: str) -> tuple[str, int]:
        return known(call_id, self._kept(call_id).talk)

    async def call(self, call_id: str) -> tuple[str, int]:
        kept = self._kept(call_id)
        return known(call_id, kept.record), kept.fence

    async def transcript(self, call_id: str) -> list[str]:
        return list(self._kept(call_id).transcript)

    async def events(self, call_id: str) -> list[str]:
        return list(self._kept(call_id).events)

    async def save_handover(self, call_id: str, text: str) -> None:
        self._calls.setdefault(call_id, _Kept()).handover = text

    async def handover(self, call_id: str) -> str:
        return known(call_id, self._kept(call_id).handover)

    async def end(self, call_id: str, app: str) -> None:
        self._live.get(app, set()).discard(call_id)

    async def forget(self, call_id: str, app: str) -> None:
        await self.end(call_id, app)
        self._calls.pop(call_id, None)

    async def calls(self, app: str) -> set[str]:
        return set(self._live.get(app, ()))

    async def fence(self) -> int:
        self._fence += 1
        return self._fence

    async def save_flow(self, digest: str, text: str) -> None:
        self._flows[digest] = text

    async def flow(self, digest: str) -> str:
        return self._flows[digest]

    async def ping(self) -> None:
        return

    async def close(self) -> None:
        return

    def _kept(self, call_id: str) -> _Kept:
        return self._calls.get(call_id, _Kept())


def known(key: str, value: T | None) -> T:
    """Return *value*; KeyError if the store had nothing under *key*."""
    if value is None:
        raise KeyError(key)
    return value

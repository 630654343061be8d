"""
The store in Redis: one round trip a turn, and never longer than the deadline.

The scripts run on any Redis from 4.0 on and on Valkey. Keys and contract: see `store`.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import cast

from redis import exceptions as failures
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from ..config import Lifetimes
from ..errors import SetupError, StaleState, StoreUnavailable
from .store import LONGEST_LIST, check_size, known

__all__ = ["RedisStore"]

CONNECTIONS = 16
"""A round trip takes well under a millisecond; more calls than this in the same one wait their turn."""

LOCKED_OUT = (
    failures.AuthenticationError,
    failures.AuthorizationError,
    failures.AuthenticationWrongNumberOfArgsError,
    failures.NoPermissionError,
)
"""A server is there and does not want us: told apart, since a person has to mend it."""

PASSWORD = "user and password of redis.url (IVR_REDIS_URL) must be Redis's own, with rights on ivr:*"
UNREACHABLE = "is Redis up, and redis.url (IVR_REDIS_URL) right?"
REFUSED = "see Redis's log; are keys ivr:* another program's, is its memory full, is it a replica?"

NAMES = ("talk", "call", "transcript", "events", "handover")

# A node that was thought dead may wake up and write: the owner's number decides, not who writes last.
FENCED = """
local owner = tonumber(redis.call('HGET', KEYS[2], 'fence') or 0)
if owner > tonumber(ARGV[1]) then return {'fenced', owner} end
local function record(text, seconds)
    redis.call('HSET', KEYS[2], 'record', text, 'fence', ARGV[1])
    redis.call('EXPIRE', KEYS[2], seconds)
end
"""

# ARGV: fence, record, seconds
SAVE_CALL = FENCED + "record(ARGV[2], ARGV[3]) return {'saved', 0}"

# ARGV: 1 fence, 2 after, 3 writer, 4 unsure, 5 text, 6 has record, 7 record, 8 longest list,
#       9-12 seconds of talk, call, transcript, events, 13 number of transcript lines, 14- lines of both
SAVE_TURN = (
    FENCED
    + """
local found = tonumber(redis.call('HGET', KEYS[1], 'revision') or 0)
if found ~= tonumber(ARGV[2]) then
    -- A write of ours whose answer was lost is no stranger's.
    local ours = ARGV[4] == '1' and redis.call('HGET', KEYS[1], 'writer') == ARGV[3]
    if not ours then return {'stale', found} end
end
redis.call('HSET', KEYS[1], 'revision', found + 1, 'text', ARGV[5], 'writer', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[9])
if ARGV[6] == '1' then record(ARGV[7], ARGV[10]) else redis.call('EXPIRE', KEYS[2], ARGV[10]) end
local function append(key, first, last, seconds)
    if last < first then return end
    for i = first, last do redis.call('RPUSH', key, ARGV[i]) end
    redis.call('LTRIM', key, -ARGV[8], -1)
    redis.call('EXPIRE', key, seconds)
end
local lines = 13 + tonumber(ARGV[13])
append(KEYS[3], 14, lines, ARGV[11])
append(KEYS[4], lines + 1, #ARGV, ARGV[12])
return {'saved', found + 1}
"""
)


class RedisStore:
    """
    The contract on a Redis server.

    *deadline* is in seconds and holds for each method as a whole, connecting included: a caller waits in
    silence while we wait here. SetupError if the *url* is not one that Redis clients know.
    """

    def __init__(self, url: str, lifetimes: Lifetimes | None = None, deadline: float = 0.5) -> None:
        self.lifetimes = lifetimes or Lifetimes()
        self.deadline = deadline
        # Named in the dialogue record, so that a write can be told from a stranger's.
        self._writer = uuid.uuid4().hex
        self._unsure: set[str] = set()
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=CONNECTIONS,
                timeout=deadline,
                socket_connect_timeout=deadline,
                socket_timeout=deadline,
                # Who may try again is the owner of the call; a script sent twice would append twice.
                retry=Retry(NoBackoff(), 0),
                decode_responses=True,
            )
        except ValueError as exc:
            raise SetupError(
                "store.url", hint="redis.url starts with redis://, rediss:// or unix://"
            ) from exc
        self._redis = Redis(connection_pool=pool)
        self._save_turn = self._redis.register_script(SAVE_TURN)
        self._save_call = self._redis.register_script(SAVE_CALL)

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
        life = self.lifetimes
        unsure = call_id in self._unsure
        arguments: tuple[str | int, ...] = (
            *(fence, after, self._writer, int(unsure), text, int(call is not None), call or "", LONGEST_LIST),
            *(life.talk, life.call, life.transcript, life.events, len(transcript)),
            *(*transcript, *events),
        )
        # Unsure from before the first byte until the answer is here: also when we are cancelled meanwhile.
        self._unsure.add(call_id)
        async with self._asking("save_turn"):
            answer = await self._save_turn(keys=keys(call_id), args=arguments)
        self._unsure.discard(call_id)
        return self._saved(call_id, answer, after=after, fence=fence)

    async def save_call(self, call_id: str, app: str, record: str, *, fence: int = 0) -> None:
        async with self._asking("save_call"):
            # Counted first: a call that is live but has no record is found and ended by its node's next
            # start, a record that nobody counts would be found by nobody.
            await self._redis.sadd(f"ivr:calls:{app}", call_id)
            answer = await self._save_call(keys=keys(call_id), args=(fence, record, self.lifetimes.call))
        self._saved(call_id, answer, after=0, fence=fence)

    async def load(self, call_id: str) -> tuple[str, int]:
        async with self._asking("load"):
            text, revision = await self._fields(keys(call_id)[0], "text", "revision")
        return known(call_id, text), int(revision or 0)

    async def call(self, call_id: str) -> tuple[str, int]:
        async with self._asking("call"):
            record, fence = await self._fields(keys(call_id)[1], "record", "fence")
        return known(call_id, record), int(fence or 0)

    async def transcript(self, call_id: str) -> list[str]:
        async with self._asking("transcript"):
            return await self._lines(keys(call_id)[2])

    async def events(self, call_id: str) -> list[str]:
        async with self._asking("events"):
            return await self._lines(keys(call_id)[3])

    async def save_handover(self, call_id: str, text: str) -> None:
        async with self._asking("save_handover"):
            await self._redis.set(keys(call_id)[4], text, ex=self.lifetimes.handover)

    async def handover(self, call_id: str) -> str:
        async with self._asking("handover"):
            return known(call_id, await self._text(keys(call_id)[4]))

    async def end(self, call_id: str, app: str) -> None:
        self._unsure.discard(call_id)
        async with self._asking("end"):
            await self._redis.srem(f"ivr:calls:{app}", call_id)

    async def forget(self, call_id: str, app: str) -> None:
        await self.end(call_id, app)
        async with self._asking("forget"):
            await self._redis.delete(*keys(call_id))

    async def calls(self, app: str) -> set[str]:
        async with self._asking("calls"):
            return set(await cast(Awaitable[set[str]], self._redis.smembers(f"ivr:calls:{app}")))

    async def fence(self) -> int:
        async with self._asking("fence"):
            return int(await self._redis.incr("ivr:fence"))

    async def save_flow(self, digest: str, text: str) -> None:
        async with self._asking("save_flow"):
            await self._redis.set(f"ivr:flow:{digest}", text, ex=self.lifetimes.flow)

    async def flow(self, digest: str) -> str:
        async with self._asking("flow"):
            return known(digest, await self._text(f"ivr:flow:{digest}"))

    async def ping(self) -> None:
        async with self._asking("ping"):
            await self._redis.ping()

    async def close(self) -> None:
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    async def _text(self, key: str) -> str | None:
        return cast(str | None, await self._redis.get(key))

    async def _fields(self, key: str, *names: str) -> list[str | None]:
        return await cast(Awaitable[list[str | None]], self._redis.hmget(key, list(names)))

    async def _lines(self, key: str) -> list[str]:
        return await cast(Awaitable[list[str]], self._redis.lrange(key, 0, -1))

    def _saved(self, call_id: str, answer: list[str | int], *, after: int, fence: int) -> int:
        outcome, number = str(answer[0]), int(answer[1])
        if outcome != "saved":
            wanted = fence if outcome == "fenced" else after
            raise StaleState(f"store.{outcome}", call_id=call_id, found=number, wanted=wanted)
        return number

    @asynccontextmanager
    async def _asking(self, what: str) -> AsyncIterator[None]:
        """Turn whatever Redis or the network raises into our own error, once, and in time."""
        try:
            async with asyncio.timeout(self.deadline):
                yield
        except (OSError, failures.RedisError) as exc:
            # Of foreign words nothing is kept: the server's can quote an argument, which may be what a
            # caller said.
            raise refusal(exc, what) from exc


def refusal(exc: OSError | failures.RedisError, asked: str) -> StoreUnavailable:
    """Return our error, with what to do, for what Redis or the network raised."""
    # redis-py wraps what goes wrong at the greeting into a plain ConnectionError.
    if isinstance(exc, LOCKED_OUT) or isinstance(exc.__cause__, LOCKED_OUT):
        code, hint = "store.password", PASSWORD
    elif isinstance(exc, (OSError, failures.ConnectionError, failures.TimeoutError)):
        code, hint = "store.unreachable", UNREACHABLE
    else:
        code, hint = "store.refused", REFUSED
    return StoreUnavailable(code, asked=asked, why=type(exc).__name__, hint=hint)


def keys(call_id: str) -> tuple[str, ...]:
    """Return the keys of a call, all in one slot."""
    return tuple(f"ivr:{{{call_id}}}:{name}" for name in NAMES)

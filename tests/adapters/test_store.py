"""One contract, two stores: every test runs on memory and on a real Redis."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Iterator
from typing import cast

import pytest
from redis.asyncio import Redis

from asterisk.redis import EmbeddedRedis
from ivr_ari.adapters.redis_store import RedisStore, keys
from ivr_ari.adapters.store import LONGEST_LIST, TALK_BYTES, CallStore, MemoryStore
from ivr_ari.config import Lifetimes
from ivr_ari.errors import SetupError, StaleState, StoreUnavailable

CALL = "call-1764.7"
APP = "ivr-one"


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis() as running:
        yield running


@pytest.fixture
async def client(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    """A second pair of eyes on the server, which is empty at first."""
    eyes = Redis.from_url(server.url, decode_responses=True)
    await eyes.flushall()
    yield eyes
    await eyes.aclose()


@pytest.fixture
async def redis_store(server: EmbeddedRedis, client: Redis) -> AsyncIterator[RedisStore]:
    made = RedisStore(server.url)
    yield made
    await made.close()


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> CallStore:
    if request.param == "memory":
        return MemoryStore()
    return cast(CallStore, request.getfixturevalue("redis_store"))


class TestCallStore:
    async def test_saved_turn_is_read_back(self, store: CallStore) -> None:
        """
        A text comes back as it went in, with the revision of its write.
        """
        revision = await store.save_turn(CALL, '{"step": "café"}', after=0)

        assert await store.load(CALL) == ('{"step": "café"}', revision)

    async def test_revisions_count_up(self, store: CallStore) -> None:
        """
        Each write follows the one before it.
        """
        first = await store.save_turn(CALL, "a", after=0)
        second = await store.save_turn(CALL, "b", after=first)

        assert (first, second) == (1, 2)

    async def test_only_one_follows_a_revision(self, store: CallStore) -> None:
        """
        Of two writers who read the same revision the second is told, and changes nothing at all.
        """
        await store.save_turn(CALL, "first", after=0, events=["one"])

        with pytest.raises(StaleState) as caught:
            await store.save_turn(CALL, "second", after=0, events=["two"], transcript=["two"], call="two")

        assert caught.value.code == "store.stale"
        assert caught.value.facts == {"call_id": CALL, "found": 1, "wanted": 0}
        assert await store.load(CALL) == ("first", 1)
        assert await store.events(CALL) == ["one"]
        assert await store.transcript(CALL) == []
        with pytest.raises(KeyError):
            await store.call(CALL)

    async def test_turn_that_follows_nothing_leaves_no_trace(self, store: CallStore) -> None:
        """
        A refused first write does not make the call known.
        """
        with pytest.raises(StaleState):
            await store.save_turn(CALL, "late", after=3)

        with pytest.raises(KeyError):
            await store.load(CALL)

    async def test_lines_are_appended_in_order(self, store: CallStore) -> None:
        """
        Transcript and events grow at their ends, each by its own lines.
        """
        one = await store.save_turn(CALL, "a", after=0, transcript=["hello"], events=["1", "2"])
        await store.save_turn(CALL, "b", after=one, transcript=["balance", "please"], events=["3"])

        assert await store.transcript(CALL) == ["hello", "balance", "please"]
        assert await store.events(CALL) == ["1", "2", "3"]

    async def test_lists_stay_bounded(self, store: CallStore) -> None:
        """
        A call that never ends costs bounded memory: the oldest lines go.
        """
        lines = [str(i) for i in range(LONGEST_LIST)]

        one = await store.save_turn(CALL, "a", after=0, events=lines)
        await store.save_turn(CALL, "b", after=one, events=["last"])

        assert await store.events(CALL) == [*lines[1:], "last"]

    async def test_call_record_travels_with_a_turn(self, store: CallStore) -> None:
        """
        The RTP sequence and the dialogue are of the same moment.
        """
        await store.save_turn(CALL, "a", after=0, fence=4, call='{"sequence": 12}')

        assert await store.call(CALL) == ('{"sequence": 12}', 4)

    async def test_deposed_owner_writes_nothing(self, store: CallStore) -> None:
        """
        Once a newer owner claimed the call, the older one is told at its next write.
        """
        await store.save_turn(CALL, "a", after=0, fence=4, call="old owner")
        await store.save_call(CALL, "ivr-two", "new owner", fence=5)

        with pytest.raises(StaleState) as turn:
            await store.save_turn(CALL, "b", after=1, fence=4)
        with pytest.raises(StaleState) as call:
            await store.save_call(CALL, APP, "old owner", fence=4)

        assert {turn.value.code, call.value.code} == {"store.fenced"}
        assert await store.load(CALL) == ("a", 1)
        assert await store.call(CALL) == ("new owner", 5)

    async def test_new_owner_goes_on_at_the_same_revision(self, store: CallStore) -> None:
        """
        Claiming a call does not move its dialogue.
        """
        await store.save_turn(CALL, "a", after=0, fence=4)
        await store.save_call(CALL, APP, "new owner", fence=5)

        assert await store.save_turn(CALL, "b", after=1, fence=5) == 2

    async def test_fences_only_rise(self, store: CallStore) -> None:
        """
        Two owners never have the same number.
        """
        first, second = await store.fence(), await store.fence()

        assert first < second

    async def test_live_calls_of_an_application(self, store: CallStore) -> None:
        """
        A node finds its own calls, and not those that have ended or are another's.
        """
        await store.save_call("call-a", APP, "a")
        await store.save_call("call-b", APP, "b")
        await store.save_call("call-c", "ivr-two", "c")
        await store.end("call-a", APP)

        assert await store.calls(APP) == {"call-b"}
        assert await store.call("call-a") == ("a", 0)

    async def test_handover_is_read_back(self, store: CallStore) -> None:
        """
        The agent's screen gets what the dialogue left for it.
        """
        await store.save_handover(CALL, '{"why": "asked"}')

        assert await store.handover(CALL) == '{"why": "asked"}'

    async def test_flow_is_kept_by_its_hash(self, store: CallStore) -> None:
        """
        A replay finds the flow its call ran.
        """
        await store.save_flow("9f86d0", "start: hello")

        assert await store.flow("9f86d0") == "start: hello"

    async def test_forgotten_call_is_gone(self, store: CallStore) -> None:
        """
        Nothing of a forgotten call is left to read.
        """
        await store.save_turn(CALL, "a", after=0, transcript=["hello"], events=["1"])
        await store.save_call(CALL, APP, "record")
        await store.save_handover(CALL, "why")

        await store.forget(CALL, APP)

        for read in (store.load, store.call, store.handover):
            with pytest.raises(KeyError):
                await read(CALL)
        assert (await store.transcript(CALL), await store.events(CALL), await store.calls(APP)) == (
            [],
            [],
            set(),
        )

    async def test_unknown_call_and_flow_are_key_errors(self, store: CallStore) -> None:
        """
        Who asks for what is not there gets no empty text.
        """
        for read in (store.load, store.call, store.handover, store.flow):
            with pytest.raises(KeyError):
                await read("nobody")

    async def test_record_that_grew_too_large_is_refused(self, store: CallStore) -> None:
        """
        The dialogue record has a limit, in bytes.
        """
        await store.save_turn(CALL, "x" * TALK_BYTES, after=0)

        with pytest.raises(StoreUnavailable) as caught:
            await store.save_turn(CALL, "x" * (TALK_BYTES - 1) + "é", after=1)

        assert caught.value.code == "store.too-large"

    async def test_answers_ping(self, store: CallStore) -> None:
        """
        Readiness can ask whether the store is there.
        """
        await store.ping()


class TestRedisStore:
    async def test_all_keys_of_a_call_share_a_slot(self, redis_store: RedisStore, client: Redis) -> None:
        """
        A cluster keeps a call in one place: every key carries the id, and nothing else, in braces.
        """
        await redis_store.save_turn(CALL, "a", after=0, transcript=["t"], events=["e"], call="c")
        await redis_store.save_handover(CALL, "h")

        assert set(await client.keys("*")) == set(keys(CALL))
        assert {key.partition("{")[2].partition("}")[0] for key in keys(CALL)} == {CALL}

    async def test_everything_of_a_call_ages(self, server: EmbeddedRedis, client: Redis) -> None:
        """
        Each kind of record has its own lifetime, and none lives for ever.
        """
        lives = Lifetimes(talk=100, call=200, transcript=300, events=400, handover=500, flow=600)
        store = RedisStore(server.url, lives)
        await store.save_call(CALL, APP, "c")
        await store.save_turn(CALL, "a", after=0, transcript=["t"], events=["e"])
        await store.save_handover(CALL, "h")
        await store.save_flow("9f86d0", "f")
        await store.close()

        left = [await client.ttl(key) for key in (*keys(CALL), "ivr:flow:9f86d0")]

        assert all(
            life - 50 < ttl <= life for ttl, life in zip(left, (100, 200, 300, 400, 500, 600), strict=True)
        )

    async def test_turn_renews_the_call_record(self, server: EmbeddedRedis, client: Redis) -> None:
        """
        The call record of a long call does not age away while the call goes on.
        """
        store = RedisStore(server.url)
        await store.save_call(CALL, APP, "c")
        await client.expire(keys(CALL)[1], 5)

        await store.save_turn(CALL, "a", after=0)
        await store.close()

        assert await client.ttl(keys(CALL)[1]) > 5

    async def test_killed_process_leaves_what_it_saved(self, server: EmbeddedRedis, client: Redis) -> None:
        """
        Another process reads a call back and goes on with it.
        """
        old, new = RedisStore(server.url), RedisStore(server.url)
        await old.save_turn(CALL, "a", after=0, events=["1"])
        await old.close()

        text, revision = await new.load(CALL)
        again = await new.save_turn(CALL, "b", after=revision, events=["2"])

        assert (text, again, await new.events(CALL)) == ("a", 2, ["1", "2"])
        await new.close()

    async def test_stranger_stays_a_stranger(self, server: EmbeddedRedis, client: Redis) -> None:
        """
        Two processes with the same fence still cannot overwrite each other.
        """
        one, two = RedisStore(server.url), RedisStore(server.url)
        await one.save_turn(CALL, "a", after=0)

        with pytest.raises(StaleState):
            await two.save_turn(CALL, "b", after=0)

        await one.close()
        await two.close()

    async def test_unknown_address_is_a_setup_error(self) -> None:
        """
        An address no client knows is told at start.
        """
        with pytest.raises(SetupError):
            RedisStore("http://127.0.0.1:6379")


class TestRedisIsDown:
    async def test_absent_server(self) -> None:
        """
        No server: our own error at once, with no foreign one in its place.
        """
        store = RedisStore("unix:///nonexistent/redis.sock")

        with pytest.raises(StoreUnavailable) as caught:
            await store.ping()

        assert caught.value.code == "store.unreachable"
        assert "redis.url" in str(caught.value)
        await store.close()

    @pytest.mark.parametrize("login", ["", "password=wrong-word", "username=guest&password=guest-word"])
    async def test_not_let_in(self, login: str) -> None:
        """
        No password, a wrong one, a user without rights: told apart from an absent server, and not quoted.
        """
        with EmbeddedRedis() as server:
            root = Redis.from_url(server.url)
            await root.acl_setuser(
                "guest", enabled=True, passwords=["+guest-word"], categories=["+@connection"]
            )
            await root.config_set("requirepass", "right-word")
            store = RedisStore(f"{server.url}?{login}")

            with pytest.raises(StoreUnavailable) as caught:
                await store.fence()

            assert caught.value.code == "store.password"
            assert "redis.url" in str(caught.value)
            assert "word" not in str(caught.value).replace("password", "")
            await store.close()
            await root.aclose()

    async def test_frozen_server_does_not_hold_a_call(self) -> None:
        """
        A server that accepts and never answers is given up.
        """
        with EmbeddedRedis() as server:
            store = RedisStore(server.url, deadline=0.1)
            await store.save_turn(CALL, "a", after=0)
            os.kill(server.pid, signal.SIGSTOP)

            with pytest.raises(StoreUnavailable):
                await store.save_turn(CALL, "b", after=1)

            await store.close()

    async def test_write_whose_answer_was_lost_is_our_own(self) -> None:
        """
        The write reached Redis, its answer never came: the next turn goes on instead of being stale.
        """
        with EmbeddedRedis() as server:
            store = RedisStore(server.url, deadline=0.2)
            await store.save_turn(CALL, "a", after=0)
            os.kill(server.pid, signal.SIGSTOP)
            with pytest.raises(StoreUnavailable):
                await store.save_turn(CALL, "b", after=1)
            os.kill(server.pid, signal.SIGCONT)

            eyes = Redis.from_url(server.url, decode_responses=True)
            while await eyes.hget(keys(CALL)[0], "text") != "b":  # the bytes lie in the socket's buffer
                pass
            revision = await store.save_turn(CALL, "c", after=1)

            assert revision == 3
            assert await store.load(CALL) == ("c", 3)
            await eyes.aclose()
            await store.close()

    async def test_goes_on_when_the_server_is_back(self) -> None:
        """
        A restart of Redis costs the writes in between and nothing else.
        """
        with EmbeddedRedis() as server:
            store = RedisStore(server.url)
            revision = await store.save_turn(CALL, "a", after=0)
            server.stop()
            with pytest.raises(StoreUnavailable):
                await store.save_turn(CALL, "b", after=revision)
            server.start()

            assert await store.save_turn(CALL, "b", after=revision) == 2
            await store.close()

    async def test_refusal_quotes_nothing(self, server: EmbeddedRedis, client: Redis) -> None:
        """
        What Redis says about a bad command can hold arguments; our error does not.
        """
        await client.set(keys(CALL)[0], "not a hash")
        store = RedisStore(server.url)

        with pytest.raises(StoreUnavailable) as caught:
            await store.save_turn(CALL, "my pin is", after=0)

        assert caught.value.code == "store.refused"
        facts = dict(caught.value.facts)
        assert facts.pop("hint")
        assert facts == {"asked": "save_turn", "why": "ResponseError"}
        await store.close()

"""A worker process is kept alive whatever it does, and nothing of it stays behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr_ari.engines.health import Limits
from ivr_ari.engines.process import Engine
from ivr_ari.engines.wire import Message
from ivr_ari.errors import EngineFailed, SetupError

FAKE = Path(__file__).parent / "fake_worker.py"
QUICK = Limits(ping_s=0.05, stuck_s=0.5, load_s=20.0, first_wait_s=0.01, last_wait_s=0.1, stop_s=10.0)


class World:
    """What an engine told, and a way to wait until it has told something."""

    def __init__(self, *words: str, limits: Limits = QUICK) -> None:
        self.messages: list[Message] = []
        self.told: list[str] = []
        self.progress: list[tuple[str, float]] = []
        self.refuse = ""
        self._changed = asyncio.Event()
        self.engine = Engine(
            "fake",
            (sys.executable, "-I", "-S", str(FAKE), *words),
            on_message=self.take,
            on_up=lambda: self.tell("up"),
            on_down=lambda why: self.tell(why),
            on_back=lambda: self.tell("back"),
            on_progress=lambda what, share: self.progress.append((what, share)),
            limits=limits,
        )

    def take(self, message: Message) -> None:
        if self.refuse == "fault":
            raise LookupError("what nobody thought of")
        if self.refuse:
            raise EngineFailed(self.refuse)
        self.messages.append(message)
        self._changed.set()

    def tell(self, what: str) -> None:
        self.told.append(what)
        self._changed.set()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not true():
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def running(*words: str, limits: Limits = QUICK) -> AsyncIterator[World]:
    world = World(*words, limits=limits)
    await world.engine.start()
    try:
        yield world
    finally:
        await world.engine.stop()
    assert world.engine.health.pid == 0


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_messages_go_in_order_both_ways() -> None:
    """What is sent comes out at the other end as it was, payload included."""
    async with running() as world:
        await world.engine.ready()
        for number in range(300):
            world.engine.send(Message("audio", {"n": number}, bytes([number % 256]) * 320), droppable=True)
        await world.until(lambda: len(world.messages) == 300)
    assert [message.fields["n"] for message in world.messages] == list(range(300))
    assert world.messages[255].payload == b"\xff" * 320


async def test_progress_of_loading_is_passed_on() -> None:
    """Before it is ready, a worker says how far it is."""
    async with running("late", "4") as world:
        await world.engine.ready()
    assert world.progress == [("model", 0.0), ("model", 0.25), ("model", 0.5), ("model", 0.75)]
    assert world.told == ["up"]


async def test_killed_worker_is_told_and_replaced() -> None:
    """kill -9: down is told, another one comes up, and it works."""
    async with running() as world:
        await world.engine.ready()
        first = world.engine.health.pid
        os.kill(first, signal.SIGKILL)
        await world.until(lambda: world.told == ["up", "engine.died", "up"])
        second = world.engine.health.pid
        assert not alive(first)
        assert second != first
        world.engine.send(Message("hello"))
        await world.until(lambda: bool(world.messages))
        assert world.engine.health.restarts == 1
    assert not alive(second)


@pytest.mark.parametrize("word", ["deaf", "hang"])
async def test_stuck_worker_is_replaced(word: str, tmp_path: Path) -> None:
    """No answer to pings, or answers that one piece of work does not end: both count as dead."""
    async with running("once", str(tmp_path / "mark"), word) as world:
        await world.until(lambda: world.told == ["up", "engine.stuck", "up"])


async def test_silent_worker_is_told_at_once_and_may_come_back() -> None:
    """Stopped for a moment, it counts as down, is not killed, and still has what was sent meanwhile."""
    patient = Limits(ping_s=0.05, quiet_s=0.2, stuck_s=60.0)
    async with running(limits=patient) as world:
        await world.until(lambda: world.told == ["up"])
        first = world.engine.health.pid
        os.kill(first, signal.SIGSTOP)
        await world.until(lambda: world.told == ["up", "engine.quiet"])
        assert not world.engine.health.up
        world.engine.send(Message("hello"))
        os.kill(first, signal.SIGCONT)
        await world.until(lambda: world.told == ["up", "engine.quiet", "back"] and bool(world.messages))
        assert world.engine.health.up
        assert (world.engine.health.pid, world.engine.health.restarts) == (first, 0)


async def test_worker_that_stays_silent_is_replaced() -> None:
    """Its end is told once."""
    limits = Limits(ping_s=0.05, quiet_s=0.2, stuck_s=0.5, first_wait_s=0.01)
    async with running(limits=limits) as world:
        await world.until(lambda: world.told == ["up"])
        os.kill(world.engine.health.pid, signal.SIGSTOP)
        await world.until(lambda: world.told == ["up", "engine.quiet", "up"])
        assert world.engine.health.restarts == 1


async def test_load_is_passed_on() -> None:
    """What a worker says of its work is there to decide who may come in."""
    async with running() as world:
        await world.until(lambda: world.told == ["up"])
        while not world.engine.health.lag_ms:
            said = len(world.messages)
            world.engine.send(Message("hello"))
            await world.until(lambda: len(world.messages) > said)  # noqa: B023 - waited for within the round
        health = world.engine.health
        assert (health.lag_ms, health.load, health.rescued) == (7, 0.5, 2)


async def test_worker_that_never_gets_ready_is_replaced(tmp_path: Path) -> None:
    """Silence while loading has its limit, too; nobody is told, for it was never up."""
    limits = Limits(ping_s=0.05, load_s=1.5, first_wait_s=0.01)
    async with running("once", str(tmp_path / "mark"), "mute", limits=limits) as world:
        await world.engine.ready()
        assert world.told == ["up"]
        assert world.engine.health.restarts == 1


async def test_junk_in_the_pipe_ends_the_worker(tmp_path: Path) -> None:
    """What is no message is never taken for one."""
    async with running("once", str(tmp_path / "mark"), "junk") as world:
        await world.until(lambda: world.told == ["up", "wire.junk", "up"])


async def test_refused_message_ends_the_worker() -> None:
    """A message that makes no sense to whoever gets it is junk as well."""
    async with running() as world:
        await world.engine.ready()
        world.refuse = "wire.kind"
        world.engine.send(Message("hello"))
        await world.until(lambda: "wire.kind" in world.told)
        world.refuse = ""
        await world.until(lambda: world.told == ["up", "wire.kind", "up"])


async def test_fault_in_a_callback_is_told_and_the_worker_replaced() -> None:
    """What nobody thought of costs one worker: calls are told, the log says where, another one comes."""
    with capture_logs() as lines:
        async with running() as world:
            await world.engine.ready()
            first = world.engine.health.pid
            world.refuse = "fault"
            world.engine.send(Message("hello"))
            await world.until(lambda: "engine.fault" in world.told)
            assert not alive(first)
            world.refuse = ""
            await world.until(lambda: world.told == ["up", "engine.fault", "up"])
    faults = [line["error"] for line in lines if line["event"] == "supervision of a worker failed"]
    assert [type(fault) for fault in faults] == [LookupError]


async def test_wrong_machine_is_said_once_and_not_tried_again() -> None:
    """`ready` raises what the worker found wrong; restarting would not help."""
    async with running("setup") as world:
        with pytest.raises(SetupError) as caught:
            await world.engine.ready()
        assert (caught.value.code, caught.value.facts["hint"]) == ("model.missing", "fetch it")
        assert world.engine.health.restarts == 0
    assert world.told == []


async def test_flood_does_not_hold_up_the_loop() -> None:
    """All messages of a worker that never stops talking arrive, and the loop keeps running meanwhile."""
    async with running("flood") as world:
        turns = 0
        while len(world.messages) < 20_000:
            await asyncio.sleep(0)
            turns += 1
        assert turns > 20


async def test_too_many_commands_end_the_worker() -> None:
    """Audio is dropped and counted when the queue is full; commands are not: the engine counts as stuck."""
    limits = Limits(ping_s=5.0, first_wait_s=0.01, audio=10, control=50)
    async with running(limits=limits) as world:
        await world.engine.ready()
        for _ in range(25):
            world.engine.send(Message("audio"), droppable=True)
        assert world.engine.health.dropped == 15
        await world.until(lambda: len(world.messages) == 10)
        for _ in range(60):
            world.engine.send(Message("flush"))
        await world.until(lambda: world.told == ["up", "engine.queue-full", "up"])


async def test_sending_to_a_dead_engine_does_nothing() -> None:
    """Calls need not ask whether an engine is up."""
    async with running("flush") as world:
        await world.engine.ready()
        world.engine.send(Message("flush"))
        await world.until(lambda: "engine.died" in world.told)
        world.engine.send(Message("hello"))
        await world.until(lambda: world.told == ["up", "engine.died", "up"])
        world.engine.send(Message("again"))
        await world.until(lambda: bool(world.messages))
        assert [message.fields["what"] for message in world.messages] == ["again"]


async def test_stop_ends_a_worker_that_stays() -> None:
    """Closing its input should be enough; if it isn't, it is killed."""
    limits = Limits(stop_s=0.2)
    async with running("stay", limits=limits) as world:
        await world.engine.ready()
        pid = world.engine.health.pid
    assert not alive(pid)
    assert world.told == ["up"]


async def test_stop_while_a_worker_loads() -> None:
    """Nothing is left of a worker that never got ready."""
    async with running("mute") as world:
        while not world.engine.health.pid:  # noqa: ASYNC110 - the supervisor tells nobody of a birth
            await asyncio.sleep(0)
        pid = world.engine.health.pid
    assert not alive(pid)


async def test_the_log_holds_where_it_failed_and_not_on_what() -> None:
    """A traceback's places and the error's name are logged; its text could be what a caller said."""
    with capture_logs() as lines:
        async with running("cough", "flush") as world:
            await world.engine.ready()
            world.engine.send(Message("flush"))
            await world.until(lambda: "engine.died" in world.told)
    complaints = [line["line"] for line in lines if line["event"] == "worker complains"]
    assert complaints[:2] == ['File "x.py", line 3, in f', "ValueError"]
    assert "double" not in str(lines)

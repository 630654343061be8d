"""
A worker process kept alive: started, fed, watched, killed and started again.

Models hold the GIL or all cores, and a library may crash or hang; none of this may silence a call. So each
engine is a process of its own behind a bounded queue. It is pinged once a second or oftener and answers with
how long its work has been going on; one that does not answer, or works too long on one thing, counts as down
and, if it does not come back soon, is killed and replaced. Nothing here blocks and nothing raises into a
call: whoever uses an engine is told when it goes down and when it is up again, and what was under way in
between is lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence

import structlog

from ..errors import EngineFailed, IvrError, SetupError
from .codec import error_from_json
from .complaints import watch_complaints
from .health import Health, Limits
from .lane import Lane
from .wire import Decoder, Message, encode

__all__ = ["Engine"]

log = structlog.get_logger()

READ_BYTES = 1 << 16
BATCH = 64
"""Messages written at once."""


class Engine:
    """Supervises one worker process. Belongs to the event loop's thread."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        on_message: Callable[[Message], None],
        on_up: Callable[[], None],
        on_down: Callable[[str], None],
        on_back: Callable[[], None] = lambda: None,
        on_progress: Callable[[str, float], None] = lambda what, share: None,
        environment: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """
        *argv* speaks `wire` on its standard input and output; *environment* is added to ours. After an
        `on_down` comes `on_up`, of a new worker that knows nothing, or `on_back`, of the old one.

        The callbacks may raise EngineFailed, which ends the worker. Anything else is a fault of ours: it is
        logged, `on_down` is told ``engine.fault``, and a new worker is tried after the longest wait.
        """
        self.name = name
        self.argv = tuple(argv)
        self.limits = limits or Limits()
        self._on_message, self._on_up, self._on_down = on_message, on_up, on_down
        self._on_progress, self._on_back = on_progress, on_back
        self._environment = dict(environment or {})
        self._lane: Lane[bytes] = Lane(self.limits.audio, self.limits.control)
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._wrong: SetupError | None = None
        self._overflow: EngineFailed | None = None
        self._up = self._quiet = self._stopping = False
        self._pid = self._restarts = self._lag_ms = self._busy_ms = self._dropped_there = self._rescued = 0
        self._load = 0.0
        self._unanswered = 0
        self._sign_at = 0.0

    @property
    def health(self) -> Health:
        dropped = self._lane.dropped + self._dropped_there
        up = self._up and not self._quiet
        return Health(up, self._pid, self._restarts, self._lag_ms, dropped, self._load, self._rescued)

    async def start(self) -> None:
        """Begin to keep the worker alive; returns at once."""
        self._begin(0.0)

    def _begin(self, delay_s: float) -> None:
        self._task = asyncio.create_task(self._supervise(delay_s), name=f"engine {self.name}")
        self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        fault = None if task.cancelled() else task.exception()
        if fault is None:
            return
        while isinstance(fault, BaseExceptionGroup):
            # The place in the log should be where it happened, not where tasks were waited for.
            fault = fault.exceptions[0]
        log.error("supervision of a worker failed", worker=self.name, error=fault)
        if not self._stopping:
            self._begin(self.limits.last_wait_s)
            self._on_down("engine.fault")

    async def ready(self) -> None:
        """Return once the worker is up. Raises SetupError when this machine must be put right first."""
        await self._ready.wait()
        if self._wrong:
            raise self._wrong

    async def stop(self) -> None:
        """End the worker in order, or by force if it does not end."""
        self._stopping = True
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    def send(self, message: Message, *, droppable: bool = False) -> None:
        """Give *message* to the worker. While it is down, it is dropped: `on_down` has said so."""
        if not self._up:
            return
        try:
            self._lane.put(encode(message), droppable=droppable)
        except EngineFailed as exc:
            self._overflow = exc
        self._wake.set()

    # --- the life of a worker --------------------------------------------------------------------------

    async def _supervise(self, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        wait_s = self.limits.first_wait_s
        while True:
            began = asyncio.get_running_loop().time()
            try:
                failure = await self._live()
            finally:
                self._pid = 0
                was_up, self._up = self._up and not self._quiet, False
            log.warning("worker ended", worker=self.name, **_told(failure))
            if was_up:
                self._on_down(failure.code)
            if isinstance(failure, SetupError):
                self._wrong = failure
                self._ready.set()
                return
            if asyncio.get_running_loop().time() - began > self.limits.steady_s:
                wait_s = self.limits.first_wait_s
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, self.limits.last_wait_s)
            self._restarts += 1

    async def _live(self) -> IvrError:
        """Run one worker to its end; return what ended it."""
        try:
            process = await self._spawn()
        except OSError as exc:
            return EngineFailed("engine.spawn", why=type(exc).__name__)
        into, out, errors = _pipes(process)
        self._fresh(process.pid)
        failures: list[BaseException] = []
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(watch_complaints(self.name, errors))
                group.create_task(self._read(out))
                group.create_task(self._write(into))
                group.create_task(self._watch())
        except* (EngineFailed, SetupError) as group_of_failures:
            failures.extend(group_of_failures.exceptions)
        finally:
            await self._end(process)
        failure = next((each for each in failures if isinstance(each, SetupError)), failures[0])
        assert isinstance(failure, IvrError)
        return failure

    async def _spawn(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self.argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | self._environment,
            process_group=0,  # a Ctrl-C meant for us must not end it under our hands
            limit=READ_BYTES,
        )

    def _fresh(self, pid: int) -> None:
        self._pid = pid
        self._lane.clear()
        self._overflow = None
        self._lag_ms = self._busy_ms = self._dropped_there = self._rescued = self._unanswered = 0
        self._load, self._quiet = 0.0, False
        self._sign_at = asyncio.get_running_loop().time()
        log.info("worker started", worker=self.name, pid=pid)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """See to it that nothing of *process* is left."""
        into, *outs = _pipes(process)
        into.close()
        if self._stopping:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.limits.stop_s):
                    await _drain(*outs)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await _drain(*outs)
        await process.wait()

    async def _read(self, out: asyncio.StreamReader) -> None:
        decoder = Decoder()
        while data := await out.read(READ_BYTES):
            for message in decoder.feed(data):
                self._take(message)
        raise EngineFailed("engine.died")

    async def _write(self, into: asyncio.StreamWriter) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while batch := self._lane.take(BATCH):
                try:
                    into.write(b"".join(batch))
                    await into.drain()
                except OSError as exc:
                    raise EngineFailed("engine.died") from exc
            if self._overflow:
                raise self._overflow

    async def _watch(self) -> None:
        limits = self.limits
        while True:
            await asyncio.sleep(limits.ping_s)
            if not self._up:
                if asyncio.get_running_loop().time() - self._sign_at > limits.load_s:
                    raise EngineFailed("engine.never-ready")
                continue
            # Pings are counted, not seconds: when it was we who slept, the answers are waiting to be read.
            waits_s = max(self._unanswered * limits.ping_s, self._busy_ms / 1000)
            if waits_s > limits.stuck_s:
                raise EngineFailed("engine.stuck")
            if waits_s > limits.quiet_s and not self._quiet:
                self._quiet = True
                self._on_down("engine.quiet")
            self._unanswered += 1
            self.send(Message("ping"))

    def _take(self, message: Message) -> None:
        self._sign_at = asyncio.get_running_loop().time()
        match message.kind:
            case "pong":
                self._pong(message)
            case "progress":
                share = message.fields.get("share")
                self._on_progress(message.text("what"), share if isinstance(share, float) else 0.0)
            case "ready":
                self._up = True
                log.info("worker ready", worker=self.name, pid=self._pid)
                self._ready.set()
                self._on_up()
            case "failed":
                raise error_from_json(message.fields.get("error"))
            case _:
                self._on_message(message)

    def _pong(self, message: Message) -> None:
        self._unanswered = 0
        self._busy_ms, self._lag_ms = message.number("busy_ms"), message.number("lag_ms")
        self._dropped_there, self._rescued = message.number("dropped"), message.number("rescued")
        load = message.fields.get("load")
        self._load = float(load) if isinstance(load, float | int) else 0.0
        if self._quiet and self._busy_ms <= self.limits.quiet_s * 1000:
            self._quiet = False
            log.info("worker is back", worker=self.name, pid=self._pid)
            self._on_back()


def _pipes(
    process: asyncio.subprocess.Process,
) -> tuple[asyncio.StreamWriter, asyncio.StreamReader, asyncio.StreamReader]:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdin, process.stdout, process.stderr


async def _drain(*streams: asyncio.StreamReader) -> None:
    """Read and forget what is left, so that the pipes end and their transports with them."""
    for stream in streams:
        while await stream.read(READ_BYTES):
            pass


def _told(failure: IvrError) -> dict[str, object]:
    """What of a failure goes into the log."""
    return {"code": failure.code} | {
        name: failure.facts[name] for name in ("hint", "why") if name in failure.facts
    }

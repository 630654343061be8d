"""
A worker process's side: the pipe, the reader that never blocks, and work threads that may.

Standard output is the pipe to the service, so it is taken away from everybody else before any model is
loaded, for libraries print. The reader answers pings even while the work hangs, and says since when.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import NoReturn, Protocol, Self

from ..errors import EngineFailed, IvrError, SetupError
from ..events import Json
from .codec import error_to_json
from .lane import Lane
from .wire import Decoder, Message, encode

__all__ = ["FAULTS", "Inbox", "Port", "Pulse", "State", "Work", "arguments", "serve", "thread"]

PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""

READ_BYTES = 1 << 16

FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError),
    ValueError,
)
"""What a rule may raise on words nobody thought of."""


class Port:
    """What a worker sends; any thread may."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)  # whatever prints now prints to standard error
        self._lock = threading.Lock()

    def send(self, kind: str, payload: bytes = b"", /, **fields: Json) -> None:
        data = memoryview(encode(Message(kind, fields, payload)))
        with self._lock:
            while data:
                data = data[self._out.write(data) :]

    def progress(self, what: str, share: float) -> None:
        """Tell how far loading is; *share* lies between 0 and 1."""
        self.send("progress", what=what, share=float(share))


class Pulse:
    """Since when a thread has been at one piece of work."""

    def __init__(self) -> None:
        self._since: float | None = None

    def beat(self, allow_s: float = 0.0) -> None:
        """A piece of work begins or gets on; *allow_s* is what it may take beyond the usual."""
        self._since = time.monotonic() + allow_s

    def rest(self) -> None:
        """Nothing to do."""
        self._since = None

    @property
    def busy_ms(self) -> int:
        since = self._since
        return 0 if since is None else max(0, round(1000 * (time.monotonic() - since)))


class Inbox:
    """Messages waiting for one work thread: a `Lane` between threads that knows how old its work is."""

    def __init__(self, audio: int = 8000, control: int = 4000) -> None:
        self.pulse = Pulse()
        self._lane: Lane[tuple[float, Message]] = Lane(audio, control)
        self._condition = threading.Condition()
        self._oldest: float | None = None

    def put(self, message: Message, *, droppable: bool = False) -> None:
        """Raises EngineFailed when the thread has fallen hopelessly behind."""
        with self._condition:
            now = time.monotonic()
            if self._oldest is None:
                self._oldest = now
            self._lane.put((now, message), droppable=droppable)
            self._condition.notify()

    def take(self) -> Message:
        """Wait for the next message; the one before counts as done."""
        with self._condition:
            self._oldest = None
            self.pulse.rest()
            while not self._lane:
                self._condition.wait()
            [(self._oldest, message)] = self._lane.take(1)
            self.pulse.beat()
            return message

    @property
    def lag_ms(self) -> int:
        """How long ago the message at work, or the next one, came in."""
        oldest = self._oldest
        return 0 if oldest is None else round(1000 * (time.monotonic() - oldest))

    @property
    def dropped(self) -> int:
        return self._lane.dropped


@dataclass(frozen=True, slots=True)
class State:
    """How a worker does."""

    busy_ms: int
    """How long it has been at one piece of work."""

    lag_ms: int
    """How long the oldest work has waited."""

    dropped: int
    """Pieces of audio dropped so far."""

    load: float = 0.0
    """Share of the time its threads have worked in the last seconds, 0 to 1; 0 if it does not measure it."""

    rescued: int = 0
    """Answers made of what was known before, because the end of the work gave none."""

    @classmethod
    def of(cls, inboxes: Sequence[Inbox]) -> Self:
        """The state of the worst of *inboxes*."""
        return cls(
            max(inbox.pulse.busy_ms for inbox in inboxes),
            max(inbox.lag_ms for inbox in inboxes),
            sum(inbox.dropped for inbox in inboxes),
        )


class Work(Protocol):
    """What a worker does. `load` and `run` have a thread of their own, the others run in the reader's."""

    def state(self) -> State:
        """Say how it goes."""

    def load(self, port: Port) -> None:
        """Load models, telling how far. Raises EngineFailed, SetupError."""

    def run(self, port: Port) -> NoReturn:
        """Work."""

    def take(self, message: Message) -> None:
        """Put *message* where it belongs; must not block. Raises EngineFailed on nonsense."""


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser of the options all workers have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--parent", type=int, default=0, help="end with this process")
    parser.add_argument("--nice", type=int, default=0, help="how far to stand behind other work")
    return parser


def serve(work: Work, options: argparse.Namespace) -> NoReturn:
    """Do *work* until standard input ends; then end this process, and with it whatever hangs in it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(options.parent)
    os.nice(options.nice)
    port = Port()
    threading.excepthook = _end_at_once
    thread(partial(_run, work, port), "work")
    try:
        _read(work, port)
    except EngineFailed as exc:
        _fail(port, exc)
    os._exit(0)


def thread(target: Callable[[], NoReturn], name: str) -> None:
    """Start a work thread; an error nobody expected in it ends the process."""
    threading.Thread(target=target, name=name, daemon=True).start()


def _read(work: Work, port: Port) -> None:
    decoder = Decoder()
    while data := os.read(0, READ_BYTES):
        for message in decoder.feed(data):
            if message.kind == "ping":
                state = work.state()
                port.send("pong", **asdict(state))
            else:
                work.take(message)


def _run(work: Work, port: Port) -> NoReturn:
    try:
        work.load(port)
    except (EngineFailed, SetupError) as exc:
        _fail(port, exc)
    port.send("ready")
    work.run(port)


def _fail(port: Port, error: IvrError) -> NoReturn:
    port.send("failed", error=error_to_json(error))
    os._exit(1)


def _end_at_once(about: threading.ExceptHookArgs) -> None:
    sys.excepthook(about.exc_type, about.exc_value or about.exc_type(), about.exc_traceback)
    sys.stderr.flush()
    os._exit(1)


def _end_with(parent: int) -> None:
    """Let the kernel kill this process when the service dies, however that happens."""
    if parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

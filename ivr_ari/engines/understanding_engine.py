"""Understanding as the service uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from ..errors import EngineFailed, IvrError
from ..events import Expect, Heard, Json, Meaning
from ..understanding.flow_words import FlowWords
from .client import ONE_THREAD, Client, Down, Progress, Up, nothing, worker
from .codec import error_from_json, from_json, to_json
from .health import Limits
from .wire import Message

__all__ = ["UnderstandingEngine"]

log = structlog.get_logger()

LOAD_S = 120.0
"""Within this a flow's examples must have been learnt."""


class UnderstandingEngine(Client):
    """Understanding of the flows that were loaded."""

    name = "understanding"

    def __init__(
        self,
        *,
        on_meaning: Callable[[str, str, Meaning], None],
        on_up: Up,
        on_down: Down,
        on_progress: Progress = nothing,
        cache: Path | None = None,
        argv: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """*cache* keeps what is learnt (default as of `Understander`). *argv*: another worker."""
        super().__init__(
            argv or worker("understanding", *(["--cache", str(cache)] if cache else [])),
            on_up=on_up,
            on_down=on_down,
            on_progress=on_progress,
            environment=ONE_THREAD,
            limits=limits,
        )
        self._on_meaning = on_meaning
        self._flows: dict[str, Json] = {}
        self._restoring: set[str] = set()
        self._loading: dict[str, asyncio.Future[None]] = {}

    async def load(self, flow: str, *words: FlowWords) -> None:
        """
        Make *flow* (its digest) understandable, now and in every worker to come; see `Understander`.

        *words* are those of its languages, its own first, which stands in for languages that are not given.

        Raises EngineFailed when the engine is down or goes down, FlowError and SetupError as it does.
        """
        if not self.health.up:
            raise EngineFailed("understanding.down")
        told: Json = [to_json(one) for one in words]
        loading = self._loading.get(flow)
        if loading is None:
            loading = self._loading[flow] = asyncio.get_running_loop().create_future()
            loading.add_done_callback(lambda done: self._over(flow, done))
            self._send("load", flow=flow, words=told)
        try:
            # several calls may ask for one flow; none of them may give it up for the others
            async with asyncio.timeout(LOAD_S):
                await asyncio.shield(loading)
        except TimeoutError as exc:
            raise EngineFailed("understanding.load-late") from exc
        self._flows[flow] = told

    def forget(self, flow: str) -> None:
        """*flow* is not used any more."""
        if self._flows.pop(flow, None):
            self._send("forget", flow=flow)

    def understand(self, call: str, id: str, flow: str, heard: Heard, expect: Expect, today: str) -> None:
        """Ask what *heard* means on the ISO date, or date and time, *today*: `on_meaning` with *id*."""
        words, context = to_json(heard), to_json(expect)
        self._send("understand", call=call, id=id, flow=flow, heard=words, expect=context, today=today)

    def _restore(self) -> None:
        self._restoring = set(self._flows)
        for flow, told in self._flows.items():
            self._send("load", flow=flow, words=told)
        if not self._restoring:
            super()._restore()

    def _message(self, message: Message) -> None:
        match message.kind:
            case "meaning":
                meaning = from_json(Meaning, message.fields.get("meaning"))
                self._soon(self._on_meaning, message.text("call"), message.text("id"), meaning)
            case "loaded":
                _warn(message)
                self._loaded(message.text("flow"), None)
            case "refused":
                self._loaded(message.text("flow"), error_from_json(message.fields.get("error")))
            case _:
                super()._message(message)

    def _over(self, flow: str, loading: asyncio.Future[None]) -> None:
        del self._loading[flow]
        if not loading.cancelled():
            loading.exception()  # whoever waited has it; nobody may be waiting any more

    def _loaded(self, flow: str, error: IvrError | None) -> None:
        future = self._loading.get(flow)
        if future and not future.done():
            if error:
                future.set_exception(error)
            else:
                future.set_result(None)
        if flow in self._restoring:
            if error:
                log.error("a flow is not understood any more", flow_hash=flow, code=error.code)
            self._restoring.remove(flow)
            if not self._restoring:
                super()._restore()

    def _lost(self, why: str) -> None:
        for future in tuple(self._loading.values()):
            if not future.done():
                future.set_exception(EngineFailed("understanding.down", why=why))
        super()._lost(why)


def _warn(message: Message) -> None:
    """What was learnt is read from the cache at the next start: say so if it will not be."""
    if message.fields.get("damaged"):
        log.warning("what a flow had taught was damaged and is learnt again", flow_hash=message.text("flow"))
    if message.fields.get("unwritten"):
        log.warning(
            "what a flow teaches can't be kept", flow_hash=message.text("flow"), hint="the cache folder"
        )

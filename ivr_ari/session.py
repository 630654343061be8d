"""
The shell of one call: carries audio, words and prompts between the engines and the core, decides nothing.

Everything runs on the one event loop. What can be done at once is done at once; what has to be waited for
(backends, Redis, the PBX) goes through the outbox, in order, so that the loop never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from .actions import Actions, Asker, secret_headers
from .call import Call
from .dialogue.flow import Flow
from .dialogue.talk import Talk
from .ear import Ear
from .engine_set import Engines, known_as
from .engines import SpeechEngine
from .events import (
    Action,
    ActionFailed,
    Began,
    EngineDown,
    EngineUp,
    Event,
    Expect,
    HandOver,
    Heard,
    Hungup,
    Inquire,
    Leave,
    Meaning,
    Perform,
    Query,
    Returned,
    Say,
    Spoken,
)
from .guard import guard
from .journal import Page
from .media.line import Line as RtpLine
from .media.pacing import Progress
from .orders import (
    Attend,
    Disregard,
    Duck,
    Fallback,
    Flush,
    GoOn,
    Keep,
    Order,
    Prepare,
    StopPlaying,
    Understand,
    Unduck,
)
from .speaking import Speaking
from .turn_times import TurnTimes

__all__ = ["Beginning", "Ending", "Engines", "Session", "known_as"]

log = structlog.get_logger()

Beginning = Began | tuple[Talk, Returned]
"""A new call, or one that comes back from a hand-over with its talk."""

Ending = HandOver | Leave | Fallback

MOST_ACTIONS = 8
"""Of one call under way; only a caller who keeps changing their mind, and slow services, come near it."""


class Session:
    """Carries one call. Feed it from the loop's thread; `ending` comes when the core has had enough."""

    def __init__(
        self,
        call_id: str,
        flow: Flow,
        beginning: Beginning,
        *,
        line: RtpLine,
        engines: Engines,
        actions: Actions,
        channel: str,
        page: Page,
        moment: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self.call_id = call_id
        self._moment = moment
        self.ending: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._clock = clock
        self._line = line
        self._engines = engines
        self._actions = actions
        self._under_way = 0
        self._page = page
        self._ear = Ear(line.rate_hz)
        self.times = TurnTimes()
        self._speaking = Speaking(call_id, line, engines, int(moment()[:4]), self._spoken)
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._resumed = not isinstance(beginning, Began)
        if isinstance(beginning, Began):
            self.call, self._first = Call.begin(flow, beginning, now=clock())
        else:
            self.call, self._first = Call.resume(flow, *beginning, now=clock())
        self._recognizer = engines.speech_of(self.call.talk.language)
        self._asker = Asker(call_id, channel, secret_headers(flow), self.call.vault.open)

    # what happens ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Say the first words; from now on audio may come."""
        with guard(self.ending):
            self._listen_with(self._recognizer)
            self._carry(self._first)
        for engine in (self._recognizer, self._engines.understanding):
            if not engine.health.up:
                self.feed(EngineDown(known_as(engine.name)))
            elif self._resumed:
                self.feed(EngineUp(known_as(engine.name)))

    def uses(self, engine: str) -> bool:
        """Whether it concerns this call what befalls *engine*: recognisers of other languages do not."""
        return known_as(engine) != "speech" or engine == self._recognizer.name

    def frame(self, pcm: bytes) -> None:
        """20 ms of the caller's audio, int16 at the line's rate."""
        if self._line.first_heard_ms is None:
            return  # the line's own silence, in place of audio that has never come: no sign of a caller
        with guard(self.ending):
            now, ear = self._clock(), self._ear
            ear.frame(pcm)
            if ear.voiced:
                self.times.voice(now)
            orders = self.call.frame(ear.voiced, now=now, sounding=ear.sounding, hummed=ear.hummed)
            if piece := ear.piece(pcm, listening=self.call.listening):
                self._recognizer.hear(self.call_id, piece.pcm, piece.at_ms)
            if orders or self.call.moved:
                self._carry(orders)

    def sent(self, pcm: bytes) -> None:
        """20 ms that went out to the caller."""
        self._ear.sent(pcm)

    def partial(self, text: str) -> None:
        """Words the recogniser makes out while the caller speaks."""
        with guard(self.ending):
            self._carry(self.call.partial(text, now=self._clock()))

    def heard(self, flush: str, heard: Heard) -> None:
        with guard(self.ending):
            self.times.reach("heard", self._clock())
            self._carry(self.call.heard(flush, heard, now=self._clock()))

    def meant(self, asked: str, meaning: Meaning) -> None:
        with guard(self.ending):
            self.times.reach("meant", self._clock())
            self._carry(self.call.meant(asked, meaning, now=self._clock()))

    def key(self, key: str) -> None:
        with guard(self.ending):
            self._carry(self.call.key(key, now=self._clock()))

    def feed(self, event: Event) -> None:
        """Anything else that concerns the dialogue: an engine, an action's answer."""
        with guard(self.ending):
            self._carry(self.call.feed(event, now=self._clock()))

    def hung_up(self) -> None:
        """The caller is gone: the dialogue is told, nothing it wants is carried to the PBX any more."""
        self.feed(Hungup())

    def chunk(self, say: str, pcm: bytes) -> None:
        """Audio of a prompt, as the voice makes it."""
        self._speaking.chunk(say, pcm)

    def voiced(self, say: str, total_ms: int) -> None:
        """All audio of a prompt is here."""
        with guard(self.ending):
            self._speaking.voiced(say, total_ms)

    def progress(self, progress: Progress) -> None:
        """The line has begun to play a prompt, or has played it, wholly or not."""
        if progress.state == "began":
            self.times.reach("sent", self._clock())
            if times := self.times.take():
                slot = self.call.expect.slot if self.call.expect else ""
                log.debug("turn answered", call_id=self.call_id, slot=slot, **times)
        with guard(self.ending):
            self._speaking.progress(progress)

    def voice_lost(self, name: str) -> None:
        """Voice *name* died."""
        self._speaking.lost(name)

    def voice_back(self, name: str) -> None:
        """Voice *name* is there again."""
        self._speaking.back(name)

    async def close(self) -> None:
        """Let go of everything: timer, tasks, engines. What was written before is flushed."""
        if self._timer:
            self._timer.cancel()
        self.call.over = True
        if self.ending.done():
            self.ending.exception()  # looked at, whoever left first
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._speaking.hush()
        self._recognizer.close(self.call_id)
        self.call.vault.clear()

    # what is done about it --------------------------------------------------------------------------------

    def _carry(self, orders: Sequence[Order]) -> None:
        for order in orders:
            self._do(order)
        self._set_timer()

    def _do(self, order: Order) -> None:
        if isinstance(order, Say | Perform | Query | Inquire):
            self.times.reach("committed", self._clock())
        match order:
            case Attend(expect):
                self._attend(expect)
            case Flush(id):
                self.times.reach("paused", self._clock())
                self._recognizer.flush(self.call_id, id)
            case Disregard():
                self._ear.forget()
                self._recognizer.reset(self.call_id)
            case Understand(id, heard, expect):
                digest = self.call.flow.digest
                understanding = self._engines.understanding
                understanding.understand(self.call_id, id, digest, heard, expect, self._moment())
            case Prepare(say):
                self._speaking.prepare(say)
            case Say():
                self._speaking.say(order)
            case GoOn(say, after_ms):
                self._speaking.say(say, after_ms)
            case Duck():
                self._speaking.duck()
            case Unduck():
                self._speaking.unduck()
            case StopPlaying():
                self._speaking.stop()
            case Perform() | Query() | Inquire():
                self._own(self._act(order))
            case Keep(talk, lines, events):
                self._page.keep(talk, lines, events)
            case HandOver() | Leave() | Fallback():
                if not self.ending.done():
                    self.ending.set_result(order)

    def _attend(self, expect: Expect) -> None:
        """Listen for what is expected, with the recogniser of its language."""
        before, self._recognizer = self._recognizer, self._engines.speech_of(expect.language)
        if self._recognizer is not before:
            before.close(self.call_id)
            self._listen_with(self._recognizer)
            if self._recognizer.health.up != before.health.up:
                told = EngineUp if self._recognizer.health.up else EngineDown
                asyncio.get_running_loop().call_soon(self.feed, told(known_as(self._recognizer.name)))
        self._recognizer.expect(self.call_id, expect)

    def _listen_with(self, recognizer: SpeechEngine) -> None:
        recognizer.open(self.call_id, self._line.rate_hz, flow=self.call.flow.digest)

    def _spoken(self, report: Spoken) -> None:
        self._carry(self.call.spoken(report, now=self._clock()))

    def _set_timer(self) -> None:
        wake_at = self.call.wake_at
        if self._timer:
            if self._timer.when() == wake_at:
                return  # as after nearly every frame: nothing new to wait for
            self._timer.cancel()
            self._timer = None
        if wake_at is not None:
            # The loop's clock is time.monotonic, the one calls are given (asyncio, "Event Loop").
            self._timer = asyncio.get_running_loop().call_at(wake_at, self._wake)

    def _wake(self) -> None:
        self._timer = None
        with guard(self.ending):
            self._carry(self.call.wake(now=self._clock()))

    def _own(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _act(self, action: Action) -> None:
        with guard(self.ending):
            if self._under_way >= MOST_ACTIONS:
                self.feed(ActionFailed(action.id, "action.too-many"))
                return
            self._under_way += 1
            try:
                answer = await self._actions.carry(action, self._asker)
            finally:
                self._under_way -= 1
            self.feed(answer)

"""
The shell of one call: carries audio, words and prompts between the engines and the core, decides nothing.

Everything runs on the one event loop. What can be done at once is done at once; what has to be waited for
(backends, Redis, the PBX) goes through the outbox, in order, so that the loop never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from .actions import Actions, Asker, secret_headers
from .call import Call
from .dialogue.flow import Flow
from .dialogue.talk import Talk
from .engines import SpeechEngine, UnderstandingEngine, VoiceEngine
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
from .orders import Attend, Disregard, Fallback, Flush, Keep, Order, Prepare, StopPlaying, Understand
from .prompts.level import louder
from .speech.webrtc_vad import WebrtcVad
from .turn_times import TurnTimes

log = structlog.get_logger()

Beginning = Began | tuple[Talk, Returned]
"""A new call, or one that comes back from a hand-over with its talk."""

Ending = HandOver | Leave | Fallback

MOST_ACTIONS = 8
"""Of one call under way; only a caller who keeps changing their mind, and slow services, come near it."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The workers all calls share."""

    speech: SpeechEngine
    understanding: UnderstandingEngine
    voice: VoiceEngine
    voices: Mapping[str, VoiceEngine] = field(default_factory=dict)
    """Voices of languages other than that of `voice`, by language."""

    speeches: Mapping[str, SpeechEngine] = field(default_factory=dict)
    """Recognisers of languages other than that of `speech`, by language."""

    def speech_of(self, language: str) -> SpeechEngine:
        return self.speeches.get(language[:2], self.speech)

    def voice_of(self, language: str) -> VoiceEngine:
        return self.voices.get(language[:2], self.voice)


def known_as(engine: str) -> str:
    """Return an engine's name as the dialogue knows it: to it there is one recogniser, and one voice."""
    return engine.partition("-")[0]


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
        self._year = int(moment()[:4])
        self.ending: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._clock = clock
        self._line = line
        self._engines = engines
        self._actions = actions
        self._under_way = 0
        self._page = page
        self._vad = WebrtcVad()
        self.times = TurnTimes()
        self._audio_ms = 0
        self._saying: dict[str, Say] = {}
        self._begun: set[str] = set()
        """Prompts of which there is audio."""

        self._total_ms: dict[str, int] = {}
        """How long prompts are of which all audio is there."""

        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._resumed = not isinstance(beginning, Began)
        if isinstance(beginning, Began):
            self.call, self._first = Call.begin(flow, beginning, now=clock())
        else:
            self.call, self._first = Call.resume(flow, *beginning, now=clock())
        self._ear = engines.speech_of(self.call.talk.language)
        self._asker = Asker(call_id, channel, secret_headers(flow), self.call.vault.open)

    # what happens ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Say the first words; from now on audio may come."""
        with guard(self.ending):
            self._ear.open(self.call_id)
            self._carry(self._first)
        for engine in (self._ear, self._engines.understanding):
            if not engine.health.up:
                self.feed(EngineDown(known_as(engine.name)))
            elif self._resumed:
                self.feed(EngineUp(known_as(engine.name)))

    def uses(self, engine: str) -> bool:
        """Whether it concerns this call what befalls *engine*: recognisers of other languages do not."""
        return known_as(engine) != "speech" or engine == self._ear.name

    def frame(self, pcm: bytes) -> None:
        """20 ms of the caller's audio, int16 at 8 kHz."""
        if self._line.first_heard_ms is None:
            return  # the line's own silence, in place of audio that has never come: no sign of a caller
        with guard(self.ending):
            now, voiced = self._clock(), self._vad.voiced(pcm)
            if voiced:
                self.times.voice(now)
            if self.call.hearing:
                self._ear.hear(self.call_id, pcm, self._audio_ms)
            self._audio_ms += 20
            self._carry(self.call.frame(voiced, now=now))

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
        if say in self._saying:
            self._begun.add(say)
            self._line.say(say, louder(pcm, self._saying[say].gain_db))

    def voiced(self, say: str, total_ms: int) -> None:
        """All audio of a prompt is here."""
        if say not in self._saying:
            return
        self._total_ms[say] = total_ms
        with guard(self.ending):
            if total_ms:
                self._line.end(say)
            else:
                self._spoken(Spoken(say, 0, False))

    def progress(self, progress: Progress) -> None:
        """The line has played a prompt, wholly or not."""
        if progress.state == "began":
            self.times.reach("sent", self._clock())
            if times := self.times.take():
                slot = self.call.expect.slot if self.call.expect else ""
                log.debug("turn answered", call_id=self.call_id, slot=slot, **times)
        else:
            total_ms = self._total_ms.get(progress.id, 0)
            with guard(self.ending):
                self._spoken(Spoken(progress.id, progress.sent_ms, progress.state == "whole", total_ms))

    def voice_lost(self, name: str) -> None:
        """Voice *name* died: what it had begun to say ends there, the rest waits for its return."""
        for say in self._saying.values():
            if say.id in self._begun and self._engines.voice_of(say.language).name == name:
                self._line.end(say.id)

    def voice_back(self, name: str) -> None:
        """Voice *name* is there again: it is asked once more for what it never began."""
        for say in self._saying.values():
            if say.id not in self._begun and self._engines.voice_of(say.language).name == name:
                self._speak(say)

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
        self._hush()
        self._ear.close(self.call_id)
        self.call.vault.clear()

    # what is done about it --------------------------------------------------------------------------------

    def _carry(self, orders: Sequence[Order]) -> None:
        for order in orders:
            self._do(order)
        self._set_timer()

    def _do(self, order: Order) -> None:
        engines = self._engines
        if isinstance(order, Say | Perform | Query | Inquire):
            self.times.reach("committed", self._clock())
        match order:
            case Attend(expect):
                self._attend(expect)
            case Flush(id):
                self.times.reach("paused", self._clock())
                self._ear.flush(self.call_id, id)
            case Disregard():
                self._ear.reset(self.call_id)
            case Understand(id, heard, expect):
                engines.understanding.understand(
                    self.call_id, id, self.call.flow.digest, heard, expect, self._moment()
                )
            case Prepare(say):
                if not say.sensitive:
                    engines.voice_of(say.language).prepare(
                        self.call_id, say.id, say.parts, speed=say.pace / 100, year=self._year
                    )
            case Say():
                self._saying[order.id] = order
                self._speak(order)
            case StopPlaying():
                self._stop()
            case Perform() | Query() | Inquire():
                self._own(self._act(order))
            case Keep(talk, lines, events):
                self._page.keep(talk, lines, events)
            case HandOver() | Leave() | Fallback():
                if not self.ending.done():
                    self.ending.set_result(order)

    def _speak(self, say: Say) -> None:
        self._engines.voice_of(say.language).speak(
            self.call_id,
            say.id,
            say.parts,
            sensitive=say.sensitive,
            speed=say.pace / 100,
            year=self._year,
        )

    def _attend(self, expect: Expect) -> None:
        """Listen for what is expected, with the recogniser of its language."""
        before, self._ear = self._ear, self._engines.speech_of(expect.language)
        if self._ear is not before:
            before.close(self.call_id)
            self._ear.open(self.call_id)
            if self._ear.health.up != before.health.up:
                told = EngineUp if self._ear.health.up else EngineDown
                asyncio.get_running_loop().call_soon(self.feed, told(known_as(self._ear.name)))
        self._ear.expect(self.call_id, expect)

    def _hush(self) -> None:
        for voice in (self._engines.voice, *self._engines.voices.values()):
            voice.cancel(self.call_id)

    def _stop(self) -> None:
        self._hush()
        self._line.cut()
        # Prompts that had not begun to play are not known to the line; they too are over.
        for say in tuple(self._saying):
            self._spoken(Spoken(say, 0, False))

    def _spoken(self, report: Spoken) -> None:
        if self._saying.pop(report.id, None):
            self._begun.discard(report.id)
            self._total_ms.pop(report.id, None)
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

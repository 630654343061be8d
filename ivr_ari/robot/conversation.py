"""
A conversation held by a script over a call: hears prompts, decides, answers, and times the answers.

Recognition runs in one thread, so that packets leave and arrive on time while it thinks.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ..errors import CallGone, SetupError
from ..media.g711 import Pcm
from .call import Call
from .clips import Clips
from .ear import Sound
from .listen import Listener
from .mouth import Utterance
from .script import GiveUp, Playing, PromptHeard, Quiet, Rule, Script, State, decide, unused
from .turns import PromptBegan, PromptEnded, Prompts

__all__ = ["Heard", "HungUp", "Keyed", "Outcome", "Spoke", "TalkEvent", "converse", "prepare"]

TICK = 0.1
"""Seconds between looks at the clock while nothing is heard."""

PREROLL = 15
"""Packets before the first loud one that the recogniser is given too: consonants begin softly."""

PORTION = 10
"""Packets handed to the recogniser at once."""


BACKLOG = 32
"""Prompts recognised and not yet looked at; what comes while so many wait is not answered."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The other side said *text*."""

    text: str
    answer_ms: float | None
    """From the end of the robot's speech to the first audio of this; None if it is no answer to any."""

    cut: bool = False
    """It had begun before the robot spoke and was over before the robot had finished."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """The robot said *text*; empty if that is secret."""

    text: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """The robot pressed so many keys."""

    count: int


@dataclass(frozen=True, slots=True)
class HungUp:
    """The call is over."""

    by: str
    """``we`` or ``they``, or as `signals.Ended` has it."""


TalkEvent = Heard | Spoke | Keyed | HungUp


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation went."""

    why: str
    """``hangup`` or ``finish`` by the script, ``gave up`` after silence, ``they`` hung up."""

    heard: tuple[Heard, ...]
    unused: tuple[str, ...]
    """Rules that were never used."""

    @property
    def answers_ms(self) -> tuple[float, ...]:
        """The answer times that were measured."""
        return tuple(heard.answer_ms for heard in self.heard if heard.answer_ms is not None)


def prepare(script: Script, clips: Clips) -> dict[Rule, Pcm]:
    """Return the samples of all the script may say; SetupError ``robot.clip`` names all that is missing."""
    found: dict[Rule, Pcm] = {}
    missing: list[str] = []
    for rule in filter(lambda rule: rule.say, script.rules):
        try:
            found[rule] = clips.find(rule.say, rule.voice or script.voice)
        except SetupError as exc:
            if exc.code != "robot.clip":
                raise
            missing.append(rule.say)
    if missing:
        hint = "neither recorded nor can it be synthesised: " + "; ".join(missing)
        raise SetupError("robot.clip", hint=hint)
    return found


async def converse(
    call: Call,
    script: Script,
    sentences: dict[Rule, Pcm],
    listener: Listener,
    tell: Callable[[TalkEvent], None] = lambda event: None,
) -> Outcome:
    """Hold the conversation until a rule, the other side or silence ends it."""
    with ThreadPoolExecutor(1, "robot ear") as thread:
        talk = Talk(call, script, sentences, Hearing(call, script.pause_ms, listener, thread), tell)
        try:
            why = await talk.run()
        except CallGone:
            why = (await call.ended()).cause
        finally:
            call.on_sound = lambda sound: None
    if call.end is not None:
        tell(HungUp(call.end.cause))
    return Outcome(why, tuple(talk.heard), unused(script, talk.state))


class Hearing:
    """Cuts a call's sound into prompts and has them recognised."""

    def __init__(self, call: Call, pause_ms: float, listener: Listener, thread: ThreadPoolExecutor) -> None:
        self.prompts = Prompts(pause_ms)
        self._call = call
        self._listener = listener
        self._thread = thread
        self._portion: deque[Pcm] = deque(maxlen=PREROLL)
        self._ended: asyncio.Queue[tuple[PromptEnded, asyncio.Future[str]]] = asyncio.Queue(BACKLOG)
        call.on_sound = self._sound

    @property
    def is_idle(self) -> bool:
        """No prompt is being heard or waits to be looked at."""
        return self.prompts.began_at is None and self._ended.empty()

    async def next(self) -> tuple[PromptEnded, str] | None:
        """Return the next prompt and its words, None when none ended within a tick."""
        try:
            async with asyncio.timeout(TICK):
                ended, words = await self._ended.get()
        except TimeoutError:
            # A line may also fall silent by sending nothing; after a hang-up it certainly does.
            now = math.inf if self._call.end is not None else time.monotonic()
            if (silent := self.prompts.quiet(now)) is not None:
                self._end(silent)
            return None
        return ended, await words

    def _sound(self, sound: Sound) -> None:
        news = self.prompts.hear(sound.at, sound.level)
        if isinstance(news, PromptBegan):
            self._portion = deque(self._portion)
        self._portion.append(sound.pcm)
        if isinstance(news, PromptEnded):
            self._end(news)
        elif self.prompts.began_at is not None and len(self._portion) >= PORTION:
            self._pass_on()

    def _end(self, prompt: PromptEnded) -> None:
        # Asked for here and not where it is read: the next prompt's samples may follow at once.
        self._pass_on()
        self._portion = deque(maxlen=PREROLL)
        words = asyncio.get_running_loop().run_in_executor(self._thread, self._listener.finish)
        if not self._ended.full():
            self._ended.put_nowait((prompt, words))

    def _pass_on(self) -> None:
        if self._portion:
            self._thread.submit(self._listener.hear, np.concatenate(self._portion))
            self._portion.clear()


class Talk:
    """The loop: hear, decide, do."""

    def __init__(
        self,
        call: Call,
        script: Script,
        sentences: dict[Rule, Pcm],
        hearing: Hearing,
        tell: Callable[[TalkEvent], None],
    ) -> None:
        self.state = State()
        self.heard: list[Heard] = []
        self._call, self._script, self._sentences = call, script, sentences
        self._hearing, self._tell = hearing, tell
        self._spoken_at: float | None = None
        """Seconds, end of the robot's latest speech; None once it was answered."""
        self._acting_at = self._acted_at = time.monotonic()
        """Seconds, when the robot last began and ended doing something."""

    async def run(self) -> str:
        """Return why it is over; CallGone when the other side ended it."""
        while True:
            ended = self._call.end is not None
            prompt = await self._hearing.next()
            event = self._clock() if prompt is None else self._take(*prompt)
            if ended and prompt is None and self._hearing.is_idle:
                raise CallGone("robot.over")
            if event is None:
                continue
            self.state, chosen = decide(self._script, self.state, event)
            if isinstance(chosen, GiveUp):
                return "gave up"
            if chosen is not None and (why := await self._do(chosen)):
                return why

    def _take(self, ended: PromptEnded, text: str) -> PromptHeard | None:
        """Report a prompt; None if the robot's speech broke it off, so that it answers nothing."""
        cut = ended.began_at < self._acting_at and ended.ended_at <= self._acted_at
        answer_ms = None
        if self._spoken_at is not None and ended.ended_at > self._spoken_at:
            first = self._call.ear.first_audio_after(self._spoken_at)
            answer_ms = None if first is None else 1000 * (first - self._spoken_at)
            self._spoken_at = None
        heard = Heard(text, answer_ms, cut)
        self.heard.append(heard)
        self._tell(heard)
        return None if cut else PromptHeard(text)

    def _clock(self) -> Playing | Quiet:
        now, prompts = time.monotonic(), self._hearing.prompts
        if prompts.began_at is not None:
            return Playing(1000 * (now - max(prompts.began_at, self._acted_at)))
        return Quiet(1000 * (now - max(prompts.loud_at or 0.0, self._acted_at)))

    async def _do(self, rule: Rule) -> str:
        """Carry a rule out; return why the conversation is over, empty if it is not."""
        if rule.wait_ms:
            await asyncio.sleep(rule.wait_ms / 1000)
        if rule.hangup:
            await self._call.hangup()
            return "hangup"
        if rule.finish:
            return "finish"
        if rule.say:
            self._tell(Spoke("" if rule.secret else rule.say))
            await self._until_said(self._call.say(self._sentences[rule]))
        elif rule.keys:
            self._tell(Keyed(len(rule.keys)))
            await self._until_said(self._call.send_keys(rule.keys))
        return ""

    async def _until_said(self, utterance: Utterance) -> None:
        self._acting_at = time.monotonic()
        await utterance.over.wait()
        self._acted_at = utterance.ended_at or time.monotonic()
        self._spoken_at = utterance.ended_at

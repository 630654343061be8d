"""
One call on audio time: a caller's packets go into the very line, session, recogniser and understanding that
the service has, and what became of them is told.

The clock is the audio: packet *n* comes *n* x 20 ms after the first, whatever the machine does meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from ivr_ari.actions import Actions, Asker
from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.expect import expecting
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import Talk
from ivr_ari.engines import VoiceEngine
from ivr_ari.events import (
    Action,
    ActionFailed,
    Began,
    Event,
    Expect,
    Heard,
    Meaning,
    Request,
    Understood,
    Word,
)
from ivr_ari.flow_words import phrases_of, words_of
from ivr_ari.journal import Page
from ivr_ari.media.codecs import PCMU, SLIN16
from ivr_ari.media.line import Line
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.models import LAB_MODEL, cache_folder, find_model, serving_folder
from ivr_ari.orders import Line as Written
from ivr_ari.session import Engines, Session
from ivr_ari.speech.vosk_asr import VoskEngine

from .audio_engines import InlineSpeech, InlineUnderstanding, ReadyVoice

__all__ = ["FRAME_MS", "Outcome", "Room", "Scene", "Take", "Taken"]

Pcm = npt.NDArray[np.int16]

FRAME_MS = 20
TODAY, NOW = "2026-07-15", "2026-07-15T10:30"
ASKED_MS = 100
"""When the bench puts the call to its question; the greeting is over by then."""

GRACE_MS = 300
"""A call whose turn is taken after the caller's last word is left alone after this."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where in a flow the caller speaks: the slot asked for and what leads there, or the open question."""

    flow: str
    request: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """What the caller's side sends: audio with the speech in it, and the packets that get lost."""

    pcm: Pcm
    rate_hz: int
    begins_ms: int
    """The first voiced sample."""

    ends_ms: int
    """The last one."""

    lost: frozenset[int] = frozenset()
    prompt: bytes = b""
    """What the caller hears while this is sent, 16-bit little-endian mono; empty: nothing but 20 ms."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was taken: when (ms since the call's first packet), its words, and the slot's value."""

    at_ms: int
    words: str
    value: str


@dataclass(slots=True)
class Outcome:
    """What became of one take."""

    turns: list[Taken] = field(default_factory=list)
    noises: int = 0
    """Turns that held voice and no words."""

    sent: list[bytes] = field(default_factory=list)
    """What was played to the caller, 20 ms each, b"" for silence."""

    frames: list[bytes] = field(default_factory=list)
    """What the line handed on."""

    orders: list[str] = field(default_factory=list)
    cpu_s: dict[str, float] = field(default_factory=dict)


class Notes:
    """In a page's place: what a call writes down, as it happens."""

    def __init__(self, slot: str, words: Callable[[], Heard], began_s: float, outcome: Outcome) -> None:
        self._slot, self._words, self._began_s, self._outcome = slot, words, began_s, outcome

    def keep(self, talk: Talk, lines: Sequence[Written], events: Sequence[tuple[float, Event]]) -> None:
        for at, event in events:
            if isinstance(event, Understood) and event.words != LEAD:
                value = str(talk.slots.get(self._slot, "")) if self._slot else ""
                at_ms = round(1000 * (at - self._began_s))
                self._outcome.turns.append(Taken(at_ms, self._words().text, value))
            self._outcome.noises += type(event).__name__ == "Noise"


LEAD = "(led here)"


class World:
    """No backend answers: what a call does after its answer is not measured."""

    async def carry(self, action: Action, asker: Asker) -> ActionFailed:
        return ActionFailed(action.id, "http.down")


class Room:
    """The engines of one process, for one call after the other."""

    def __init__(
        self, flows: Mapping[str, Flow], *, model: str = LAB_MODEL, cache: Path | None = None
    ) -> None:
        cache = cache or cache_folder()
        self.flows = flows
        self._calls: dict[str, Session] = {}
        self._count = 0
        self._vosk = VoskEngine(serving_folder(find_model(model, cache)))
        self.speech = InlineSpeech(self._vosk, on_heard=self._heard, on_partial=self._partial)
        self.understanding = InlineUnderstanding(cache, on_meaning=self._meaning)
        self._prompt = b""
        voice = ReadyVoice(lambda text: self._prompt, on_chunk=self._chunk, on_spoken=self._spoken)
        self.engines = Engines(self.speech, self.understanding, cast(VoiceEngine, voice))

    async def learn(self) -> None:
        """Make the flows understandable; on the loop the calls will be on."""
        for flow in self.flows.values():
            await self.understanding.load(flow.digest, words_of(flow))
            self.speech.learn(flow.digest, phrases_of(flow))

    # one call --------------------------------------------------------------------------------------------

    async def hold(self, scene: Scene, take: Take) -> Outcome:
        """Let *take* be said at *scene*; return when its turn is taken, or its audio over."""
        loop = asyncio.get_running_loop()
        flow, outcome = self.flows[scene.flow], Outcome()
        self._count += 1
        call = f"bench-{self._count}"
        codec = PCMU if take.rate_hz == PCMU.rate_hz else SLIN16
        frame = take.rate_hz // 1000 * FRAME_MS
        line = Line(codec, Sender(1, 1, 1), lambda pcm: None)
        notes = Notes(scene.slot, lambda: self.understanding.words.get(call, Heard()), loop.time(), outcome)
        self._prompt = bytes(2 * frame)
        session = Session(
            call,
            flow,
            Began(TODAY, flow.language, now=f"{NOW}:00"),
            line=line,
            engines=self.engines,
            actions=cast(Actions, World()),
            channel="bench",
            page=cast(Page, notes),
            moment=lambda: NOW,
            clock=loop.time,
        )
        self._calls[call] = session
        used = (time.process_time(), self.speech.inline.cpu_s, self.understanding.inline.cpu_s)

        def on_frame(pcm: bytes) -> None:
            outcome.frames.append(pcm)
            session.frame(pcm)

        line.on_frame, line.on_progress, line.on_sent = on_frame, session.progress, session.sent
        session.start()
        sender, began_s = Sender(2, 1, 1), loop.time()
        sender.payload_type = codec.payload_type
        for number in range(len(take.pcm) // frame):
            now_ms = (number + 1) * FRAME_MS
            await asyncio.sleep(began_s + now_ms / 1000 - loop.time())
            datagram = sender.send(codec.encode(take.pcm[number * frame : (number + 1) * frame])).serialize()
            if number not in take.lost:
                line.hear(datagram, 1000 * loop.time())
            outcome.sent.append(self._listen(line.tick(1000 * loop.time()), line))
            if now_ms == ASKED_MS and scene.request:
                self._prompt = take.prompt or bytes(2 * frame)
                session.feed(Understood(Meaning(requests=(Request(scene.request, 0, 0),)), LEAD))
            if session.ending.done() or over(outcome, take, now_ms):
                break
        if session.ending.done():
            session.ending.result()  # what the session stumbled over is no figure
        engines_s = self.speech.inline.cpu_s - used[1], self.understanding.inline.cpu_s - used[2]
        outcome.cpu_s = {
            "speech": engines_s[0],
            "understanding": engines_s[1],
            "call": time.process_time() - used[0] - sum(engines_s),
            "audio": len(outcome.frames) * FRAME_MS / 1000,
        }
        await session.close()
        del self._calls[call]
        self.understanding.words.pop(call, None)
        return outcome

    @staticmethod
    def _listen(datagram: bytes, line: Line) -> bytes:
        return line.codec.decode(RtpPacket.parse(datagram).payload).tobytes()

    # the same words, without any of it -----------------------------------------------------------------

    def asked(self, scene: Scene) -> tuple[Talk, Expect]:
        """Return the state in which *scene* is, and what is expected there."""
        flow = self.flows[scene.flow]
        talk, _ = begin(flow, Began(TODAY, flow.language, now=f"{NOW}:00"))
        if scene.request:
            lead = Understood(Meaning(requests=(Request(scene.request, 0, 0),)), LEAD)
            talk, _ = step(flow, talk, lead)
        return talk, expecting(flow, talk) or Expect()

    def value(self, scene: Scene, heard: Heard) -> str:
        """Return what is in the slot of *scene* after *heard*, by the same parser and dialogue."""
        flow = self.flows[scene.flow]
        talk, expect = self.asked(scene)
        meaning = self.understanding.ask(flow.digest, heard, expect, NOW)
        talk, _ = step(flow, talk, Understood(meaning, heard.text, heard.confidence))
        return str(talk.slots.get(scene.slot, ""))

    def truth(self, scene: Scene, text: str) -> str:
        """Return what the parser makes of words heard rightly."""
        return self.value(scene, Heard(tuple(Word(word) for word in text.split())))

    def plain(self, frames: Sequence[bytes], rate_hz: int) -> Heard:
        """Return what plain Vosk hears: the same model, its full language model, all audio in one piece."""
        recognizer = self._vosk.recognizer(rate_hz)
        recognizer.hear(b"".join(frames), 0)
        heard = recognizer.flush()
        recognizer.close()
        return replace(heard, alternatives=())

    # what the engines tell -----------------------------------------------------------------------------

    def _heard(self, call: str, id: str, heard: Heard) -> None:
        if session := self._calls.get(call):
            session.heard(id, heard)

    def _partial(self, call: str, text: str) -> None:
        if session := self._calls.get(call):
            session.partial(text)

    def _meaning(self, call: str, id: str, meaning: Meaning) -> None:
        if session := self._calls.get(call):
            session.meant(id, meaning)

    def _chunk(self, call: str, id: str, pcm: bytes) -> None:
        if session := self._calls.get(call):
            session.chunk(id, pcm)

    def _spoken(self, call: str, id: str, total_ms: int) -> None:
        if session := self._calls.get(call):
            session.voiced(id, total_ms)


def over(outcome: Outcome, take: Take, now_ms: int) -> bool:
    """Whether the caller has said everything and a turn was taken since."""
    last_ms = outcome.turns[-1].at_ms if outcome.turns else 0
    return last_ms >= take.ends_ms and now_ms >= last_ms + GRACE_MS

"""
One call on audio time: the engines, the calls they serve, and plain Vosk to compare with.

A caller's packets go into the very line, session, recogniser and understanding that the service has.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.expect import expecting
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import Talk
from ivr_ari.engines import VoiceEngine
from ivr_ari.events import Began, Expect, Heard, Meaning, Understood, Word
from ivr_ari.flow_words import phrases_of, words_of
from ivr_ari.models import LAB_MODEL, cache_folder, find_model, serving_folder
from ivr_ari.session import Engines, Session
from ivr_ari.speech.vosk_asr import VoskEngine

from .audio_engines import InlineSpeech, InlineUnderstanding, ReadyVoice
from .audio_held import NOW, TODAY, Held, lead
from .audio_takes import FRAME_MS, Outcome, Scene, Take

__all__ = ["Room"]


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
        self._prompts: Callable[[str], bytes] = lambda text: b""
        voice = ReadyVoice(lambda text: self._prompts(text), on_chunk=self._chunk, on_spoken=self._spoken)
        self.engines = Engines(self.speech, self.understanding, cast(VoiceEngine, voice))

    async def learn(self) -> None:
        """Make the flows understandable; on the loop the calls will be on."""
        for flow in self.flows.values():
            await self.understanding.load(flow.digest, words_of(flow))
            self.speech.learn(flow.digest, phrases_of(flow))

    # one call --------------------------------------------------------------------------------------------

    async def hold(self, scene: Scene, take: Take) -> Outcome:
        """Let *take* be said at *scene*; return when its turn is taken, or its audio over."""
        self._count += 1
        call = f"bench-{self._count}"
        used = (time.process_time(), self.speech.inline.cpu_s, self.understanding.inline.cpu_s)
        words = self.understanding.words
        held = Held(call, self.flows[scene.flow], scene, take, self.engines, lambda: words.get(call, Heard()))
        self._calls[call] = held.session
        self._prompts = held.prompt
        outcome = await held.run()
        del self._calls[call]
        words.pop(call, None)
        engines_s = self.speech.inline.cpu_s - used[1], self.understanding.inline.cpu_s - used[2]
        outcome.cpu_s = {
            "speech": engines_s[0],
            "understanding": engines_s[1],
            "call": time.process_time() - used[0] - sum(engines_s),
            "audio": len(outcome.frames) * FRAME_MS / 1000,
        }
        return outcome

    # the same words, without any of it -----------------------------------------------------------------

    def asked(self, scene: Scene) -> tuple[Talk, Expect]:
        """Return the state in which *scene* is, and what is expected there."""
        flow = self.flows[scene.flow]
        talk, _ = begin(flow, Began(TODAY, flow.language, now=f"{NOW}:00"))
        if scene.request:
            talk, _ = step(flow, talk, lead(scene))
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

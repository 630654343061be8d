"""Starts the three engines, tells their answers to the calls they belong to, knows which are up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import structlog

from .ahead import Ahead
from .dialogue.flow import Flow
from .engines import Health, SpeechEngine, UnderstandingEngine, VoiceEngine
from .errors import SetupError
from .events import EngineDown, EngineUp, Heard, Meaning
from .flow_words import phrases_heard, words_heard
from .models import is_lab_model, serving_folder
from .modes import Mode
from .prompts.voice_folder import LAST_RESORT
from .session import Engines, Session, known_as
from .settings import Settings

log = structlog.get_logger()

VOICE, SPEECH = "voice", "speech"
"""Those of further languages are called ``voice-es`` and ``speech-es``."""


def figures(health: Health) -> dict[str, float]:
    return {
        "load": round(health.load, 3),
        "lag_ms": health.lag_ms,
        "restarts": health.restarts,
        "dropped": health.dropped,
        "rescued": health.rescued,
    }


class Listener(Protocol):
    """Whoever an engine may have something to tell: the owner of a call."""

    session: Session | None
    mode: Mode | None


class EngineRoom:
    """The engines of one node; *calls* maps call ids to those who wait for answers."""

    def __init__(self, settings: Settings, flows: Mapping[str, Flow], calls: Mapping[str, Listener]) -> None:
        self._settings, self._flows, self._calls = settings, flows, calls
        self.up: set[str] = set()
        speech = settings.speech
        if is_lab_model(speech.model) and not speech.allow_lab_model:
            raise SetupError(
                "speech.lab-model",
                model=str(speech.model),
                hint="it hears people poorly; fetch a real model (ivr-ari models fetch) or, in a lab, set "
                "speech.allow_lab_model: true",
            )
        self.engines = Engines(
            self._speech(SPEECH, speech.model),
            UnderstandingEngine(
                cache=settings.cache,
                on_meaning=self._meaning,
                on_up=self._up,
                on_down=self._down,
                on_progress=self._progress,
            ),
            self._voice(VOICE, settings.voice.name, ""),
            {
                language: self._voice(f"{VOICE}-{language}", name, language)
                for language, name in settings.voice.languages.items()
            },
            {
                language: self._speech(f"{SPEECH}-{language}", model)
                for language, model in speech.languages.items()
            },
        )
        self._learnt: set[str] = set()
        """Digests of flows that understanding knows; a worker that died is told of them again."""

        self._ahead = Ahead(self.engines.voice_of, busy=lambda: bool(self._calls))
        self._everyone = (
            self.engines.speech,
            *self.engines.speeches.values(),
            self.engines.understanding,
            self.engines.voice,
            *self.engines.voices.values(),
        )

    def _speech(self, title: str, model: Path) -> SpeechEngine:
        return SpeechEngine(
            serving_folder(model),
            title=title,
            threads=self._settings.speech.threads,
            on_heard=self._heard,
            on_partial=self._partial,
            on_up=self._up,
            on_down=self._down,
            on_progress=self._progress,
        )

    def _voice(self, title: str, name: str, language: str) -> VoiceEngine:
        if name == LAST_RESORT:
            log.warning("a last resort speaks", worker=title)
        return VoiceEngine(
            self._settings.cache,
            name=name,
            title=title,
            engine=self._settings.voice.engine,
            language=language or "en",
            lexicon=self._settings.voice.lexicon,
            threads=self._settings.voice.threads,
            on_chunk=self._chunk,
            on_spoken=self._spoken,
            on_up=self._up,
            on_down=self._down,
            on_progress=self._progress,
        )

    async def start(self) -> None:
        """Return when all engines are ready and know the flows; SetupError if that can't be."""
        for engine in self._everyone:
            await engine.start()
        await asyncio.gather(*(engine.ready() for engine in self._everyone))
        await self.learn(self._flows)

    async def learn(self, flows: Mapping[str, Flow]) -> None:
        """
        Make *flows* understandable, and ready what callers of the default flow hear; go on with the rest.

        EngineFailed if an engine is down.
        """
        engines = self.engines
        talking = [flow for flow in flows.values() if not flow.mode]
        for flow in talking:
            if flow.digest in self._learnt:
                continue
            for phrases in phrases_heard(flow):
                engines.speech_of(phrases.language).learn(flow.digest, phrases)
            await engines.understanding.load(flow.digest, *words_heard(flow, self._settings.understanding))
            self._learnt.add(flow.digest)
        await self._ahead.render(flows, self._settings.flows.default)

    def forget(self, digest: str) -> None:
        """No call has the flow with *digest* any more."""
        self._learnt.discard(digest)
        self.engines.understanding.forget(digest)
        for speech in (self.engines.speech, *self.engines.speeches.values()):
            speech.forget(digest)

    @property
    def ready(self) -> bool:
        """Whether all of them are up."""
        return self.up >= {engine.name for engine in self._everyone}

    @property
    def workers(self) -> dict[str, int]:
        """The process ids of those that are up."""
        return {engine.name: engine.health.pid for engine in self._everyone if engine.name in self.up}

    @property
    def work(self) -> dict[str, dict[str, float]]:
        """How those that are up do: figures for whoever watches."""
        return {engine.name: figures(engine.health) for engine in self._everyone if engine.name in self.up}

    async def stop(self) -> None:
        await self._ahead.stop()
        for engine in reversed(self._everyone):
            await engine.stop()

    # what the engines tell ------------------------------------------------------------------------------

    def _heard(self, call: str, id: str, heard: Heard) -> None:
        if session := self._session(call):
            session.heard(id, heard)

    def _partial(self, call: str, text: str) -> None:
        if session := self._session(call):
            session.partial(text)

    def _meaning(self, call: str, id: str, meaning: Meaning) -> None:
        if session := self._session(call):
            session.meant(id, meaning)

    def _chunk(self, call: str, id: str, pcm: bytes) -> None:
        if speaker := self._speaker(call):
            speaker.chunk(id, pcm)

    def _spoken(self, call: str, id: str, total_ms: int) -> None:
        if speaker := self._speaker(call):
            speaker.voiced(id, total_ms)

    def _up(self, name: str) -> None:
        log.info("engine up", worker=name)
        self.up.add(name)
        if name.startswith(VOICE):
            self._ahead.resume()
        for session in self._sessions():
            if name.startswith(VOICE):
                session.voice_back(name)
            if session.uses(name):
                session.feed(EngineUp(known_as(name)))

    def _down(self, name: str, why: str) -> None:
        log.error("engine down", worker=name, why=why)
        self.up.discard(name)
        for listener in self._calls.values():
            speaker = listener.session or listener.mode
            if speaker and name.startswith(VOICE):
                speaker.voice_lost(name)
            if listener.session and listener.session.uses(name):
                listener.session.feed(EngineDown(known_as(name)))

    def _progress(self, name: str, what: str, share: float) -> None:
        log.info("engine starting", worker=name, why=what, count=round(share * 100))

    def _session(self, call: str) -> Session | None:
        listener = self._calls.get(call)
        return listener.session if listener else None

    def _speaker(self, call: str) -> Session | Mode | None:
        listener = self._calls.get(call)
        return (listener.session or listener.mode) if listener else None

    def _sessions(self) -> Iterable[Session]:
        return [listener.session for listener in self._calls.values() if listener.session]

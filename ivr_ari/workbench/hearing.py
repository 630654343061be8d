"""
How well recordings are heard, as calls are: pieces between pauses, the step's phrases or none.

Each recording is one turn: its audio goes frame by frame through the detector of voices and the feeding of a
call, every pause is flushed, and the pieces are joined. Values are read from what was heard as a call would
read them, and from what was said in the same way: they are right when the two agree.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..dialogue.flow import Flow
from ..ear import Ear
from ..events import Expect, Heard
from ..flow_words import phrases_of, words_of
from ..speech.endpointer import Endpointer, Paused, Resumed, VoiceBegan
from ..speech.vosk_asr import VoskEngine, VoskRecognizer
from ..understanding.flow_words import FlowWords
from ..understanding.spacy_nlu import Understander
from .explaining import asking_for
from .hearing_set import KINDS, Recording, pcm_of
from .transcript import heard_words
from .word_errors import Errors, count_errors

__all__ = ["EVERYTHING", "STEP", "Listened", "Reader", "listen"]

EVERYTHING, STEP = "everything", "step"
"""What listens: the full language model alone, or what the step is listened to with in a call."""

AROUND_MS = 700
"""Silence put before and after each recording: a call has some."""

FRAME_MS = 20


@dataclass(frozen=True, slots=True)
class Listened:
    """One recording as heard in one way."""

    recording: Recording
    model: str
    by: str
    asked: str
    """The slot or the kind of value that was asked for."""

    heard: Heard
    errors: Errors
    right: bool | None
    """Whether the value is; None where no value was said."""

    audio_s: float
    cpu_s: float
    """Processor time of recognition, detection of voice included."""

    flushes_ms: tuple[float, ...]
    """How long each flush took."""


class Reader:
    """What is waited for, and what values words hold; of *flow*, or of any call."""

    def __init__(
        self, flow: Flow | None, *, language: str = "", today: str = "", cache: Path | None = None
    ) -> None:
        """Raises FlowError, SetupError as `Understander`."""
        self.flow = flow
        self._today = today or date.today().isoformat()
        # requests are not read, and learning them takes long
        words = (
            replace(words_of(flow, language), intents={}) if flow else FlowWords(language=language or "en")
        )
        self._language = words.language
        self._understander = Understander(words, cache=cache)

    def expect(self, recording: Recording, slot: str = "", kind: str = "") -> Expect:
        """
        Return what a call waits for when it hears *recording*; *slot* and *kind* where it names none.

        SetupError ``understand.slot``.
        """
        if self.flow:
            return asking_for(self.flow, recording.slot or slot, self._language, self._today)
        wanted = recording.kind or kind
        kinds = tuple(name for name in KINDS if name == wanted)
        return Expect(kinds=kinds, confirm=wanted == "yesno", language=self._language)

    def value(self, heard: Heard, expect: Expect) -> str:
        """Return the value that answers *expect*, "" if there is none."""
        meaning = self._understander.understand(heard, expect, today=self._today)
        values = [value for value in meaning.values if value.kind in expect.kinds and not value.denied]
        return str(values[-1].value) if values else ""

    def right(self, recording: Recording, heard: Heard, expect: Expect) -> bool | None:
        """Tell whether the value that was said was heard; None if none was said."""
        if not expect.kinds:
            return None
        said = recording.value or self.value(heard_words(recording.text, language=self._language), expect)
        return self.value(heard, expect) == said if said else None


def listen(
    recordings: Sequence[Recording],
    models: Sequence[tuple[str, VoskEngine]],
    reader: Reader,
    *,
    slot: str = "",
    kind: str = "",
    rate_hz: int = 8000,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Listened]:
    """
    Hear every recording with every model, by the full language model and as its step is heard.

    A step without phrases is heard by the full language model: the two ways are of the same recordings.
    """
    done, total = 0, len(recordings) * len(models)
    if reader.flow:
        for _, engine in models:
            engine.learn(reader.flow.digest, phrases_of(reader.flow))
    for recording in recordings:
        pcm = _on_a_line(pcm_of(recording.path, rate_hz), rate_hz)
        expect = reader.expect(recording, slot, kind)
        for name, engine in models:
            full = _judged(recording, name, expect, reader, pcm, engine.recognizer(rate_hz))
            yield full
            recognizer = engine.recognizer(rate_hz, flow=reader.flow.digest if reader.flow else "")
            recognizer.expect(expect)
            closed = bool(recognizer.listening.phrases)
            step = _judged(recording, name, expect, reader, pcm, recognizer) if closed else full
            yield replace(step, by=STEP)
            done += 1
            progress(done, total)
    progress(total, total)


def _judged(
    recording: Recording, model: str, expect: Expect, reader: Reader, pcm: bytes, recognizer: VoskRecognizer
) -> Listened:
    heard, cpu_s, flushes = _heard(recognizer, pcm)
    return Listened(
        recording,
        model,
        EVERYTHING,
        expect.slot or " ".join(expect.kinds),
        heard,
        count_errors(recording.text, heard.text),
        reader.right(recording, heard, expect),
        len(pcm) / 2 / recognizer.rate_hz,
        cpu_s,
        flushes,
    )


def _on_a_line(pcm: bytes, rate_hz: int) -> bytes:
    silence = bytes(2 * rate_hz * AROUND_MS // 1000)
    return silence + pcm + silence


def _heard(recognizer: VoskRecognizer, pcm: bytes) -> tuple[Heard, float, tuple[float, ...]]:
    rate_hz = recognizer.rate_hz
    ear, endpointer = Ear(rate_hz), Endpointer()
    pieces: list[Heard] = []
    flushes: list[float] = []
    listening = False
    began = time.process_time()
    size = rate_hz * FRAME_MS // 1000 * 2
    for start in range(0, len(pcm) - size + 1, size):
        frame = pcm[start : start + size]
        ear.frame(frame)
        mark = endpointer.frame(ear.voiced)
        listening = isinstance(mark, VoiceBegan | Resumed) or (listening and not isinstance(mark, Paused))
        piece = ear.piece(frame, listening=listening)
        if piece:
            recognizer.hear(piece.pcm, piece.at_ms)
        if isinstance(mark, Paused):
            asked = time.perf_counter()
            pieces.append(recognizer.flush())
            flushes.append(1000 * (time.perf_counter() - asked))
    pieces.append(recognizer.flush())
    recognizer.close()
    return _joined(pieces), time.process_time() - began, tuple(flushes)


def _joined(pieces: Sequence[Heard]) -> Heard:
    spoken = [piece for piece in pieces if piece.words]
    alternatives = spoken[0].alternatives if len(spoken) == 1 else ()
    return Heard(tuple(word for piece in spoken for word in piece.words), alternatives)

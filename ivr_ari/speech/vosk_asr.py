"""
The engine: Vosk, one model in memory for all callers and a pool of recognisers on it.

Where a piece of speech ends is decided outside: the model folder served here must not end utterances by
itself (its ``conf/model.conf``; see `ivr_ari.models`). Composition of the graph is lazy and cached inside
each recogniser, so a used one costs a third of a fresh one: they are given back, never thrown away.

A closed step does not get a run-time grammar unless asked for. Measured with the lab model on 8 kHz
callers: on digit strings the list with carriers is as right as the full language model (1.2 % of the words
wrong each; a bare digit list 20 %), on short answers it is better (5.6 against 16.7 %, mostly extra words
that change no meaning), but a caller who then says something else is lost (91 and 79 % wrong against 6 %).
A conversation must survive "what are your opening hours" in any step. Vosk's alternatives are not asked
for either: with them words have no confidences, and word errors rose from 5.2 to 5.5 %.
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vosk

from ..errors import EngineFailed, SetupError
from ..events import Expect, Heard, Word
from .grammar import phrases
from .listening import UNKNOWN

__all__ = ["VoskEngine", "VoskRecognizer"]

LONGEST_PIECE_MS = 30_000
"""Audio decoded in one go; beyond it the lattice grows for nothing, so the words so far are settled."""

POOLED = 16
"""Idle recognisers kept of a kind, about 15 MB each with the full language model."""

RESCUED_CONFIDENCE = 0.5
"""Of words that only a partial result knew: Vosk gives it none."""


class Stream:
    """A Kaldi recogniser and how much audio it has had in its life, on which its times count."""

    def __init__(self, kaldi: Any, rate: int, grammar: tuple[str, ...]) -> None:
        self.kaldi = kaldi
        self.rate = rate
        self.grammar = grammar
        self.samples = 0

    @property
    def ms(self) -> float:
        return self.samples * 1000 / self.rate


class VoskEngine:
    """A model and its recognisers; may be used from several threads."""

    def __init__(self, folder: Path, *, grammars: bool = False) -> None:
        """
        Load the model in *folder*; with *grammars* closed steps hear nothing but their answers.

        Raises SetupError.
        """
        vosk.SetLogLevel(-1)
        if not (folder / "am" / "final.mdl").exists():
            raise SetupError("model.missing", folder=str(folder), hint="run: ivr-ari models fetch")
        try:
            with _vosk_failures():
                self._model = vosk.Model(str(folder))
        except EngineFailed as exc:
            raise SetupError("model.broken", folder=str(folder), hint="run: ivr-ari models check") from exc
        self.grammars = grammars
        self._idle: dict[tuple[int, tuple[str, ...]], list[Stream]] = {}
        self._lock = threading.Lock()
        self.rescued = 0
        """Pieces whose final result was empty although the partial one had words."""

    def recognizer(self, rate: int = 8000) -> VoskRecognizer:
        """Return a recogniser of *rate* Hz audio. Raises EngineFailed."""
        return VoskRecognizer(self, rate)

    def warm(self, count: int, rate: int = 8000) -> None:
        """Make *count* recognisers ready, the network's memory touched. Raises EngineFailed."""
        streams = [self.take(rate, ()) for _ in range(count)]
        for stream in streams:
            with _vosk_failures():
                stream.kaldi.AcceptWaveform(b"\x08\x00\xf8\xff" * (rate // 2))
                stream.kaldi.FinalResult()
            stream.samples += rate
            self.give(stream)

    def grammar(self, expect: Expect) -> tuple[str, ...]:
        """Return the phrases to listen for, () for the full language model."""
        return phrases(expect) if self.grammars else ()

    def take(self, rate: int, grammar: tuple[str, ...]) -> Stream:
        """Return an idle stream, or a new one. Raises EngineFailed."""
        with self._lock:
            idle = self._idle.get((rate, grammar))
            if idle:
                return idle.pop()
        with _vosk_failures():
            more = (json.dumps(grammar),) if grammar else ()
            kaldi = vosk.KaldiRecognizer(self._model, rate, *more)
            kaldi.SetWords(True)
        return Stream(kaldi, rate, grammar)

    def give(self, stream: Stream) -> None:
        """Take back a flushed *stream*."""
        with self._lock:
            idle = self._idle.setdefault((stream.rate, stream.grammar), [])
            if len(idle) < POOLED:
                idle.append(stream)


class VoskRecognizer:
    """Listens to one caller, see `Recognizer`."""

    def __init__(self, engine: VoskEngine, rate: int) -> None:
        self._engine = engine
        self._stream = engine.take(rate, ())
        self._settled: tuple[Word, ...] = ()
        self._begin()

    def expect(self, expect: Expect) -> None:
        """Listen for what *expect* allows. Audio since the last flush is heard again in the new light."""
        grammar = self._engine.grammar(expect)
        if grammar == self._stream.grammar:
            return
        rate, audio = self._stream.rate, self._audio
        self.close()
        self._stream = self._engine.take(rate, grammar)
        self._begin()
        for at_ms, pcm in audio:
            self.hear(pcm, at_ms)

    def hear(self, pcm: bytes, at_ms: int) -> None:
        stream = self._stream
        offset = at_ms - stream.ms
        if not self._offsets or abs(self._offsets[-1][1] - offset) >= 1:
            self._offsets.append((stream.ms, offset))
        if self._engine.grammars:
            self._audio.append((at_ms, pcm))
        stream.samples += len(pcm) // 2
        with _vosk_failures():
            ended = stream.kaldi.AcceptWaveform(pcm)
        if ended:  # a model folder that was not made to leave this to us
            self._settled += self._words(json.loads(stream.kaldi.Result()))
        if stream.ms - self._began > LONGEST_PIECE_MS:
            settled = self._settle()
            self._begin()
            self._settled = settled

    def partial(self) -> str:
        return " ".join([*(word.text for word in self._settled), *self._partial()])

    def flush(self) -> Heard:
        words = self._settle()
        self._begin()
        return Heard(words)

    def reset(self) -> None:
        # Vosk's Reset() in the middle of speech once spoilt the sentence after it; a final result does not
        self.flush()

    def close(self) -> None:
        """Give the recogniser back to the pool; the object is of no use any more."""
        self.flush()
        self._engine.give(self._stream)

    def _begin(self) -> None:
        self._began = self._stream.ms
        self._audio: list[tuple[int, bytes]] = []
        # where in the stream's time the call's time is how much further; empty: nothing heard yet
        self._offsets: list[tuple[float, float]] = []
        self._settled = ()

    def _settle(self) -> tuple[Word, ...]:
        if not self._offsets:
            return self._settled
        partial = self._partial()
        with _vosk_failures():
            final = self._stream.kaldi.FinalResult()
        words = self._words(json.loads(final))
        if partial and not words:
            self._engine.rescued += 1
            words = self._spread(partial)
        return self._settled + words

    def _partial(self) -> list[str]:
        with _vosk_failures():
            partial = self._stream.kaldi.PartialResult()
        # just after a final result Vosk answers without this field
        text = json.loads(partial).get("partial", "")
        return [word for word in text.split() if word != UNKNOWN]

    def _words(self, result: dict[str, Any]) -> tuple[Word, ...]:
        return tuple(
            Word(
                word["word"],
                self._call_ms(word["start"] * 1000),
                self._call_ms(word["end"] * 1000),
                min(1.0, max(0.0, word["conf"])),
            )
            for word in result.get("result", ())
            if word["word"] != UNKNOWN
        )

    def _spread(self, texts: list[str]) -> tuple[Word, ...]:
        """Give words without times their share of the piece."""
        share = (self._stream.ms - self._began) / len(texts)
        edges = [self._call_ms(self._began + index * share) for index in range(len(texts) + 1)]
        return tuple(
            Word(text, start, end, RESCUED_CONFIDENCE)
            for text, start, end in zip(texts, edges, edges[1:], strict=False)
        )

    def _call_ms(self, stream_ms: float) -> int:
        index = bisect_right(self._offsets, stream_ms + 1, key=lambda span: span[0])
        return round(stream_ms + self._offsets[max(0, index - 1)][1])


@contextmanager
def _vosk_failures() -> Iterator[None]:
    try:
        yield
    except Exception as exc:  # noqa: BLE001 - Vosk's binding raises plain Exception and nothing narrower
        raise EngineFailed("speech.vosk", why=str(exc)) from exc

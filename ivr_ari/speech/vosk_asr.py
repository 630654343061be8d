"""
One caller's recogniser on Vosk: which words, when, how sure; for the step's phrases and for everything.

Where a piece of speech ends is decided outside: the model folder served here must not end utterances by
itself (its ``conf/model.conf``; see `ivr_ari.models`). A step that has phrases of its own is heard by them
and, unless it is sure that nothing else will be said, by the full language model beside them: a conversation
must survive "what are your opening hours" in any step. Vosk's own alternatives are not asked for: with them
words have no confidences, and word errors rose from 5.2 to 5.5 %.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..events import Expect, Heard, Word
from .grammar import listening
from .listening import UNKNOWN, FlowPhrases, Listening
from .opinion import opinion
from .vosk_pool import Stream, VoskPool

__all__ = ["VoskEngine", "VoskRecognizer"]

LONGEST_PIECE_MS = 30_000
"""Audio decoded in one go; beyond it the lattice grows for nothing, so the words so far are settled."""

RESCUED_CONFIDENCE = 0.5
"""Of words that only a partial result knew: Vosk gives it none."""

STEPS_KEPT = 256
"""What steps listen for, kept for all calls; a flow whose choices come from a backend has ever new ones."""

NO_PHRASES = FlowPhrases()


class VoskEngine:
    """A model, its recognisers, and what the flows' steps listen for; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model in *folder*. Raises SetupError."""
        self.pool = VoskPool(folder)
        self.rescued = 0
        """Pieces whose final result was empty although the partial one had words."""

        self.beside = ThreadPoolExecutor(thread_name_prefix="second")
        """Ends the second reading of a piece while the first one is ended."""

        self._lock = threading.Lock()
        self._flows: dict[str, FlowPhrases] = {}
        self._steps: OrderedDict[tuple[str, Expect], Listening] = OrderedDict()

    def learn(self, flow: str, phrases: FlowPhrases) -> None:
        """What callers of *flow* say."""
        self.forget(flow)
        with self._lock:
            self._flows[flow] = phrases

    def forget(self, flow: str) -> None:
        with self._lock:
            self._flows.pop(flow, None)
            for key in [key for key in self._steps if key[0] == flow]:
                del self._steps[key]

    def listening(self, flow: str, expect: Expect) -> Listening:
        """Return what listens while *expect* is waited for in *flow*."""
        key = (flow, expect)
        with self._lock:
            known = self._steps.pop(key, None)
        if known is None:
            known = self._listening(expect, self._flows.get(flow, NO_PHRASES))
        with self._lock:
            self._steps[key] = known
            if len(self._steps) > STEPS_KEPT:
                self._steps.popitem(last=False)
            return known

    def _listening(self, expect: Expect, flow: FlowPhrases) -> Listening:
        wanted = listening(expect, flow)
        phrases = self.pool.known(wanted.phrases)
        return replace(wanted, phrases=phrases) if phrases else Listening()

    def count_rescued(self) -> None:
        with self._lock:
            self.rescued += 1

    def recognizer(self, rate: int = 8000, *, flow: str = "", name: str = "") -> VoskRecognizer:
        """Return a recogniser of *rate* Hz audio for the call *name*. Raises EngineFailed."""
        return VoskRecognizer(self, rate, flow, name)

    def warm(self, count: int, rate: int = 8000) -> None:
        """Make *count* recognisers ready. Raises EngineFailed."""
        self.pool.warm(count, rate)


class Reading:
    """One stream at work on one piece of speech."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._began = stream.ms
        # where in the stream's time the call's time is how much further
        self._offsets: list[tuple[float, float]] = []
        self._settled: tuple[Word, ...] = ()
        self.rescued = False

    def hear(self, pcm: bytes, at_ms: int) -> None:
        stream = self.stream
        offset = at_ms - stream.ms
        if not self._offsets or abs(self._offsets[-1][1] - offset) >= 1:
            self._offsets.append((stream.ms, offset))
        if stream.hear(pcm):  # a model folder that was not made to leave this to us
            self._settled += self._words(stream.result())
        if stream.ms - self._began > LONGEST_PIECE_MS:
            self._settled = self.end()
            self._began, self._offsets = stream.ms, []

    def partial(self) -> list[str]:
        return [*(word.text for word in self._settled), *self.stream.partial()]

    def end(self) -> tuple[Word, ...]:
        """End the piece; return its words, those of unknown sounds among them."""
        partial = [word for word in self.stream.partial() if word != UNKNOWN]
        words = self._words(self.stream.final())
        if partial and not words:
            self.rescued = True
            words = self._spread(partial)
        return self._settled + words

    def _words(self, result: list[dict[str, Any]]) -> tuple[Word, ...]:
        return tuple(
            Word(
                word["word"],
                self._call_ms(word["start"] * 1000),
                self._call_ms(word["end"] * 1000),
                min(1.0, max(0.0, word["conf"])),
            )
            for word in result
        )

    def _spread(self, texts: list[str]) -> tuple[Word, ...]:
        """Give words without times their share of the piece."""
        share = (self.stream.ms - self._began) / len(texts)
        edges = [self._call_ms(self._began + index * share) for index in range(len(texts) + 1)]
        return tuple(
            Word(text, start, end, RESCUED_CONFIDENCE)
            for text, start, end in zip(texts, edges, edges[1:], strict=False)
        )

    def _call_ms(self, stream_ms: float) -> int:
        index = bisect_right(self._offsets, stream_ms + 1, key=lambda span: span[0])
        return round(stream_ms + self._offsets[max(0, index - 1)][1])


class VoskRecognizer:
    """Listens to one caller, see `Recognizer`."""

    def __init__(self, engine: VoskEngine, rate: int, flow: str, name: str) -> None:
        self.rate_hz = rate
        self._engine, self._flow, self._name = engine, flow, name
        self._listening = Listening()
        self._near: Reading | None = None
        self._wide: Reading | None = None
        self._audio: deque[tuple[int, bytes]] = deque()

    @property
    def listening(self) -> Listening:
        return self._listening

    def expect(self, expect: Expect) -> None:
        """Listen for what *expect* allows. Audio since the last flush is heard again in the new light."""
        wanted = self._engine.listening(self._flow, expect)
        if wanted == self._listening:
            return
        audio = self._audio
        self.reset()
        self._listening = wanted
        if wanted.phrases:
            self._engine.pool.warm(1, self.rate_hz, wanted.phrases)
        for at_ms, pcm in audio:
            self.hear(pcm, at_ms)

    def hear(self, pcm: bytes, at_ms: int) -> None:
        if self._near is None and self._wide is None:
            self._begin()
        self._keep(pcm, at_ms)
        for reading in (self._near, self._wide):
            if reading:
                reading.hear(pcm, at_ms)

    def partial(self) -> str:
        # the phrases make answers of whatever is said: what everything is possible for is the better witness
        reading = self._wide or self._near
        return " ".join(word for word in reading.partial() if word != UNKNOWN) if reading else ""

    def flush(self) -> Heard:
        near, wide = self._near, self._wide
        second = self._engine.beside.submit(wide.end) if near and wide else None
        read = Heard(near.end()) if near else Heard()
        if second:
            heard = opinion(read, Heard(second.result()))
        elif wide:
            heard = Heard(wide.end())
        else:
            heard = read
        if any(reading.rescued for reading in (near, wide) if reading):
            self._engine.count_rescued()
        self._release()
        if any(word.text == UNKNOWN for word in heard.words):
            heard = Heard(tuple(word for word in heard.words if word.text != UNKNOWN), heard.alternatives)
        return heard

    def reset(self) -> None:
        # Vosk's Reset() in the middle of speech once spoilt the sentence after it; a final result does not
        for reading in (self._near, self._wide):
            if reading:
                reading.end()
        self._release()

    def close(self) -> None:
        """Give the recognisers back to the pool."""
        self.reset()

    def _begin(self) -> None:
        pool, phrases = self._engine.pool, self._listening.phrases
        if phrases:
            self._near = Reading(pool.take(self.rate_hz, phrases, self._name))
        if not phrases or self._listening.second:
            self._wide = Reading(pool.take(self.rate_hz, (), self._name))

    def _release(self) -> None:
        for reading in (self._near, self._wide):
            if reading:
                self._engine.pool.give(reading.stream)
        self._near = self._wide = None
        self._audio = deque()

    def _keep(self, pcm: bytes, at_ms: int) -> None:
        """What was heard since the last flush, should something else be listened for."""
        self._audio.append((at_ms, pcm))
        while self._audio[0][0] < at_ms - LONGEST_PIECE_MS:
            self._audio.popleft()

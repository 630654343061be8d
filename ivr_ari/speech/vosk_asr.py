"""
One caller's recogniser on Vosk: which words, when, how sure; for the step's phrases and for everything.

Where a piece of speech ends is decided outside: the model folder served here must not end utterances by
itself (its ``conf/model.conf``; see `ivr_ari.models`). A conversation must survive "what are your opening
hours" in any step, so the full language model listens in all of them, unless the flow wants it otherwise; a
step that has phrases of its own asks them for a second opinion. Vosk's own alternatives are not asked for:
with them words have no confidences, and word errors rose from 5.2 to 5.5 %.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..events import Expect, Heard, Word
from .grammar import listening
from .listening import UNKNOWN, FlowPhrases, Listening
from .opinion import doubtful, opinion
from .vosk_pool import Stream, VoskPool

__all__ = ["VoskEngine", "VoskRecognizer"]

LONGEST_PIECE_MS = 30_000
"""Audio decoded in one go; beyond it the lattice grows for nothing, so the words so far are settled."""

LONGEST_SECOND_MS = {True: 10_000, False: 4_000}
"""
A longer piece is not heard again, in a closed and in an open step: 10 s of it take 0.3 s, and the caller
waits. What is said at an open question is longer, and one doubted word of it matters less.
"""

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
        partial = plain(self.stream.partial())
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
    """
    Listens to one caller, see `Recognizer`.

    One decoder works while the caller speaks: the full language model where it listens at all. The phrases
    are asked at the flush, and only if that model doubts a word: they hear the kept audio then.
    """

    def __init__(self, engine: VoskEngine, rate: int, flow: str, name: str) -> None:
        self.rate_hz = rate
        self._engine, self._flow, self._name = engine, flow, name
        self._listening = Listening()
        self._reading: Reading | None = None
        self._audio: deque[tuple[int, bytes]] = deque()

    @property
    def listening(self) -> Listening:
        return self._listening

    def expect(self, expect: Expect) -> None:
        """Listen for what *expect* allows. Audio since the last flush is heard in the new light, too."""
        before = self._alone
        self._listening = self._engine.listening(self._flow, expect)
        if self._listening.phrases:
            self._engine.pool.warm(1, self.rate_hz, self._listening.phrases)
        if self._alone != before and self._reading:
            audio = self._audio
            self.reset()
            for at_ms, pcm in audio:
                self.hear(pcm, at_ms)

    def hear(self, pcm: bytes, at_ms: int) -> None:
        if self._reading is None:
            self._reading = self._read(self._alone)
        self._keep(pcm, at_ms)
        self._reading.hear(pcm, at_ms)

    def partial(self) -> str:
        return " ".join(plain(self._reading.partial())) if self._reading else ""

    def flush(self) -> Heard:
        reading, audio = self._reading, self._audio
        if reading is None:
            return Heard()
        heard = Heard(reading.end())
        if reading.rescued:
            self._engine.count_rescued()
        self._release()
        short = (
            sum(len(pcm) for _, pcm in audio) * 500
            <= LONGEST_SECOND_MS[self._listening.closed] * self.rate_hz
        )
        if self._listening.second and short and doubtful(heard, self._listening):
            heard = opinion(self._second(audio), heard, self._listening)
        words = tuple(word for word in heard.words if word.text != UNKNOWN)
        return Heard(words, heard.alternatives)

    def reset(self) -> None:
        # Vosk's Reset() in the middle of speech once spoilt the sentence after it; a final result does not
        if self._reading:
            self._reading.end()
            self._release()

    def close(self) -> None:
        """Give the recogniser back to the pool."""
        self.reset()

    @property
    def _alone(self) -> tuple[str, ...]:
        """What the decoder listens for that works while the caller speaks; () for everything."""
        return () if self._listening.second else self._listening.phrases

    def _read(self, phrases: tuple[str, ...]) -> Reading:
        return Reading(self._engine.pool.take(self.rate_hz, phrases, self._name))

    def _second(self, audio: Iterable[tuple[int, bytes]]) -> Heard:
        """Return the reading of *audio* by the step's phrases."""
        near = self._read(self._listening.phrases)
        for at_ms, pcm in audio:
            near.hear(pcm, at_ms)
        heard = Heard(near.end())
        self._engine.pool.give(near.stream)
        return heard

    def _release(self) -> None:
        if self._reading:
            self._engine.pool.give(self._reading.stream)
        self._reading, self._audio = None, deque()

    def _keep(self, pcm: bytes, at_ms: int) -> None:
        """What was heard since the last flush, for a second opinion or another step."""
        self._audio.append((at_ms, pcm))
        while self._audio[0][0] < at_ms - LONGEST_PIECE_MS:
            self._audio.popleft()


def plain(words: Iterable[str]) -> list[str]:
    return [word for word in words if word != UNKNOWN]

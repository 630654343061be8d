"""
Vosk's model, one in memory for all callers, and the recognisers on it.

Composition of the graph is lazy and cached inside each recogniser, so a used one costs a third of a fresh
one: they are given back, never thrown away while there is room. A graph of phrases belongs to the recogniser
it was compiled for (vosk 0.3.45 shares none), so they are kept by their phrases. A recogniser is taken for
one piece of speech only: there are as many as callers speak at once, not as many as there are calls.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vosk

from ..errors import EngineFailed, SetupError
from .listening import UNKNOWN

__all__ = ["Stream", "VoskPool", "vosk_failures"]

WIDE_KEPT = 16
"""Idle recognisers kept with the full language model, 10 to 15 MB each."""

NEAR_KEPT = 96
"""Idle ones kept with phrases, of all kinds together: 0.5 MB each; those least lately used go first."""

LIFE_MS = 1_800_000
"""Audio after which a recogniser is let go: what its graph has cached grows with what callers say."""

WARM_UP = b"\x08\x00\xf8\xff" * 2000
"""A quarter of a second at 16 kHz of something faint: the network's memory is touched, the graph opened."""


class Stream:
    """A Kaldi recogniser and how much audio it has had in its life, on which its times count."""

    def __init__(self, kaldi: Any, rate: int, phrases: tuple[str, ...]) -> None:
        self.kaldi = kaldi
        self.rate = rate
        self.phrases = phrases
        self.owner = ""
        """Who had it last: adaptation to a voice and a line may still be in it."""

        self.samples = 0

    @property
    def ms(self) -> float:
        return self.samples * 1000 / self.rate

    def hear(self, pcm: bytes) -> bool:
        """Take 16-bit mono; True when Vosk ended an utterance by itself. Raises EngineFailed."""
        self.samples += len(pcm) // 2
        with vosk_failures():
            return bool(self.kaldi.AcceptWaveform(pcm))

    def partial(self) -> list[str]:
        """Return the words so far. Raises EngineFailed."""
        with vosk_failures():
            partial = self.kaldi.PartialResult()
        # just after a final result Vosk answers without this field
        return str(json.loads(partial).get("partial", "")).split()

    def result(self) -> list[dict[str, Any]]:
        """Return the words of the utterance that has just ended by itself. Raises EngineFailed."""
        with vosk_failures():
            return list(json.loads(self.kaldi.Result()).get("result", ()))

    def final(self) -> list[dict[str, Any]]:
        """End the utterance; return its words as Vosk tells them. Raises EngineFailed."""
        with vosk_failures():
            return list(json.loads(self.kaldi.FinalResult()).get("result", ()))


class VoskPool:
    """May be used from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model in *folder*. Raises SetupError."""
        vosk.SetLogLevel(-1)
        if not (folder / "am" / "final.mdl").exists():
            raise SetupError("model.missing", folder=str(folder), hint="run: ivr-ari models fetch")
        try:
            with vosk_failures():
                self._model = vosk.Model(str(folder))
        except EngineFailed as exc:
            raise SetupError("model.broken", folder=str(folder), hint="run: ivr-ari models check") from exc
        # a model whose graph is one file listens for everything, whatever it is told
        self._takes_phrases = (folder / "graph" / "Gr.fst").exists()
        self._lock = threading.Lock()
        self._idle: OrderedDict[tuple[int, tuple[str, ...]], deque[Stream]] = OrderedDict()
        self._near = 0
        self.made = 0
        """Recognisers made so far."""

    def known(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """
        Return what of *phrases* this model can listen for: words it does not have are left out.

        None but unknown sounds left, or a model that takes no phrases: an empty tuple. Vosk ends its process
        over an empty list, and over words that are symbols of its own (``<eps>``).
        """
        if not self._takes_phrases:
            return ()
        kept = tuple(filter(None, (" ".join(filter(self._knows, phrase.split())) for phrase in phrases)))
        return kept if set(kept) > {UNKNOWN} else ()

    def _knows(self, word: str) -> bool:
        with vosk_failures():
            return not word.startswith("<") and self._model.vosk_model_find_word(word) > 0

    def warm(self, count: int, rate: int, phrases: tuple[str, ...] = ()) -> None:
        """See to it that *count* recognisers are idle, ready to be used at once. Raises EngineFailed."""
        with self._lock:
            count -= len(self._idle.get((rate, phrases), ()))
        for _ in range(count):
            self.give(self._make(rate, phrases))

    def take(self, rate: int, phrases: tuple[str, ...] = (), owner: str = "") -> Stream:
        """Return *owner*'s idle stream, else the one idle longest, else a new one. Raises EngineFailed."""
        key = (rate, phrases)
        with self._lock:
            idle = self._idle.get(key)
            if idle:
                self._idle.move_to_end(key)
                stream = next((stream for stream in idle if stream.owner == owner), idle[0])
                idle.remove(stream)
                self._near -= bool(phrases)
                stream.owner = owner
                return stream
        stream = self._make(rate, phrases)
        stream.owner = owner
        return stream

    def give(self, stream: Stream) -> None:
        """Take back a *stream* whose utterance is ended."""
        if stream.ms > LIFE_MS:
            return
        key = (stream.rate, stream.phrases)
        with self._lock:
            idle = self._idle.setdefault(key, deque())
            self._idle.move_to_end(key)
            idle.append(stream)
            if not stream.phrases:
                if len(idle) > WIDE_KEPT:
                    idle.popleft()
                return
            self._near += 1
            if self._near > NEAR_KEPT:
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        for key, idle in tuple(self._idle.items()):
            if not idle:
                del self._idle[key]
            elif key[1]:
                idle.popleft()
                self._near -= 1
                return

    def _make(self, rate: int, phrases: tuple[str, ...]) -> Stream:
        with vosk_failures():
            # Vosk reads no \u escapes: a word written with one is unknown to it
            more = (json.dumps(phrases, ensure_ascii=False),) if phrases else ()
            kaldi = vosk.KaldiRecognizer(self._model, rate, *more)
            kaldi.SetWords(True)
        self.made += 1
        stream = Stream(kaldi, rate, phrases)
        stream.hear(WARM_UP)
        stream.final()
        return stream


@contextmanager
def vosk_failures() -> Iterator[None]:
    """Turn what Vosk's binding raises into EngineFailed ``speech.vosk``."""
    try:
        yield
    except Exception as exc:  # noqa: BLE001 - Vosk's binding raises plain Exception and nothing narrower
        raise EngineFailed("speech.vosk", why=str(exc)) from exc

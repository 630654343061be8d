"""
How one sentence becomes audio: whole, from a word on, or after words that were kept.

Every way makes the same take of a sentence, so times told for one hold for the others.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator

import numpy as np

from .cache import RATES_HZ, Span, prompt_key
from .carriers import OVERLAP_MS, Splice, fixed_phrases
from .joining import Delivery, Tail, cut_before, faded_in, ms_of
from .level import ONSET_MS, TAIL_MS, Chain, finished, gain_db
from .script import Sentence
from .shelf import Shelf
from .voice import Cancelled, Pcm, Take, Voice, engine_failures

__all__ = ["Maker"]

JOINED = 256
"""Sentences remembered as joined."""

JOIN_MS = 200.0
"""What a voice needs before it has something to go on with, until it was measured."""

MARGIN = 1.5
"""A carrier has to last so many times longer: a hole in a sentence is worse than a beginning a bit later."""


class Maker:
    """Makes sentences that are not kept. Blocking, in the thread that loaded the voice."""

    def __init__(self, voice: Voice, shelf: Shelf) -> None:
        self.voice = voice
        self.shelf = shelf
        self._joined: OrderedDict[str, None] = OrderedDict()
        """Keys of sentences that were last said after a carrier."""

        self.joins = 0
        """How many sentences began with a carrier."""

        self.join_ms = JOIN_MS

    def sentence(
        self, sentence: Sentence, how: Delivery, cancelled: Cancelled, *, whole: bool
    ) -> Iterator[bytes]:
        """
        Yield *sentence* as 16-bit little-endian mono; an empty piece means work that can wait.

        It is kept if it was made *whole* and to its end. Otherwise it may begin with kept words; if it is
        said again, it is made whole then.
        """
        key = prompt_key(self.shelf.name, sentence, how.speed)
        carrier = None if whole or how.sensitive or key in self._joined else self.shelf.carrier(sentence, how)
        self._joined.pop(key, None)
        if carrier:
            splice = Splice(carrier, how.rate_hz)
            if ms_of(splice.sure, how.rate_hz) >= MARGIN * self.join_ms:
                self.joins += 1
                self._joined[key] = None
                while len(self._joined) > JOINED:
                    self._joined.popitem(last=False)
                yield splice.sure
                yield from self._after(splice, sentence, len(carrier.words), how, cancelled)
                return
        yield from self._whole(sentence, how, cancelled)

    def tail(self, tail: Tail, how: Delivery, cancelled: Cancelled) -> Iterator[bytes]:
        """Yield a sentence from one of its words on."""
        with engine_failures():
            take = self.voice.take(tail.sentence, speed=how.speed)
            begin = cut_before(self._spans(take, 0), tail.word) * self.voice.rate_hz // 1000
            chain, begun = self._chain(take, how), False
            for audio in take.audio(begin, cancelled):
                heard = chain.feed(audio)
                yield _bytes(heard if begun else faded_in(heard, how.rate_hz))
                begun = begun or bool(len(heard))
            if not cancelled():
                yield _bytes(chain.finish())

    def timing(self, sentence: Sentence, how: Delivery) -> tuple[tuple[Span, ...], int]:
        """
        Return when the words of *sentence*, which is not kept, are heard in its audio, and how long that is.

        In ms, as it was said last. A voice that can't tell has no words. Raises EngineFailed.
        """
        with engine_failures():
            take = self.voice.take(sentence, speed=how.speed)
            if not take.words:
                return (), round(1000 * take.samples / self.voice.rate_hz)
            begin_ms = round(1000 * take.words[0].begin / self.voice.rate_hz)
            words = self._spans(take, begin_ms - ONSET_MS)
            joined = prompt_key(self.shelf.name, sentence, how.speed) in self._joined
            if joined and (carrier := self.shelf.carrier(sentence, how)):
                said = len(carrier.words)
                later = carrier.words[-1][1] - words[said - 1][1]
                words = (*carrier.words, *((begin + later, end + later) for begin, end in words[said:]))
            return words, words[-1][1] + TAIL_MS

    def _whole(self, sentence: Sentence, how: Delivery, cancelled: Cancelled) -> Iterator[bytes]:
        stopped = False

        def stop() -> bool:
            nonlocal stopped
            stopped = stopped or cancelled()
            return stopped

        made: list[Pcm] = []
        with engine_failures():
            take = self.voice.take(sentence, speed=how.speed)
            chain = self._chain(take, how)
            for audio in take.audio(cancelled=stop):
                made.append(audio)
                yield _bytes(chain.feed(audio))
            if stop():
                return
            yield _bytes(chain.finish())
            if made and not how.sensitive:
                yield from self._keep(sentence, how, take, np.concatenate(made))

    def _after(
        self, splice: Splice, sentence: Sentence, words: int, how: Delivery, cancelled: Cancelled
    ) -> Iterator[bytes]:
        """Yield what follows the first *words* of a sentence, which *splice* has."""
        asked, heard = time.monotonic(), False
        with engine_failures():
            take = self.voice.take(sentence, speed=how.speed)
            chain = self._chain(take, how)
            word = take.words[words - 1]
            begin = max(take.words[0].begin, word.end - OVERLAP_MS * self.voice.rate_hz // 1000)

            def spliced(audio: Pcm, *, last: bool = False) -> bytes:
                end = (word.end - begin) * how.rate_hz // self.voice.rate_hz - chain.cut
                return _bytes(splice.feed(audio, end, last=last))

            for audio in take.audio(begin, cancelled):
                piece = spliced(chain.feed(audio))
                if piece and not heard:
                    heard = True
                    self._took(time.monotonic() - asked)
                yield piece
            if not cancelled():
                yield spliced(chain.finish(), last=True)

    def _took(self, seconds: float) -> None:
        """The last join was ready after that time; slower is believed at once, faster by and by."""
        self.join_ms = max(1000 * seconds, 0.8 * self.join_ms + 200 * seconds)

    def _spans(self, take: Take, cut_ms: int) -> tuple[Span, ...]:
        """Return the times of the words of *take* in ms, when *cut_ms* of its beginning are left out."""
        ms = 1000 / self.voice.rate_hz
        return tuple(
            (max(0, round(word.begin * ms) - cut_ms), max(0, round(word.end * ms) - cut_ms))
            for word in take.words
        )

    def _chain(self, take: Take, how: Delivery) -> Chain:
        gain = gain_db(take.loudness_lufs, self.voice.gain_db)
        return Chain(self.voice.rate_hz, how.rate_hz, gain)

    def _keep(self, sentence: Sentence, how: Delivery, take: Take, raw: Pcm) -> Iterator[bytes]:
        """Keep a sentence that was made to its end, at all rates; it is heard already, so this can wait."""
        audio, cut_ms = {}, 0
        for rate_hz in RATES_HZ:
            yield b""
            pcm, cut = finished(raw, self.voice.rate_hz, rate_hz)
            audio[rate_hz], cut_ms = _bytes(pcm), round(1000 * cut / rate_hz)
        fixed = fixed_phrases(sentence)
        leading = sum(word.phrase < fixed for word in take.words)
        self.shelf.put(sentence, how.speed, audio, self._spans(take, cut_ms), leading)


def _bytes(audio: Pcm) -> bytes:
    return audio.astype("<i2").tobytes()

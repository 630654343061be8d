"""
A prompt as what is played one after the other: sentences, and the silence between them.

Each sentence comes without silence at its ends, so what lies between two of them is decided here, and is the
same whether they are made now or were kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .cache import Kept, Span
from .script import Script, Sentence
from .voice import Pcm

__all__ = [
    *("USUAL", "Delivery", "Item", "Tail", "cut_before", "faded_in", "first_unheard", "items_of", "ms_of"),
    *("rest_of", "sentences_of", "silence"),
]

SLOWEST, FASTEST = 0.5, 2.0
"""Speeds beyond are no speech."""

SENTENCE_GAP_MS = 230
"""Between two sentences, beside the 120 ms that every sentence dies away in: a breath."""

CLAUSE_GAP_MS = 60
"""Where a long sentence was cut at a comma."""

LEAD_MS = 20
"""Kept of what lies before a word that is begun with: the closure of a "p" belongs to it."""

FADE_MS = 5
"""Audio that begins in the middle of a voice clicks; so long a fade is no sound of its own."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a prompt is wanted."""

    rate_hz: int = 8000
    speed: float = 1.0
    """1.25 is a quarter faster; held within 0.5 and 2."""

    sensitive: bool = False
    """Keep nothing of it anywhere."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "speed", min(max(self.speed, SLOWEST), FASTEST))


USUAL = Delivery()


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a sentence that is to be made, from one of its words on."""

    sentence: Sentence
    word: int


Item = Sentence | Tail | Kept | int
"""What is played: to be made or looked up, kept already, or silence in ms."""


def items_of(script: Script, speed: float = 1.0) -> tuple[Item, ...]:
    """
    Return *script* as what is played.

    A pause at a sentence's edge is silence beside it, so that the sentence is the same with and without one.
    """
    items: list[Item] = []
    spoken = ""
    for sentence in script:
        before, bare, after = _edges(sentence)
        if bare.phrases:
            if spoken:
                natural = SENTENCE_GAP_MS if spoken[-1] in ".?!" else CLAUSE_GAP_MS
                _add_silence(items, round(natural / speed))
            _add_silence(items, before)
            items.append(bare)
            spoken = bare.words
        _add_silence(items, after if bare.phrases else before + after)
    return tuple(items)


def _edges(sentence: Sentence) -> tuple[int, Sentence, int]:
    """Return the pause before the first word, the sentence between them, and the pause after the last."""
    phrases = list(sentence.phrases)
    before = after = 0
    while phrases and not phrases[0].words:
        before += phrases.pop(0).pause_ms
    while phrases and (not phrases[-1].words or phrases[-1].pause_ms):
        after += phrases[-1].pause_ms
        if phrases[-1].words:
            phrases[-1] = replace(phrases[-1], pause_ms=0)
        else:
            phrases.pop()
    return before, replace(sentence, phrases=tuple(phrases)), after


def _add_silence(items: list[Item], ms: int) -> None:
    if ms and items and isinstance(items[-1], int):
        items[-1] += ms
    elif ms:
        items.append(ms)


def first_unheard(words: Sequence[Span], heard_ms: int) -> int:
    """Return which of *words* was the first not to be heard to its end; as many as there are if none."""
    return next((number for number, (_, end) in enumerate(words) if end > heard_ms), len(words))


def cut_before(words: Sequence[Span], word: int) -> int:
    """Return where audio begins that is to begin with *word*, in ms: nothing of the word before is in it."""
    begin = words[word][0]
    before = words[word - 1][1] if word else 0
    return max(before, begin - LEAD_MS, 0)


def rest_of(kept: Kept, word: int, rate_hz: int) -> Kept:
    """Return *kept* from one of its words on, without a click."""
    begin_ms = cut_before(kept.words, word)
    audio = np.frombuffer(kept.pcm, "<i2")[begin_ms * rate_hz // 1000 :]
    words = tuple((begin - begin_ms, end - begin_ms) for begin, end in kept.words[word:])
    return Kept(faded_in(audio, rate_hz).astype("<i2").tobytes(), words)


def faded_in(audio: Pcm, rate_hz: int) -> Pcm:
    """Return *audio*, which begins in the middle of a voice, without a click."""
    length = min(len(audio), FADE_MS * rate_hz // 1000)
    faded = audio.copy()
    faded[:length] = np.round(audio[:length] * np.linspace(0.0, 1.0, length, endpoint=False))
    return faded


def silence(ms: int, rate_hz: int) -> bytes:
    """Return that much silence as 16-bit audio."""
    return bytes(2 * (ms * rate_hz // 1000))


def ms_of(pcm: bytes, rate_hz: int) -> int:
    """Return how long 16-bit mono audio lasts."""
    return len(pcm) // 2 * 1000 // rate_hz


def sentences_of(script: Script) -> tuple[Sentence, ...]:
    """Return the sentences of *script* as they are made and kept, without pauses at their edges."""
    return tuple(item for item in items_of(script) if isinstance(item, Sentence))

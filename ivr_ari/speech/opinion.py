"""
One result of two: what the step's own phrases made of a piece of audio, and what the full model did.

The phrases know what the answer may be and nothing else; whatever else a caller says they turn into answers.
The full language model knows both, the answers less well. So the full model's words are taken, except where
it doubts them itself and the phrases fill the same place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ..events import Heard, Word
from .listening import UNKNOWN, Listening

__all__ = ["doubtful", "opinion"]

SURE: Mapping[bool, float] = {True: 0.95, False: 0.75}
"""Confidence from which a word of the full model stands: where an answer is expected, and anywhere else."""

ALIKE = 0.3
"""
Share of the full model's words that the phrases must have heard too: with less, the caller talks of
something that the phrases do not know.
"""

TOLD = 0.5
"""The same, from which on the phrases' reading is told as an alternative: values may be taken out of it."""

SHORT = 2
"""So few words of the full model need not be heard by the phrases too: a piece of a number has no more."""

LOST = 0.6
"""Mean confidence below which the full model has understood so little that it proves nothing."""


def doubtful(wide: Heard, listening: Listening) -> bool:
    """Return whether the full model doubts any of its words: else the phrases can change nothing."""
    return any(word.confidence < SURE[listening.closed] for word in wide.words) or not wide.words


def opinion(near: Heard, wide: Heard, listening: Listening) -> Heard:
    """
    Return what was heard in one piece of audio.

    *near* is the reading by the step's phrases, its words may hold ``[unk]``; *wide* that of the full
    language model. The reading that is not returned stays as an alternative.
    """
    if not doubtful(wide, listening):
        return wide
    alike = _alike(near.words, wide.words)
    lost = listening.closed and (len(wide.words) <= SHORT or wide.confidence < LOST)
    words = wide.words
    if lost or alike >= ALIKE:
        words = tuple(_joined(near.words, wide.words, SURE[listening.closed]))
    told = [wide.text]
    if lost or alike >= TOLD:
        told.append(" ".join(word.text for word in near.words if word.text != UNKNOWN))
    text = " ".join(word.text for word in words)
    return Heard(words, tuple(other for other in dict.fromkeys(told) if other not in ("", text)))


def _alike(near: Sequence[Word], wide: Sequence[Word]) -> float:
    same = sum(size for _, _, size in _match(near, wide).get_matching_blocks())
    return same / len(wide) if wide else 1.0


def _joined(near: Sequence[Word], wide: Sequence[Word], sure: float) -> list[Word]:
    """Return the words both heard, and between them those of whoever is to be believed."""
    words: list[Word] = []
    for what, begin, end, near_begin, near_end in _match(near, wide).get_opcodes():
        mine, theirs = wide[begin:end], near[near_begin:near_end]
        if what == "equal":
            words += [max(pair, key=_confidence) for pair in zip(mine, theirs, strict=True)]
        elif UNKNOWN in (word.text for word in theirs):
            words += mine
        else:
            doubt = _confidence_in(wide, begin, end)
            words += theirs if doubt < min(sure, _confidence_in(near, near_begin, near_end)) else mine
    return words


def _confidence_in(words: Sequence[Word], begin: int, end: int) -> float:
    """Return the mean confidence of a span; of an empty one that of its doubtful neighbour."""
    if begin < end:
        return sum(word.confidence for word in words[begin:end]) / (end - begin)
    return min((word.confidence for word in words[max(0, begin - 1) : end + 1]), default=0.0)


def _confidence(word: Word) -> float:
    return word.confidence


def _match(near: Sequence[Word], wide: Sequence[Word]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [word.text for word in wide], [word.text for word in near], autojunk=False)

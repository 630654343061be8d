"""One result of two: what the step's own phrases made of the audio, and what the full language model did."""

from __future__ import annotations

from ..events import Expect, Heard

__all__ = ["opinion"]


def opinion(expect: Expect, near: Heard, wide: Heard) -> Heard:
    """
    Return what was heard, from two readings of the same piece of audio.

    *near* comes from the phrases the step listens for, its words may hold ``[unk]``; *wide* from the full
    language model. What the other one heard stays as an alternative.
    """
    if not near.words or "[unk]" in near.text.split():
        return wide
    if near.text == wide.text or not wide.words:
        return near
    return Heard(near.words, (wide.text,))

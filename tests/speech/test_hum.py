"""The hum of a caller who listens, and words."""

from __future__ import annotations

import numpy as np

from ivr_ari.speech.hum import Hum
from tests.bench.disturbances import Pcm, mhm

from .callers import clips, frames, line


def hummed(pcm: Pcm, rate_hz: int = 8000) -> bool:
    """Whether all frames of *pcm* above -45 dBFS make a hum."""
    hum, size = Hum(rate_hz), rate_hz // 50
    for begin in range(0, pcm.size - size + 1, size):
        frame = pcm[begin : begin + size]
        hum.frame(frame.astype("<i2").tobytes(), float(np.std(frame.astype(np.float64))) > 180)
    return hum.hummed


def test_mhm_is_a_hum() -> None:
    """In nine voices of ten, at either rate."""
    assert sum(hummed(mhm(seed)) for seed in range(10)) >= 9
    assert sum(hummed(mhm(seed, 16000), 16000) for seed in range(10)) >= 9


def test_words_are_none() -> None:
    """Short answers and whole sentences of recorded callers."""
    for clip in clips("b018", "b020", "b029", "b031", "b010", "b002"):
        hum = Hum()
        for frame in frames(line(clip)):
            hum.frame(frame, True)
        assert not hum.hummed, clip.file


def test_a_new_voice_is_judged_for_itself() -> None:
    """A word long before does not make an mhm a word."""
    hum = Hum()
    loud = np.random.default_rng(1).integers(-9000, 9000, 160).astype("<i2").tobytes()
    for _ in range(20):
        hum.frame(loud, True)
    assert not hum.hummed
    for _ in range(20):
        hum.frame(bytes(320), False)
    tone = (3000 * np.sin(np.arange(160) * 2 * np.pi * 200 / 8000)).astype("<i2").tobytes()
    for _ in range(10):
        hum.frame(tone, True)
    assert hum.hummed

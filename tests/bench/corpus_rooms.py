"""
Where callers are: what room, crowd and line make of clean speech. Everything from a seed.

``clean`` is a quiet line (noise at -65 dBFS), ``babble`` other voices 10 dB below the caller, ``room`` a
speakerphone's reverberation, ``loss`` 2 % of the packets gone, ``wide`` a telephone with 16 kHz.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from .audio_takes import FRAME_MS, Take
from .corpus_cases import CALLERS, Case, Pcm, audio, end_of_speech

__all__ = ["CONDITIONS", "LEAD_MS", "spoken"]

CONDITIONS = ("clean", "babble", "room", "loss", "wide")

LEAD_MS, TAIL_MS = 1000, 4000
"""Before and after the speech; a call ends when its turn is taken."""

FLOOR_DB = -65.0
BABBLE_DB = -10.0
TALKERS = 8
LOSS = 0.02
DECAY_S = 0.5
"""The time in which a room's sound falls by 60 dB (RT60): a small office."""

DIRECT_DB = 2.0
"""How much louder the caller's own voice reaches the microphone than all the room's answer to it."""

Wave = npt.NDArray[np.float64]


def spoken(case: Case, condition: str) -> Take:
    """Return what the caller's side of *case* sends under *condition*."""
    rate = 16_000 if condition == "wide" else 8000
    speech = audio(case.path, rate)
    ends_ms = LEAD_MS + end_of_speech(speech, rate)
    draw = np.random.default_rng(zlib.crc32(f"{case.name} {condition}".encode()))
    lead, tail = (np.zeros(rate * ms // 1000) for ms in (LEAD_MS, TAIL_MS))
    wave: Wave = np.concatenate((lead, speech.astype(np.float64), tail))
    if condition == "room":
        wave = reverberant(wave, rate, draw)
    if condition == "babble":
        wave = wave + crowd(len(wave), rate, draw) * (level(speech) * 10 ** (BABBLE_DB / 20))
    wave = wave + draw.standard_normal(len(wave)) * (32768 * 10 ** (FLOOR_DB / 20))
    packets = len(wave) * 1000 // rate // FRAME_MS
    lost = (
        frozenset(np.flatnonzero(draw.random(packets) < LOSS).tolist())
        if condition == "loss"
        else frozenset()
    )
    pcm = np.clip(np.rint(wave), -32768, 32767).astype(np.int16)
    return Take(pcm, rate, LEAD_MS, ends_ms, lost)


def level(pcm: Pcm) -> float:
    """Return the root mean square of the voiced part of *pcm*: what lies within 30 dB of its loudest."""
    frames = pcm[: len(pcm) // 80 * 80].reshape(-1, 80).astype(np.float64)
    powers = (frames * frames).mean(axis=1)
    return float(np.sqrt(powers[powers > powers.max() / 1000].mean()))


def crowd(samples: int, rate_hz: int, draw: np.random.Generator) -> Wave:
    """Return *samples* of people talking at once, with a root mean square of 1."""
    mixed = np.zeros(samples)
    for voice in draw.choice(len(_talkers(rate_hz)), TALKERS, replace=False):
        talker = np.roll(np.resize(_talkers(rate_hz)[voice], samples), int(draw.integers(samples)))
        mixed += talker / max(1.0, level(talker))
    loudness = np.sqrt((mixed * mixed).mean())
    babble: Wave = mixed / loudness
    return babble


@cache
def _talkers(rate_hz: int) -> Sequence[Pcm]:
    """Return what people in the background say: long recordings of other sentences."""
    return [audio(path, rate_hz) for path in sorted(CALLERS.glob("[bcr]0*.flac"))[::3]]


def reverberant(wave: Wave, rate_hz: int, draw: np.random.Generator) -> Wave:
    """Return *wave* in a room: its direct sound, a few early echoes and a decaying tail."""
    samples = int(DECAY_S * rate_hz)
    time = np.arange(samples) / rate_hz
    answer = draw.standard_normal(samples) * 10 ** (-3 * time / DECAY_S)
    answer[: rate_hz // 200] = 0  # the nearest wall is some 80 cm away
    for _ in range(6):
        answer[int(draw.uniform(0.005, 0.04) * rate_hz)] += draw.choice((-1, 1)) * draw.uniform(2, 5)
    answer *= 10 ** (-DIRECT_DB / 20) / np.sqrt((answer * answer).sum())
    answer[0] = 1.0
    size = 1 << (len(wave) + samples - 1).bit_length()
    heard: Wave = np.fft.irfft(np.fft.rfft(wave, size) * np.fft.rfft(answer, size), size)[: len(wave)]
    return heard

"""
From an engine's audio to what a caller hears: the call's rate, one loudness, no silence at the ends.

The whole chain works piece by piece and gives the same samples whatever the pieces are, so that a
prompt heard while it was made and the same prompt from the cache are alike.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from .equaliser import Equaliser
from .loudness import loudness_lufs
from .resample import Resampler, Samples
from .voice import Pcm

__all__ = [
    *("RATE_HZ", "TARGET_LUFS", "Carrier", "Chain", "Edges", "amplified", "carried", "finished", "floats"),
    *("gain_db", "louder"),
]

RATE_HZ = 8000
"""The telephone's rate (G.711)."""

TARGET_LUFS = -20.0
"""
Integrated loudness of every prompt. The studio prompts that come with Asterisk have -19.1 (median of 353;
nine in ten lie between -21.7 and -17.2), so that those of a dialplan and ours don't jump.
"""

PEAK_DBFS = -3.0
"""No sample goes beyond this; above the knee the curve bends."""

KNEE_DBFS = -6.0

SILENT_DBFS = -50.0
"""10 ms below this (after the gain) are silence."""

ONSET_MS, TAIL_MS = 10, 120
"""Silence kept before the first sound and after the last."""

PASSES, CLOSE_LU = 4, 0.02
"""How often a gain is mended, because peaks that bend cost loudness, and when it is good enough."""

PAUSE_BESIDE_MS, AMONG, MOST_APART_LU = 150, 0.4, 0.75
"""How a sentence's loudness among others counts."""

MOST_DB = 40.0
"""No gain beyond: what is so quiet is noise."""


class Edges:
    """
    Cut silence off the beginning and the end as audio goes by; what is inside stays as it is.

    What is silent is held back until sound follows, so that the end can be cut.
    """

    def __init__(self, rate_hz: int) -> None:
        self.block = rate_hz // 100
        self.onset = ONSET_MS * rate_hz // 1000
        self.tail = TAIL_MS * rate_hz // 1000
        self.rest: Pcm = np.zeros(0, np.int16)
        self.held: list[Pcm] = []
        self.started = False
        self.cut = 0

    def feed(self, audio: Pcm) -> Pcm:
        """Take any number of samples; return what is certain to be heard."""
        audio = np.concatenate([self.rest, audio])
        whole = len(audio) - len(audio) % self.block
        self.rest = audio[whole:]
        passed: list[Pcm] = [np.zeros(0, np.int16)]
        for block in audio[:whole].reshape(-1, self.block):
            if _dbfs(block) < SILENT_DBFS:
                self.held.append(block)
                continue
            passed += [self._begun(), block] if not self.started else [*self.held, block]
            self.held, self.started = [], True
        return np.concatenate(passed)

    def finish(self) -> Pcm:
        """Return what is left: TAIL_MS of what followed the last sound, faded out."""
        if not self.started and (not len(self.rest) or _dbfs(self.rest) < SILENT_DBFS):
            return np.zeros(0, np.int16)
        tail = np.concatenate([*self.held, self.rest])[: self.tail]
        return (tail * np.linspace(1.0, 0.0, len(tail))).astype(np.int16)

    def _begun(self) -> Pcm:
        before = np.concatenate([np.zeros(0, np.int16), *self.held])
        kept = before[-self.onset :]
        self.cut = len(before) - len(kept)
        return (kept * np.linspace(0.0, 1.0, len(kept))).astype(np.int16)


class Carrier:
    """Brings audio to a call's rate: what that rate can carry, for a telephone equalised."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self.resampler = Resampler(rate_in, rate_out)
        self.equaliser = Equaliser() if rate_out == RATE_HZ else None

    def feed(self, audio: Samples) -> Samples:
        """Take any number of samples; return those that are ready."""
        return self._equalised(self.resampler.feed(audio))

    def finish(self) -> Samples:
        """Return the rest."""
        return self._equalised(self.resampler.finish())

    def _equalised(self, audio: Samples) -> Samples:
        return self.equaliser.feed(audio) if self.equaliser else audio


class Chain:
    """Brings one sentence to a call's rate, *gain_db* louder, without its silent edges."""

    def __init__(self, rate_in: int, rate_out: int = RATE_HZ, gain_db: float = 0.0) -> None:
        self.carrier = Carrier(rate_in, rate_out)
        self.gain_db = gain_db
        self.edges = Edges(rate_out)

    @property
    def cut(self) -> int:
        """How many samples (at the rate that comes out) the beginning lost; known with the first sound."""
        return self.edges.cut

    def feed(self, audio: Pcm) -> Pcm:
        """Take audio at the engine's rate; return what is ready to be sent."""
        return self.edges.feed(amplified(self.carrier.feed(floats(audio)), self.gain_db))

    def finish(self) -> Pcm:
        """Return the rest."""
        rest = self.edges.feed(amplified(self.carrier.finish(), self.gain_db))
        return np.concatenate([rest, self.edges.finish()])


def finished(audio: Pcm, rate_in: int, rate_out: int = RATE_HZ) -> tuple[Pcm, int]:
    """
    Return a whole sentence (or recording) as it is kept, and how many samples its beginning lost.

    It is what a `Chain` makes with the gain that brings it to TARGET_LUFS, alone or among other sentences.
    """
    samples = carried(floats(audio), rate_in, rate_out)
    gain = min(TARGET_LUFS - loudness_lufs(samples, rate_out), MOST_DB)
    for _ in range(PASSES):
        edges = Edges(rate_out)
        made = np.concatenate([edges.feed(amplified(samples, gain)), edges.finish()])
        missing = TARGET_LUFS - _loudness(floats(made), rate_out)
        if not np.any(made) or abs(missing) < CLOSE_LU:
            break
        gain = min(gain + missing, MOST_DB)
    return made, edges.cut


def carried(audio: Samples, rate_in: int, rate_out: int = RATE_HZ) -> Samples:
    """Return all of *audio* as a call of that rate carries it, its level untouched."""
    carrier = Carrier(rate_in, rate_out)
    return np.concatenate([carrier.feed(audio), carrier.finish()])


def _loudness(samples: Samples, rate_hz: int) -> float:
    """
    Return how loud a sentence is, partly alone and partly with the pauses of a longer prompt around it.

    The two differ by 0.4 LU (one standard deviation), because the standard's blocks of 400 ms take in
    what lies beside. Prompts of one sentence and of several come closest (within 1 LU) in between.
    """
    alone = loudness_lufs(samples, rate_hz)
    pause = np.zeros(PAUSE_BESIDE_MS * rate_hz // 1000, np.float32)
    among = loudness_lufs(np.concatenate([pause, samples, pause]), rate_hz)
    return alone + AMONG * min(max(among - alone, -MOST_APART_LU), MOST_APART_LU)


def gain_db(predicted_lufs: float | None, voice_gain_db: float) -> float:
    """Return the gain for a sentence that is heard while it is made: by its own loudness if it is known."""
    return voice_gain_db if predicted_lufs is None else min(TARGET_LUFS - predicted_lufs, MOST_DB)


def floats(audio: Pcm) -> Samples:
    """Return 16-bit samples as numbers from -1 to 1."""
    return audio.astype(np.float32) / np.float32(32768.0)


def amplified(samples: npt.NDArray[np.float32], gain_db: float) -> Pcm:
    """Return samples (-1..1) at another level as 16 bit; peaks bend at the knee and never clip."""
    louder = samples * _ratio(gain_db)
    knee, peak = _ratio(KNEE_DBFS), _ratio(PEAK_DBFS)
    size = np.abs(louder)
    bent = knee + (peak - knee) * np.tanh((size - knee) / (peak - knee))
    limited = np.where(size > knee, np.sign(louder) * bent, louder)
    rounded: Pcm = np.round(limited * 32767.0).astype(np.int16)
    return rounded


def louder(pcm: bytes, gain_db: float) -> bytes:
    """
    Return a piece of 16-bit little-endian audio at another level, for a caller who hears badly.

    No sample clips, whatever the gain; each depends on itself alone, so pieces fit together.
    """
    if not gain_db:
        return pcm
    return amplified(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0, gain_db).astype("<i2").tobytes()


def _dbfs(audio: npt.NDArray[np.int16]) -> float:
    if not len(audio):
        return -120.0
    power = float(np.square(audio.astype(np.float64) / 32768.0).mean())
    return 10.0 * math.log10(max(power, 1e-12))


def _ratio(db: float) -> float:
    return float(10.0 ** (db / 20.0))

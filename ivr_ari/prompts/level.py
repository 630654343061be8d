"""
From an engine's audio to what a caller hears: the call's rate, one loudness, no silence at the ends.

The whole chain works piece by piece and gives the same samples whatever the pieces are, so that a
prompt heard while it was made and the same prompt from the cache are alike.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import soxr

from .equaliser import Equaliser
from .loudness import loudness_lufs
from .resample import Resampler, Samples
from .voice import Pcm

__all__ = [
    *(
        "RATE_HZ",
        "TARGET_DBFS",
        "TARGET_LUFS",
        "Carrier",
        "Chain",
        "Edges",
        "Telephone",
        "Trimmer",
        "active_dbfs",
    ),
    *("amplified", "carried", "finished", "floats", "gain_db", "levelled", "louder"),
]

RATE_HZ = 8000
"""The telephone's rate (G.711)."""

TARGET_LUFS = -20.0
"""
Integrated loudness of every prompt. The studio prompts that come with Asterisk have -19.1 (median of 353;
nine in ten lie between -21.7 and -17.2), so that those of a dialplan and ours don't jump.
"""

TARGET_DBFS = -20.0
"""Root mean square of speech, pauses left out, against full scale (a sine of full scale is -3.01)."""

PEAK_DBFS = -3.0
"""No sample goes beyond this; above the knee the curve bends."""

KNEE_DBFS = -6.0

BLOCK = RATE_HZ // 100
"""10 ms: the smallest thing that is silent or isn't."""

SILENT_DBFS = -50.0
"""A block below this (after the gain) is silence."""

ONSET_MS, TAIL_MS, PAUSE_MS = 10, 120, 450
"""Silence kept before the first sound, after the last, and at most inside."""

PASSES, CLOSE_LU = 4, 0.02
"""How often a gain is mended, because peaks that bend cost loudness, and when it is good enough."""

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

    It is what a `Chain` makes with the gain that brings it to TARGET_LUFS exactly.
    """
    samples = carried(floats(audio), rate_in, rate_out)
    gain = min(TARGET_LUFS - loudness_lufs(samples, rate_out), MOST_DB)
    for _ in range(PASSES):
        edges = Edges(rate_out)
        made = np.concatenate([edges.feed(amplified(samples, gain)), edges.finish()])
        missing = TARGET_LUFS - loudness_lufs(floats(made), rate_out)
        if not np.any(made) or abs(missing) < CLOSE_LU:
            break
        gain = min(gain + missing, MOST_DB)
    return made, edges.cut


def carried(audio: Samples, rate_in: int, rate_out: int = RATE_HZ) -> Samples:
    """Return all of *audio* as a call of that rate carries it, its level untouched."""
    carrier = Carrier(rate_in, rate_out)
    return np.concatenate([carrier.feed(audio), carrier.finish()])


def gain_db(predicted_lufs: float | None, voice_gain_db: float) -> float:
    """Return the gain for a sentence that is heard while it is made: by its own loudness if it is known."""
    return voice_gain_db if predicted_lufs is None else min(TARGET_LUFS - predicted_lufs, MOST_DB)


def floats(audio: Pcm) -> Samples:
    """Return 16-bit samples as numbers from -1 to 1."""
    return audio.astype(np.float32) / np.float32(32768.0)


class Trimmer:
    """
    Cut silence away as audio goes by, at 8 kHz.

    What is silent is held back until sound follows, so a pause inside is kept (at most PAUSE_MS)
    and the end is not.
    """

    def __init__(self) -> None:
        self.rest: Pcm = np.zeros(0, np.int16)
        self.held: list[Pcm] = []
        self.started = False

    def feed(self, audio: Pcm) -> Pcm:
        """Take any number of samples; return what is certain to be part of the prompt."""
        audio = np.concatenate([self.rest, audio])
        whole = len(audio) - len(audio) % BLOCK
        self.rest = audio[whole:]
        passed: list[Pcm] = []
        for block in audio[:whole].reshape(-1, BLOCK):
            if _dbfs(block) < SILENT_DBFS:
                self.held.append(block)
                continue
            passed += [*self._pause(), block]
            self.held, self.started = [], True
        return np.concatenate(passed) if passed else np.zeros(0, np.int16)

    def finish(self) -> Pcm:
        """Return what is left: the last sound, and TAIL_MS of what followed, faded out."""
        if not self.started and (not len(self.rest) or _dbfs(self.rest) < SILENT_DBFS):
            return np.zeros(0, np.int16)
        tail = np.concatenate([*self.held, self.rest])[: TAIL_MS * RATE_HZ // 1000]
        faded = tail * np.linspace(1.0, 0.0, len(tail))
        return faded.astype(np.int16)

    def _pause(self) -> list[Pcm]:
        if not self.started:
            return self.held[-(ONSET_MS // 10) :]
        most = PAUSE_MS // 10
        if len(self.held) <= most:
            return self.held
        # what lies at both edges of a pause is breath and room; its middle is what can go
        return self.held[: most // 2] + self.held[-(most - most // 2) :]


class Telephone:
    """Bring an engine's audio to 8 kHz (band-limited), at a fixed gain, silence cut away."""

    def __init__(self, rate_hz: int, gain_db: float = 0.0) -> None:
        self.resampler = soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")
        self.gain_db = gain_db
        self.trimmer = Trimmer()

    def feed(self, audio: Pcm) -> Pcm:
        """Take audio at the engine's rate; return 8 kHz audio that is ready to be sent."""
        return self.trimmer.feed(self._resampled(audio, last=False))

    def finish(self) -> Pcm:
        """Return the rest."""
        rest = self.trimmer.feed(self._resampled(np.zeros(0, np.int16), last=True))
        return np.concatenate([rest, self.trimmer.finish()])

    def _resampled(self, audio: Pcm, *, last: bool) -> Pcm:
        samples = self.resampler.resample_chunk(audio.astype(np.float32) / 32768.0, last=last)
        return amplified(samples, self.gain_db)


def amplified(samples: npt.NDArray[np.float32], gain_db: float) -> Pcm:
    """Return samples (-1..1) at another level as 16 bit; peaks bend at the knee and never clip."""
    louder = samples * _ratio(gain_db)
    knee, peak = _ratio(KNEE_DBFS), _ratio(PEAK_DBFS)
    size = np.abs(louder)
    bent = knee + (peak - knee) * np.tanh((size - knee) / (peak - knee))
    limited = np.where(size > knee, np.sign(louder) * bent, louder)
    rounded: Pcm = np.round(limited * 32767.0).astype(np.int16)
    return rounded


def levelled(audio: Pcm) -> Pcm:
    """Return a whole prompt brought to TARGET_DBFS."""
    if not len(audio) or not np.any(audio):
        return audio
    return amplified(audio.astype(np.float32) / 32768.0, TARGET_DBFS - active_dbfs(audio))


def louder(pcm: bytes, gain_db: float) -> bytes:
    """
    Return a piece of 16-bit little-endian audio at another level, for a caller who hears badly.

    No sample clips, whatever the gain; each depends on itself alone, so pieces fit together.
    """
    if not gain_db:
        return pcm
    return amplified(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0, gain_db).astype("<i2").tobytes()


def active_dbfs(audio: Pcm) -> float:
    """
    Return the level of the speech in *audio* at 8 kHz, in dB against full scale.

    Pauses don't count: blocks more than 20 dB below the loudest 10 % are left out (in the manner of
    ITU-T P.56, which leaves out what lies 15.9 dB below the active level).
    """
    whole = len(audio) - len(audio) % BLOCK
    if not whole:
        return _dbfs(audio)
    power = np.square(audio[:whole].astype(np.float64) / 32768.0).reshape(-1, BLOCK).mean(axis=1)
    loud = float(np.quantile(power, 0.9))
    active = power[power >= loud / 100.0]
    return 10.0 * math.log10(max(float(active.mean()), 1e-12))


def _dbfs(audio: npt.NDArray[np.int16]) -> float:
    if not len(audio):
        return -120.0
    power = float(np.square(audio.astype(np.float64) / 32768.0).mean())
    return 10.0 * math.log10(max(power, 1e-12))


def _ratio(db: float) -> float:
    return float(10.0 ** (db / 20.0))

"""
From one sampling rate to another, piece by piece, with 5 ms of delay.

A stream resampler that works in blocks (soxr's) holds back 28 to 55 ms of the first pieces, which a caller
would wait for. Here each sample of the result is one sum over the samples around it (a polyphase filter: a
windowed sinc for each place that a sample can lie at between two others), so it is made as soon as they
are known, and is the same whatever the pieces are.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

__all__ = ["Resampler", "Samples"]

Samples = npt.NDArray[np.float32]
"""Mono audio, full scale is 1."""

PASSED = 0.44
"""Share of the lower rate up to which everything passes: 3.5 kHz at 8 kHz (a telephone carries 3.4)."""

STOPPED_DB = 70.0
"""How far down half the lower rate and all above it are (G.711's own noise lies at -38 dB)."""

AT_ONCE = 2048
"""Samples made in one step: a bound on memory."""


class Resampler:
    """Turns audio of *rate_in* into audio of *rate_out* (Hz)."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        step = math.gcd(rate_in, rate_out)
        self.up, self.down = rate_out // step, rate_in // step
        self.phases = _phases(rate_in, rate_out)
        self.reach = (self.phases.shape[1] - 2) // 2
        self.held: Samples = np.zeros(self.reach, np.float32)
        self.first = -self.reach  # where in the input the held samples begin
        self.fed = self.made = 0

    def feed(self, audio: Samples) -> Samples:
        """Take any number of samples; return those that are certain."""
        self.fed += len(audio)
        self.held = np.concatenate([self.held, audio])
        if self.up == self.down:
            return self._passed(self.first + len(self.held))
        last = self.first + len(self.held) - self.reach - 2
        return self._until(((last + 1) * self.up - 1) // self.down + 1)

    def finish(self) -> Samples:
        """Return the rest; all samples together are as long as the input was."""
        whole = -(-self.fed * self.up // self.down)
        if self.up == self.down:
            return self._passed(whole)
        self.held = np.concatenate([self.held, np.zeros(self.reach + 2, np.float32)])
        return self._until(whole)

    def _until(self, end: int) -> Samples:
        made = [np.zeros(0, np.float32)]
        while self.made < end:
            places = np.arange(self.made, min(end, self.made + AT_ONCE)) * self.down
            begins, phases = places // self.up - self.reach - self.first, places % self.up
            around = sliding_window_view(self.held, self.phases.shape[1])[begins]
            made.append(np.einsum("nt,nt->n", around, self.phases[phases]))
            self.made += len(places)
        needed = self.made * self.down // self.up - self.reach
        self.held, self.first = self.held[needed - self.first :], needed
        return np.concatenate(made)

    def _passed(self, end: int) -> Samples:
        audio = self.held[self.made - self.first : end - self.first]
        self.made = end
        self.held, self.first = self.held[end - self.first :], end
        return audio


@lru_cache(maxsize=8)
def _phases(rate_in: int, rate_out: int) -> Samples:
    """
    Return the filter for each place between two samples, [places, taps].

    A Kaiser window with the length and form that its author's formulas give for *STOPPED_DB* and the band
    between *PASSED* and half the lower rate (Kaiser 1974, as in Oppenheim and Schafer, section 7.6).
    """
    low = min(rate_in, rate_out)
    passed, stopped = PASSED * low / rate_in, 0.5 * low / rate_in
    beta = 0.1102 * (STOPPED_DB - 8.7)
    reach = math.ceil((STOPPED_DB - 7.95) / (14.36 * (stopped - passed)) / 2)
    places = np.arange(rate_out // math.gcd(rate_in, rate_out)) * math.gcd(rate_in, rate_out) / rate_out
    distance = np.arange(-reach, reach + 2)[None, :] - places[:, None]
    window = np.i0(beta * np.sqrt(np.clip(1.0 - (distance / (reach + 1)) ** 2, 0.0, 1.0)))
    taps = np.sinc((stopped + passed) * distance) * window
    filters: Samples = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters

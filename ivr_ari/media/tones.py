"""
Keys pressed on a telephone that sends them as sound (ITU-T Q.23; what a receiver has to take: Q.24).

A block of 12.75 ms is measured at the eight frequencies (Goertzel, as matrix products) and is a key when one
tone of each group stands out, the two are about as loud, and hardly anything else is there. Two blocks
after each other with the same key make a key press. Speech has harmonics between the tones, so it fails
the last test; how often it does not is measured (docs/decisions.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .codecs import Pcm
from .rtp import FRAME_MS

__all__ = ["InbandKeys", "ToneDetector"]

PAD = ("123A", "456B", "789C", "*0#D")
ROWS_HZ = (697, 770, 852, 941)
COLUMNS_HZ = (1209, 1336, 1477, 1633)

BLOCK_S = 0.01275
"""102 samples at 8 kHz: the eight frequencies are told apart, and 40 ms hold two whole ones."""

QUIETEST = 200.0
"""RMS of both tones, -44 dBFS: Q.24's -25 dBm a tone, and the loss of a long line."""

FORWARD_TWIST = 10**0.7
REVERSE_TWIST = 10**1.0
"""
Power of the higher tone over the lower, and of the lower over the higher: 7 and 10 dB. Q.24 asks for 4 and 8,
and a block of 12.75 ms is not exact.
"""

STANDS_OUT = 10**0.6
"""Power of a tone over the next of its group: 6 dB."""

PURITY = 0.75
"""Share of a block's power that lies in the two tones."""

LEAST_ALIKE, MOST_ALIKE = 0.2, 0.85
"""
How like itself 1/8000 s later a signal of two such tones is, all keys, twists and a quarter of noise
considered; most voices are more so.
"""

PRESSED, RELEASED = 2, 3
"""Blocks: after so many alike a key is down (40 ms always hold so many), after so many others it is up."""

UNSURE_MS = 240
"""How long after a first key the PBX may take to tell it as an event; after it, the leg has none."""

Floats = NDArray[np.float32]


class ToneDetector:
    """Tells which key, if any, each block of a stream sounds like."""

    def __init__(self, rate_hz: int) -> None:
        self.block = round(rate_hz * BLOCK_S)
        at = np.arange(self.block) * (2 * np.pi / rate_hz)
        waves = [wave(at * hz) for hz in ROWS_HZ + COLUMNS_HZ for wave in (np.cos, np.sin)]
        # A sine of amplitude 1 has the power 1/2 and the sum block/2.
        self._waves = np.asarray(waves, np.float32) * np.float32(np.sqrt(2) / self.block)
        self._rest: Floats = np.zeros(0, np.float32)

    def feed(self, samples: Floats) -> list[str]:
        """Return the key of each block that ends in these samples, "" for none."""
        if self._rest.size:
            samples = np.concatenate((self._rest, samples))
        count = samples.size // self.block
        self._rest = samples[count * self.block :]
        return [self._key(samples[i * self.block : (i + 1) * self.block]) for i in range(count)]

    def skip(self) -> list[str]:
        """Pass over a frame: as long as a block and a half, and counted as two."""
        self._rest = self._rest[:0]
        return ["", ""]

    def _key(self, block: Floats) -> str:
        power = float(np.dot(block, block)) / self.block
        if power < QUIETEST**2:
            return ""
        parts: list[float] = (self._waves @ block).tolist()
        tones = [parts[i] ** 2 + parts[i + 1] ** 2 for i in range(0, 16, 2)]
        rows, columns = tones[:4], tones[4:]
        low, high = max(rows), max(columns)
        if low + high < PURITY * power or high > FORWARD_TWIST * low or low > REVERSE_TWIST * high:
            return ""
        if low < STANDS_OUT * sorted(rows)[2] or high < STANDS_OUT * sorted(columns)[2]:
            return ""
        return PAD[rows.index(low)][columns.index(high)]


class InbandKeys:
    """
    Hears keys in a leg's audio, unless the PBX tells the first one as an event (`told`).

    Nobody can say beforehand which it is: a PBX tells how it is configured, not what the telephone offered.
    So the first keys wait for a moment whether they are told too.
    """

    def __init__(self, rate_hz: int) -> None:
        # The leg has no events, for certain.
        self._tones = False
        self._detector = ToneDetector(rate_hz)
        self._lag = rate_hz // 8000
        self._last = ""
        self._alike = 0
        self._down = ""
        self._waiting = ""
        self._waited_ms = 0

    def told(self) -> bool:
        """The PBX told a key; return whether from now on what sounds like one is somebody's voice."""
        return not self._tones

    def frame(self, pcm: Pcm) -> tuple[str, bool]:
        """Take 20 ms; return the keys that are certain now, and whether a tone was in them."""
        samples = pcm.astype(np.float32)
        if self._may_be(samples):
            found = self._detector.feed(samples)
        else:
            found = self._detector.skip()
            if not (self._last or self._down or self._waiting):
                return "", False
        pressed = "".join(self._block(key) for key in found)
        return self._certain(pressed), bool(self._down) or any(found)

    def _may_be(self, samples: Floats) -> bool:
        """Say at a fraction of the cost that most frames of speech and all of silence are no key."""
        power = float(np.dot(samples, samples))
        if power < QUIETEST**2 / 4 * samples.size:
            return False
        turned = float(np.dot(samples[self._lag :], samples[: -self._lag]))
        return LEAST_ALIKE * power < turned < MOST_ALIKE * power

    def _block(self, key: str) -> str:
        """Return a key that has just gone down."""
        self._alike = self._alike + 1 if key == self._last else 1
        self._last = key
        if self._down and key != self._down and self._alike >= (PRESSED if key else RELEASED):
            self._down = ""
        if key and not self._down and self._alike >= PRESSED:
            self._down = key
            return key
        return ""

    def _certain(self, pressed: str) -> str:
        if self._tones:
            return pressed
        self._waiting += pressed
        if not self._waiting:
            return ""
        self._waited_ms = 0 if self._down else self._waited_ms + FRAME_MS
        if self._waited_ms < UNSURE_MS:
            return ""
        self._tones = True
        keys, self._waiting = self._waiting, ""
        return keys

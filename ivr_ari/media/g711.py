"""
G.711: 16-bit samples to 8-bit companded bytes and back, 8 kHz.

Both laws are tables made once from the recommendation's arithmetic as its reference code (ITU-T G.191)
writes it: negative samples are taken in one's complement, so that both signs round alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .rtp import PCMA_TYPE, PCMU_TYPE

__all__ = ["PCMA", "PCMU", "SAMPLE_RATE", "G711", "Pcm"]

SAMPLE_RATE = 8000
"""Hertz; G.711 knows no other."""

Pcm: TypeAlias = NDArray[np.int16]
"""Mono 16-bit samples."""

BIAS = 33
"""Added to the 14-bit magnitude by the μ-law so that every segment begins at a power of two."""


@dataclass(frozen=True, slots=True, eq=False)
class G711:
    """One companding law as two tables; a `Codec`."""

    name: str
    """As SDP writes it (RFC 3551)."""

    format: str
    """As Asterisk names it."""

    payload_type: int
    """Static RTP payload type (RFC 3551, table 4)."""

    quiet: bytes
    """The byte that decodes to the quietest positive sample."""

    compressed: NDArray[np.uint8] = field(repr=False)
    """Byte of each sample, indexed by the sample's bits read as unsigned."""

    expanded: Pcm = field(repr=False)
    """Sample of each byte."""

    rate_hz: int = SAMPLE_RATE
    clock_hz: int = SAMPLE_RATE
    sample_bytes: int = 1

    def encode(self, pcm: Pcm) -> bytes:
        """Return one byte a sample."""
        # Half the time of indexing, and this is done for every packet.
        return self.compressed.take(pcm.astype(np.int16, copy=False).view(np.uint16)).tobytes()

    def decode(self, payload: bytes) -> Pcm:
        """Return one sample a byte."""
        return self.expanded.take(np.frombuffer(payload, np.uint8))


def ulaw_byte(sample: int) -> int:
    magnitude = min(((~sample if sample < 0 else sample) >> 2) + BIAS, 0x1FFF)
    segment = (magnitude >> 6).bit_length() + 1
    low = 0xF - (magnitude >> segment & 0xF)
    return (8 - segment) << 4 | low | (0x80 if sample >= 0 else 0)


def ulaw_sample(code: int) -> int:
    exponent, mantissa = ~code >> 4 & 7, ~code & 0xF
    step = 8 << exponent
    magnitude = (0x80 << exponent) + step * mantissa + step // 2 - 4 * BIAS
    return magnitude if code & 0x80 else -magnitude


def alaw_byte(sample: int) -> int:
    magnitude = (~sample if sample < 0 else sample) >> 4
    if magnitude > 15:
        exponent = magnitude.bit_length() - 4
        magnitude = (magnitude >> exponent - 1) - 16 + (exponent << 4)
    # Every other bit is inverted so that silence is no run of equal bits on a line.
    return (magnitude | (0x80 if sample >= 0 else 0)) ^ 0x55


def alaw_sample(code: int) -> int:
    plain = code ^ 0x55
    exponent, mantissa = plain >> 4 & 7, plain & 0xF
    magnitude = mantissa << 4 | 8
    if exponent:
        magnitude = magnitude + 0x100 << exponent - 1
    return magnitude if code & 0x80 else -magnitude


ALL_SAMPLES = range(65536)
ALL_BYTES = range(256)


def signed(bits: int) -> int:
    return bits - 65536 if bits >= 32768 else bits


PCMU = G711(
    "PCMU",
    "ulaw",
    PCMU_TYPE,
    b"\xff",
    np.array([ulaw_byte(signed(bits)) for bits in ALL_SAMPLES], np.uint8),
    np.array([ulaw_sample(code) for code in ALL_BYTES], np.int16),
)
PCMA = G711(
    "PCMA",
    "alaw",
    PCMA_TYPE,
    b"\xd5",
    np.array([alaw_byte(signed(bits)) for bits in ALL_SAMPLES], np.uint8),
    np.array([alaw_sample(code) for code in ALL_BYTES], np.int16),
)

"""
The codecs of a leg: 16-bit samples to payloads and back, at 8 or 16 kHz.

A leg has one codec in both directions. Wideband is linear (Asterisk's ``slin16``): between a PBX and a
service beside it bandwidth is cheap, and whatever wideband codec the caller's telephone speaks, the PBX
has made samples of it already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np

from .g711 import PCMA, PCMU, SAMPLE_RATE, Pcm
from .rtp import L16_TYPE, L16_WIDE_TYPE

__all__ = [
    "BY_FORMAT",
    "CODECS",
    "PCMA",
    "PCMU",
    "SAMPLE_RATE",
    "SLIN",
    "SLIN16",
    "WIDE_HZ",
    "Codec",
    "Linear",
    "Pcm",
]

WIDE_HZ = 16_000
"""Hertz of a wideband leg."""


class Codec(Protocol):
    """What a payload is made of; a value, shared by all calls."""

    @property
    def name(self) -> str:
        """As SDP writes it (RFC 3551)."""

    @property
    def format(self) -> str:
        """As Asterisk names it."""

    @property
    def payload_type(self) -> int:
        """RTP payload type."""

    @property
    def rate_hz(self) -> int:
        """Samples a second."""

    @property
    def clock_hz(self) -> int:
        """What the timestamps count."""

    @property
    def sample_bytes(self) -> int:
        """Bytes a sample takes in a payload."""

    @property
    def quiet(self) -> bytes:
        """One sample of silence, as sent; empty where that depends on what was before."""

    def encode(self, pcm: Pcm) -> bytes:
        """Return the payload of some samples."""

    def decode(self, payload: bytes) -> Pcm:
        """Return the samples of a payload."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Samples as they are, in network byte order (RFC 3551, section 4.5.11: L16)."""

    format: str
    payload_type: int
    rate_hz: int
    name: str = "L16"
    sample_bytes: int = 2
    quiet: bytes = b"\0\0"

    @property
    def clock_hz(self) -> int:
        """What the timestamps count: samples."""
        return self.rate_hz

    def encode(self, pcm: Pcm) -> bytes:
        """Return two bytes a sample, the higher one first."""
        return pcm.astype(">i2").tobytes()

    def decode(self, payload: bytes) -> Pcm:
        """Return one sample for two bytes; an odd last byte is none."""
        return np.frombuffer(payload, ">i2", len(payload) // 2).astype(np.int16)


SLIN = Linear("slin", L16_TYPE, SAMPLE_RATE)
SLIN16 = Linear("slin16", L16_WIDE_TYPE, WIDE_HZ)

CODECS: Mapping[int, Codec] = MappingProxyType(
    {codec.payload_type: codec for codec in (PCMU, PCMA, SLIN, SLIN16)}
)
"""By RTP payload type."""

BY_FORMAT: Mapping[str, Codec] = MappingProxyType({codec.format: codec for codec in CODECS.values()})
"""By Asterisk's name."""

"""
What we say on a wideband leg: G.722.

An external media leg has no SDP, so of payload numbers Asterisk takes from us only those that RTP itself
defines (up to 34; seen on 22.10, main/rtp_engine.c): it sends us ``slin16`` as 118, but drops what we send
as 118. G.722 is the one wideband codec with such a number (9), and taken whatever the leg's own format is.
"""

from __future__ import annotations

import numpy as np
from G722 import G722 as Coder

from .codecs import WIDE_HZ, Codec, Pcm
from .rtp import G722_TYPE

__all__ = ["G722", "voice_for"]

BITS_A_SECOND = 64_000


class G722:
    """A `Codec` of one call's two directions, for each remembers what was before."""

    name = "G722"
    format = "g722"
    payload_type = G722_TYPE
    rate_hz = WIDE_HZ
    clock_hz = 8_000  # RFC 3551, section 4.5.2: an old mistake that everybody keeps to
    sample_bytes = 1  # for two samples; of 20 ms there are as many as the clock counts
    quiet = b""

    def __init__(self) -> None:
        self._said = Coder(WIDE_HZ, BITS_A_SECOND)
        self._heard = Coder(WIDE_HZ, BITS_A_SECOND)

    def encode(self, pcm: Pcm) -> bytes:
        """Return the payload of an even number of samples."""
        payload: bytes = self._said.encode(pcm)
        return payload

    def decode(self, payload: bytes) -> Pcm:
        """Return two samples a byte."""
        return np.asarray(self._heard.decode(payload), np.int16)


def voice_for(heard: Codec) -> Codec:
    """Return what is said on a leg on which *heard* is heard; both have audio of the same rate."""
    return G722() if heard.rate_hz == WIDE_HZ else heard

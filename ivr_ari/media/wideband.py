"""
What we say on a wideband leg.

An external media leg has no SDP, so of payload numbers Asterisk takes from us only those that RTP itself
defines (up to 34; seen on 22.10, main/rtp_engine.c): it sends us ``slin16`` as 118, but drops what we send
as 118. G.722 has the number 9 and is taken whatever the leg's own format is, and so is linear audio at 8 kHz.
"""

from __future__ import annotations

from .codecs import SLIN, WIDE_HZ, Codec, Pcm
from .halfband import Halver

__all__ = ["Narrowed", "voice_for"]


class Narrowed:
    """Says 16 kHz audio as linear audio of 8 kHz; a `Codec` of one call's outgoing side, for it remembers."""

    name = "L16"
    format = SLIN.format
    payload_type = SLIN.payload_type
    rate_hz = WIDE_HZ
    clock_hz = SLIN.clock_hz
    sample_bytes = 1  # two for every other sample
    quiet = b"\0"

    def __init__(self) -> None:
        self._halve = Halver()

    def encode(self, pcm: Pcm) -> bytes:
        """Return the payload of an even number of samples."""
        return SLIN.encode(self._halve(pcm))

    def decode(self, payload: bytes) -> Pcm:
        """Return what the far side hears, at 8 kHz."""
        return SLIN.decode(payload)


def voice_for(heard: Codec) -> Codec:
    """Return what is said on a leg on which *heard* is heard; both have audio of the same rate."""
    return Narrowed() if heard.rate_hz == WIDE_HZ else heard

"""Keys of a telephone: what to send for each 20 ms while one is held (RFC 4733), and how they sound."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..errors import SetupError
from ..media.codecs import Pcm
from ..media.rtp import FRAME_MS, FRAME_SAMPLES

__all__ = ["KEYS", "KeyFrame", "key_frames", "key_tone", "read_key"]

KEYS = "0123456789*#ABCD"
"""In the order of their event codes (RFC 4733, section 3.2)."""

VOLUME = 10
"""Power of the tone, in -dBm0."""

END_COPIES = 3
"""RFC 4733, section 2.5.1.4: the end is sent three times, in case one is lost."""

PAD = ("123A", "456B", "789C", "*0#D")
ROWS_HZ = (697, 770, 852, 941)
COLUMNS_HZ = (1209, 1336, 1477, 1633)
"""Each key is the tone of its row and that of its column (ITU-T Q.23)."""

TONE_LEVEL = 3000
"""Amplitude of each of the two: -21 dBFS, as loud as telephones send them."""

EVENT = struct.Struct("!BBH")


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """The event payload of one packet."""

    payload: bytes
    first: bool = False
    """The key goes down with this packet: marker, and a new timestamp."""

    last: bool = False
    """The first packet that says the key was let go."""


def key_frames(key: str, hold_ms: int = 100) -> Iterator[KeyFrame]:
    """Return the packets of one key, 20 ms apart; SetupError ``robot.key`` if a telephone has no such key."""
    code = KEYS.find(key.upper()) if len(key) == 1 else -1
    if code < 0:
        raise SetupError("robot.key", hint=f"a telephone has the keys {KEYS}")
    count = max(1, hold_ms // FRAME_MS)
    for index in range(1, count + 1):
        yield KeyFrame(EVENT.pack(code, VOLUME, index * FRAME_SAMPLES), first=index == 1)
    for copy in range(END_COPIES):
        yield KeyFrame(EVENT.pack(code, 0x80 | VOLUME, count * FRAME_SAMPLES), last=copy == 0)


def key_tone(key: str, hold_ms: int, rate_hz: int) -> Pcm:
    """Return a key as it sounds; SetupError ``robot.key`` if a telephone has no such key."""
    for row_hz, keys in zip(ROWS_HZ, PAD, strict=True):
        column = keys.find(key.upper()) if len(key) == 1 else -1
        if column >= 0:
            at = np.arange(hold_ms * rate_hz // 1000) * (2 * np.pi / rate_hz)
            both = np.sin(at * row_hz) + np.sin(at * COLUMNS_HZ[column])
            tone: Pcm = (TONE_LEVEL * both).astype(np.int16)
            return tone
    raise SetupError("robot.key", hint=f"a telephone has the keys {KEYS}")


def read_key(payload: bytes) -> tuple[str, bool]:
    """Return the key of an event payload, empty if it is none, and whether it was let go."""
    if len(payload) < EVENT.size:
        return "", False
    code, flags, _ = EVENT.unpack_from(payload)
    return (KEYS[code] if code < len(KEYS) else ""), bool(flags & 0x80)

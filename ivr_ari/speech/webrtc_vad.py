"""
Is there a voice in this frame: WebRTC's detector, corrected by the frame's level.

The detector alone holds on for some frames after a voice ends and takes steady noise for voice. So a
frame must also stand out of the noise floor, which is followed through the call, and must not lie far
below the voice heard just before.
"""

from __future__ import annotations

import numpy as np
import webrtcvad

__all__ = ["FRAME_BYTES", "WebrtcVad"]

FRAME_BYTES = 320
"""20 ms of 8 kHz 16-bit mono."""

RATE_HZ = 8000
ABOVE_FLOOR_DB = 9.0
STAY_ABOVE_FLOOR_DB = 4.0
"""While there is a voice: its last syllables are weak."""

BELOW_VOICE_DB = 30.0
QUIETEST_DB = -58.0
"""dBFS; what is below is no telephone voice, whatever its shape."""

FLOOR_FRAMES = 150
"""The floor is a low percentile of the last 3 s: longer than any sentence goes without its gaps."""

FLOOR_SHARE = 0.15
FLOOR_EVERY = 5
"""Frames between two looks at the floor."""

VOICE_FALL_DB = 0.15
"""A frame: 7.5 dB a second."""


class WebrtcVad:
    """One caller's detector; *mode* is WebRTC's, 0 (eager) to 3 (strict)."""

    def __init__(self, mode: int = 2) -> None:
        self._vad = webrtcvad.Vad(mode)
        self._levels = np.full(FLOOR_FRAMES, np.inf)
        self._frames = 0
        self._floor = -65.0
        self._voice = -90.0
        self._last = False

    def voiced(self, frame: bytes) -> bool:
        """Tell whether *frame*, 320 bytes of 16-bit little-endian mono at 8 kHz, holds a voice."""
        level = level_db(frame)
        self._follow_floor(level)
        above = STAY_ABOVE_FLOOR_DB if self._last else ABOVE_FLOOR_DB
        loud = level > max(self._floor + above, self._voice - BELOW_VOICE_DB, QUIETEST_DB)
        voiced = bool(loud and self._vad.is_speech(frame, RATE_HZ))
        self._last = voiced
        self._voice = max(level, self._voice - VOICE_FALL_DB) if voiced else self._voice - VOICE_FALL_DB
        return voiced

    def _follow_floor(self, level: float) -> None:
        self._levels[self._frames % FLOOR_FRAMES] = level
        self._frames += 1
        if self._frames % FLOOR_EVERY == 0:
            known = np.sort(self._levels[: self._frames])
            self._floor = float(known[int(len(known) * FLOOR_SHARE)])


def level_db(frame: bytes) -> float:
    """Return the level of 16-bit samples in dB below full scale; -96 for digital silence."""
    samples = np.frombuffer(frame, "<i2").astype(np.float64)
    return float(10 * np.log10(np.mean(samples * samples) / 32768**2 + 2.5e-10))

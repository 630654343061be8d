"""
Does this frame sound like a voice: WebRTC's detector, corrected by the frame's level.

The detector alone holds on for some frames after a voice ends and takes steady noise for voice. So a
frame must also stand out of the noise floor, which is followed through the call, and must not lie far
below the voice heard just before. A cough or music still passes: `vad` tells them apart.
"""

from __future__ import annotations

from collections import deque

import webrtcvad

from .level import level_db

__all__ = ["WebrtcVad"]

MODE = 2
"""WebRTC's eagerness, 0 to 3 (strict); 3 loses quiet callers, 1 gains nothing."""

ABOVE_FLOOR_DB = 9.0
STAY_ABOVE_FLOOR_DB = 2.0
"""While there is a voice: its last syllables are weak."""

BELOW_VOICE_DB = 30.0
QUIETEST_DB = -58.0
"""dBFS; what is below is no telephone voice, whatever its shape."""

FLOOR_FRAMES = 150
"""The floor is a low percentile of the last 3 s: longer than any sentence goes without its gaps."""

FLOOR_SHARE = 0.15
FLOOR_EVERY = 10
"""Frames between two looks at the floor."""

FIRST_FLOOR_FRAMES = 5
"""From so many frames on there is a floor; until then a line's own noise would pass for a voice."""

VOICE_FALL_DB = 0.15
"""A frame: 7.5 dB a second."""

SILENCE_DB = -96.0

NOISY_DB = 20.0
"""A voice that stands less out of the floor is heard over a crowd; quiet lines have 40, rarely 26."""


class WebrtcVad:
    """One caller's detector."""

    def __init__(self, rate_hz: int = 8000, mode: int = MODE) -> None:
        """*rate_hz* is 8000 or 16000."""
        self._rate_hz = rate_hz
        self._vad = webrtcvad.Vad(mode)
        self._levels: deque[float] = deque(maxlen=FLOOR_FRAMES)
        self._frames = 0
        self._floor = 0.0
        self._voice = SILENCE_DB
        self._last = False

    def voiced(self, frame: bytes) -> bool:
        """Tell whether *frame*, 20 ms of 16-bit little-endian mono, sounds like a voice."""
        level = level_db(frame)
        self._follow_floor(level)
        above = STAY_ABOVE_FLOOR_DB if self._last else ABOVE_FLOOR_DB
        loud = level > max(self._floor + above, self._voice - BELOW_VOICE_DB, QUIETEST_DB)
        # The detector learns from every frame, so it hears those too that are decided already.
        voiced = bool(self._vad.is_speech(frame, self._rate_hz)) and loud
        self._last = voiced
        self._voice -= VOICE_FALL_DB
        if voiced and level > self._voice:
            self._voice = level
        return voiced

    @property
    def noisy(self) -> bool:
        """Whether the voice heard last barely stands out: its weak syllables drown, and look like pauses."""
        return self._voice - self._floor < NOISY_DB

    def _follow_floor(self, level: float) -> None:
        self._levels.append(level)
        self._frames += 1
        if self._frames == FIRST_FLOOR_FRAMES or self._frames % FLOOR_EVERY == 0:
            known = sorted(self._levels)
            self._floor = known[int(len(known) * FLOOR_SHARE)]

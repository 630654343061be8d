"""As many frames as the clock says, though the far side's clock differs from ours and bursts come late."""

from __future__ import annotations

import math

from .rtp import FRAME_MS

__all__ = ["Evenness"]

SETTLED_MS = 500
"""Frames are taken out and put in only in silence that has lasted this long: no pause gets shorter by it."""

BETWEEN_MS = 100
"""And not more often than this, so that the noise of a line stays what it is."""


class Evenness:
    """Keeps the frames handed on as many as the clock says, by changes that nobody hears."""

    def __init__(self) -> None:
        self.surplus_ms = 0.0
        """Audio handed on beyond the time that went by: what was late had been filled in already."""

        self._quiet_ms = 0
        self._since_ms = 0

    def rest(self) -> None:
        """There is nothing to make up for; how long it has been quiet is not followed."""
        self._quiet_ms = 0

    def count(self, quiet: bool, over_ms: float) -> int:
        """
        Return how often the next frame is to be handed on: once, or in a long silence also not, or twice.

        *over_ms* is how much too much was handed on, 20 ms or more of it, or of its opposite.
        """
        self._quiet_ms = self._quiet_ms + FRAME_MS if quiet else 0
        self._since_ms += FRAME_MS
        if self._quiet_ms < SETTLED_MS or self._since_ms < BETWEEN_MS:
            return 1
        self._since_ms = 0
        self.surplus_ms -= math.copysign(FRAME_MS, over_ms)
        return 0 if over_ms > 0 else 2

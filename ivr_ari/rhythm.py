"""How long this caller breathes in the middle of what they say; waits are set by it. No clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from .dialogue.turn import Verdict

__all__ = ["LIMITS", "Limits", "Rhythm"]

REMEMBERED = 8
"""Pauses; a caller who had to look for a card does not look for one all the time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A wait in seconds: *usual* where nothing is known of the caller, and between which it may be set."""

    usual: float
    least: float
    most: float
    margin: float = 0.0
    """Beyond the caller's longer pauses."""

    first: float = 0.0
    """At least so long at the first open question of a call."""


LIMITS: Mapping[Verdict, Limits] = {
    "closed": Limits(0.12, 0.12, 0.12),
    "open": Limits(0.30, 0.28, 0.40, 0.04, first=0.50),
    "growing": Limits(0.85, 0.80, 1.1, 0.15),
    "incomplete": Limits(1.2, 1.2, 2.0, 0.5),
}
"""
Silence after which a turn with this verdict is over. Of pauses inside dictated numbers nine in ten are
shorter than 700 ms. Who begins a call with several requests breathes for up to 440 ms between them.
"""


class Rhythm:
    """Of one caller, over the whole call."""

    def __init__(self) -> None:
        self.fresh = True
        """Whether the caller has not yet said a sentence of their own."""

        self._pauses: deque[float] = deque(maxlen=REMEMBERED)

    def paused(self, seconds: float) -> None:
        """The caller was silent for so long, and went on."""
        self._pauses.append(seconds)

    def wait_s(self, verdict: Verdict) -> float:
        """Return how long silence must last after words with this *verdict*."""
        limits = LIMITS[verdict]
        wait_s = limits.usual
        if self._pauses:
            longer = sorted(self._pauses)[-2:][0]
            wait_s = min(limits.most, max(limits.least, longer + limits.margin))
        return max(limits.first, wait_s) if self.fresh else wait_s

"""How long a worker may take, and how it does."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Health", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; seconds and messages."""

    ping_s: float = 1.0
    quiet_s: float = math.inf
    """Without an answer to a ping, or working on one thing: it is told to be down, but may yet come back."""

    stuck_s: float = 5.0
    """The same, until it is killed."""

    load_s: float = 180.0
    """Without a word while loading."""

    first_wait_s: float = 0.1
    last_wait_s: float = 10.0
    """Before a dead worker is replaced: doubled each time, back to the first after *steady_s* of work."""

    steady_s: float = 30.0
    stop_s: float = 3.0
    audio: int = 4000
    control: int = 4000


@dataclass(frozen=True, slots=True)
class Health:
    """How an engine does."""

    up: bool
    pid: int
    """0 while there is no process."""

    restarts: int
    lag_ms: int
    """Age of the oldest work waiting in the worker, as of the last ping."""

    dropped: int
    """Pieces of audio dropped on the way, since the service began."""

    load: float = 0.0
    """Share of the time its threads have worked in the last seconds, 0 to 1; 0 if it does not measure it."""

    rescued: int = 0
    """Words the worker took from what it knew before, because the end of a piece had none."""

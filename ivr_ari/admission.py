"""
Whether one more call may come in: a full machine sends new callers back to their dialplan at once, so that
those it has are not all served slowly.

Load is measured over some seconds, and calls come faster than that: those that came since count as heavy as
the ones that were measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .engines import Health

__all__ = ["Admission", "Refusal"]

Refusal = Literal["", "calls", "engines", "load", "lag"]


class Admission:
    """Decides by the number of calls and by how the recognisers do."""

    def __init__(self, most_calls: int, most_load: float, most_lag_ms: int) -> None:
        """
        *most_load* is a share of the recognisers' threads, 0 to 1; *most_lag_ms* how long audio may have
        waited for one.
        """
        self._most_calls, self._most_load, self._most_lag_ms = most_calls, most_load, most_lag_ms
        self._measured = 0.0
        self._calls_then = 0

    def refusal(self, calls: int, recognisers: Sequence[Health], *, ready: bool = True) -> Refusal:
        """Return why a call cannot join *calls* others, "" if it can; *ready*: all engines are up."""
        load = max((health.load for health in recognisers), default=0.0)
        if load != self._measured:
            self._measured, self._calls_then = load, calls
        if calls >= self._most_calls:
            return "calls"
        if not ready:
            return "engines"
        if any(health.lag_ms > self._most_lag_ms for health in recognisers):
            return "lag"
        newcomers = max(0, calls - self._calls_then)
        expected = load * (1 + newcomers / max(1, self._calls_then))
        return "load" if expected > self._most_load else ""

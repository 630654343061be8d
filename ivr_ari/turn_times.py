"""
When each stage of a caller's turn was reached: where the time goes between the last sound and the answer.

Holds moments and no words; seconds on the shell's clock in, milliseconds since the caller's last voiced frame
out. A stage that is reached again (the caller went on, another pause came) counts when it was reached last.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["Stage", "TurnTimes"]

Stage = Literal["paused", "heard", "meant", "committed", "sent"]
"""
The recogniser was flushed; its words came; their meaning came; what the turn causes began to happen; the
first packet of the answer left.
"""


class TurnTimes:
    """The turn under way in one call."""

    def __init__(self) -> None:
        self._voice: float | None = None
        self._reached: dict[Stage, float] = {}

    def voice(self, now: float) -> None:
        """The caller makes a sound; no part of a turn that is being answered already."""
        if "committed" not in self._reached:
            self._voice = now

    def reach(self, stage: Stage, now: float) -> None:
        """Note a stage; what happens without a caller's turn (a greeting) has none."""
        if self._voice is None:
            return
        if stage == "committed" and ("meant" not in self._reached or stage in self._reached):
            return
        if "committed" in self._reached and stage != "sent":
            return
        self._reached[stage] = now

    def take(self) -> dict[str, float]:
        """
        Return the times of an answered turn, once; nothing while none is answered.

        ``at_s`` is the last voiced frame on the shell's clock, ``paused_ms`` and the others count from it.
        """
        voice, reached = self._voice, self._reached
        if voice is None or not {"committed", "sent"} <= reached.keys():
            return {}
        self._voice, self._reached = None, {}
        return {"at_s": round(voice, 4)} | {
            f"{stage}_ms": round(1000 * (moment - voice), 1) for stage, moment in reached.items()
        }

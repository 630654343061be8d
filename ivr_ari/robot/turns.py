"""Where one prompt ends and the next begins, by silence alone; time comes with the packets."""

from __future__ import annotations

from dataclasses import dataclass

from .timing import LOUD_DBFS

__all__ = ["PromptBegan", "PromptEnded", "Prompts"]


@dataclass(frozen=True, slots=True)
class PromptBegan:
    """Something is heard after silence."""

    at: float
    """Seconds, arrival of the first loud packet."""


@dataclass(frozen=True, slots=True)
class PromptEnded:
    """Silence has lasted long enough to call it an end."""

    began_at: float
    ended_at: float
    """Seconds, arrival of the last loud packet."""


class Prompts:
    """Cuts what is heard into prompts."""

    def __init__(self, pause_ms: float = 700, threshold_dbfs: float = LOUD_DBFS) -> None:
        self.pause_ms = pause_ms
        self.threshold_dbfs = threshold_dbfs
        self.began_at: float | None = None
        """Seconds, when the prompt being heard began; None in silence."""
        self.loud_at: float | None = None
        """Seconds, the last loud packet of all."""

    def hear(self, at: float, level: float) -> PromptBegan | PromptEnded | None:
        """Take one packet's arrival and level in dBFS."""
        if level <= self.threshold_dbfs:
            return self.quiet(at)
        self.loud_at = at
        if self.began_at is not None:
            return None
        self.began_at = at
        return PromptBegan(at)

    def quiet(self, now: float) -> PromptEnded | None:
        """Say that nothing loud has come until *now*; a line may also go silent by sending nothing."""
        if self.began_at is None or self.loud_at is None or (now - self.loud_at) * 1000 < self.pause_ms:
            return None
        ended = PromptEnded(self.began_at, self.loud_at)
        self.began_at = None
        return ended

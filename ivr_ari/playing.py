"""What is being said to the caller, and until when a report of its end is waited for. No clock."""

from __future__ import annotations

from .events import Say, Spoken

__all__ = ["PROMPT_S", "Playing"]

PROMPT_S = 60.0
"""A prompt that has not been reported as spoken after this long is taken for spoken."""


class Playing:
    """The prompts under way, in their order; times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self.prompts: tuple[Say, ...] = ()
        self.wake_at: float | None = None
        """When they are taken for spoken."""

    def __bool__(self) -> bool:
        return bool(self.prompts)

    @property
    def barge_in(self) -> bool:
        """Whether the caller may interrupt."""
        return all(say.barge_in for say in self.prompts)

    def add(self, say: Say, *, now: float) -> None:
        self.prompts = (*self.prompts, say)
        self.wake_at = now + PROMPT_S

    def ended(self, report: Spoken) -> bool:
        """Take the report of a prompt's end; False if it is not under way."""
        left = tuple(say for say in self.prompts if say.id != report.id)
        known = len(left) < len(self.prompts)
        self.prompts = left
        if not left:
            self.wake_at = None
        return known

    def overdue(self, *, now: float) -> tuple[Say, ...]:
        """Return prompts nobody has told the end of for too long."""
        return self.prompts if self.wake_at is not None and self.wake_at <= now else ()

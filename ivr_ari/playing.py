"""What is being said to the caller, how much of it was heard, and how it goes on when it was interrupted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .events import Say, Spoken

__all__ = ["EAR_S", "PROMPT_S", "Cut", "Playing"]

PROMPT_S = 60.0
"""A prompt that has not been reported as spoken after this long is taken for spoken."""

EAR_S = 0.08
"""From handing over a packet to the end of its sound at the ear: 20 ms in it, 60 on the way (measured)."""

AGAIN = "+"
"""Parts a prompt's id from the number of times it was gone on with."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A prompt that was interrupted when *heard_ms* of it had been heard; *total_ms* is 0 if not known."""

    say: Say
    heard_ms: int
    total_ms: int


class Playing:
    """The prompts under way, in their order; times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self.prompts: tuple[Say, ...] = ()
        self.cut: tuple[Cut, ...] = ()
        """What was interrupted and may be gone on with."""

        self.wake_at: float | None = None
        """When they are taken for spoken."""

        self.barge_in = True
        """Whether the caller may interrupt."""

        self._before: dict[str, Cut] = {}
        """Of prompts gone on with: what was heard before."""

        self._again = 0
        self._spoke_at: dict[str, float] = {}
        """Of prompts that are interrupted: when the caller spoke."""

        self._replaced = False
        """Whether what is interrupted has been given up for something else."""

    def __bool__(self) -> bool:
        return bool(self.prompts)

    def add(self, say: Say, *, now: float) -> None:
        self.prompts = (*self.prompts, say)
        self.forget()
        self.wake_at = now + PROMPT_S
        self.barge_in = self.barge_in and say.barge_in

    def protect(self) -> None:
        """The question just added may not be interrupted, whatever its prompt allows elsewhere."""
        if self.prompts:
            self.prompts = (*self.prompts[:-1], replace(self.prompts[-1], barge_in=False))
            self.barge_in = False

    def forget(self) -> None:
        """What was interrupted is of no use any more, reported or not."""
        self.cut, self._replaced = (), True

    def interrupt(self, *, spoke_at: float) -> None:
        """What of these prompts goes out after *spoke_at* is not heard: the caller spoke."""
        self._spoke_at, self._replaced = {say.id: spoke_at for say in self.prompts}, False

    @property
    def interrupted(self) -> bool:
        """Whether something was interrupted that may be gone on with, and nothing else is said."""
        return not self._replaced and bool(self.cut or self._spoke_at)

    def ended(self, report: Spoken, *, now: float) -> Spoken | None:
        """
        Take the report of a prompt's end; return it as the dialogue knows the prompt.

        None if it is not under way. What went out while the caller spoke, or was still on its way to
        the ear when they began, was not heard.
        """
        say = next((say for say in self.prompts if say.id == report.id), None)
        if say is None:
            return None
        self.prompts = tuple(other for other in self.prompts if other is not say)
        self.barge_in = all(other.barge_in for other in self.prompts)
        self.wake_at = now + PROMPT_S if self.prompts else None
        spoke_at = self._spoke_at.pop(say.id, None)
        before = self._before.pop(say.id, None)
        heard_ms, total_ms = report.heard_ms, report.total_ms
        if not report.whole and spoke_at is not None:
            heard_ms = max(0, heard_ms - round(1000 * (now - spoke_at + EAR_S)))
        if before:
            heard_ms, total_ms = heard_ms + before.heard_ms, before.total_ms or total_ms + before.heard_ms
        known = replace(say, id=say.id.partition(AGAIN)[0])
        if not report.whole and spoke_at is not None and not self._replaced:
            self.cut = (*self.cut, Cut(known, heard_ms, total_ms))
        return Spoken(known.id, heard_ms, report.whole, total_ms)

    def go_on(self, *, now: float) -> tuple[Cut, ...]:
        """Return what is said again, from where it was interrupted, under ids of its own."""
        again: list[Cut] = []
        for cut in self.cut:
            self._again += 1
            say = replace(cut.say, id=f"{cut.say.id}{AGAIN}{self._again}")
            self._before[say.id] = cut
            again.append(replace(cut, say=say))
        for cut in again:
            self.add(cut.say, now=now)
        return tuple(again)

    def overdue(self, *, now: float) -> tuple[Say, ...]:
        """Return prompts nobody has told the end of for too long."""
        return self.prompts if self.wake_at is not None and self.wake_at <= now else ()

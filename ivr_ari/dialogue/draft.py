"""
The next state and the effects of one step while they are being written.

A `Draft` lives inside one call of `engine.step` and is never kept, so the step stays a pure function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..events import Effect, Say, Slotted
from .flow import Flow, Task
from .say import render
from .talk import Filled, Frame, Talk, Waiting

__all__ = ["Draft"]

REPEATED = 6
"""Prompts of a turn that are kept to be repeated."""


@dataclass(slots=True)
class Draft:
    flow: Flow
    talk: Talk
    effects: list[Effect] = field(default_factory=list)
    said: list[tuple[str, int]] = field(default_factory=list)
    """What was told in this step, questions left out."""

    def change(self, **fields: Any) -> None:
        self.talk = replace(self.talk, **fields)

    def number(self) -> int:
        """Return the next number for an id."""
        self.change(count=self.talk.count + 1)
        return self.talk.count

    def finished(self) -> tuple[Talk, tuple[Effect, ...]]:
        """Return what the step has come to."""
        if self.said:
            self.change(said=tuple(self.said[-REPEATED:]))
        playing = tuple((effect.id, effect.prompt) for effect in self.effects if isinstance(effect, Say))
        if playing:
            self.change(playing=playing[-REPEATED:])
        return self.talk, tuple(self.effects)

    def say(self, name: str, *, question: bool = False, **given: str | Slotted) -> None:
        """Speak a prompt; its variants take turns. What is no *question* can be repeated later."""
        prompt = self.flow.prompts.get(name)
        if prompt is None:  # a standard prompt this flow does not need, says `check`
            return
        variant = self.talk.spoken.get(name, 0) % len(prompt.variants)
        if len(prompt.variants) > 1:
            self.change(spoken={**self.talk.spoken, name: variant + 1})
        if not given and not question:
            self.said.append((name, variant))
        self.say_variant(name, variant, **given)

    def say_variant(self, name: str, variant: int, **given: str | Slotted) -> None:
        prompt = self.flow.prompts[name]
        values = {"outcome": self.talk.outcome, "confidence": str(self.talk.confidence), **given}
        parts, sensitive = render(self.flow, prompt.variants[variant], self.talk.slots, values)
        if parts:
            self.effects.append(Say(f"s{self.number()}", name, parts, prompt.barge_in, sensitive))

    # --- slots ---------------------------------------------------------------------------------------

    def fill(self, slot: str, value: Filled) -> None:
        """Fill a slot, as the latest."""
        self._remember((slot,))
        self.change(slots={**self._without((slot,)), slot: value})

    def empty(self, slots: Iterable[str]) -> None:
        names = set(slots)
        self._remember(names)
        unsure = {name: how for name, how in self.talk.unsure.items() if name not in names}
        self.change(slots=self._without(names), unsure=unsure)

    def _remember(self, slots: Iterable[str]) -> None:
        """Keep what the caller told before ("same as before"), but nothing of what must be told anew."""
        old = {
            name: self.talk.slots[name]
            for name in slots
            if name in self.talk.slots and self.flow.slots[name].ask and not self.flow.slots[name].sensitivity
        }
        if old:
            self.change(before={**self.talk.before, **old})

    def _without(self, slots: Iterable[str]) -> dict[str, Filled]:
        return {name: value for name, value in self.talk.slots.items() if name not in slots}

    # --- the stack -----------------------------------------------------------------------------------

    @property
    def top(self) -> Frame:
        return self.talk.stack[-1]

    @property
    def task(self) -> Task:
        return self.flow.tasks[self.top.task]

    def push(self, frame: Frame) -> None:
        self.change(stack=(*self.talk.stack, frame))

    def move(self, **fields: Any) -> None:
        """Change the frame on top."""
        self.change(stack=(*self.talk.stack[:-1], replace(self.top, **fields)))

    def forward(self) -> None:
        self.move(at=self.top.at + 1)

    def wait(self, waiting: Waiting) -> None:
        self.change(waiting=waiting)

"""
The next state and the effects of one step while they are being written.

A `Draft` lives inside one call of `engine.step` and is never kept, so the step stays a pure function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..events import Effect, Say, Slotted
from .flow import Flow, Prompt, Slot, Task
from .say import join_titles, plain, render, spoken, wording_of
from .steps import Template
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
    """What was told in this step and can be told again, questions left out."""

    refused: tuple[str, str] = ("", "")
    """A slot whose value was not right, and the prompt that says why: said before it is asked for."""

    told: bool = False
    """Whether anything was told in this step, so that what was told before is past."""

    def change(self, **fields: Any) -> None:
        self.talk = replace(self.talk, **fields)

    def number(self) -> int:
        """Return the next number for an id."""
        self.change(count=self.talk.count + 1)
        return self.talk.count

    def finished(self) -> tuple[Talk, tuple[Effect, ...]]:
        """Return what the step has come to."""
        if self.told:
            self.change(said=tuple(self.said[-REPEATED:]))
        playing = tuple((effect.id, effect.prompt) for effect in self.effects if isinstance(effect, Say))
        if playing:
            self.change(playing=playing[-REPEATED:])
        return self.talk, tuple(self.effects)

    def say(self, name: str, *, question: bool = False, **given: str | Slotted) -> None:
        """
        Speak a prompt in the language of the call; what is no *question* can be repeated later.

        Its variants take turns; from the second time on, and to callers who know it, its short form is said.
        """
        prompt, _ = self._prompt(name)
        if prompt is None or not prompt.variants:  # a standard prompt this flow does not need, says `check`
            return
        times = self.talk.spoken.get(name, 0)
        brief = bool(prompt.short) and (times > 0 or self.talk.known)
        skipped, texts = (len(prompt.variants), prompt.short) if brief else (0, prompt.variants)
        variant = skipped + times % len(texts)
        if len(prompt.variants) + len(prompt.short) > 1:
            self.change(spoken={**self.talk.spoken, name: times + 1})
        self.told = self.told or not question
        if not given and not question:
            self.said.append((name, variant))
        self.say_variant(name, variant, **given)

    def say_variant(self, name: str, variant: int, **given: str | Slotted) -> None:
        """Speak one variant of a prompt; those of its short form are counted after the others."""
        prompt, language = self._prompt(name)
        if prompt is None or not prompt.variants:
            return
        texts = (*prompt.variants, *prompt.short)
        values = {**self._built_in(), **given}
        parts, sensitive = render(self.flow, texts[variant % len(texts)], self.talk.slots, values, language)
        if parts:
            say = Say(f"s{self.number()}", name, parts, prompt.barge_in, sensitive, language)
            self.effects.append(replace(say, pace=self.talk.pace, gain_db=self.talk.gain_db))

    def _prompt(self, name: str) -> tuple[Prompt | None, str]:
        """Return a prompt and its language: the call's, or the flow's own where that has no words for it."""
        translated = wording_of(self.flow, self.talk.language).prompts.get(name)
        if translated is not None:
            return translated, self.talk.language
        return self.flow.prompts.get(name), self.flow.language

    def _built_in(self) -> dict[str, str]:
        return {"outcome": self.talk.outcome, "confidence": str(self.talk.confidence)}

    def title(self, task: str) -> str:
        """Return how a task is spoken of in the language of the call."""
        titles = wording_of(self.flow, self.talk.language).titles
        return titles.get(task) or self.flow.tasks[task].title

    def titles(self, tasks: Iterable[str]) -> str:
        """Return how several tasks are spoken of together; there has to be one at least."""
        return join_titles((self.title(task) for task in tasks), self.talk.language)

    def value(self, slot: Slot, value: Filled) -> str | Slotted:
        """Return a slot's value as it is spoken in the language of the call."""
        return spoken(slot, value, "", wording_of(self.flow, self.talk.language).choices.get(slot.name))

    def plain(self, template: Template) -> str:
        """Return a text with its values as a variable or a slot holds it."""
        return plain(self.flow, template, self.talk.slots, self._built_in())

    # --- slots ---------------------------------------------------------------------------------------

    def fill(self, slot: str, value: Filled) -> None:
        """Fill a slot, as the latest."""
        self._remember((slot,))
        lost = tuple(name for name in self.talk.lost if name != slot)
        self.change(slots={**self._without((slot,)), slot: value}, lost=lost)

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

"""Prompts that are known word for word before any call, each with the name its audio goes by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..events import Part, Slotted, written
from .flow import Flow, Prompt, Slot, SlotType
from .say import render, wording_of
from .steps import Speech
from .template import BUILT_IN, fields_of

__all__ = ["GREETING", "FixedPrompt", "begun_prompts", "fixed_prompts"]

GREETING = "greeting"
"""The name of what a flow with a mode says; it has no prompts."""

EXAMPLES: Mapping[SlotType, str] = {
    "digits": "4021",
    "month": "2026-03",
    "date": "2026-03-03",
    "time": "15:30",
    "range": "2026-03-03/2026-03-05",
    "name": "robin smith",
    "id": "AB12",
    "phone": "2025550101",
    "duration": "PT30M",
    "email": "robin@example.com",
    "address": "12 Main Street",
    "amount": "42.19",
    "yesno": "yes",
    "choice": "one",
    "text": "one",
    "number": "3",
}
"""A value of each type."""


@dataclass(frozen=True, slots=True)
class FixedPrompt:
    """One text of a prompt without values."""

    name: str
    """``greeting``; ``greeting-2`` its second variant, ``greeting-short`` for callers who know it;
    ``sure-balance`` names a task."""

    prompt: str
    """The prompt's name in the flow."""

    parts: tuple[Part, ...]
    language: str

    @property
    def text(self) -> str:
        """Its words, as a transcript shows them."""
        return written(self.parts)


def fixed_prompts(flow: Flow, language: str = "") -> tuple[FixedPrompt, ...]:
    """
    Return what can be spoken word for word before any value is known, the likeliest first.

    The texts are those of one of the flow's languages; empty stands for its own. Titles of tasks are put in,
    one at a time: all pairs would be hundreds of texts, and the few that are said are kept by the voice once
    they were. Texts with other values are left to the call. Two names may have the same text.
    """
    own = language in ("", flow.language)
    language = language or flow.language
    if flow.mode:
        return (FixedPrompt(GREETING, GREETING, (flow.greeting,), language),) if flow.greeting else ()
    prompts = flow.prompts if own else wording_of(flow, language).prompts
    found = (text for prompt in prompts.values() for text in _texts(flow, prompt, language))
    return tuple(fixed for fixed in found if fixed.text)


def begun_prompts(flow: Flow, language: str = "") -> tuple[FixedPrompt, ...]:
    """
    Return the texts with values, with values that are made up.

    Who speaks them ahead has their first words ("Your balance is") before the first call.
    """
    own = language in ("", flow.language)
    language = language or flow.language
    prompts = flow.prompts if own else wording_of(flow, language).prompts
    slots = {slot.name: _made_up(slot) for slot in flow.slots.values()}
    given = {name: Slotted(EXAMPLES["number"], "number") for name in BUILT_IN}
    return tuple(
        FixedPrompt(name, prompt.name, render(flow, template, slots, given, language)[0], language)
        for prompt in prompts.values()
        for name, template in _named(prompt)
        if {piece.slot for piece in fields_of(template)} - {"task", "tasks"}
    )


def _made_up(slot: Slot) -> str:
    return next(iter(slot.choices), EXAMPLES["text"]) if slot.type == "choice" else EXAMPLES[slot.type]


def _texts(flow: Flow, prompt: Prompt, language: str) -> Iterator[FixedPrompt]:
    titles = wording_of(flow, language).titles
    tasks = {task.name: titles.get(task.name, task.title) for task in flow.tasks.values() if task.intents}
    for name, template in _named(prompt):
        values = {piece.slot for piece in fields_of(template)}
        if not values:
            yield FixedPrompt(name, prompt.name, render(flow, template, {}, {}, language)[0], language)
        elif values <= {"task", "tasks"} <= BUILT_IN.keys():
            for task, title in tasks.items():
                parts, _ = render(flow, template, {}, {"task": title, "tasks": title}, language)
                yield FixedPrompt(f"{name}-{task}", prompt.name, parts, language)


def _named(prompt: Prompt) -> Iterator[tuple[str, Speech]]:
    """Yield each text of a prompt with its name: the first goes by the prompt's own."""
    for name, variants in ((prompt.name, prompt.variants), (f"{prompt.name}-short", prompt.short)):
        for number, template in enumerate(variants, 1):
            yield (name if number == 1 else f"{name}-{number}"), template

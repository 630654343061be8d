"""Prompts that are known word for word before any call, each with the name its audio goes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..events import Part, written
from .flow import Flow, Prompt
from .say import render, wording_of
from .steps import Speech
from .template import BUILT_IN, fields_of

__all__ = ["GREETING", "FixedPrompt", "fixed_prompts"]

GREETING = "greeting"
"""The name of what a flow with a mode says; it has no prompts."""


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

"""What changed between two flows, in terms of the language: names and fields, not lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher

from ..dialogue.flow import Flow, Prompt, Task
from ..dialogue.markup import write_speech
from ..dialogue.steps import Field, GoStep
from ..events import Pause, Slotted, Style
from .graph import label, written

__all__ = ["differences"]

SECTIONS: Mapping[str, str] = {
    "tasks": "task",
    "slots": "slot",
    "prompts": "prompt",
    "actions": "action",
    "intents": "intent",
    "anywhere": "command",
    "ladders": "ladder",
    "hours": "hours",
    "wordings": "translation",
}
WHOLE = ("language", "mode", "greeting", "start", "first", "main", "handover", "sure")
HIDDEN = ("name", "rewind", "undo")
"""Fields that follow from others."""

LONGEST = 70
SOUNDING = Slotted | Pause | Style
"""Parts of a prompt that say how it sounds."""


def differences(before: Flow, after: Flow) -> list[str]:
    """Return a line for each thing that was added (+), removed (-) or changed (~)."""
    found: list[str] = []
    for name in WHOLE:
        found += _changed(name, getattr(before, name), getattr(after, name))
    for section, word in SECTIONS.items():
        found += _section(word, getattr(before, section), getattr(after, section), before, after)
    return found


def _section(
    word: str, before: Mapping[str, object], after: Mapping[str, object], one: Flow, other: Flow
) -> Iterator[str]:
    yield from (f"- {word} {name}" for name in before if name not in after)
    for name in after:
        if name not in before:
            yield f"+ {word} {name}"
        elif isinstance(old := before[name], Task) and isinstance(new := after[name], Task):
            yield from _task(old, new, one, other)
        elif before[name] != after[name]:
            yield from _changed(f"{word} {name}", before[name], after[name])


def _task(before: Task, after: Task, one: Flow, other: Flow) -> Iterator[str]:
    """Yield what changed in a task; its steps in words, so that a prompt's own change is not told twice."""
    name = f"task {before.name}"
    for field in fields(Task):
        if field.name not in (*HIDDEN, "steps"):
            yield from _changed(
                f"{name}: {_field(field.name)}", getattr(before, field.name), getattr(after, field.name)
            )
    old, new = _steps(before, one), _steps(after, other)
    for what, first, last, new_first, new_last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (f"~ {name}: - {step}" for step in old[first:last])
            yield from (f"~ {name}: + {step}" for step in new[new_first:new_last])


def _steps(task: Task, flow: Flow) -> list[str]:
    return [label(flow, step, names=True) for step in task.steps if not isinstance(step, GoStep)]


def _changed(what: str, before: object, after: object) -> Iterator[str]:
    """Yield a line for each field that differs."""
    if before == after:
        return
    if isinstance(before, Prompt) and isinstance(after, Prompt):
        yield from _prompt(what, before, after)
    elif is_dataclass(before) and is_dataclass(after) and type(before) is type(after):
        for field in fields(before):
            if field.name not in HIDDEN:
                where = f"{what}: {_field(field.name)}"
                yield from _changed(where, getattr(before, field.name), getattr(after, field.name))
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _changed(f"{what}: {name}", before.get(name), after.get(name))
    elif isinstance(before, tuple) and isinstance(after, tuple) and not _template(before + after):
        yield from (f"~ {what}: - {_words(item)}" for item in before if item not in after)
        yield from (f"~ {what}: + {_words(item)}" for item in after if item not in before)
        if set(before) == set(after):
            yield f"~ {what}: in another order"
    else:
        yield f"~ {what}: {_words(before)} -> {_words(after)}"


def _prompt(what: str, before: Prompt, after: Prompt) -> Iterator[str]:
    if len(before.variants) == len(after.variants) == 1 and before.variants != after.variants:
        yield f"~ {what}: {_words(before.variants[0])} -> {_words(after.variants[0])}"
    else:
        yield from _changed(what, before.variants, after.variants)
    yield from _changed(f"{what}: short", before.short, after.short)
    yield from _changed(f"{what}: barge-in", before.barge_in, after.barge_in)


def _template(value: tuple[object, ...]) -> bool:
    return any(isinstance(part, Field | SOUNDING) for part in value)


def _field(name: str) -> str:
    """Return a field as the language writes it."""
    return name.removesuffix("_ms").replace("_", "-")


def _words(value: object) -> str:
    """Return a value as short text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "" or value == ():
        return "nothing"
    if isinstance(value, tuple) and any(isinstance(part, SOUNDING) for part in value):
        text = f'"{write_speech(value)}"'
    elif isinstance(value, tuple) and all(isinstance(part, str | Field) for part in value):
        text = f'"{written(value)}"' if _template(value) or len(value) == 1 else ", ".join(map(str, value))
    else:
        text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

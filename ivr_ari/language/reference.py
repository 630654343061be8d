"""
``docs/flow-reference.md``, made from the models: every field, what may stand there, what it means.

The sentences are those under the fields in `written*.py`; only what no field says stands here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo

from ..dialogue.expression_syntax import FUNCTIONS
from ..dialogue.expressions import BUILT_IN_NAMES
from ..dialogue.template import BUILT_IN
from . import written, written_slots
from .check_values import FITTING
from .fields import fields_of_model
from .reference_words import (
    EXPRESSIONS,
    FUNCTION_WORDS,
    HEAD,
    PATTERNED,
    REFERRED,
    SAID,
    STEPS_HEAD,
    VALIDATED,
    VALUES,
)
from .standard import NEW, STANDARD
from .written_steps import STEPS
from .written_types import OneOrMore, Refers, Written

__all__ = ["SECTIONS", "reference"]

SECTIONS: tuple[tuple[str, type[Written]], ...] = (
    ("A flow", written.FlowFile),
    ("A part", written.PartFile),
    ("A task", written.Task),
    ("Calling a task off", written.Cancel),
    ("An answer", written.Answer),
    ("The open question", written.Main),
    ("A slot", written_slots.Slot),
    ("Limits of a turn", written_slots.TurnLimits),
    ("Keys of a slot", written_slots.SlotKeys),
    ("A condition on a value", written_slots.Must),
    ("An own type", written_slots.Own),
    ("Ladders", written_slots.Ladders),
    ("A rung", written_slots.Rung),
    ("An action", written.Action),
    ("Anywhere", written.Anywhere),
    ("A command", written.Global),
    ("Hand-over", written.Handover),
    ("A target", written.Target),
    ("Hours", written.Hours),
    ("A prompt", written.Spoken),
    ("A translation", written.TranslationFile),
)
TITLES: Mapping[type[Written], str] = {model: title for title, model in reversed(SECTIONS)}


def reference() -> str:
    """Return the page, in Markdown."""
    parts = [HEAD]
    parts += [_section(title, model) for title, model in SECTIONS[:5]]
    parts += [_steps()]
    parts += [_section(title, model) for title, model in SECTIONS[5:7]]
    parts += [_types(), *(_section(title, model) for title, model in SECTIONS[7:])]
    parts += [_values(), _expressions(), _standard()]
    return "\n".join(parts)


def _section(title: str, model: type[Written]) -> str:
    shared = fields_of_model(written.PartFile) if model is written.FlowFile else {}
    rows = list(_rows(model, without=set(shared)))
    lines = [f"## {title}", "", _flat(model.__doc__), ""]
    if shared:
        lines[2] += " Beside what a [part](#a-part) may hold:"
    lines += ["| Field | Value | What it says | If not given |", "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _rows(model: type[Written], without: set[str] = frozenset()) -> Iterator[str]:  # type: ignore[assignment]
    for alias, (name, hint) in fields_of_model(model).items():
        if alias in without or (model is written_slots.SlotKeys and alias == "choose"):
            continue
        field = model.model_fields[name]
        cells = (f"`{alias}`", _value(hint), _flat(field.description), _default(field))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _flat(text: str | None) -> str:
    return " ".join((text or "").replace("``", "`").split())


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be there**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`" if isinstance(value, str | int | float) else ""


def _value(hint: Any) -> str:
    """Say what may stand in a field of this type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        options = [_value(option) for option in arguments if option is not type(None)]
        return ", or ".join(dict.fromkeys(option for option in options if option))
    if origin is Literal:
        return ", ".join(f"`{option}`" for option in arguments) if len(arguments) < 9 else "`0` to `9`"
    if origin is tuple:
        return "steps" if "Step" in str(arguments[0]) else f"list: {_value(arguments[0])}"
    if origin is Mapping:
        return f"{_value(arguments[0])}: {_value(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Written):
        title = TITLES.get(hint, hint.__name__)
        return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
    return {str: "text", int: "number", float: "number"}.get(hint, str(hint))


def _marked(hint: Any, marks: tuple[Any, ...]) -> str:
    """Say what a type is by the marks beside it."""
    limits = [mark.func.__doc__ for mark in marks if isinstance(mark, AfterValidator)]
    referring = [mark.kind for mark in marks if isinstance(mark, Refers)]
    if referring:
        return REFERRED.get(referring[0], referring[0])
    for mark in marks:
        if isinstance(mark, BeforeValidator):
            word = VALIDATED.get(getattr(mark.func, "__name__", ""), "")
            if word:
                return word + (f", {limits[0]}" if limits else "")
        if isinstance(mark, FieldInfo):
            bounds = _bounds(mark)
            if bounds:
                return bounds
    words = _value(hint)
    several = any(isinstance(mark, OneOrMore) for mark in marks)
    return words.replace("list: ", "one or more: ", 1) if several else words


def _bounds(mark: FieldInfo) -> str:
    facts = {
        name: getattr(item, name)
        for item in mark.metadata
        for name in ("ge", "le", "pattern")
        if getattr(item, name, None) is not None
    }
    if {"ge", "le"} <= facts.keys():
        return f"{facts['ge']} to {facts['le']}"
    pattern = facts.get("pattern", "")
    return next((word for start, word in PATTERNED.items() if pattern.startswith(start)), "")


def _steps() -> str:
    lines = [STEPS_HEAD]
    for kind, model in STEPS.items():
        lines += [f"### `{kind}`", "", _flat(model.__doc__), ""]
        lines += ["| Field | Value | What it says | If not given |", "| --- | --- | --- | --- |"]
        lines += [*_rows(model), ""]
    return "\n".join(lines)


def _types() -> str:
    lines = ["## Types of slots", "", "| Type | What may be said | Keyed in | Spoken as |"]
    lines += ["| --- | --- | --- | --- |"]
    for kind, (said, keyed) in SAID.items():
        manners = ", ".join(f"`{manner}`" for manner in FITTING[kind] if manner != "cents")
        lines.append(f"| `{kind}` | {said} | {keyed} | {manners} |")
    return "\n".join([*lines, ""])


def _values() -> str:
    return "\n".join([VALUES, *(f"- `{{{name}}}`: {meaning}" for name, meaning in BUILT_IN.items()), ""])


def _expressions() -> str:
    names = ", ".join(f"`{name}`" for name in BUILT_IN_NAMES)
    head, foot = EXPRESSIONS
    functions = [f"- {FUNCTION_WORDS[name]}" for name in FUNCTIONS]
    return "\n".join([head.replace("NAMES", names), *functions, "", foot])


def _standard() -> str:
    lines = ["## Prompts the engine says by itself", "", "| Prompt | Said |", "| --- | --- |"]
    lines += [f"| `{name}` | {when} |" for name, when in STANDARD.items()]
    lines += [f"| `{name}` | {when}; may be missing |" for name, when in NEW.items()]
    return "\n".join([*lines, ""])

"""What is wrong with the values of a flow: never filled, compared with what cannot be, spoken when secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .flow import Flow, Slot
from .source import Source, did_you_mean
from .steps import AgainStep, Field
from .template import fields_of

__all__ = ["check_values"]

FITTING: Mapping[str, tuple[str, ...]] = {
    "digits": ("digits", "spell", "text", "last"),
    "month": ("month",),
    "date": ("date",),
    "amount": ("money", "cents"),
    "yesno": ("text",),
    "choice": ("text",),
    "text": ("text", "spell", "digits", "date", "month", "time", "money", "number", "ordinal"),
    "number": ("number", "ordinal", "digits", "text"),
}
"""How a slot of a type can be spoken."""

EMPTINESS = ("empty", "filled")


def check_values(flow: Flow, source: Source) -> None:
    """Write every mistake about slots and their values into *source*."""
    _check_conditions(flow, source)
    _check_filled(flow, source)
    _check_asked_again(flow, source)
    for name, prompt in flow.prompts.items():
        line = source.lines.get(("prompt", name), 1)
        for template in prompt.variants:
            _check_spoken(flow, source, line, f"prompt {name!r}", fields_of(template))
    for name, action in flow.actions.items():
        line = source.lines.get(("action", name), 1)
        for field in fields_of(action.path):
            slot = flow.slots.get(field.slot)
            if slot and slot.sensitivity:
                source.problem(
                    line, f"action {name!r} puts {slot.sensitivity} slot {slot.name!r} in its path"
                )
        for template in action.body.values():
            _check_manners(flow, source, line, f"action {name!r}", fields_of(template))
    for name, slot in flow.slots.items():
        line = source.lines.get(("slot", name), 1)
        _check_slot(flow, source, line, slot)


def _check_slot(flow: Flow, source: Source, line: int, slot: Slot) -> None:
    if slot.sensitivity in ("pin", "card") and slot.type != "digits":
        source.problem(line, f"slot {slot.name!r} is {slot.sensitivity}, so its type should be digits")
    if slot.sensitivity in ("pin", "card") and slot.confirm != "never":
        source.problem(line, f"slot {slot.name!r} is {slot.sensitivity}: nobody may hear it to confirm it")
    if slot.least and slot.most and float(slot.least) > float(slot.most):
        source.problem(line, f"slot {slot.name!r} has a least of {slot.least} above its most of {slot.most}")
    for choice in slot.choices:
        if choice in EMPTINESS:
            source.problem(line, f"slot {slot.name!r} has a choice {choice!r}, a word of conditions")


def _check_spoken(flow: Flow, source: Source, line: int, what: str, fields: Iterable[Field]) -> None:
    _check_manners(flow, source, line, what, fields)
    for field in fields:
        slot = flow.slots.get(field.slot)
        if not slot:
            continue
        if slot.sensitivity in ("pin", "card"):
            source.problem(line, f"{what} speaks {slot.sensitivity} slot {slot.name!r}, not to be heard")
        if slot.sensitivity == "pii" and slot.type == "digits" and field.manner != "last":
            name = slot.name
            text = f"{what} speaks the whole of {name!r}: write {{{name}|last}} for its last two digits"
            source.problem(line, text)
        if field.manner == "cents":
            source.problem(line, f"{what} has 'cents', which is for requests to a backend; use 'money'")


def _check_manners(flow: Flow, source: Source, line: int, what: str, fields: Iterable[Field]) -> None:
    for field in fields:
        slot = flow.slots.get(field.slot)
        if slot and field.manner and field.manner not in FITTING[slot.type]:
            fitting = ", ".join(FITTING[slot.type])
            text = f"{what} takes {slot.type} slot {slot.name!r} as {field.manner!r}; it can be {fitting}"
            source.problem(line, text)


def _check_conditions(flow: Flow, source: Source) -> None:
    """A slot can only be compared with what it can be."""
    for used in source.references:
        name = used.kind.removeprefix("value of ")
        if name == used.kind or used.name in EMPTINESS:
            continue
        slot = flow.slots.get(name)
        if name == "outcome":
            possible: tuple[str, ...] = ("busy", "noanswer", "failed")
        elif slot and slot.type == "choice":
            possible = tuple(slot.choices)
        elif slot and slot.type == "yesno":
            possible = ("yes", "no")
        else:
            continue
        if used.name not in possible:
            text = f"{name!r} can never be {used.name!r}{did_you_mean(used.name, possible)}"
            source.problem(used.line, text)


def _check_filled(flow: Flow, source: Source) -> None:
    """What is used must be filled somewhere: asked for, set, or answered by a backend."""
    filled = {used.name for used in source.references if used.kind in ("asked", "filled")}
    for used in source.references:
        if used.kind == "value" and used.name in flow.slots and used.name not in filled:
            source.problem(used.line, f"slot {used.name!r} is used here, but nothing ever fills it")


def _check_asked_again(flow: Flow, source: Source) -> None:
    for used in source.references:
        if used.kind != "asked again" or used.name not in flow.slots:
            continue
        asking = [
            task
            for task in flow.tasks.values()
            for step in task.steps
            if isinstance(step, AgainStep) and used.name in step.slots
        ]
        if any(used.name not in task.slots for task in asking):
            text = f"'ask-again' empties {used.name!r}, which this task does not ask for"
            source.problem(used.line, text)

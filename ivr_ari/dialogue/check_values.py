"""What is wrong with the values of a flow: never filled, compared with what cannot be, spoken when secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .check_expressions import slots_named
from .check_tasks import asking
from .document import Path
from .flow import SlotType
from .gather import TRANSLATION
from .query import parameters_of
from .source import did_you_mean
from .steps import Field
from .survey import Survey
from .template import fields_of
from .written_slots import Slot
from .written_steps import ActionStep, AskAgainStep, SetStep, WhenStep

__all__ = ["check_values"]

OUTCOMES = ("busy", "noanswer", "failed", "closed")
"""How a hand-over can end that came back."""

FITTING: Mapping[SlotType, tuple[str, ...]] = {
    "digits": ("digits", "spell", "text", "last"),
    "month": ("month", "text"),
    "date": ("date", "text"),
    "time": ("time", "text"),
    "range": ("date", "text"),
    "amount": ("money", "cents", "text"),
    "yesno": ("text",),
    "choice": ("text",),
    "text": ("text", "spell", "digits", "date", "month", "time", "money", "number", "ordinal", "last"),
    "number": ("number", "ordinal", "digits", "text"),
    "name": ("text", "spell", "last"),
    "id": ("spell", "digits", "text", "last"),
    "phone": ("digits", "spell", "text", "last"),
}
"""How a slot of a type can be spoken."""


def check_values(survey: Survey) -> None:
    """Write down every mistake about slots and their values."""
    for path, template in survey.texts:
        fields = fields_of(template)
        _check_manners(survey, path, fields)
        if _is_spoken(path):
            _check_spoken(survey, path, fields)
        elif path[0] == "actions" and path[2:3] == ("request",):
            _check_path(survey, path, fields)
    _check_conditions(survey)
    _check_asked_again(survey)
    if survey.gathered.whole:
        _check_filled(survey)


def _is_spoken(path: Path) -> bool:
    return path[0] == "prompts" or str(path[0]).startswith(TRANSLATION)


def _slots(survey: Survey, fields: Iterable[Field]) -> Iterator[tuple[Field, Slot, SlotType]]:
    for field in fields:
        slot = survey.flow.slots.get(field.slot)
        if slot:
            yield field, slot, survey.type_of(slot)


def _check_manners(survey: Survey, path: Path, fields: Iterable[Field]) -> None:
    for field, _, kind in _slots(survey, fields):
        if field.manner and field.manner not in FITTING[kind]:
            fitting = ", ".join(FITTING[kind])
            text = f"takes {kind} slot {field.slot!r} as {field.manner!r}; it can be {fitting}"
            survey.gathered.problem(path, text)


def _check_spoken(survey: Survey, path: Path, fields: Iterable[Field]) -> None:
    for field, slot, kind in _slots(survey, fields):
        name = field.slot
        if slot.sensitivity in ("pin", "card"):
            text = f"{slot.sensitivity} slot {name!r} is not to be heard: take it out of this text"
            survey.gathered.problem(path, text)
        if slot.sensitivity == "pii" and kind == "digits" and field.manner != "last":
            text = f"speaks the whole of {name!r}: write {{{name}|last}} for its last two digits"
            survey.gathered.problem(path, text)
        if field.manner == "cents":
            survey.gathered.problem(path, "has 'cents', which is for requests to a backend; use 'money'")


def _check_path(survey: Survey, path: Path, fields: Iterable[Field]) -> None:
    for field, slot, _ in _slots(survey, fields):
        if slot.sensitivity:
            text = (
                f"puts {slot.sensitivity} slot {field.slot!r} in a path, which servers log: send it in 'body'"
            )
            survey.gathered.problem(path, text)


def _check_conditions(survey: Survey) -> None:
    """A slot can only be compared with what it can be."""
    for _, (path, step) in survey.steps:
        if not isinstance(step, WhenStep) or isinstance(step.when, str):
            continue
        for name, values in step.when.items():
            possible = _possible(survey, name)
            for place, value in enumerate(values):
                if possible and value not in (*possible, "empty", "filled"):
                    hint = did_you_mean(value, possible) or f"; it is {', '.join(possible)}, empty or filled"
                    text = f"{name!r} can never be {value!r}{hint}"
                    survey.gathered.problem((*path, "when", name, place), text)


def _possible(survey: Survey, name: str) -> tuple[str, ...]:
    slot = survey.flow.slots.get(name)
    if name == "outcome":
        return OUTCOMES
    kind = survey.type_of(slot) if slot else ""
    if slot and kind == "choice":
        own = survey.flow.types.get(slot.type)
        return tuple(own.choices if own else slot.choices)
    return ("yes", "no") if kind == "yesno" else ()


def _check_filled(survey: Survey) -> None:
    """What is used must be filled somewhere: asked for, set, or answered by an action."""
    filled = {slot for _, slot in asking(survey)}
    filled |= {slot for action in survey.flow.actions.values() for slot in action.answer}
    filled |= {text for kind, text, path in survey.references if kind == "slot" and "set" in path[-3:-1]}
    for path, name in _used(survey):
        if name in survey.flow.slots and name not in filled:
            survey.gathered.problem(path, f"slot {name!r} is used here, but nothing ever fills it")


def _used(survey: Survey) -> Iterator[tuple[Path, str]]:
    """Yield every place where the value of a slot is used, except in texts that are never said."""
    said = {text for kind, text, _ in survey.references if kind == "prompt"}
    yield from slots_named(survey)
    for name, action in survey.flow.actions.items():
        yield from ((("actions", name, "query"), slot) for slot in parameters_of(action.query or ""))
    for path, template in survey.texts:
        if path[0] == "prompts" and path[1] not in said and not survey.own("prompts", str(path[1])):
            continue
        if not str(path[0]).startswith(TRANSLATION):
            yield from ((path, field.slot) for field in fields_of(template))


def _check_asked_again(survey: Survey) -> None:
    """A task can only ask again for what it asks for, or fills itself."""
    asked: dict[Path, set[str]] = {}
    for path, slot in asking(survey):
        asked.setdefault(path[:2], set()).add(slot)
    for owner, (_, step) in survey.steps:
        if isinstance(step, SetStep):
            asked.setdefault(owner, set()).update(step.set)
        if isinstance(step, ActionStep) and step.action in survey.flow.actions:
            asked.setdefault(owner, set()).update(survey.flow.actions[step.action].answer)
    for owner, (path, step) in survey.steps:
        if not isinstance(step, AskAgainStep):
            continue
        tasks = [owner] if owner[0] != "actions" else _doing(survey, str(owner[1]))
        for place, slot in enumerate(step.ask_again):
            if any(slot not in asked.get(task, ()) for task in tasks) and slot in survey.flow.slots:
                text = f"'ask-again' empties {slot!r}, which this task neither asks for nor fills"
                survey.gathered.problem((*path, "ask-again", place), text)


def _doing(survey: Survey, action: str) -> list[Path]:
    return [
        ("tasks" if name in survey.flow.tasks else "answers", name)
        for name in survey.tasks
        if action in survey.actions_of(name)
    ]

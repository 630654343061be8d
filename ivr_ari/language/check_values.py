"""What is wrong with the values of a flow: never filled, compared with what cannot be, spoken when secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..dialogue.flow import SlotType
from ..dialogue.steps import Field
from ..dialogue.template import GROUPED, MANNERS, fields_of
from .check_expressions import slots_named
from .check_slots import several
from .check_tasks import asking
from .document import Path
from .gather import TRANSLATION
from .query import parameters_of
from .source import did_you_mean
from .survey import Placed, Survey
from .written import Task
from .written_slots import Slot
from .written_steps import ActionStep, AskAgainStep, AskStep, ConfirmStep, SetStep, WhenStep

__all__ = ["check_values"]

OUTCOMES = ("busy", "noanswer", "failed", "closed")
"""How a hand-over can end that came back."""

FITTING: Mapping[SlotType, tuple[str, ...]] = {
    "digits": ("digits", "spell", "text", "last"),
    "month": ("month", "text"),
    "date": ("date", "text"),
    "time": ("time", "text"),
    "range": ("range", "date", "text"),
    "amount": ("money", "cents", "text"),
    "yesno": ("text",),
    "choice": ("text",),
    "text": (
        *("text", "spell", "clarity", "digits", "date", "month", "time", "money", "number", "ordinal"),
        *("percent", "phone", "email", "last"),
    ),
    "number": ("number", "ordinal", "percent", "digits", "text"),
    "name": ("text", "spell", "clarity", "last"),
    "id": ("spell", "clarity", "digits", "text", "last"),
    "phone": ("phone", "digits", "spell", "text", "last"),
    "duration": ("duration", "text"),
    "email": ("email", "spell", "text", "last"),
    "address": ("address", "street", "unit", "city", "state", "zip", "text"),
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
    _check_slots(survey)
    _check_conditions(survey)
    _check_set(survey)
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
        if field.manner in MANNERS and field.manner not in FITTING[kind]:
            fitting = ", ".join(FITTING[kind])
            what = survey.gathered.subject(path)
            text = f"{what} takes {kind} slot {field.slot!r} as {field.manner!r}; it can be {fitting}"
            survey.gathered.problem(path, text)


def _check_slots(survey: Survey) -> None:
    """How a slot says that it is spoken has to fit its type."""
    for name, slot in survey.flow.slots.items():
        manner, _, groups = (slot.spoken or "").partition(" ")
        fitting = [fits for fits in FITTING[survey.type_of(slot)] if fits not in ("cents", "last")]
        at: Path = ("slots", name, "spoken")
        if manner and manner not in fitting:
            text = f"a slot of this type is spoken as {', '.join(fitting)}, not as {manner!r}"
            survey.gathered.problem(at, text)
        elif groups and manner not in GROUPED:
            text = f"{manner!r} is not spoken in groups ({groups.strip()}); {', '.join(GROUPED)} are"
            survey.gathered.problem(at, text)


def _check_spoken(survey: Survey, path: Path, fields: Iterable[Field]) -> None:
    for field, slot, kind in _slots(survey, fields):
        name = field.slot
        if slot.sensitivity in ("pin", "card"):
            text = f"{slot.sensitivity} slot {name!r} is not to be heard: take it out of this text"
            survey.gathered.problem(path, text)
        if slot.sensitivity == "pii" and kind == "digits" and field.manner != "last":
            what = survey.gathered.subject(path)
            text = f"{what} speaks the whole of {name!r}: write {{{name}|last}} for its last two digits"
            survey.gathered.problem(path, text)
        if field.manner == "cents":
            what = survey.gathered.subject(path)
            text = f"{what} has 'cents', which is for requests to a backend; use 'money'"
            survey.gathered.problem(path, text)


def _check_path(survey: Survey, path: Path, fields: Iterable[Field]) -> None:
    for field, slot, _ in _slots(survey, fields):
        if slot.sensitivity:
            what = f"puts {slot.sensitivity} slot {field.slot!r} in a path, which servers log"
            text = f"{survey.gathered.subject(path)} {what}: send it in 'body'"
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
                    hint = did_you_mean(value, possible) or f"; it is{several(possible, ',')} empty or filled"
                    text = f"{name!r} can never be {value!r}{hint}"
                    survey.gathered.problem((*path, "when", name, place), text)


def _check_set(survey: Survey) -> None:
    """A text that is set must be one the slot can have."""
    for _, (path, step) in survey.steps:
        for name, text in step.set.items() if isinstance(step, SetStep) else ():
            possible = _possible(survey, name)
            if possible and text and not text.startswith("=") and "{" not in text and text not in possible:
                hint = did_you_mean(text, possible) or f"; it is{several(possible) or ' on its list'}"
                survey.gathered.problem((*path, "set", name), f"{name!r} can never be {text!r}{hint}")


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
    yield from ((path, text) for kind, text, path in survey.references if kind == "tested")
    if survey.flow.handover and survey.flow.handover.who:
        yield ("handover", "who"), survey.flow.handover.who
    for name, action in survey.flow.actions.items():
        yield from ((("actions", name, "query"), slot) for slot in parameters_of(action.query or ""))
    for path, template in survey.texts:
        if path[0] == "prompts" and path[1] not in said and not survey.own("prompts", str(path[1])):
            continue
        if not str(path[0]).startswith(TRANSLATION):
            yield from ((path, field.slot) for field in fields_of(template))


def _check_asked_again(survey: Survey) -> None:
    """A task can only ask again for what it asks for, or fills itself."""
    told: set[Path] = set()
    for name, task in survey.tasks.items():
        steps = survey.steps_under(name)
        known = {*(task.needs if isinstance(task, Task) else ()), *_known_by(survey, steps)}
        for path, step in steps:
            for place, slot in enumerate(step.ask_again if isinstance(step, AskAgainStep) else ()):
                at = (*path, "ask-again", place)
                if slot in survey.flow.slots and slot not in known and at not in told:
                    told.add(at)
                    text = f"'ask-again' empties {slot!r}, which task {name!r} neither asks for nor fills"
                    survey.gathered.problem(at, text)


def _known_by(survey: Survey, steps: Iterable[Placed]) -> Iterator[str]:
    """Yield the slots that steps ask for or fill."""
    for _, step in steps:
        match step:
            case AskStep():
                yield from step.ask
            case ConfirmStep():
                yield from step.slots
            case SetStep():
                yield from step.set
            case ActionStep() if step.action in survey.flow.actions:
                yield from survey.flow.actions[step.action].answer

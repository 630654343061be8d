"""What depends on what in a flow: which slots a step uses, which become stale with others."""

from __future__ import annotations

from collections.abc import Iterable, Set

from .expression_syntax import names_in
from .flow import Action, Flow
from .steps import (
    ActionStep,
    AskStep,
    ConfirmStep,
    LeaveStep,
    SayStep,
    SetStep,
    Speech,
    Step,
    Template,
    WhenStep,
)
from .talk import Frame
from .template import fields_of

__all__ = ["changes_between", "results_between", "stale_with", "uses"]


def stale_with(flow: Flow, frames: Iterable[Frame], changed: Set[str]) -> set[str]:
    """Return *changed* and every slot that is worth nothing once these have changed."""
    stale = set(changed)
    steps = [step for frame in frames for step in flow.tasks[frame.task].steps]
    while True:
        more = {name for slot in stale for name in flow.slots[slot].then_stale}
        for step in steps:
            if isinstance(step, ActionStep | SetStep) and uses(flow, step) & stale:
                more |= _made_by(flow, step)
        if more <= stale:
            return stale
        stale |= more


def _made_by(flow: Flow, step: ActionStep | SetStep) -> set[str]:
    if isinstance(step, SetStep):
        return {step.slot}
    return {result.slot for result in flow.actions[step.action].results}


def uses(flow: Flow, step: Step) -> set[str]:
    """Return the slots a step depends on."""
    match step:
        case AskStep(slot):
            return {slot}
        case SayStep(name):
            return _of_prompt(flow, name)
        case ConfirmStep(name, _, slots):
            return _of_prompt(flow, name) | set(slots)
        case WhenStep(tests, _, condition):
            return {slot for slot, _ in tests if slot in flow.slots} | _of_expression(flow, condition)
        case SetStep(_, value, expression):
            return _slots(value) | _of_expression(flow, expression)
        case ActionStep(name, _):
            return _of_action(flow.actions[name])
        case LeaveStep(_, _, variables):
            return set().union(*(_slots(text) for text in variables.values()))
        case _:
            return set()


def _of_prompt(flow: Flow, name: str) -> set[str]:
    return {slot for variant in flow.prompts[name].variants for slot in _slots(variant) if slot in flow.slots}


def _of_action(action: Action) -> set[str]:
    texts = (action.path, *action.body.values(), *action.headers.values())
    return set(action.parameters).union(*(_slots(text) for text in texts))


def _of_expression(flow: Flow, text: str) -> set[str]:
    """Return the slots an expression names; ``from-account`` is written ``from_account`` there."""
    if not text:
        return set()
    return {name.replace("_", "-") for name in names_in(text)} & flow.slots.keys()


def _slots(template: Template | Speech) -> set[str]:
    return {piece.slot for piece in fields_of(template)}


def changes_between(flow: Flow, frame: Frame, target: int) -> bool:
    """Return whether *frame* has passed an action that changes something from step *target* on."""
    steps = flow.tasks[frame.task].steps[target : frame.at + 1]
    return any(isinstance(step, ActionStep) and flow.actions[step.action].changes for step in steps)


def results_between(flow: Flow, frame: Frame, target: int) -> set[str]:
    """Return the slots filled by actions that change something, from step *target* on."""
    steps = flow.tasks[frame.task].steps[target : frame.at + 1]
    acting = [flow.actions[step.action] for step in steps if isinstance(step, ActionStep)]
    return {result.slot for action in acting if action.changes for result in action.results}

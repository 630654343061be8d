"""
A value replaced: what depended on it becomes stale, and the task goes back to where it was first used.

What depends on what is read off the flow: a slot's ``then-stale``, and the answers of requests that
carried it.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from .draft import Draft
from .flow import Flow
from .say import spoken
from .steps import ActionStep, AskStep, ConfirmStep, LeaveStep, SayStep, SetStep, Step, Template, WhenStep
from .talk import Filled, Frame
from .template import fields_of

__all__ = ["committing", "correct", "empty_stale", "stale_with"]


def correct(draft: Draft, name: str, value: Filled) -> bool:
    """
    Replace the value of slot *name* and say so; False if what was done with it cannot be undone.

    The task on the stack, or the latest one that ended, goes back to the first step this touches.
    """
    frames = draft.talk.stack or _reopened(draft)
    changed = stale_with(draft.flow, frames, {name})
    for index, frame in enumerate(frames):
        target = _first_touched(draft, frame, changed, name)
        if target is None:
            continue
        if any(later.acted for later in frames[index:]) or committing(draft):
            draft.say("already-done")
            return False
        draft.change(stack=(*frames[:index], replace(frame, at=target)))
        _reopen(draft, frame.task)
        break
    draft.empty(changed - {name})
    draft.fill(name, value)
    slot = draft.flow.slots[name]
    draft.say(slot.changed or "changed", value=spoken(slot, value))
    return True


def _reopened(draft: Draft) -> tuple[Frame, ...]:
    """Return the latest task that ended as a frame at its end, if it ended well."""
    for name, outcome in reversed(tuple(draft.talk.outcomes.items())):
        if not draft.flow.tasks[name].answer:
            acted = name in draft.talk.acted
            end = len(draft.flow.tasks[name].steps) - 1
            return (Frame(name, end, acted=acted),) if outcome == "done" else ()
    return ()


def _reopen(draft: Draft, name: str) -> None:
    others = {other: how for other, how in draft.talk.outcomes.items() if other != name}
    draft.change(outcomes=others)


def committing(draft: Draft) -> bool:
    """Return whether a request is on its way that must not be asked for twice."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what != "action":
        return False
    step = draft.task.steps[draft.top.at]
    return isinstance(step, ActionStep) and draft.flow.actions[step.action].changes


def stale_with(flow: Flow, frames: tuple[Frame, ...], changed: Set[str]) -> set[str]:
    """Return *changed* and every slot that is worth nothing once these have changed."""
    stale = set(changed)
    steps = [step for frame in frames for step in flow.tasks[frame.task].steps]
    while True:
        more = {name for slot in stale for name in flow.slots[slot].then_stale}
        for step in steps:
            if uses(flow, step) & stale:
                if isinstance(step, ActionStep):
                    more |= {result.slot for result in flow.actions[step.action].results}
                if isinstance(step, SetStep):
                    more.add(step.slot)
        if more <= stale:
            return stale
        stale |= more


def empty_stale(draft: Draft, names: Set[str]) -> None:
    """Empty slots, and what depends on them."""
    draft.empty(stale_with(draft.flow, draft.talk.stack, names))


def _first_touched(draft: Draft, frame: Frame, changed: Set[str], corrected: str) -> int | None:
    """Return where *frame* must begin again, None if nothing it has done so far is touched."""
    task = draft.flow.tasks[frame.task]
    for at, step in enumerate(task.steps[: frame.at + 1]):
        touched = uses(draft.flow, step) & changed
        if isinstance(step, AskStep):
            touched -= {corrected}
        if touched:
            return task.rewind[at] if task.rewind[at] <= frame.at else None
    return None


def uses(flow: Flow, step: Step) -> set[str]:
    """Return the slots a step depends on."""
    match step:
        case AskStep(slot):
            return {slot}
        case SayStep(name) | ConfirmStep(name, _):
            return {slot for variant in flow.prompts[name].variants for slot in _slots(variant)}
        case WhenStep(tests, _):
            return {slot for slot, _ in tests}
        case SetStep(_, value):
            return _slots(value)
        case ActionStep(name, _):
            action = flow.actions[name]
            return _slots(action.path).union(*(_slots(text) for text in action.body.values()))
        case LeaveStep(_, _, variables):
            return set().union(*(_slots(text) for text in variables.values()))
        case _:
            return set()


def _slots(template: Template) -> set[str]:
    return {piece.slot for piece in fields_of(template)}

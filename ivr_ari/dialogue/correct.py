"""
A value replaced or withdrawn: what depended on it becomes stale, and its task goes back to where it was used.

What depends on what is read off the flow: a slot's ``then-stale`` and ``must``, and the answers of requests
that carried it. What has been done with the old value is taken back first, if the task can (`undo`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from .depending import changes_between, results_between, stale_with, uses
from .draft import Draft
from .expression_syntax import names_in
from .musts import unmet
from .scope import ended_tasks
from .steps import ActionStep, AskStep, EndStep, Outcome
from .talk import Filled, Frame

__all__ = [
    "committing",
    "correct",
    "empty_stale",
    "latest_ended",
    "passed",
    "take_back",
    "taken_back",
    "withdraw",
]


def correct(draft: Draft, name: str, value: Filled, *, aloud: bool = True) -> bool:
    """
    Replace the value of slot *name* and say so (*aloud*); False if what was done with it cannot be undone.

    The task under way, or the latest one that ended and used it, goes back to the first step this touches.
    """
    stale = _unmet_with(draft, {name: value})
    changed = stale_with(draft.flow, _frames(draft), {name, *stale})
    place = _place_touched(draft, changed, {name}, {name})
    if place is not None:
        index, frame, target = place
        if frame.undoing:
            draft.change(held={**draft.talk.held, name: value})
            return True
        if not _undoable(draft, index, frame, target):
            draft.say("already-done")
            return False
        if frame.acted and changes_between(draft.flow, frame, target):
            take_back(draft, index, frame, {name: value})
            return True
        _go_back(draft, index, frame, target)
    draft.empty(changed - {name})
    _fill(draft, name, value, stale, aloud)
    return True


def passed(draft: Draft, name: str) -> bool:
    """Return whether a task under way has taken a step that depends on slot *name*, empty though it was."""
    frames = draft.talk.stack
    return any(_first_touched(draft, frame, {name}, {name}) is not None for frame in frames)


def withdraw(draft: Draft, names: Set[str]) -> bool:
    """Empty slots whose values were wrong, to be asked for anew; False if what was done cannot be undone."""
    changed = stale_with(draft.flow, _frames(draft), names)
    place = _place_touched(draft, changed, set(), names)
    if place is not None:
        index, frame, target = place
        acted = frame.acted and changes_between(draft.flow, frame, target)
        if frame.undoing or acted or not _undoable(draft, index, frame, target):
            draft.say("already-done")
            return False
        _go_back(draft, index, frame, target)
    draft.empty(changed)
    return True


def committing(draft: Draft) -> bool:
    """Return whether a request is on its way that must not be asked for twice."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what != "action":
        return False
    step = draft.task.steps[draft.top.at]
    return isinstance(step, ActionStep) and draft.flow.actions[step.action].changes


def empty_stale(draft: Draft, names: Set[str]) -> None:
    """Empty slots, and what depends on them."""
    draft.empty(stale_with(draft.flow, draft.talk.stack, names))


def taken_back(draft: Draft, outcome: Outcome) -> bool:
    """
    What the task on top did was taken back: say so, and go on with the corrected values if there are any.

    False if it could not be taken back: the task ends as it was.
    """
    held = dict(draft.talk.held)
    draft.change(held={})
    frame = replace(draft.top, undoing=False, at=_end(draft, draft.top.task))
    if outcome != "done":
        draft.change(stack=(*draft.talk.stack[:-1], frame))
        return False
    draft.say("undone")
    draft.change(undone=draft.talk.undone + 1)
    if not held:
        draft.change(stack=(*draft.talk.stack[:-1], replace(frame, acted=False)))
        return True
    stale = _unmet_with(draft, held)
    changed = stale_with(draft.flow, (frame,), {*held, *stale})
    target = _first_touched(draft, frame, changed, set(held))
    target = 0 if target is None else target
    changed |= results_between(draft.flow, frame, target)
    draft.change(stack=(*draft.talk.stack[:-1], replace(frame, at=target, acted=False)))
    draft.empty(changed - set(held))
    for name, value in held.items():
        _fill(draft, name, value, stale)
    return True


# --- where it goes back to ----------------------------------------------------------------------------------


def _frames(draft: Draft) -> tuple[Frame, ...]:
    """Return the tasks under way and, as frames at their end, those that could be opened again."""
    return (*draft.talk.stack, *_ended(draft))


def latest_ended(draft: Draft) -> Frame | None:
    """Return the latest task that ended as a frame at its end."""
    return next(iter(_ended(draft)), None)


def _ended(draft: Draft) -> list[Frame]:
    doing = {frame.task for frame in draft.talk.stack}
    return [
        Frame(name, _end(draft, name), acted=name in draft.talk.acted, back=bool(doing))
        for name in ended_tasks(draft)
        if name not in doing and name not in draft.talk.agenda
    ]


def _end(draft: Draft, name: str) -> int:
    """Return the last step of a task's own program, before what happens when actions fail."""
    task = draft.flow.tasks[name]
    ends = (at for at, step in enumerate(task.steps) if step == EndStep("done") and task.rewind[at] == at)
    return next(ends, len(task.steps) - 1)


def _place_touched(
    draft: Draft, changed: Set[str], corrected: Set[str], meant: Set[str]
) -> tuple[int, Frame, int] | None:
    """
    Return which frame must go back, its depth, and its step; None if nothing done so far is touched.

    A task that has ended is opened again only for a slot that was *meant*, not for what became stale with it.
    """
    stack: Sequence[Frame] = draft.talk.stack
    for index, frame in enumerate(stack):
        target = _first_touched(draft, frame, changed, corrected)
        if target is not None:
            return index, frame, target
    for frame in _ended(draft):
        target = _first_touched(draft, frame, changed, corrected)
        if target is not None and meant & set(draft.flow.tasks[frame.task].slots):
            return len(stack), frame, target
    return None


def _first_touched(draft: Draft, frame: Frame, changed: Set[str], corrected: Set[str]) -> int | None:
    """Return where *frame* must begin again, None if nothing it has done so far is touched."""
    task = draft.flow.tasks[frame.task]
    begun = frame.at + (frame not in draft.talk.stack[:-1])  # below the top, the step it stands at is to come
    for at, step in enumerate(task.steps[:begun]):
        touched = uses(draft.flow, step) & changed
        if isinstance(step, AskStep):
            touched -= corrected
        if touched:
            return task.rewind[at] if task.rewind[at] <= frame.at else None
    return None


def _undoable(draft: Draft, index: int, frame: Frame, target: int) -> bool:
    """Return whether going back undoes nothing, or the task knows how to take back what it did."""
    if committing(draft) or any(later.acted for later in draft.talk.stack[index + 1 :]):
        return False
    acted = frame.acted and changes_between(draft.flow, frame, target)
    return not acted or draft.flow.tasks[frame.task].undo >= 0


def _go_back(draft: Draft, index: int, frame: Frame, target: int) -> None:
    draft.change(stack=(*draft.talk.stack[:index], replace(frame, at=target)))
    _reopen(draft, frame.task)


def take_back(draft: Draft, index: int, frame: Frame, held: dict[str, Filled]) -> None:
    """
    Begin the steps that take back what was done, for the sake of *held* corrections or, without, for good.

    The old values are still there for them.
    """
    undo = draft.flow.tasks[frame.task].undo
    draft.change(stack=(*draft.talk.stack[:index], replace(frame, at=undo, undoing=True)), held=held)
    _reopen(draft, frame.task)


def _reopen(draft: Draft, name: str) -> None:
    others = {other: how for other, how in draft.talk.outcomes.items() if other != name}
    draft.change(outcomes=others, acted=tuple(other for other in draft.talk.acted if other != name))


# --- values -------------------------------------------------------------------------------------------------


def _unmet_with(draft: Draft, values: dict[str, Filled]) -> dict[str, str]:
    """Return the slots that are not right any more once *values* hold, and the prompts that say why."""
    probe = Draft(draft.flow, replace(draft.talk, slots={**draft.talk.slots, **values}))
    found = {}
    for name, value in draft.talk.slots.items():
        named = {word.replace("_", "-") for be, _ in draft.flow.slots[name].must for word in names_in(be)}
        if name not in values and named & values.keys():
            reason = unmet(probe, name, value)
            if reason:
                found[name] = reason
    return found


def _fill(draft: Draft, name: str, value: Filled, stale: dict[str, str], aloud: bool = True) -> None:
    draft.fill(name, value)
    draft.change(unsure={other: how for other, how in draft.talk.unsure.items() if other != name})
    slot = draft.flow.slots[name]
    if aloud:
        draft.say(slot.changed or "changed", value=draft.value(slot, value))
    for reason in dict.fromkeys(stale.values()):
        draft.say(reason, question=True)

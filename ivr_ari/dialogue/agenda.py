"""What the caller wants: put on the agenda, begun, ended, called off."""

from __future__ import annotations

from collections.abc import Iterable

from .draft import Draft
from .flow import Flow, Task
from .steps import ActionStep, NeedStep, Outcome, SetStep
from .talk import Frame

__all__ = ["begin_next", "cancel", "enqueue", "finish", "forget", "own_slots", "start_over"]


def own_slots(flow: Flow, task: Task) -> tuple[str, ...]:
    """Return every slot a task fills, by asking, by setting or by a request."""
    filled = list(task.slots)
    for step in task.steps:
        if isinstance(step, SetStep):
            filled.append(step.slot)
        if isinstance(step, ActionStep):
            filled += [result.slot for result in flow.actions[step.action].results]
    return tuple(dict.fromkeys(filled))


def enqueue(draft: Draft, names: Iterable[str]) -> tuple[str, ...]:
    """
    Put tasks on the agenda, by priority; return those that were not there.

    A task that has ended begins anew, without what it knew.
    """
    new = []
    for name in names:
        active = {frame.task for frame in draft.talk.stack}
        if name in active or name in draft.talk.agenda:
            continue
        if name in draft.talk.outcomes:
            forget(draft, name)
        new.append(name)
        agenda = sorted((*draft.talk.agenda, name), key=lambda other: draft.flow.tasks[other].priority)
        draft.change(agenda=tuple(agenda))
    return tuple(name for name in draft.talk.agenda if name in new)


def forget(draft: Draft, name: str) -> None:
    """Make as if a task had never been done."""
    others = {frame.task for frame in draft.talk.stack} | set(draft.talk.agenda)
    kept = {slot for other in others for slot in own_slots(draft.flow, draft.flow.tasks[other])}
    draft.empty(set(own_slots(draft.flow, draft.flow.tasks[name])) - kept)
    draft.change(
        outcomes={other: how for other, how in draft.talk.outcomes.items() if other != name},
        acted=tuple(other for other in draft.talk.acted if other != name),
    )


def begin_next(draft: Draft) -> bool:
    """Begin what is next on the agenda; return whether there was anything."""
    if not draft.talk.agenda:
        return False
    name, *rest = draft.talk.agenda
    draft.change(agenda=tuple(rest))
    draft.push(Frame(name))
    return True


def finish(draft: Draft, outcome: Outcome) -> None:
    """End the task on top; a task that needs one that failed fails too."""
    frame, stack = draft.top, draft.talk.stack[:-1]
    others = {name: how for name, how in draft.talk.outcomes.items() if name != frame.task}
    acted = (frame.task,) if frame.acted and frame.task not in draft.talk.acted else ()
    draft.change(stack=stack, outcomes={**others, frame.task: outcome}, acted=(*draft.talk.acted, *acted))
    if not stack:
        return
    below = draft.task.steps[draft.top.at]
    if outcome != "done" and isinstance(below, NeedStep) and below.task == frame.task:
        finish(draft, outcome)
    elif frame.back and not draft.task.answer:
        draft.say("back-to", task=draft.flow.tasks[stack[0].task].title)


def cancel(draft: Draft) -> bool:
    """
    Call off what is being done, and what waits for the same need; return whether there was anything.

    What needs the same task (who you are) goes too: a caller who refuses it does not want to be asked
    again at once.
    """
    if not draft.talk.stack:
        return False
    off = {frame.task for frame in draft.talk.stack}
    shared = off - {draft.talk.stack[0].task}
    queued = {name for name in draft.talk.agenda if shared & set(draft.flow.tasks[name].needs)}
    draft.change(agenda=tuple(name for name in draft.talk.agenda if name not in queued))
    acted = {frame.task for frame in draft.talk.stack if frame.acted}
    while draft.talk.stack:
        draft.move(back=False)
        finish(draft, "cancelled")
    for name in off - acted:
        forget(draft, name)
    ended: dict[str, Outcome] = dict.fromkeys((*(off - shared), *queued), "cancelled")
    draft.change(outcomes={**draft.talk.outcomes, **ended})
    return True


def start_over(draft: Draft) -> None:
    """Forget what was wanted and said; what was recognised and done stays."""
    while draft.talk.stack:
        name = draft.top.task
        draft.move(back=False)
        finish(draft, "cancelled")
        if name not in draft.talk.acted:
            forget(draft, name)
    for name in draft.talk.agenda:
        forget(draft, name)
    draft.change(agenda=())

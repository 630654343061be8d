"""What the caller wants: put on the agenda, begun, ended, called off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .correct import committing, taken_back
from .draft import Draft
from .flow import Flow, Task
from .questions import put
from .steps import ActionStep, NeedStep, Outcome, SetStep
from .talk import Frame, Waiting

__all__ = [
    "announce",
    "begin_next",
    "cancel",
    "enqueue",
    "finish",
    "forget",
    "inside",
    "leaving",
    "offer_person",
    "own_slots",
    "start_over",
    "unqueue",
]


def own_slots(flow: Flow, task: Task) -> tuple[str, ...]:
    """Return every slot a task fills, by asking, by setting or by a request."""
    filled = list(task.slots)
    for step in task.steps:
        if isinstance(step, SetStep):
            filled.append(step.slot)
        if isinstance(step, ActionStep):
            filled += [result.slot for result in flow.actions[step.action].results]
    return tuple(dict.fromkeys(filled))


def enqueue(draft: Draft, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """
    Put tasks on the agenda, by priority; return those that were not there, each with what it replaced.

    A task that has ended begins anew, without what it knew.
    """
    new: dict[str, tuple[str, ...]] = {}
    for name in names:
        active = {frame.task for frame in draft.talk.stack}
        if name in active or name in draft.talk.agenda:
            continue
        if name in draft.talk.outcomes:
            forget(draft, name)
        new[name] = _make_room(draft, name)
        agenda = sorted((*draft.talk.agenda, name), key=lambda other: draft.flow.tasks[other].priority)
        draft.change(agenda=tuple(agenda))
    return {name: new[name] for name in draft.talk.agenda if name in new}


def _make_room(draft: Draft, name: str) -> tuple[str, ...]:
    """
    Take off what makes no sense beside task *name*; return what was taken off.

    What was acted upon, is being changed at this moment, or must not be called off, stays.
    """
    tasks, stack = draft.flow.tasks, draft.talk.stack
    fixed = committing(draft) or any(frame.acted for frame in stack)
    wanted = (*(frame.task for frame in stack[:1] if not fixed), *draft.talk.agenda)
    gone = tuple(
        other
        for other in wanted
        if (other in tasks[name].excludes or name in tasks[other].excludes) and tasks[other].cancel.allowed
    )
    if stack and stack[0].task in gone:
        while draft.talk.stack:
            _drop(draft)
    for other in gone:
        unqueue(draft, other)
    return gone


def announce(draft: Draft, new: Mapping[str, tuple[str, ...]], standard: str) -> None:
    """Say what was understood, by prompt *standard*; what takes another's place, by ``instead``."""
    for name, gone in new.items():
        if gone:
            draft.say("instead", task=draft.title(name), tasks=draft.titles(gone))
    plain = [name for name, gone in new.items() if not gone]
    if plain:
        draft.say(standard, tasks=draft.titles(plain))


def _drop(draft: Draft) -> None:
    """Take a task off the stack, and its question, without a word."""
    frame = draft.top
    draft.change(stack=draft.talk.stack[:-1], held={} if frame.undoing else draft.talk.held, waiting=None)
    if not frame.acted:
        forget(draft, frame.task)
    acted = (frame.task,) if frame.acted and frame.task not in draft.talk.acted else ()
    others = {name: how for name, how in draft.talk.outcomes.items() if name != frame.task}
    draft.change(outcomes={**others, frame.task: "cancelled"}, acted=(*draft.talk.acted, *acted))


def forget(draft: Draft, name: str) -> None:
    """Make as if a task had never been done; its results stay."""
    others = {frame.task for frame in draft.talk.stack} | set(draft.talk.agenda)
    kept = {slot for other in others for slot in own_slots(draft.flow, draft.flow.tasks[other])}
    kept |= set(draft.flow.tasks[name].results)
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


def finish(draft: Draft, outcome: Outcome, *, offer: bool = True) -> None:
    """
    End the task on top; a task that needs one that failed fails too.

    A person is offered (*offer*) where something could not be taken back.
    """
    if not draft.top.undoing:
        _end(draft, outcome, offer)
        return
    held = tuple(draft.talk.held)
    if not taken_back(draft, outcome):
        draft.say("already-done")
        _end(draft, "done", offer)
        if offer:
            offer_person(draft, held[0] if held else "")
    elif not held:
        _drop(draft)


def _end(draft: Draft, outcome: Outcome, offer: bool) -> None:
    frame, stack = draft.top, draft.talk.stack[:-1]
    others = {name: how for name, how in draft.talk.outcomes.items() if name != frame.task}
    acted = (frame.task,) if frame.acted and frame.task not in draft.talk.acted else ()
    draft.change(stack=stack, outcomes={**others, frame.task: outcome}, acted=(*draft.talk.acted, *acted))
    if not stack:
        return
    below = draft.task.steps[draft.top.at]
    if outcome != "done" and isinstance(below, NeedStep) and below.task == frame.task:
        finish(draft, outcome, offer=offer)
    elif frame.back and not draft.task.answer:
        draft.say("back-to", task=draft.title(stack[0].task))


def offer_person(draft: Draft, slot: str) -> bool:
    """
    Ask whether a person shall change slot *slot*, as the machine cannot; return whether that is asked.

    A flow without that prompt, or without people, is not asked for it.
    """
    waiting = draft.talk.waiting
    if waiting and waiting.what == "action":
        return False
    if "person-for-that" not in draft.flow.prompts or not draft.flow.handover.default:
        return False
    put(draft, Waiting("person", slot))
    return True


def leaving(draft: Draft) -> str:
    """Return the task that is called off by "cancel", nothing if none is under way."""
    return draft.talk.stack[_base(draft)].task if draft.talk.stack else ""


def inside(draft: Draft) -> tuple[Frame, ...]:
    """Return the task that "cancel" calls off and what runs inside it, the innermost first."""
    return draft.talk.stack[_base(draft) :][::-1] if draft.talk.stack else ()


def unqueue(draft: Draft, name: str) -> None:
    """Take a task off the agenda, as cancelled."""
    draft.change(agenda=tuple(other for other in draft.talk.agenda if other != name))
    forget(draft, name)
    draft.change(outcomes={**draft.talk.outcomes, name: "cancelled"})


def _base(draft: Draft) -> int:
    """Return where the task begins that the caller means: what interrupts another task is left alone."""
    depths = [index for index, frame in enumerate(draft.talk.stack) if frame.back]
    return depths[-1] if depths else 0


def cancel(draft: Draft) -> bool:
    """
    Call off what is being done, and what waits for the same need; return whether there was anything.

    What needs the same task (who you are) goes too: a caller who refuses it does not want to be asked
    again at once.
    """
    if not draft.talk.stack:
        return False
    base = _base(draft)
    name = draft.talk.stack[base].task
    inside = {frame.task for frame in draft.talk.stack[base + 1 :]}
    acted = {frame.task for frame in draft.talk.stack if frame.acted}
    queued = {other for other in draft.talk.agenda if inside & set(draft.flow.tasks[other].needs)}
    draft.change(agenda=tuple(other for other in draft.talk.agenda if other not in queued))
    while len(draft.talk.stack) > base:
        _drop(draft)
    ended: dict[str, Outcome] = dict.fromkeys((name, *queued), "cancelled")
    known = {other: how for other, how in draft.talk.outcomes.items() if other not in inside - acted}
    draft.change(outcomes={**known, **ended})
    return True


def start_over(draft: Draft) -> None:
    """Forget what was wanted and said; what was recognised and done stays."""
    while draft.talk.stack:
        _drop(draft)
    for name in draft.talk.agenda:
        forget(draft, name)
    done = {name: how for name, how in draft.talk.outcomes.items() if how != "cancelled"}
    draft.change(agenda=(), outcomes=done)

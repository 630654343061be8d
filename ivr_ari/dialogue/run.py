"""Take step after step of the task on top until the call waits for somebody or is over."""

from __future__ import annotations

from typing import assert_never

from .acting import answer_known, perform
from .agenda import begin_next, finish, forget
from .conditions import holds, worked_out
from .correct import empty_stale
from .depending import uses
from .draft import Draft
from .handing import give_away, hand_over, leave
from .musts import unmet
from .questions import put
from .steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    Field,
    GoStep,
    HandOverStep,
    LeaveStep,
    NeedStep,
    RunStep,
    SayStep,
    SetStep,
    WhenStep,
)
from .talk import Filled, Frame, Talk, Waiting
from .values import typed

__all__ = ["LONGEST_CHAIN", "go_on"]

LONGEST_CHAIN = 2000
"""Steps without a word from outside. Programs go forward, so only a flow of absurd length reaches it."""

DEEPEST = 12
"""Tasks inside each other."""


def go_on(draft: Draft) -> None:
    """
    Go on from where the call stands. Ends with a question, a request, or the end of the call.

    A call that gets to none of them is given to a person.
    """
    draft.change(waiting=None)
    for _ in range(LONGEST_CHAIN):
        if draft.talk.over or draft.talk.waiting:
            return
        if draft.talk.stack:
            _take(draft)
        elif not begin_next(draft):
            put(draft, Waiting("main"))
    if draft.flow.handover.default:
        give_away(draft, draft.flow.handover.default, "endless")
    else:
        leave(draft, "error", "endless")


def _take(draft: Draft) -> None:
    """Take one step."""
    step = draft.task.steps[draft.top.at]
    match step:
        case NeedStep(task):
            _need(draft, task)
        case SayStep(prompt):
            draft.say(prompt)
            draft.forward()
        case AskStep(slot):
            _ask(draft, slot)
        case ConfirmStep(prompt, _):
            put(draft, Waiting("confirm", prompt))
        case WhenStep():
            draft.move(at=draft.top.at + 1 if _holds(draft, step) else step.otherwise)
        case GoStep(to):
            draft.move(at=to)
        case SetStep():
            _set(draft, step)
            draft.forward()
        case RunStep(task):
            _run(draft, task)
        case ActionStep():
            _act(draft, step)
        case AgainStep():
            _again(draft, step)
        case HandOverStep(target, reason, say):
            hand_over(draft, target, reason, say)
        case LeaveStep(result, reason, variables, hang_up):
            texts = {name: draft.plain(text) for name, text in variables.items()}
            leave(draft, result, reason, texts, hang_up)
        case EndStep(outcome):
            finish(draft, outcome)
        case _:
            assert_never(step)


def _need(draft: Draft, task: str) -> None:
    match draft.talk.outcomes.get(task):
        case "done":
            draft.forward()
        case "failed":
            draft.say("cannot-now")
            finish(draft, "failed")
        case _:
            _push(draft, task)


def _run(draft: Draft, task: str) -> None:
    """Do a task whatever became of it before, and come back to the next step."""
    draft.forward()
    if task in draft.talk.outcomes and task not in {frame.task for frame in draft.talk.stack}:
        forget(draft, task)
    _push(draft, task)


def _push(draft: Draft, task: str) -> None:
    """Begin a task inside the one on top; tasks that lead into each other without an end fail."""
    if len(draft.talk.stack) < DEEPEST:
        draft.push(Frame(task))
    else:
        finish(draft, "failed")


def _holds(draft: Draft, step: WhenStep) -> bool:
    if not all(_is(draft.talk, slot, values) for slot, values in step.tests):
        return False
    return not step.condition or holds(draft.flow, draft.talk, step.condition)


def _set(draft: Draft, step: SetStep) -> None:
    """Fill a slot with what the flow says, if that is a value of its type; else it is empty."""
    slot = draft.flow.slots[step.slot]
    value = worked_out(draft.flow, draft.talk, slot, step.expression) if step.expression else None
    if not step.expression:
        value = _copied(draft, step) or typed(slot, draft.plain(step.value))
    if value:
        draft.fill(step.slot, value)
    else:
        draft.empty((step.slot,))


def _copied(draft: Draft, step: SetStep) -> Filled | None:
    """Return the value of another slot as it is, where it is kept as closely in this one."""
    if len(step.value) != 1 or not isinstance(step.value[0], Field) or step.value[0].manner:
        return None
    source, slot = draft.flow.slots.get(step.value[0].slot), draft.flow.slots[step.slot]
    alike = source is not None and (source.type, source.sensitivity) == (slot.type, slot.sensitivity)
    return draft.talk.slots.get(step.value[0].slot) if alike else None


def _ask(draft: Draft, name: str) -> None:
    """Ask for a slot; confirm what was said before it was asked for."""
    slot = draft.flow.slots[name]
    if name not in draft.talk.slots:
        if draft.refused[0] == name:
            draft.say(draft.refused[1] or slot.invalid, question=True)
        put(draft, Waiting("slot", name))
    elif _no_longer_right(draft):
        return
    elif draft.talk.unsure.get(name) == "explicit":
        put(draft, Waiting("check", name))
    else:
        if name in draft.talk.unsure:
            draft.say(slot.implied or "understood", value=draft.value(slot, draft.talk.slots[name]))
            draft.change(unsure={other: how for other, how in draft.talk.unsure.items() if other != name})
        draft.forward()


def _no_longer_right(draft: Draft) -> bool:
    """Empty what does not go with what was told since, say why, and go back to where it is asked for."""
    if draft.top.acted:
        return False
    for at, step in enumerate(draft.task.steps[: draft.top.at + 1]):
        value = draft.talk.slots.get(step.slot) if isinstance(step, AskStep) else None
        if not isinstance(step, AskStep) or value is None:
            continue
        reason = unmet(draft, step.slot, value)
        if reason:
            draft.say(reason, question=True)
            empty_stale(draft, {step.slot})
            draft.move(at=min(draft.top.at, draft.task.rewind[at]))
            return True
    return False


def _act(draft: Draft, step: ActionStep) -> None:
    """Do an action; first ask again for a secret that went with a hand-over nobody took."""
    carried = uses(draft.flow, step) if not answer_known(draft, step) else set()
    for name in draft.talk.lost:
        unknown = name not in draft.talk.slots or draft.talk.unsure.get(name) == "explicit"
        if name in carried and unknown:
            _ask(draft, name)
            return
    perform(draft, step)


def _is(talk: Talk, slot: str, values: tuple[str, ...]) -> bool:
    value = talk.outcome if slot == "outcome" else talk.slots.get(slot, "")
    if "empty" in values and value == "":
        return True
    return bool(value) and ("filled" in values or value in values)


def _again(draft: Draft, step: AgainStep) -> None:
    """Begin the task anew without these slots, so many times and no more."""
    mark = str(draft.top.at)
    rounds = draft.top.tries.get(mark, 0) + 1
    draft.move(tries={**draft.top.tries, mark: rounds})
    if rounds >= step.attempts:
        draft.move(at=step.otherwise)
    else:
        empty_stale(draft, set(step.slots))
        draft.move(at=0)

"""Take step after step of the task on top until the call waits for somebody or is over."""

from __future__ import annotations

from typing import assert_never

from ..errors import FlowError
from .acting import answer_known, perform
from .agenda import begin_next, finish
from .correct import empty_stale
from .depending import uses
from .draft import Draft
from .handing import hand_over, leave
from .questions import put
from .say import plain, spoken
from .steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    GoStep,
    HandOverStep,
    LeaveStep,
    NeedStep,
    RunStep,
    SayStep,
    SetStep,
    WhenStep,
)
from .talk import Frame, Talk, Waiting

__all__ = ["LONGEST_CHAIN", "go_on"]

LONGEST_CHAIN = 1000
"""Steps without a word from outside; programs go forward, so only a flow of absurd length reaches it."""


def go_on(draft: Draft) -> None:
    """
    Go on from where the call stands. Ends with a question, a request, or the end of the call.

    Raises FlowError ``flow.endless`` if it does not get there.
    """
    draft.change(waiting=None)
    for _ in range(LONGEST_CHAIN):
        if draft.talk.over or draft.talk.waiting:
            return
        if draft.talk.stack:
            _take(draft)
        elif not begin_next(draft):
            put(draft, Waiting("main"))
    raise FlowError("flow.endless", flow=draft.flow.name, steps=LONGEST_CHAIN)


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
        case WhenStep(tests, otherwise):
            holds = all(_is(draft.talk, slot, values) for slot, values in tests)
            draft.move(at=draft.top.at + 1 if holds else otherwise)
        case GoStep(to):
            draft.move(at=to)
        case SetStep(slot, value):
            draft.fill(slot, plain(draft.flow, value, draft.talk.slots))
            draft.forward()
        case RunStep(task):
            draft.forward()
            draft.push(Frame(task))
        case ActionStep():
            _act(draft, step)
        case AgainStep():
            _again(draft, step)
        case HandOverStep(target, reason, say):
            hand_over(draft, target, reason, say)
        case LeaveStep(result, reason, variables):
            texts = {name: plain(draft.flow, text, draft.talk.slots) for name, text in variables.items()}
            leave(draft, result, reason, texts)
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
            draft.push(Frame(task))


def _ask(draft: Draft, name: str) -> None:
    """Ask for a slot; confirm what was said before it was asked for."""
    slot = draft.flow.slots[name]
    if name not in draft.talk.slots:
        put(draft, Waiting("slot", name))
    elif draft.talk.unsure.get(name) == "explicit":
        put(draft, Waiting("check", name))
    else:
        if name in draft.talk.unsure:
            draft.say(slot.implied or "understood", value=spoken(slot, draft.talk.slots[name]))
            draft.change(unsure={other: how for other, how in draft.talk.unsure.items() if other != name})
        draft.forward()


def _act(draft: Draft, step: ActionStep) -> None:
    """Call a backend; first ask again for a secret that was told once and is known no more."""
    carried = uses(draft.flow, step) if not answer_known(draft, step) else set()
    for name in draft.talk.asked:
        unknown = name not in draft.talk.slots or draft.talk.unsure.get(name) == "explicit"
        if name in carried and draft.flow.slots[name].sensitivity and unknown:
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

"""Give the call to a person with its whole context, and take it back when nobody answered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Literal

from ..events import HandOver, Json, Leave, Secret
from .agenda import finish, own_slots
from .depending import uses
from .draft import Draft
from .flow import Flow, Target, Task
from .hours import is_open
from .say import neutral, shown
from .steps import AskStep, HandOverStep, Outcome
from .talk import Frame, Talk, Waiting

__all__ = ["LONGEST_SUMMARY", "give_away", "hand_over", "leave", "taken_back", "target_for"]

RECORD_VERSION = 1
LONGEST_SUMMARY = 250
"""Characters; a person reads them in five seconds while the telephone rings."""

NOTHING = "-"

USUAL = {"who": "", "reason": "Reason: ", "open": "Open: ", "done": "Done: ", "trouble": "Not understood: "}
"""The summary of a flow that writes none; what is not known is left out."""


def hand_over(draft: Draft, target: str, reason: str, say: str = "") -> None:
    """
    Say so, hand over to *target* (or who has that skill), and be over; only a call that comes back goes on.

    When nobody is there and the flow makes another offer then, that task is next, with ``closed`` as
    ``outcome``: whoever calls this from outside a task's steps has to go on.
    """
    target = target_for(draft.flow, draft.talk, target)
    hours = draft.flow.hours.get(target)
    closed = hours is not None and draft.talk.now and not is_open(hours, draft.talk.now)
    if hours and closed and _other_offer(draft):
        draft.say(hours.closed)
        draft.change(outcome="closed", waiting=None)
        _leave_hand_over_step(draft)
        _offer(draft)
    else:
        give_away(draft, target, reason, say)


def give_away(draft: Draft, target: str, reason: str, say: str = "") -> None:
    """Hand over to a target whatever the hour."""
    draft.say(say or draft.flow.handover.say)
    record = _record(draft.flow, draft.talk, target, reason)
    summary = _summary(draft.flow, draft.talk, reason)
    draft.effects.append(HandOver(target, reason, summary, record))
    draft.change(over=True)
    draft.wait(Waiting("handed"))


def target_for(flow: Flow, talk: Talk, name: str) -> str:
    """
    Return the target that *name* stands for: itself, one with that skill, else the default.

    Among those with a skill, and in place of a default where the language of the call is not spoken, one who
    speaks it goes first.
    """
    targets, default = flow.handover.targets, flow.handover.default
    if name in targets and name != default:
        return name
    several = [other for other, target in targets.items() if name in target.skills]
    if not several and name != default:
        return target_for(flow, talk, default)
    if not several and default in targets and _rank(targets[default], talk.language) < SILENT:
        return default
    ranked = sorted(several or targets, key=lambda other: _rank(targets[other], talk.language))
    return ranked[0] if ranked else name


SILENT = 2


def _rank(target: Target, language: str) -> int:
    """Return 0 where a language is spoken by name, 1 where any is, 2 where only others are."""
    if not target.languages:
        return 1
    return 0 if language in target.languages else SILENT


def leave(
    draft: Draft,
    result: Literal["done", "error"],
    reason: str,
    variables: Mapping[str, str] | None = None,
    hang_up: bool = False,
) -> None:
    """Return the call to the dialplan for good, or end it."""
    draft.effects.append(Leave(result, reason, variables or {}, hang_up))
    draft.change(over=True, waiting=None)


def taken_back(draft: Draft, outcome: str) -> None:
    """
    Nobody answered: go on where the call was, after the flow's other offer.

    The secrets are gone, for they were in the memory of the call that was handed over: what still needs
    one asks for it again. What was done with them, such as recognising the caller, stays done.
    """
    draft.change(over=False, outcome=outcome, waiting=None)
    _leave_hand_over_step(draft)
    _forget_secrets(draft)
    if _other_offer(draft):
        _offer(draft)


def _leave_hand_over_step(draft: Draft) -> None:
    """A task that was about to hand over, and did not, has failed."""
    if draft.talk.stack and isinstance(draft.task.steps[draft.top.at], HandOverStep):
        draft.move(back=False)
        finish(draft, "failed", offer=False)


def _other_offer(draft: Draft) -> bool:
    """Return whether the flow has something to offer when nobody takes the call, and is not at it."""
    name = draft.flow.handover.unanswered
    return bool(name) and name not in {frame.task for frame in draft.talk.stack}


def _offer(draft: Draft) -> None:
    name = draft.flow.handover.unanswered
    draft.empty(own_slots(draft.flow, draft.flow.tasks[name]))
    draft.push(Frame(name, back=True))


def _forget_secrets(draft: Draft) -> None:
    """Empty every slot that holds a handle; tasks under way go back to where they ask for it."""
    lost = {name for name, value in draft.talk.slots.items() if isinstance(value, Secret)}
    draft.empty(lost)
    draft.change(
        lost=tuple(dict.fromkeys((*draft.talk.lost, *sorted(lost)))),
        stack=tuple(_before_asking(draft.flow, frame, lost) for frame in draft.talk.stack),
    )


def _before_asking(flow: Flow, frame: Frame, lost: Set[str]) -> Frame:
    task = flow.tasks[frame.task]
    ahead: set[str] = set().union(*(uses(flow, step) for step in task.steps[frame.at :]))
    for at, step in enumerate(task.steps[: frame.at]):
        if isinstance(step, AskStep) and step.slot in lost & ahead and not frame.acted:
            return replace(frame, at=task.rewind[at])
    return frame


# --- what the person is told ------------------------------------------------------------------------------


def _ended(flow: Flow, talk: Talk, outcome: Outcome) -> list[Task]:
    """Tasks callers wanted, not those done on the way, that ended in one way."""
    named = [flow.tasks[name] for name, how in talk.outcomes.items() if how == outcome]
    return [task for task in named if task.intents and not task.answer]


def _open(flow: Flow, talk: Talk) -> list[Task]:
    names = dict.fromkeys((*(frame.task for frame in talk.stack), *talk.agenda))
    return [flow.tasks[name] for name in names if flow.tasks[name].intents and not flow.tasks[name].answer]


def _slots_of(flow: Flow, talk: Talk, task: Task) -> dict[str, str]:
    return {
        name: shown(flow.slots[name], talk.slots[name])
        for name in own_slots(flow, task)
        if name in talk.slots
    }


def _who(flow: Flow, talk: Talk) -> str:
    value = talk.slots.get(flow.handover.who, "")
    return shown(flow.slots[flow.handover.who], value) if value else ""


def _record(flow: Flow, talk: Talk, target: str, reason: str) -> dict[str, Json]:
    """Return the document kept for the person; it holds no secret."""
    waiting = talk.waiting
    failed: list[Outcome] = ["done", "cancelled", "failed"]
    tasks: dict[str, Json] = {
        how: [_task(flow, talk, task) for task in _ended(flow, talk, how)] for how in failed
    }
    tasks["open"] = [_task(flow, talk, task) for task in _open(flow, talk)]
    slots: dict[str, Json] = {name: shown(flow.slots[name], value) for name, value in talk.slots.items()}
    return {
        "version": RECORD_VERSION,
        "flow": flow.name,
        "digest": flow.digest,
        "language": talk.language,
        "call": {name: neutral(text) for name, text in talk.facts.items()},
        "who": {"authenticated": bool(_who(flow, talk)), "id": _who(flow, talk)},
        "target": target,
        "reason": reason,
        "tasks": tasks,
        "slots": slots,
        "asked": f"{waiting.what} {waiting.name}".strip() if waiting else "",
        "not_understood": talk.not_understood,
    }


def _task(flow: Flow, talk: Talk, task: Task) -> dict[str, Json]:
    slots: dict[str, Json] = dict(_slots_of(flow, talk, task))
    return {"task": task.name, "title": task.title, "slots": slots}


def _summary(flow: Flow, talk: Talk, reason: str) -> str:
    given = {
        "who": _who(flow, talk),
        "reason": reason.replace("-", " "),
        "open": ", ".join(_in_short(flow, talk, task) for task in _open(flow, talk)),
        "done": ", ".join(task.name for task in _ended(flow, talk, "done")),
        "trouble": str(talk.not_understood),
    }
    pieces = flow.handover.summary
    if not pieces:
        return _plain_ascii(
            " ".join(f"{USUAL[name]}{given[name]}." for name in USUAL if given[name] not in ("", "0"))
        )
    parts = [piece if isinstance(piece, str) else given.get(piece.slot) or NOTHING for piece in pieces]
    return _plain_ascii("".join(parts))


def _in_short(flow: Flow, talk: Talk, task: Task) -> str:
    """Return ``refund (problem charged-twice, month 2026-03)``."""
    told = {
        name: value for name, value in _slots_of(flow, talk, task).items() if not flow.slots[name].sensitivity
    }
    slots = ", ".join(f"{name} {value}" for name, value in told.items())
    return f"{task.name} ({slots})" if slots else task.name


def _plain_ascii(text: str) -> str:
    """Return *text* as the dialplan carries it: one line of printable ASCII without quote and backslash."""
    folded = unicodedata.normalize("NFKD", neutral(text)).encode("ascii", "ignore").decode()
    line = " ".join(re.sub(r'["\\]|[^ -~]', " ", folded).split())
    return line if len(line) <= LONGEST_SUMMARY else f"{line[: LONGEST_SUMMARY - 3].rstrip()}..."

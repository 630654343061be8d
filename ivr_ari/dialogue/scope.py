"""Which tasks and slots a caller's words may be about, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from ..events import Act, Meaning
from .draft import Draft
from .flow import Flow, Slot
from .steps import NeedStep, RunStep

__all__ = [
    "WORDS",
    "awaited_slot",
    "called_alike",
    "dictated",
    "ended_tasks",
    "needed_tasks",
    "slots_at_hand",
    "tasks_at_hand",
]

WORDS: frozenset[Act] = frozenset(("affirm", "deny", "thank", "greet", "complain", "back-channel"))
"""Acts that are no commands: where any text is an answer, they are text."""


def needed_tasks(draft: Draft, name: str) -> Iterator[str]:
    """Yield the tasks that *name* runs, or needs and that are not done; and those that these need."""
    seen = {name}
    queue = [name]
    while queue:
        for step in draft.flow.tasks[queue.pop(0)].steps:
            if not isinstance(step, NeedStep | RunStep) or step.task in seen:
                continue
            seen.add(step.task)
            if isinstance(step, RunStep) or draft.talk.outcomes.get(step.task) != "done":
                queue.append(step.task)
                yield step.task


def tasks_at_hand(draft: Draft) -> tuple[str, ...]:
    """Return the tasks under way, then those wanted, each with what it still needs."""
    names: list[str] = []
    for name in (*(frame.task for frame in reversed(draft.talk.stack)), *draft.talk.agenda):
        names += (name, *needed_tasks(draft, name))
    return tuple(dict.fromkeys(names))


def ended_tasks(draft: Draft) -> tuple[str, ...]:
    """
    Return the tasks that callers wanted and that ended well, the latest first.

    What was only done on the way, such as recognising the caller, is left out: it is not corrected any more.
    """
    done = [name for name, outcome in draft.talk.outcomes.items() if outcome == "done"]
    tasks = [draft.flow.tasks[name] for name in reversed(done)]
    return tuple(task.name for task in tasks if (task.intents or task.key) and not task.answer)


def slots_at_hand(draft: Draft, ended: bool) -> list[Slot]:
    """Return the slots of the tasks at hand, and of those that *ended* if that is wanted."""
    tasks = (*tasks_at_hand(draft), *(ended_tasks(draft) if ended else ()))
    names = dict.fromkeys(slot for name in tasks for slot in draft.flow.tasks[name].slots)
    return [draft.flow.slots[name] for name in names]


def awaited_slot(draft: Draft) -> Slot | None:
    """Return the slot that is asked for or whose value is being confirmed."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what not in ("slot", "check"):
        return None
    return draft.flow.slots[waiting.name]


def dictated(draft: Draft, meaning: Meaning) -> bool:
    """Return whether an utterance is the text that is asked for: it wants, corrects and denies nothing."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what != "slot" or draft.flow.slots[waiting.name].type != "text":
        return False
    return not meaning.requests and set(meaning.acts) <= WORDS - {"deny"}


def called_alike(flow: Flow, one: Slot, other: Slot) -> bool:
    """Return whether the words that name *one*, or give its value a role, may mean *other* as well."""
    words = {*one.called, *one.after}
    return one == other or bool(words & {*other.called, *other.after})

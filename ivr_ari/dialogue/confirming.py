"""Whether a value just understood has to be confirmed, and how."""

from __future__ import annotations

from collections.abc import Iterator

from .depending import uses
from .draft import Draft
from .flow import Slot
from .steps import ActionStep
from .talk import Policy

__all__ = ["policy"]

CERTAIN = 0.8
"""From this confidence a value confirmed by confidence is taken as it is."""

DOUBTFUL = 0.5
"""Below this confidence it is confirmed by a question; a value confirmed in passing too."""


def policy(draft: Draft, slot: Slot, confidence: float) -> Policy | None:
    """Return how a value of *slot*, recognised with *confidence*, is confirmed; None if it is not."""
    match slot.confirm:
        case "never":
            return None
        case "explicit":
            return "explicit"
        case "implicit":
            return "explicit" if confidence < DOUBTFUL else "implicit"
        case "by-risk" if _risky(draft, slot):
            return "explicit"
        case _:
            return _by_confidence(confidence)


def _by_confidence(confidence: float) -> Policy | None:
    if confidence >= CERTAIN:
        return None
    return "implicit" if confidence >= DOUBTFUL else "explicit"


def _risky(draft: Draft, slot: Slot) -> bool:
    """Return whether something that cannot simply be asked for again carries the value."""
    return any(
        isinstance(step, ActionStep)
        and draft.flow.actions[step.action].changes
        and slot.name in uses(draft.flow, step)
        for task in _in_scope(draft)
        for step in draft.flow.tasks[task].steps
    )


def _in_scope(draft: Draft) -> Iterator[str]:
    """Return the tasks under way and those that wait; before any, every task that asks for something."""
    doing = (*(frame.task for frame in draft.talk.stack), *draft.talk.agenda)
    yield from doing or draft.flow.tasks

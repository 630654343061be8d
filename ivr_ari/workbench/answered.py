"""What answers the requests of a rehearsed call, in place of its backends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..dialogue.flow import Flow
from ..dialogue.steps import ActionStep
from ..dialogue.talk import Talk
from ..events import Action, Json
from ..vault import Vault

__all__ = ["Backend", "Pending", "Reply", "action_name"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a backend does: first it is *slow* so many times, and waits for *turns* of the caller."""

    answer: Mapping[str, Json] | None = None
    """None if it fails, with *code* and *status*."""

    code: str = "http.unreachable"
    status: int = 0
    slow: int = 0
    turns: int = 0


Backend = Callable[[str, Action, Vault], Reply]
"""Takes an action's name in the flow, the request, and the vault that opens its secrets."""


@dataclass(slots=True)
class Pending:
    """A request that is not answered yet."""

    id: str
    reply: Reply
    turns: int
    slow_ms: int


def action_name(flow: Flow, talk: Talk, request: Action) -> str:
    """Return the name of the action that *request* belongs to: the one of the step that waits for it."""
    if talk.stack:
        step = flow.tasks[talk.stack[-1].task].steps[talk.stack[-1].at]
        if isinstance(step, ActionStep):
            return step.action
    return request.id

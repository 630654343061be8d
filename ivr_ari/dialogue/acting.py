"""Requests to backends: made from the slots, answered into them, matched by their id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import quote

from ..events import Json, Perform, Secret
from .draft import Draft
from .flow import Action, Result
from .say import cents
from .slots import LONGEST_TEXT
from .steps import ActionStep, Field, Template
from .talk import Filled, Waiting

__all__ = ["answer_known", "answered", "failed", "perform"]

Sent = Json | Secret


def answer_known(draft: Draft, step: ActionStep) -> bool:
    """Return whether all that a backend would answer is known already."""
    results = draft.flow.actions[step.action].results
    return bool(results) and all(result.slot in draft.talk.slots for result in results)


def perform(draft: Draft, step: ActionStep) -> None:
    """Call a backend, unless what it would answer is known already."""
    action = draft.flow.actions[step.action]
    if answer_known(draft, step):
        draft.forward()
        return
    if action.waiting:
        draft.say(action.waiting[0])
    path = _path(draft, action.path)
    body = {name: _sent(draft, template) for name, template in action.body.items()}
    once = _fingerprint(action, path, body) if action.changes else ""
    name = f"a{draft.number()}"
    draft.effects.append(
        Perform(
            name,
            action.backend,
            action.method,
            path,
            body,
            deadline_ms=action.deadline_ms,
            retries=action.retries,
            once=once,
        )
    )
    draft.wait(Waiting("action", name))


def _path(draft: Draft, template: Template) -> str:
    """Return the path; values are quoted, so that none of them can lead elsewhere."""
    parts = []
    for piece in template:
        value = piece if isinstance(piece, str) else quote(str(_sent(draft, (piece,))), safe="")
        parts.append(value)
    return "".join(parts)


def _sent(draft: Draft, template: Template) -> Sent:
    """Return what a field of a request holds: a lone value as it is, anything else as one text."""
    if len(template) == 1 and isinstance(template[0], Field):
        return _value(draft, template[0])
    texts = (piece if isinstance(piece, str) else str(_value(draft, piece) or "") for piece in template)
    return "".join(texts)


def _value(draft: Draft, piece: Field) -> Sent:
    value: Filled | None = draft.talk.slots.get(piece.slot)
    if isinstance(value, str) and piece.manner == "cents":
        return cents(value)
    if isinstance(value, str) and draft.flow.slots[piece.slot].type == "number":
        number = Decimal(value)
        return int(number) if number == int(number) else float(number)
    return "" if value is None else value


def _fingerprint(action: Action, path: str, body: Mapping[str, Sent]) -> str:
    """Return the same text for the same request; the handle stands for a secret."""
    request = [action.backend, action.method, path, {name: str(value) for name, value in body.items()}]
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()[:32]


def _awaited(draft: Draft, name: str) -> ActionStep | None:
    """Return the step that waits for request *name*; None if nobody does any more."""
    waiting = draft.talk.waiting
    if waiting is None or (waiting.what, waiting.name) != ("action", name):
        return None
    step = draft.task.steps[draft.top.at]
    return step if isinstance(step, ActionStep) else None


def answered(draft: Draft, name: str, answer: Mapping[str, Json]) -> bool:
    """Fill the slots from an answer; one that lacks a field counts as a failure. False if nobody waits."""
    step = _awaited(draft, name)
    if step is None:
        return False
    action = draft.flow.actions[step.action]
    values = {result.slot: _field(answer, result) for result in action.results}
    if action.changes:
        draft.move(acted=True)
    if any(value is None for value in values.values()):
        return failed(draft, name, 0)
    for slot, value in values.items():
        if value is not None:
            draft.fill(slot, value)
    draft.forward()
    return True


def failed(draft: Draft, name: str, status: int) -> bool:
    """Go where the flow says for this failure. False if nobody waits for *name*."""
    step = _awaited(draft, name)
    if step is None:
        return False
    draft.move(at=step.failures.get(status, step.failures[0]))
    return True


def _field(answer: Mapping[str, Json], result: Result) -> str | None:
    """Return a field as text, None if it is not there or is no single value."""
    value: Json = dict(answer)
    for name in result.path:
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    if result.manner == "cents":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return f"{Decimal(str(value)) / 100:.2f}" if whole else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int | float):
        return None
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return " ".join(text.split())[:LONGEST_TEXT] or None

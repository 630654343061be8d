"""Requests to the world: made from the slots, answered into them, matched by their id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

from ..events import Action as Asked
from ..events import Inquire, Json, Perform, Query, Secret
from .addresses import PARTS, part_of
from .answers import read_answer
from .draft import Draft
from .flow import Action
from .say import cents, neutral
from .steps import ActionStep, Field, Template
from .talk import Filled, Waiting

__all__ = ["answer_known", "answered", "failed", "perform", "slow"]

Sent = Json | Secret


def answer_known(draft: Draft, step: ActionStep) -> bool:
    """Return whether all that would be answered is known already."""
    results = draft.flow.actions[step.action].results
    return bool(results) and all(result.slot in draft.talk.slots for result in results)


def perform(draft: Draft, step: ActionStep) -> None:
    """Do an action, unless what it would answer is known already."""
    action = draft.flow.actions[step.action]
    if answer_known(draft, step):
        draft.forward()
        return
    if action.waiting:
        draft.say(action.waiting[0])
    name = f"a{draft.number()}"
    draft.effects.append(_asked(draft, action, name))
    draft.wait(Waiting("action", name))


def slow(draft: Draft, name: str) -> None:
    """Say the next of the words that fill the wait for request *name*."""
    waiting = draft.talk.waiting
    step = _awaited(draft, name)
    if step is None or waiting is None:
        return
    words = draft.flow.actions[step.action].waiting[1:]
    if words:
        draft.say(words[waiting.slow % len(words)], question=True)
        draft.wait(replace(waiting, slow=waiting.slow + 1))


def _asked(draft: Draft, action: Action, name: str) -> Asked:
    slow_ms = action.every_ms if len(action.waiting) > 1 else 0
    if action.database:
        given = {slot.replace("-", "_"): _bound(draft, slot) for slot in action.parameters}
        return Query(name, action.database, action.query, given, action.deadline_ms, slow_ms)
    if action.variable:
        return Inquire(name, "variable", action.variable, action.deadline_ms, slow_ms)
    if action.queue:
        return Inquire(name, "queue", action.queue, action.deadline_ms, slow_ms)
    if action.device:
        return Inquire(name, "device", action.device, action.deadline_ms, slow_ms)
    return _request(draft, action, name, slow_ms)


def _request(draft: Draft, action: Action, name: str, slow_ms: int) -> Perform:
    path = _path(draft, action.path)
    body = {key: _sent(draft, template) for key, template in action.body.items()}
    once = _fingerprint(action, path, body, draft.talk.undone) if action.changes else ""
    return Perform(
        name,
        action.backend,
        action.method,
        path,
        body,
        deadline_ms=action.deadline_ms,
        retries=action.retries,
        once=once,
        headers={key: _header(draft, template) for key, template in action.headers.items()},
        slow_ms=slow_ms,
    )


def _path(draft: Draft, template: Template) -> str:
    """Return the path; values are quoted, so that none of them can lead elsewhere."""
    parts = []
    for piece in template:
        value = piece if isinstance(piece, str) else quote(str(_sent(draft, (piece,))), safe="")
        parts.append(value)
    return "".join(parts)


def _header(draft: Draft, template: Template) -> str | Secret:
    sent = _sent(draft, template)
    return sent if isinstance(sent, str | Secret) else str(sent)


def _sent(draft: Draft, template: Template) -> Sent:
    """Return what a field of a request holds: a lone value as it is, anything else as one text."""
    if len(template) == 1 and isinstance(template[0], Field):
        return _value(draft, template[0])
    texts = (piece if isinstance(piece, str) else str(_value(draft, piece) or "") for piece in template)
    return neutral("".join(texts))


def _value(draft: Draft, piece: Field) -> Sent:
    value: Filled = draft.talk.slots.get(piece.slot, "")
    if not isinstance(value, str) or not value:
        return value
    kind = draft.flow.slots[piece.slot].type
    if piece.manner == "cents" and kind in ("amount", "number"):
        return cents(value)
    if kind == "address" and piece.manner in PARTS:
        value = part_of(value, piece.manner)
    if kind == "number":
        number = Decimal(value)
        return int(number) if number == int(number) else float(number)
    return neutral(value)


def _bound(draft: Draft, slot: str) -> str | Secret:
    value = draft.talk.slots.get(slot, "")
    return neutral(value) if isinstance(value, str) else value


def _fingerprint(action: Action, path: str, body: Mapping[str, Sent], undone: int) -> str:
    """
    Return the same text for the same request; the handle stands for a secret.

    After something was taken back (*undone*), the same request is a new one.
    """
    values = {name: str(value) for name, value in body.items()}
    request = [action.backend, action.method, path, values, *([undone] if undone else [])]
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()[:32]


# --- what comes back --------------------------------------------------------------------------------------


def _awaited(draft: Draft, name: str) -> ActionStep | None:
    """Return the step that waits for request *name*; None if nobody does any more."""
    waiting = draft.talk.waiting
    if waiting is None or (waiting.what, waiting.name) != ("action", name) or not draft.talk.stack:
        return None
    step = draft.task.steps[draft.top.at]
    return step if isinstance(step, ActionStep) else None


def answered(draft: Draft, name: str, answer: Mapping[str, Json]) -> bool:
    """Fill the slots from an answer; one that lacks a field counts as a failure. False if nobody waits."""
    step = _awaited(draft, name)
    if step is None:
        return False
    action = draft.flow.actions[step.action]
    if action.changes:
        draft.move(acted=True)
    values = read_answer(draft.flow, action, answer)
    if values is None:
        return failed(draft, name, 0)
    for slot, value in values.items():
        draft.fill(slot, value)
    draft.forward()
    return True


def failed(draft: Draft, name: str, status: int) -> bool:
    """Go where the flow says for this failure. False if nobody waits for *name*."""
    step = _awaited(draft, name)
    if step is None:
        return False
    draft.move(at=step.failures.get(status, step.failures.get(0, draft.top.at + 1)))
    return True

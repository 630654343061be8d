"""What is wrong with actions: what they ask of the world, how, and where secrets go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .compile_slots import TYPES
from .document import Path
from .query import mistakes_of, parameters_of
from .source import did_you_mean
from .survey import Survey
from .written import Action
from .written_slots import Slot

__all__ = ["check_actions"]

KINDS: Mapping[str, str] = {
    "request": "an HTTP request",
    "query": "a look-up",
    "variable": "a channel variable",
    "queue": "a queue",
    "device": "a device",
}
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "backend": ("request",),
    "headers": ("request",),
    "body": ("request",),
    "changes": ("request",),
    "retries": ("request", "query"),
    "database": ("query",),
}
"""Fields, and the kinds of action they mean something for."""

PARTNERS: Mapping[str, str] = {"request": "backend", "query": "database"}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "variable": ("value",),
    "queue": ("waiting", "members", "ready"),
    "device": ("state",),
}
"""What these answer."""

SECRET = re.compile(r"\bsecret [A-Za-z0-9_-]+")


def check_actions(survey: Survey) -> None:
    """Write down every mistake about actions."""
    for name, action in survey.flow.actions.items():
        path = ("actions", name)
        kind = _check_kind(survey, path, action)
        if kind:
            _check_fields(survey, path, action, kind)
        _check_answer(survey, path, action, kind)
        _check_secrets(survey, path, action)
        if action.query:
            _check_query(survey, path, action.query)
        if action.every and not action.while_:
            survey.gathered.problem(
                (*path, "every"), "'every' says how often 'while' goes on, but there is none"
            )


def _check_kind(survey: Survey, path: Path, action: Action) -> str:
    """Return the one kind of thing it is; empty if it is none, or several."""
    kinds = [kind for kind in KINDS if getattr(action, kind)]
    if len(kinds) == 1:
        return kinds[0]
    if survey.gathered.whole:
        what = " and ".join(kinds) if kinds else "nothing"
        text = f"action {path[1]!r} should have exactly one of {', '.join(KINDS)}; it has {what}"
        survey.gathered.problem((*path, "[key]"), text)
    return ""


def _check_fields(survey: Survey, path: Path, action: Action, kind: str) -> None:
    for field, kinds in ONLY_FOR.items():
        if field in action.model_fields_set and kind not in kinds:
            text = f"{field!r} has no meaning for {KINDS[kind]}"
            survey.gathered.problem((*path, field, "[key]"), text)
    partner = PARTNERS.get(kind, "")
    if partner and not getattr(action, partner) and survey.gathered.whole:
        text = f"action {path[1]!r} has no {partner!r}, the name the configuration gives it"
        survey.gathered.problem((*path, "[key]"), text)
    if action.body and (action.request or "").startswith("GET "):
        text = "a GET carries no body: put the values into the path, or use POST"
        survey.gathered.problem((*path, "body", "[key]"), text)


def _check_answer(survey: Survey, path: Path, action: Action, kind: str) -> None:
    for slot, text in action.answer.items():
        field, _, manner = (part.strip() for part in text.partition("|"))
        at = (*path, "answer", slot)
        if manner not in ("", "cents"):
            survey.gathered.problem(at, f"has {manner!r} after '|' where only 'cents' can stand")
        if not all(field.split(".")):
            survey.gathered.problem(at, f"{field!r} should be a field of the answer, or order.state")
        if kind in FIELDS and field not in FIELDS[kind]:
            known = FIELDS[kind]
            hint = did_you_mean(field, known) or f"; it answers {', '.join(known)}"
            survey.gathered.problem(at, f"{KINDS[kind]} has no field {field!r}{hint}")
        target = survey.flow.slots.get(slot)
        if manner == "cents" and target and _is_known(survey, target) and survey.type_of(target) != "amount":
            survey.gathered.problem(at, f"'cents' make an amount, but slot {slot!r} is {target.type}")
    if kind in FIELDS and not action.answer:
        text = f"{KINDS[kind]} is read for nothing: say under 'answer' which slot takes it"
        survey.gathered.problem((*path, "[key]"), text)


def _is_known(survey: Survey, slot: Slot) -> bool:
    return slot.type in TYPES or slot.type in survey.flow.types


def _check_secrets(survey: Survey, path: Path, action: Action) -> None:
    """A secret is named, never written, and only headers carry one."""
    for header, text in action.headers.items():
        found = SECRET.search(text)
        if found and found[0] != text:
            hint = f"{found[0]!r} can only be a whole value: put the words around it into the secret"
            survey.gathered.problem((*path, "headers", header), hint)
        if header.lower() in ("authorization", "cookie") and not found:
            hint = f"{header} is written out here: write 'secret NAME' and keep it in the configuration"
            survey.gathered.problem((*path, "headers", header), hint)


def _check_query(survey: Survey, path: Path, query: str) -> None:
    for mistake in mistakes_of(query):
        survey.gathered.problem((*path, "query"), f"the query {mistake}")
    slots = survey.gathered.declared("slots")
    for name in parameters_of(query):
        if name not in slots:
            hint = did_you_mean(name, slots)
            survey.gathered.problem(
                (*path, "query"), f"there is no slot {name!r} for :{name.replace('-', '_')}{hint}"
            )

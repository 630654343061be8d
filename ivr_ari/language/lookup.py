"""Find the names that are used and never declared, and what is wrong inside texts and expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from ..dialogue.template import BUILT_IN, fields_of
from .compile_slots import DEFAULT, TYPES
from .document import Path
from .gather import TRANSLATION
from .source import did_you_mean
from .survey import Survey

__all__ = ["DIALPLAN", "SUMMARY", "look_up"]

SUMMARY: Mapping[str, str] = {"who": "", "reason": "", "open": "", "done": "", "trouble": ""}
"""What a summary may hold beside slots; the engine fills it in."""

OUTCOME = "outcome"
"""What a condition may name beside slots."""

DIALPLAN = re.compile(r"\$[{\[]")
"""Begins a dialplan function or expression (Asterisk: Variables, ``${...}`` and ``$[...]``)."""

CALLED: Mapping[str, str] = {"tested": "slot", "target": "target or skill"}
"""How messages call a kind that is no plain word."""


def look_up(survey: Survey) -> bool:
    """Write down every name that leads nowhere; return whether all lead somewhere."""
    known = _known(survey)
    right = True
    for kind, text, path in survey.references:
        if kind in known:
            if text and text not in known[kind]:
                _unknown(survey, kind, text, path, known)
                right = False
        elif kind in ("values", "prompt text") or (kind == "set value" and not text.startswith("=")):
            _look_into(survey, path, text, known["slot"], spoken=kind == "prompt text")
        elif kind in ("expression", "set value"):
            survey.expressions.append((path, text.removeprefix("=").strip()))
    return right


def _known(survey: Survey) -> Mapping[str, Set[str]]:
    gathered = survey.gathered
    slots, tasks = gathered.declared("slots"), gathered.declared("tasks")
    return {
        "prompt": gathered.declared("prompts"),
        "slot": slots,
        "tested": {*slots, OUTCOME},
        "task": tasks,
        "slot or task": slots | tasks,
        "intent": gathered.declared("intents"),
        "action": gathered.declared("actions"),
        "target": {*survey.targets, DEFAULT},
        "type": {*TYPES, *gathered.declared("types")},
    }


def _unknown(survey: Survey, kind: str, text: str, path: Path, known: Mapping[str, Set[str]]) -> None:
    hint = did_you_mean(text, known[kind])
    if kind == "task" and text in survey.flow.answers:
        hint = ": it is an answer; only tasks can stand here"
    if not hint and kind == "type":
        hint = f"; there are {', '.join(TYPES)}"
    survey.gathered.problem(path, f"there is no {CALLED.get(kind, kind)} {text!r}{hint}")


def _look_into(survey: Survey, path: Path, text: str, slots: Set[str], *, spoken: bool) -> None:
    """Look at the values and tags in a text."""
    mistakes = survey.read(path, text, spoken=spoken)
    for mistake in mistakes if not DIALPLAN.search(text) else ():
        survey.gathered.problem(path, mistake)
    built_in = _built_in(path)
    for piece in fields_of(survey.texts[-1][1]):
        if piece.slot not in built_in and piece.slot not in slots:
            hint = did_you_mean(piece.slot, [*slots, *built_in])
            survey.gathered.problem(path, f"there is no slot {piece.slot!r}{hint}")


def _built_in(path: Path) -> Mapping[str, str]:
    if path == ("handover", "summary"):
        return SUMMARY
    return BUILT_IN if path[0] == "prompts" or str(path[0]).startswith(TRANSLATION) else {}

"""A call with the small flow, understood without a model."""

from __future__ import annotations

from ivr_ari.dialogue.flow import Flow
from ivr_ari.events import Began
from ivr_ari.language.load import parse_flow
from ivr_ari.workbench.literal import Literal
from ivr_ari.workbench.rehearsal import Rehearsal
from ivr_ari.workbench.transcript import heard_words
from ivr_ari.workbench.trial import canned
from tests.dialogue.small import SMALL

TEXT = SMALL.replace("    confirm: explicit\n", "")
"""The small flow, which here takes a number without asking whether it is right."""

FLOW = parse_flow(TEXT, "small.yaml")
SECRET = parse_flow(
    TEXT.replace("    length: 4-6\n", "    length: 4-6\n    sensitivity: pii\n")
    .replace("GET /orders/{number}?lang=en", 'POST /orders\n    body: {number: "{number}"}\n    changes: no')
    .replace("{number|spell}", "{number|last}"),
    "small.yaml",
)
"""With a number that must not be seen."""

SHIPPED = {"order": {"state": "shipped"}}


def call(answer: object = "down", *, flow: Flow = FLOW, settle: bool = True) -> Rehearsal:
    """Begin a call whose look-up answers so."""
    backend = canned({"look-up": answer})  # type: ignore[dict-item]
    return Rehearsal(flow, Began("2026-03-15"), Literal(flow), backend, settle=settle)


def say(rehearsal: Rehearsal, *sentences: str) -> None:
    for sentence in sentences:
        rehearsal.utter(heard_words(sentence))


def prompts(rehearsal: Rehearsal) -> list[str]:
    """Return all prompts said so far."""
    return [one.prompt for one in rehearsal.said if one.who == "ivr"]

"""
The conversations that are tests of a flow, as they are written: a YAML list, the file named in ``tests:``.

A conversation is a list of turns: what the caller does, and what has to come of it. What is not written is
not looked at, so a test says only what it is about. A sentence under a field is its documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ..events import Act, Kind
from .written_types import Flag, Name, Refers, Text, Written, _listed

__all__ = ["TURN_KINDS", "ConversationKind", "Cut", "Ends", "Means", "MeantValue", "Test", "Turn"]

ConversationKind = Literal["plain", "multi-intent", "correction", "digression", "failure"]

Prompts = Annotated[tuple[Annotated[Name, Refers("prompt")], ...], BeforeValidator(_listed)]
Tasks = Annotated[tuple[Annotated[Name, Refers("task")], ...], BeforeValidator(_listed)]
Actions = Annotated[tuple[Annotated[Name, Refers("action")], ...], BeforeValidator(_listed)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Acts = Annotated[tuple[Act, ...], BeforeValidator(_listed)]
Share = Annotated[float, Field(ge=0, le=1)]
Often = Annotated[int, Field(ge=1, le=20)]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class MeantRequest(Written):
    """A request, as understanding would give it."""

    intent: Annotated[Name, Refers("intent")]
    runner_up: Annotated[Name, Refers("intent")] | None = None
    """The next likely intent, near enough to ask "did you mean"."""

    confidence: Share = 1.0


class MeantValue(Written):
    """A value, as understanding would give it."""

    kind: Kind
    value: str
    slot: Name | None = None
    """The slot its words point to."""

    alternatives: Texts = ()
    denied: Flag = False
    """The words say that it is not this."""

    confidence: Share = 1.0


class Means(Written):
    """What a turn means, for conversations that are not about understanding."""

    acts: Acts = ()
    requests: tuple[MeantRequest, ...] = ()
    values: tuple[MeantValue, ...] = ()


class Cut(Written):
    """The caller interrupts with the next turn."""

    prompt: Annotated[Name, Refers("prompt")]
    """What was being said then; prompts after it were not heard at all."""

    heard: Share = 0.0
    """The share of it that was heard."""


TURN_KINDS = (
    "caller",
    "keys",
    "means",
    "silence",
    "noise",
    "cut",
    "hangs-up",
    "unanswered",
    "lost",
    "found",
)


class Turn(Written):
    """
    What happens next, one of `caller`, `keys`, `means`, `silence`, `noise`, `cut`, `hangs-up`, `unanswered`,
    `lost` and `found`; and what has to come of it.
    """

    caller: Text | None = None
    """Words, through the real understanding."""

    confidence: Share = 1.0
    """How sure recognition was of the words."""

    keys: Annotated[str, Field(pattern=r"^[0-9*#ABCD]+$")] | None = None
    """Keys pressed one after the other, faster than any backend; a pause ends the last entry."""

    means: Means | None = None
    """A meaning, in place of words."""

    silence: Often | None = None
    """Nothing is heard, so many times."""

    noise: Often | None = None
    """Something without words is heard, so many times."""

    cut: Cut | None = None
    hangs_up: Flag = False
    unanswered: Literal["busy", "noanswer", "failed"] | None = None
    """The hand-over reached nobody: the call comes back."""

    lost: Literal["speech", "understanding", "voice"] | None = None
    """An engine has died."""

    found: Literal["speech", "understanding", "voice"] | None = None
    """It works again."""

    says: Prompts | None = None
    """The prompts said in answer: exactly these, in this order."""

    hears: Texts = ()
    """Each is somewhere in what is said, values as they are spoken."""

    hears_not: Texts = ()
    """None of these is."""

    fills: Mapping[Annotated[Name, Refers("slot")], str] = Field(default_factory=dict)
    """What slots hold afterwards; empty for nothing, ``(8 digits)`` for a secret of that length."""

    does: Actions | None = None
    """The actions asked for: exactly these, in this order."""

    agenda: Tasks | None = None
    """The tasks that wait, in order."""

    asks: Text | None = None
    """What is waited for then: a slot, a prompt of a `confirm`, or ``main``."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in TURN_KINDS if getattr(self, kind.replace("-", "_")) not in (None, False)]
        if len(given) != 1:
            raise ValueError(f"should have exactly one of {', '.join(TURN_KINDS)}")
        return self


class Ends(Written):
    """How it stands at the end."""

    handed: Name | None = None
    """The target the call was given to."""

    left: Literal["done", "error"] | None = None
    """It went back to the dialplan."""

    reason: Text | None = None
    variables: Mapping[str, str] = Field(default_factory=dict)
    """Variables the dialplan got; others may have been set too."""

    summary: Text | None = None
    """A part of what the person sees."""

    asks: Text | None = None
    """It is not over: what is waited for."""


class Test(Written):
    """One conversation."""

    test: Text
    """What it shows, as a sentence."""

    kind: ConversationKind = "plain"
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    """The flow's own if not given."""

    heard: Flag = True
    """Whether anybody listens to the language; if not, every question is answered by keypad."""

    today: IsoDate = "2026-03-15"
    now: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")] | None = None
    """UTC; half past ten of `today` if not given."""

    known: Flag = False
    """This caller has called before."""

    facts: Mapping[Text, str] = Field(default_factory=dict)
    """Channel variables the call begins with."""

    backend: Mapping[Annotated[Name, Refers("action")], Any] = Field(default_factory=dict)
    """
    Action to its answer: fields, or how it fails (``down``, ``late``, ``404``). ``slow`` answers after a
    while; ``{slow: 2, turns: 1, then: ANSWER}`` after two waiting prompts and one turn of the caller. A list
    answers one after the other, its last for ever.
    """

    says: Prompts | None = None
    """The prompts before the first turn."""

    hears: Texts = ()
    turns: tuple[Turn, ...] = ()
    ends: Ends | None = None
    done: Tasks = ()
    """Tasks that ended done; others may have, too."""

    performed: Actions | None = None
    """All actions of the call, in order."""

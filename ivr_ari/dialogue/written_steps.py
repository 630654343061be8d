"""The steps of a task, as they are written. The first field of a step says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from .written_types import Expression, Name, Refers, Template, Text, Written, _listed

__all__ = ["STEP_KINDS", "Steps", "Test"]

PromptNames = Annotated[tuple[Annotated[Name, Refers("prompt")], ...], BeforeValidator(_listed)]
SlotNames = Annotated[tuple[Annotated[Name, Refers("slot")], ...], BeforeValidator(_listed)]
Values = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Reason = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
Test = Expression | Mapping[Name, Values]
"""An expression, or slots that must all have (one of) their values; ``empty`` and ``filled`` fit any slot."""


class SayStep(Written):
    """Speak prompts, one after the other."""

    say: PromptNames


class AskStep(Written):
    """Ask for slots that are not known yet, one after the other."""

    ask: SlotNames


class ConfirmStep(Written):
    """
    Ask a yes-or-no question. Without `no`, a no leaves the task; with `slots`, a bare no asks which of them
    is wrong (prompt ``what-is-wrong``) and asks for that one anew. "Yes, but make it Tuesday" corrects and
    confirms again.
    """

    confirm: Annotated[Name, Refers("prompt")]
    slots: SlotNames = ()
    no: Steps = ()


class WhenStep(Written):
    """A branch."""

    when: Test
    then: Steps
    else_: Steps = ()


class SetStep(Written):
    """Fill slots: with a text, or, after ``=``, with the value of an expression. An empty text empties."""

    set: Mapping[Annotated[Name, Refers("slot")], str]


class ActionStep(Written):
    """Do an action, unless all that it would answer is known."""

    action: Annotated[Name, Refers("action")]


class RunStep(Written):
    """Do another task and come back, even if it was done before; `needs` do it once a call."""

    run: Annotated[Name, Refers("task")]


class AskAgainStep(Written):
    """Empty slots and begin the task again; after so many rounds in all, `otherwise`."""

    ask_again: SlotNames
    attempts: Annotated[int, Field(ge=1, le=9)] = 3
    otherwise: Steps = ()


class HandOverStep(Written):
    """Give the call to a person: a target, or a skill that targets have."""

    hand_over: Annotated[Name, Refers("target")]
    reason: Reason = "asked"
    say: Annotated[Name, Refers("prompt")] | None = None


class LeaveStep(Written):
    """Return to the dialplan, with variables that the settings allow (``flows.variables``)."""

    leave: Literal["done", "error"]
    reason: Reason | None = None
    variables: Mapping[Annotated[str, Field(pattern=r"^IVR_[A-Z0-9_]{1,40}$")], Template] = Field(
        default_factory=dict
    )


class HangUpStep(Written):
    """Say a prompt and end the call."""

    hang_up: Annotated[Name, Refers("prompt")]
    reason: Reason | None = None


class EndStep(Written):
    """End the task here."""

    end: Literal["done", "cancelled", "failed"]


STEPS: Mapping[str, type[Written]] = {
    "say": SayStep,
    "ask": AskStep,
    "confirm": ConfirmStep,
    "when": WhenStep,
    "set": SetStep,
    "action": ActionStep,
    "run": RunStep,
    "ask-again": AskAgainStep,
    "hand-over": HandOverStep,
    "leave": LeaveStep,
    "hang-up": HangUpStep,
    "end": EndStep,
}
STEP_KINDS = tuple(STEPS)


def _kind(value: Any) -> str:
    """Return which step it is; ``hand-over`` has a field `say` too, so the order of STEPS does not decide."""
    if isinstance(value, Mapping):
        return next((str(key) for key in value if key in STEPS), next((str(key) for key in value), ""))
    return ""


Step = Annotated[
    Annotated[SayStep, Tag("say")]
    | Annotated[AskStep, Tag("ask")]
    | Annotated[ConfirmStep, Tag("confirm")]
    | Annotated[WhenStep, Tag("when")]
    | Annotated[SetStep, Tag("set")]
    | Annotated[ActionStep, Tag("action")]
    | Annotated[RunStep, Tag("run")]
    | Annotated[AskAgainStep, Tag("ask-again")]
    | Annotated[HandOverStep, Tag("hand-over")]
    | Annotated[LeaveStep, Tag("leave")]
    | Annotated[HangUpStep, Tag("hang-up")]
    | Annotated[EndStep, Tag("end")],
    Discriminator(_kind),
]
Steps = tuple[Step, ...]
for _step in STEPS.values():
    _step.model_rebuild()

"""The steps of a task, as they are written. The first field of a step says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from .written_types import (
    MAPPING,
    SCALAR,
    TEXT,
    Expression,
    Name,
    OneOrMore,
    Refers,
    Template,
    Written,
    by_shape,
)

__all__ = ["STEP_KINDS", "Steps", "Test"]

PromptNames = Annotated[tuple[Annotated[Name, Refers("prompt")], ...], Field(min_length=1), OneOrMore()]
SlotNames = Annotated[tuple[Annotated[Name, Refers("slot")], ...], Field(min_length=1), OneOrMore()]
Value = Annotated[str, Field(min_length=1), WithJsonSchema(SCALAR)]
Values = Annotated[tuple[Value, ...], Field(min_length=1), OneOrMore()]
Reason = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
Test = Annotated[
    Annotated[Expression, Tag(TEXT)]
    | Annotated[Mapping[Annotated[Name, Refers("tested")], Values], Tag(MAPPING)],
    Discriminator(by_shape),
]
"""An expression, or slots that must all have (one of) their values; ``empty`` and ``filled`` fit any slot."""


class SayStep(Written):
    """Speak prompts, one after the other."""

    say: PromptNames
    """What is said."""


class AskStep(Written):
    """Ask for slots that are not known yet, one after the other."""

    ask: SlotNames
    """What has to be known."""


class ConfirmStep(Written):
    """
    Ask a yes-or-no question. Without `no`, a no leaves the task; with `slots`, a bare no asks which of them
    is wrong (prompt ``what-is-wrong``) and asks for that one anew. "Yes, but make it Tuesday" corrects and
    confirms again.
    """

    confirm: Annotated[Name, Refers("prompt")]
    """The question."""

    slots: SlotNames = ()
    """What the question is about."""

    no: Steps = ()
    """What is done after a no."""


class WhenStep(Written):
    """A branch."""

    when: Test
    """The condition: an expression, or slots and the values they must all have."""

    then: Steps
    """What is done if it holds."""

    else_: Steps = ()
    """What is done if it does not."""


class SetStep(Written):
    """Fill slots: with a text, or, after ``=``, with the value of an expression. An empty text empties."""

    set: Mapping[Annotated[Name, Refers("slot")], Annotated[str, Refers("set value"), WithJsonSchema(SCALAR)]]
    """Slot to value."""


class ActionStep(Written):
    """Do an action, unless all that it would answer is known."""

    action: Annotated[Name, Refers("action")]
    """One of `actions`."""


class RunStep(Written):
    """Do another task and come back, even if it was done before; `needs` do it once a call."""

    run: Annotated[Name, Refers("task")]
    """One of `tasks`."""


class AskAgainStep(Written):
    """Empty slots and begin the task again; after so many rounds in all, `otherwise`."""

    ask_again: SlotNames
    """What is emptied."""

    attempts: Annotated[int, Field(ge=1, le=9)] = 3
    """Rounds in all."""

    otherwise: Steps = ()
    """What is done after the last; the default person if not given."""


class HandOverStep(Written):
    """Give the call to a person: to a target, a skill that targets have, or `default` (of `handover`)."""

    hand_over: Annotated[Name, Refers("target")]
    """To whom."""

    reason: Reason = "asked"
    """Why, for the person and for the dialplan."""

    say: Annotated[Name, Refers("prompt")] | None = None
    """In place of what `handover` says."""


class LeaveStep(Written):
    """Return to the dialplan, with variables that the settings allow (``flows.variables``)."""

    leave: Literal["done", "error"]
    """How it ended."""

    reason: Reason | None = None
    """Why, for the dialplan."""

    variables: Mapping[Annotated[str, Field(pattern=r"^IVR_[A-Z0-9_]{1,40}$")], Template] = Field(
        default_factory=dict
    )
    """Channel variables that are set."""


class HangUpStep(Written):
    """Say a prompt and end the call."""

    hang_up: Annotated[Name, Refers("prompt")]
    """The last words."""

    reason: Reason | None = None
    """Why, for the records."""


class EndStep(Written):
    """End the task here."""

    end: Literal["done", "cancelled", "failed"]
    """How it ended; what needs a failed task cannot go on."""


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
    """Return the mark of a step: ``=`` and the first of its fields that is a step's name."""
    if isinstance(value, Written):
        return next(f"={kind}" for kind, step in STEPS.items() if isinstance(value, step))
    keys = list(value) if isinstance(value, Mapping) else [value]
    return "=" + next((str(key) for key in keys if key in STEPS), str(keys[0]) if keys else "")


Step = Annotated[
    Annotated[SayStep, Tag("=say")]
    | Annotated[AskStep, Tag("=ask")]
    | Annotated[ConfirmStep, Tag("=confirm")]
    | Annotated[WhenStep, Tag("=when")]
    | Annotated[SetStep, Tag("=set")]
    | Annotated[ActionStep, Tag("=action")]
    | Annotated[RunStep, Tag("=run")]
    | Annotated[AskAgainStep, Tag("=ask-again")]
    | Annotated[HandOverStep, Tag("=hand-over")]
    | Annotated[LeaveStep, Tag("=leave")]
    | Annotated[HangUpStep, Tag("=hang-up")]
    | Annotated[EndStep, Tag("=end")],
    Discriminator(_kind),
]
Steps = tuple[Step, ...]
for _step in STEPS.values():
    _step.model_rebuild()

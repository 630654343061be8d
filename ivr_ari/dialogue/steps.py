"""
The steps of a task, as frozen values.

Tasks are kept as flat programs. Steps go forward; only `AgainStep`, which counts, and a caller's
correction lead back, so that no flow can turn in circles by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..events import Pause, Slotted, Style

__all__ = [
    "ActionStep",
    "AgainStep",
    "AskStep",
    "ConfirmStep",
    "EndStep",
    "Field",
    "GoStep",
    "HandOverStep",
    "LeaveStep",
    "NeedStep",
    "Outcome",
    "RunStep",
    "SayStep",
    "SetStep",
    "Speech",
    "Step",
    "Template",
    "WhenStep",
]

Outcome = Literal["done", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Field:
    """A value inside a text: ``{month|month}``. *manner* is how it is spoken; empty leaves it to the slot."""

    slot: str
    manner: str = ""
    groups: tuple[int, ...] = ()
    """How many digits are said in one breath; empty leaves it to the slot."""


Template = tuple[str | Field, ...]
Speech = tuple[str | Field | Slotted | Pause | Style, ...]
"""The text of a prompt, with how it is to sound."""


@dataclass(frozen=True, slots=True)
class NeedStep:
    """Do another task first, unless it is done in this call."""

    task: str


@dataclass(frozen=True, slots=True)
class SayStep:
    prompt: str


@dataclass(frozen=True, slots=True)
class AskStep:
    """Ask for a slot, unless it is filled."""

    slot: str


@dataclass(frozen=True, slots=True)
class ConfirmStep:
    """
    Ask a yes/no question; "yes" goes on, "no" goes to step *no*.

    With *slots*, a bare no asks which of them is wrong first.
    """

    prompt: str
    no: int
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhenStep:
    """Go on if every slot has one of its values and *condition* holds, else at step *otherwise*."""

    tests: tuple[tuple[str, tuple[str, ...]], ...]
    otherwise: int
    condition: str = ""
    """An expression; empty always holds."""


@dataclass(frozen=True, slots=True)
class GoStep:
    to: int


@dataclass(frozen=True, slots=True)
class SetStep:
    """Fill a slot with a text or, where *expression* is given, with its value; an empty text empties it."""

    slot: str
    value: Template
    expression: str = ""


@dataclass(frozen=True, slots=True)
class RunStep:
    """Do another task and come back, also if it was done before."""

    task: str


@dataclass(frozen=True, slots=True)
class ActionStep:
    """Call a backend. *failures* leads from an HTTP status to a step; 0 stands for every other failure."""

    action: str
    failures: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class AgainStep:
    """Empty the slots and begin the task again, *attempts* rounds in all; then go on at *otherwise*."""

    slots: tuple[str, ...]
    attempts: int
    otherwise: int


@dataclass(frozen=True, slots=True)
class HandOverStep:
    """Give the call to *target*: a target's name, or a skill."""

    target: str
    reason: str
    say: str


@dataclass(frozen=True, slots=True)
class LeaveStep:
    result: Literal["done", "error"]
    reason: str
    variables: Mapping[str, Template]
    hang_up: bool = False


@dataclass(frozen=True, slots=True)
class EndStep:
    outcome: Outcome


Step = (
    NeedStep
    | SayStep
    | AskStep
    | ConfirmStep
    | WhenStep
    | GoStep
    | SetStep
    | RunStep
    | ActionStep
    | AgainStep
    | HandOverStep
    | LeaveStep
    | EndStep
)

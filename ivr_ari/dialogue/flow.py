"""A flow as frozen values: what callers may want, what is asked, said and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..events import Keys, Method, Sensitivity
from .steps import Step, Template

__all__ = [
    "Action",
    "Anywhere",
    "Flow",
    "Handover",
    "MainQuestion",
    "Mode",
    "Problem",
    "Prompt",
    "Result",
    "Rung",
    "Slot",
    "SlotType",
    "Task",
]

SlotType = Literal["digits", "month", "date", "amount", "yesno", "choice", "text", "number"]
Mode = Literal["", "echo", "latency"]


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """One mistake in a flow file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said under one name; several *variants* take turns."""

    name: str
    variants: tuple[Template, ...]
    barge_in: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """Something to know, from the caller or from a backend."""

    name: str
    type: SlotType
    sensitivity: Sensitivity = ""
    called: tuple[str, ...] = ()
    """Words that point to it: "my account number is ..."."""

    ask: str = ""
    again: str = ""
    """The question in short form, for the second time; empty repeats *ask*."""

    keypad: str = ""
    help: str = ""
    confirm: Literal["never", "implicit", "explicit"] = "never"
    check: str = ""
    """The prompt of an explicit confirmation."""

    implied: str = ""
    """The prompt of an implicit confirmation."""

    changed: str = ""
    """Said when a correction has replaced the value."""

    invalid: str = ""
    """Said when a value of the right kind is refused."""

    length: tuple[int, int] = (1, 20)
    """Fewest and most digits."""

    luhn: bool = False
    """The last digit is a check digit (ISO/IEC 7812-1, annex B)."""

    tense: Literal["", "past", "future"] = ""
    least: str = ""
    most: str = ""
    """Bounds of an amount or a number, included; empty means none."""

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choice_keys: Mapping[str, str] = field(default_factory=dict)
    """Key to the choice's name."""

    early: bool = True
    """Whether it may be filled before it is asked for."""

    then_stale: tuple[str, ...] = ()
    keys: Keys = Keys()
    silence_ms: int = 6000
    patience_ms: int = 0
    barge_in: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """Something a caller may want, or a question answered in place (*answer*)."""

    name: str
    title: str
    """How it is spoken of: "your balance"."""

    steps: tuple[Step, ...]
    rewind: tuple[int, ...]
    """For each step, where to begin again if a correction touches it: its outermost ``when``, or itself."""

    intents: tuple[str, ...] = ()
    key: str = ""
    priority: int = 5
    """The smaller, the sooner; 0 interrupts what is being done."""

    needs: tuple[str, ...] = ()
    """Tasks that must be done first."""

    slots: tuple[str, ...] = ()
    """Slots it asks for, in order."""

    answer: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Where a field of a backend's answer goes. *manner* ``cents`` turns a count of cents into an amount."""

    slot: str
    path: tuple[str, ...]
    manner: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    backend: str
    method: Method
    path: Template
    body: Mapping[str, Template] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    changes: bool = False
    """It does something that must not be done twice: the request carries an idempotency key."""

    waiting: str = ""
    """The prompt the caller hears meanwhile."""

    deadline_ms: int = 4000
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: say something and ask again, or give the call away."""

    say: str = ""
    keypad: bool = False
    """Ask again with the question's keypad prompt."""

    target: str = ""
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Anywhere:
    """What a global act does."""

    key: str = ""
    say: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class MainQuestion:
    """The open question: first, when something is done already, by keypad, with help."""

    ask: str
    more: str
    keypad: str = ""
    help: str = ""
    silence_ms: int = 6000


@dataclass(frozen=True, slots=True)
class Handover:
    targets: tuple[str, ...]
    default: str
    say: str
    summary: Template
    who: str = ""
    """The slot that says who is calling, once they have been recognised."""

    unanswered: str = ""
    """The task that makes another offer when nobody answered."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole flow. *digest* is the SHA-256 of *source*, in hexadecimal."""

    name: str
    language: str
    digest: str
    source: str
    mode: Mode = ""
    greeting: str = ""
    """What a flow with a *mode* says before the shell takes over; a text, not a prompt's name."""

    start: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    """Tasks a call begins with; none if it begins with the open question."""

    main: MainQuestion = MainQuestion("", "")
    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    """Tasks and answers."""

    actions: Mapping[str, Action] = field(default_factory=dict)
    ladders: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    anywhere: Mapping[str, Anywhere] = field(default_factory=dict)
    handover: Handover = Handover((), "", "", ())
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tasks_of: Mapping[str, str] = field(default_factory=dict)
    """Intent to the task it starts."""

    tasks_by_key: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        """The phrases of every choice slot, for understanding."""
        return {slot.name: slot.choices for slot in self.slots.values() if slot.choices}

    @property
    def called(self) -> dict[str, tuple[str, ...]]:
        """The words that name a slot, for understanding."""
        return {slot.name: slot.called for slot in self.slots.values() if slot.called}

    @property
    def targets(self) -> tuple[str, ...]:
        """The names a call may be handed over to."""
        return self.handover.targets

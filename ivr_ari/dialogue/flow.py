"""A flow as frozen values: what callers may want, what is asked, said and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..events import Method, Sensitivity
from .flow_slots import Rung, Slot, SlotType, TurnLimits
from .steps import Speech, Step, Template

__all__ = [
    "Action",
    "Anywhere",
    "Cancel",
    "Flow",
    "Handover",
    "Hours",
    "MainQuestion",
    "Mode",
    "Problem",
    "Prompt",
    "Result",
    "Rung",
    "Slot",
    "SlotType",
    "Target",
    "Task",
    "TurnLimits",
    "Wording",
]

Mode = Literal["", "echo", "latency"]


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """One mistake in a flow file."""

    file: str
    line: int
    text: str
    column: int = 1
    note: bool = False
    """Worth knowing, but no reason to refuse the flow."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.text}"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said under one name; several *variants* take turns."""

    name: str
    variants: tuple[Speech, ...]
    barge_in: bool = True
    short: tuple[Speech, ...] = ()
    """For callers who know it: from the second time in a call, or who called before; empty: as *variants*."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """How a task is called off: prompts by name, empty for none."""

    allowed: bool = True
    confirm: str = ""
    say: str = ""


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
    excludes: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    """Slots that outlive it: other tasks may use them."""

    cancel: Cancel = Cancel()
    sensitivity: Sensitivity = ""
    """The words that ask for it are withheld from transcripts."""

    undo: int = -1
    """The step where taking back begins; -1 if what was done cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Result:
    """Where a field of a backend's answer goes. *manner* ``cents`` turns a count of cents into an amount."""

    slot: str
    path: tuple[str, ...]
    manner: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One of: an HTTP request (*backend*), a look-up (*database*), a *variable*, *queue* or *device*."""

    name: str
    backend: str = ""
    method: Method = "GET"
    path: Template = ()
    body: Mapping[str, Template] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    changes: bool = False
    """It does something that must not be done twice: the request carries an idempotency key."""

    waiting: tuple[str, ...] = ()
    """Prompts the caller hears meanwhile: the first at once, the others in turn, each *every_ms*."""

    every_ms: int = 4000
    deadline_ms: int = 4000
    retries: int = 0
    headers: Mapping[str, Template] = field(default_factory=dict)
    database: str = ""
    query: str = ""
    parameters: tuple[str, ...] = ()
    """Slots the query names."""

    variable: str = ""
    queue: str = ""
    device: str = ""


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
    ladders: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    turn: TurnLimits = TurnLimits()


@dataclass(frozen=True, slots=True)
class Target:
    """Where calls are given to: its skills, and the languages spoken there (none: any)."""

    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    targets: Mapping[str, Target]
    default: str
    say: str
    summary: Template
    who: str = ""
    """The slot that says who is calling, once they have been recognised."""

    unanswered: str = ""
    """The task that makes another offer when nobody answered."""


@dataclass(frozen=True, slots=True)
class Hours:
    """
    When somebody is there: *open* holds for each weekday (0 is Monday) pairs of minutes since midnight,
    *holidays* ``2026-12-25`` or, every year, ``12-25``; times are those of *zone* (IANA).
    """

    zone: str
    open: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[str, ...] = ()
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a flow in one language; what is missing is said in the flow's own."""

    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By slot."""

    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


UNDERSTOOD = ("en", "es")
"""Languages that understanding knows, ISO 639-1."""


@dataclass(frozen=True, slots=True)
class Flow:
    """
    A whole flow. *source* is a JSON object of its files, the flow's own first; *digest* is its SHA-256, in
    hexadecimal.
    """

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
    handover: Handover = Handover({}, "", "", ())
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tasks_of: Mapping[str, str] = field(default_factory=dict)
    """Intent to the task it starts."""

    tasks_by_key: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, Hours] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    """Translations by language."""

    heard: tuple[str, ...] = UNDERSTOOD
    """Languages that are listened to, ISO 639-1; in any other, questions are answered by keypad."""

    sure: float = 0.35
    """Utterances recognised with less confidence begin the low-confidence ladder."""

    tests: tuple[str, ...] = ()
    """Paths of its conversation tests."""

    @property
    def withheld(self) -> dict[str, Sensitivity]:
        """Intents whose words are withheld, and why."""
        of = {intent: self.tasks[task].sensitivity for intent, task in self.tasks_of.items()}
        return {intent: sensitivity for intent, sensitivity in of.items() if sensitivity}

    @property
    def region(self) -> str:
        """Where telephone numbers without a country code are, ISO 3166-1."""
        return next((slot.region for slot in self.slots.values()), "US")

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, its own first."""
        return (self.language, *self.wordings)

    @property
    def choices(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        """The phrases of every choice slot, for understanding."""
        return {slot.name: slot.choices for slot in self.slots.values() if slot.choices}

    @property
    def called(self) -> dict[str, tuple[str, ...]]:
        """The words that name a slot, for understanding."""
        return {slot.name: slot.called for slot in self.slots.values() if slot.called}

    @property
    def after(self) -> dict[str, tuple[str, ...]]:
        """The words that stand right before a slot's value, for understanding."""
        return {slot.name: slot.after for slot in self.slots.values() if slot.after}

    @property
    def counts(self) -> dict[str, tuple[str, ...]]:
        """The words that say what the number in a slot counts, for understanding."""
        return {slot.name: slot.counts for slot in self.slots.values() if slot.counts}

    @property
    def types(self) -> dict[str, str]:
        """The types of all slots, for understanding."""
        return {slot.name: slot.type for slot in self.slots.values()}

    @property
    def targets(self) -> tuple[str, ...]:
        """The names a call may be handed over to."""
        return tuple(self.handover.targets)

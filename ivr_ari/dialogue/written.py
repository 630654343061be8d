"""
The flow language as types: what may stand in a flow file, and what it means.

`load` reads files into these, `compile` makes the frozen `flow.Flow` the engine works with. The JSON Schema
for editors and `docs/flow-reference.md` are made from here, so a sentence under a field is its documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .written_slots import Ladders, Own, Prompt, Slot
from .written_steps import PromptNames, SlotNames, Steps
from .written_types import (
    MAPPING,
    TEXT,
    Day,
    Flag,
    Key,
    Milliseconds,
    Name,
    OneOrMore,
    Phrases,
    Refers,
    Template,
    Text,
    Written,
    by_shape,
    within,
)

__all__ = ["FlowFile", "PartFile", "TranslationFile"]

TaskNames = Annotated[tuple[Annotated[Name, Refers("task")], ...], Field(min_length=1), OneOrMore()]
Intents = Annotated[tuple[Annotated[Name, Refers("intent")], ...], Field(min_length=1), OneOrMore()]
Needs = Annotated[tuple[Annotated[Name, Refers("slot or task")], ...], Field(min_length=1), OneOrMore()]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Seconds = Annotated[int, Field(ge=1, le=600)]


class Cancel(Written):
    """How a task is called off."""

    allowed: Flag = True
    """Whether it can be; if not, the caller hears prompt ``cannot-cancel``."""

    confirm: Prompt | None = None
    """A yes-or-no question before it is."""

    say: Prompt | None = None
    """Said when it was; ``cancelled`` if not given."""


class Task(Written):
    """Something a caller may want."""

    title: Text
    """How it is spoken of, as it fits "back to ..."."""

    intents: Intents = ()
    """What callers say to have it; every intent starts one task."""

    key: Key | None = None
    """Its key at the open question."""

    priority: Annotated[int, Field(ge=0, le=9)] = 5
    """The smaller the sooner; 0 does not even wait for a task under way."""

    needs: Needs = ()
    """Slots and tasks, in order, before the first step; a task that others need is done once a call."""

    excludes: TaskNames = ()
    """Tasks that make no sense beside it: the one asked for later takes the other's place (``instead``)."""

    results: SlotNames = ()
    """Slots other tasks may use; they are kept when the task is done or asked for again."""

    cancel: Cancel = Cancel()
    undo: Steps = ()
    """What takes back what was done, when it is corrected afterwards; without it a person is offered."""

    steps: Steps


class Answer(Written):
    """A question answered in place, then the task under way goes on."""

    title: Text
    intents: Intents = ()
    key: Key | None = None
    steps: Steps


class Main(Written):
    """The open question."""

    ask: Prompt
    more: Prompt | None = None
    """Asked instead when something is done already."""

    keypad: Prompt | None = None
    help: Prompt | None = None
    silence: Annotated[Milliseconds, within(1000, 60_000)] | None = None
    ladders: Ladders = Ladders()


class Action(Written):
    """
    Something the world is asked to do or to tell: exactly one of `request` (HTTP), `query` (SQL), `variable`
    (of the channel), `queue` and `device` (of the PBX).
    """

    backend: Name | None = None
    """The HTTP service, by its name in the configuration."""

    request: Annotated[str, Field(pattern=r"^(GET|POST|PUT|PATCH|DELETE) /\S*$"), Refers("values")] | None = (
        None
    )
    """Method and path: ``GET /customers/{customer}``."""

    headers: Mapping[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")], Template] = Field(
        default_factory=dict
    )
    """Sent along. ``secret NAME`` stands for a secret of the configuration; it can only be a whole value."""

    body: Mapping[str, Template] = Field(default_factory=dict)
    database: Name | None = None
    """The SQL database, by its name in the configuration; it is opened read-only."""

    query: Text | None = None
    """
    One SELECT; ``:slot`` are bound parameters (``-`` written ``_``). The first row
    answers; none is status 404.
    """

    variable: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    """A channel variable the settings allow to be read (``flows.reads``); its text is field ``value``."""

    queue: Name | None = None
    """A queue of the PBX that the settings allow; answers ``waiting``, ``members``, ``ready``."""

    device: Name | None = None
    """A device the settings name; answers ``state`` (NOT_INUSE, INUSE, BUSY, UNAVAILABLE, RINGING, ...)."""

    answer: Mapping[Annotated[Name, Refers("slot")], Text] = Field(default_factory=dict)
    """Slot to field of the answer; ``order.state`` is a field of a field, ``balance_cents|cents`` money."""

    changes: Flag | None = None
    """Whether it must not happen twice; yes for every HTTP method but GET."""

    while_: PromptNames = ()
    """What the caller hears: the first at once, the others in turn when it takes longer."""

    every: Annotated[Milliseconds, within(1000, 30_000)] | None = None
    """After how long the next of `while` is said (4s)."""

    deadline: Annotated[Milliseconds, within(100, 30_000)] | None = None
    retries: Annotated[int, Field(ge=0, le=5)] = 0
    """Tried again so often, with growing pauses, within the deadline."""

    failed: Mapping[Annotated[str, Field(pattern=r"^([1-5]\d\d|other)$")], Steps] = Field(
        default_factory=dict
    )
    """Steps by HTTP status; ``other`` must be there: no answer, an answer without the field, ..."""


class Global(Written):
    """What a global command does: its key, its words, and for `person` where to."""

    key: Key | None = None
    say: Prompt | None = None
    hand_over: Annotated[Name, Refers("target")] | None = None


class Anywhere(Written):
    """Commands that work at every moment; those not given work by speech with the standard prompts."""

    person: Global | None = None
    repeat: Global | None = None
    back: Global | None = None
    start_over: Global | None = None
    help: Global | None = None
    goodbye: Global | None = None
    cancel: Global | None = None
    slower: Global | None = None
    faster: Global | None = None
    louder: Global | None = None
    quieter: Global | None = None
    language: Global | None = None
    """Its key takes the next of the flow's languages in turn."""


class Target(Written):
    """A name in the dialplan's ``[ivr-targets]`` and what the people behind it can do."""

    skills: Annotated[tuple[Name, ...], Field(min_length=1), OneOrMore()] = ()
    languages: Annotated[tuple[Language, ...], Field(min_length=1), OneOrMore()] = ()
    """Spoken there; any if not given."""


class Handover(Written):
    """Giving a call to a person with all that is known."""

    targets: Annotated[
        Annotated[tuple[Name, ...], Field(min_length=1), OneOrMore(), Tag(TEXT)]
        | Annotated[Mapping[Name, Target], Field(min_length=1), Tag(MAPPING)],
        Discriminator(by_shape),
    ]
    """Names that the settings allow (``flows.targets``); nothing else can be dialled."""

    default: Annotated[Name, Refers("target")] | None = None
    """The first one if not given."""

    say: Prompt
    who: Annotated[Name, Refers("slot")] | None = None
    """The slot that says who is calling, once they have been recognised."""

    unanswered: Annotated[Name, Refers("task")] | None = None
    """The task that makes another offer; ``outcome`` is busy, noanswer or failed."""

    summary: Template | None = None
    """``{who}``, ``{reason}``, ``{open}``, ``{done}``, ``{trouble}``; cut at 250 characters."""


class Hours(Written):
    """When somebody is there. ``is_open('name')`` and ``opens('name')`` ask it."""

    zone: Text
    """A time zone of the IANA database: Europe/Madrid."""

    open: Mapping[
        Annotated[str, Field(pattern=r"^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$")],
        Text,
    ]
    """Days to times: ``mon-fri: 09:00-12:30, 14:00-17:00``."""

    holidays: Annotated[tuple[Day, ...], Field(min_length=1), OneOrMore()] = ()
    closed: Prompt | None = None
    """Said by a hand-over whose target has these hours, when nobody is there."""


class Spoken(Written):
    """A prompt with more than words."""

    say: Annotated[tuple[Template, ...], Field(min_length=1), OneOrMore()]
    """One text, or variants that take turns."""

    short: Annotated[tuple[Template, ...], Field(min_length=1), OneOrMore()] = ()
    """For callers who know it: from the second time in a call, or who called before."""

    barge_in: Flag = True


PromptText = Annotated[
    Annotated[tuple[Template, ...], Field(min_length=1), OneOrMore(), Tag(TEXT)]
    | Annotated[Spoken, Tag(MAPPING)],
    Discriminator(by_shape),
]


class PartFile(Written):
    """What flows share (``use:``). What the flow itself declares by the same name goes before it."""

    use: Annotated[tuple[Text, ...], Field(min_length=1), OneOrMore()] = ()
    """Other files, relative to this one."""

    tasks: Mapping[Name, Task] = Field(default_factory=dict)
    answers: Mapping[Name, Answer] = Field(default_factory=dict)
    intents: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Example sentences as they are spoken."""

    types: Mapping[Name, Own] = Field(default_factory=dict)
    slots: Mapping[Name, Slot] = Field(default_factory=dict)
    actions: Mapping[Name, Action] = Field(default_factory=dict)
    anywhere: Anywhere | None = None
    ladders: Ladders | None = None
    hours: Mapping[Name, Hours] = Field(default_factory=dict)
    prompts: Mapping[Name, PromptText] = Field(default_factory=dict)


class FlowFile(PartFile):
    """A whole flow."""

    flow: Name
    language: Language = "en"
    """Of everything written here."""

    translations: Mapping[Language, Text] = Field(default_factory=dict)
    """Language to the file with the same words in it."""

    mode: Literal["echo", "latency"] | None = None
    """No conversation but a test of the media path."""

    greeting: Text | None = None
    """What a flow with a `mode` says first."""

    start: PromptNames = ()
    """Said first."""

    first: TaskNames = ()
    """Tasks a call begins with; none if it begins with the open question."""

    main: Main | None = None
    handover: Handover | None = None
    sure: Annotated[float, Field(ge=0, le=1)] = 0.35
    """Utterances recognised with less confidence than this begin the low-confidence ladder."""

    tests: Annotated[tuple[Text, ...], Field(min_length=1), OneOrMore()] = ()
    """Files of conversations, relative to this one, that `ivr-ari flows test` holds with it."""


class TranslationFile(Written):
    """The words of a flow in another language; every name is one of the flow's."""

    language: Language
    prompts: Mapping[Name, PromptText] = Field(default_factory=dict)
    titles: Mapping[Name, Text] = Field(default_factory=dict)
    """Task or answer to how it is spoken of."""

    intents: Mapping[Name, Phrases] = Field(default_factory=dict)
    choices: Mapping[Name, Mapping[Name, Phrases]] = Field(default_factory=dict)
    """Slot or own type to its choices; the first phrase is how the choice is spoken."""

    called: Mapping[Name, Phrases] = Field(default_factory=dict)
    after: Mapping[Name, Phrases] = Field(default_factory=dict)

"""
The flow language as types: what may stand in a flow file, and what it means.

`load` reads files into these, `compile` makes the frozen `flow.Flow` the engine works with. The JSON Schema
for editors and `docs/flow-reference.md` are made from here, so a sentence under a field is its documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .written_slots import Ladders, Own, Prompt, Slot, TurnLimits
from .written_steps import PromptNames, SlotNames, Steps
from .written_types import (
    MAPPING,
    TEXT,
    Flag,
    Key,
    Language,
    Milliseconds,
    Name,
    OneOrMore,
    Phrases,
    Refers,
    Speech,
    Text,
    Written,
    by_shape,
    within,
)
from .written_world import Action, Handover, Hours, Target

__all__ = [
    "Action",
    "Answer",
    "Anywhere",
    "Cancel",
    "FlowFile",
    "Global",
    "Handover",
    "Hours",
    "Main",
    "PartFile",
    "Spoken",
    "Target",
    "Task",
    "TranslationFile",
]

TaskNames = Annotated[tuple[Annotated[Name, Refers("task")], ...], Field(min_length=1), OneOrMore()]
Intents = Annotated[tuple[Annotated[Name, Refers("intent")], ...], Field(min_length=1), OneOrMore()]
Needs = Annotated[tuple[Annotated[Name, Refers("slot or task")], ...], Field(min_length=1), OneOrMore()]


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

    sensitivity: Literal["pii", "health"] | None = None
    """What callers say to have it is withheld from the transcript: an illness told to a clinic."""

    cancel: Cancel = Cancel()
    """How a caller can call it off."""

    undo: Steps = ()
    """What takes back what was done, when it is corrected afterwards; without it a person is offered."""

    steps: Steps
    """What is done, in order."""


class Answer(Written):
    """A question answered in place, then the task under way goes on."""

    title: Text
    """How it is spoken of."""

    intents: Intents = ()
    """What callers say to hear it."""

    key: Key | None = None
    """Its key at the open question."""

    steps: Steps
    """What is done and said; nothing in it asks."""


class Main(Written):
    """What a call begins with, and comes back to when everything is done."""

    ask: Prompt
    """The question."""

    more: Prompt | None = None
    """Asked instead when something is done already."""

    keypad: Prompt | None = None
    """The question in terms of keys: "For your balance, press one"."""

    help: Prompt | None = None
    """Said to somebody who asks for help there."""

    silence: Annotated[Milliseconds, within(1000, 60_000)] | None = None
    """How long nothing may be heard before the silence ladder begins; 6s if not given."""

    turn: TurnLimits = TurnLimits()
    """When the answer counts as finished; there, nothing is ever whole."""

    ladders: Ladders = Ladders()
    """In place of the flow's."""


class Global(Written):
    """What a global command does: its key, its words, and for `person` where to."""

    key: Key | None = None
    """Works at every moment, as the spoken command does."""

    say: Prompt | None = None
    """In place of the standard prompt."""

    hand_over: Annotated[Name, Refers("target")] | None = None
    """For `person`: to whom."""


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


class Spoken(Written):
    """A prompt with more than words."""

    say: Annotated[tuple[Speech, ...], Field(min_length=1), OneOrMore()]
    """One text, or variants that take turns."""

    short: Annotated[tuple[Speech, ...], Field(min_length=1), OneOrMore()] = ()
    """For callers who know it: from the second time in a call, or who called before."""

    barge_in: Flag = True
    """Whether a caller may interrupt it."""


PromptText = Annotated[
    Annotated[tuple[Speech, ...], Field(min_length=1), OneOrMore(), Tag(TEXT)]
    | Annotated[Spoken, Tag(MAPPING)],
    Discriminator(by_shape),
]


class PartFile(Written):
    """What flows share (``use:``). What the flow itself declares by the same name goes before it."""

    use: Annotated[tuple[Text, ...], Field(min_length=1), OneOrMore()] = ()
    """Other files, relative to this one."""

    translations: Mapping[Language, Text] = Field(default_factory=dict)
    """Language to the file with the same words in it; those of a part count for languages the flow has."""

    tasks: Mapping[Name, Task] = Field(default_factory=dict)
    """What callers may want."""

    answers: Mapping[Name, Answer] = Field(default_factory=dict)
    """Questions answered in place."""

    intents: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Example sentences as they are spoken."""

    types: Mapping[Name, Own] = Field(default_factory=dict)
    """Types of your own."""

    slots: Mapping[Name, Slot] = Field(default_factory=dict)
    """What has to be known."""

    actions: Mapping[Name, Action] = Field(default_factory=dict)
    """What the world is asked."""

    anywhere: Anywhere | None = None
    """Commands that work at every moment."""

    ladders: Ladders | None = None
    """What happens when nothing useful came back."""

    hours: Mapping[Name, Hours] = Field(default_factory=dict)
    """When somebody is there."""

    prompts: Mapping[Name, PromptText] = Field(default_factory=dict)
    """What is said."""


class FlowFile(PartFile):
    """A whole flow."""

    flow: Name
    """Its name; the dialplan chooses a flow by it."""

    language: Language = "en"
    """Of everything written here."""

    mode: Literal["echo", "latency"] | None = None
    """No conversation but a test of the media path."""

    greeting: Text | None = None
    """What a flow with a `mode` says first."""

    start: PromptNames = ()
    """Said first."""

    first: TaskNames = ()
    """Tasks a call begins with; none if it begins with the open question."""

    main: Main | None = None
    """The open question; needed without a `mode`, as are `start`, `handover`, `ladders` and `prompts`."""

    handover: Handover | None = None
    """Giving a call to a person."""

    sure: Annotated[float, Field(ge=0, le=1)] = 0.35
    """Utterances recognised with less confidence than this begin the low-confidence ladder."""

    tests: Annotated[tuple[Text, ...], Field(min_length=1), OneOrMore()] = ()
    """Files of conversations, relative to this one, that `ivr-ari flows test` holds with it."""


class TranslationFile(Written):
    """The words of a flow in another language; every name is one of the flow's."""

    language: Language
    """As the flow names it."""

    prompts: Mapping[Name, PromptText] = Field(default_factory=dict)
    """What is said; a prompt that is missing is said in the flow's own language."""

    titles: Mapping[Name, Text] = Field(default_factory=dict)
    """Task or answer to how it is spoken of."""

    intents: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Example sentences."""

    choices: Mapping[Name, Mapping[Name, Phrases]] = Field(default_factory=dict)
    """Slot or own type to its choices; the first phrase is how the choice is spoken."""

    called: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Words that name a slot."""

    after: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Words that give a slot's value its role."""

    counts: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Words that say what a slot's number counts."""

"""Actions, hand-over and hours, as they are written: where a flow meets the world around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from .written_slots import Prompt
from .written_steps import PromptNames, Steps
from .written_types import (
    MAPPING,
    TEXT,
    Day,
    Flag,
    Language,
    Milliseconds,
    Name,
    OneOrMore,
    Refers,
    Template,
    Text,
    Written,
    by_shape,
    within,
)

__all__ = ["Action", "Handover", "Hours", "Target"]


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
    """Sent as a JSON object; ``{amount|cents}`` is a whole number of cents."""

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
    """After how long the next of `while` is said; 4s if not given."""

    deadline: Annotated[Milliseconds, within(100, 30_000)] | None = None
    """How long it may take, retries included; 4s if not given."""

    retries: Annotated[int, Field(ge=0, le=5)] = 0
    """Tried again so often, with growing pauses, within the deadline."""

    failed: Mapping[Annotated[str, Field(pattern=r"^([1-5]\d\d|other)$")], Steps] = Field(
        default_factory=dict
    )
    """Steps by HTTP status; ``other`` must be there: no answer, an answer without the field, ..."""


class Target(Written):
    """A name in the dialplan's ``[ivr-targets]`` and what the people behind it can do."""

    skills: Annotated[tuple[Name, ...], Field(min_length=1), OneOrMore()] = ()
    """What they can do; a hand-over may name a skill in place of a target."""

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
    """Said before the call is given away."""

    who: Annotated[Name, Refers("slot")] | None = None
    """The slot that says who is calling, once they have been recognised."""

    unanswered: Annotated[Name, Refers("task")] | None = None
    """The task that makes another offer; ``outcome`` is busy, noanswer, failed or closed."""

    summary: Template | None = None
    """
    ``{who}``, ``{reason}``, ``{open}``, ``{done}``, ``{trouble}``; cut at 250 characters. If not given:
    ``{who}. Reason: {reason}. Open: {open}. Done: {done}. Not understood: {trouble}.``, without
    what is empty.
    """


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
    """Days on which nobody is there."""

    closed: Prompt | None = None
    """Said by a hand-over whose target has these hours, when nobody is there."""

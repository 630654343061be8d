"""What a call asks of its shell, besides the effects of its dialogue; in the order given, at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .dialogue.talk import Talk
from .events import Action, Event, Expect, HandOver, Heard, Leave, Say


@dataclass(frozen=True, slots=True)
class Attend:
    """Tell the recogniser what is expected."""

    expect: Expect


@dataclass(frozen=True, slots=True)
class Flush:
    """Ask the recogniser for the words so far."""

    id: str


@dataclass(frozen=True, slots=True)
class Disregard:
    """Tell the recogniser to forget what it has heard since the last flush."""


@dataclass(frozen=True, slots=True)
class Understand:
    """Ask for the meaning of *heard* in the light of *expect*."""

    id: str
    heard: Heard
    expect: Expect


@dataclass(frozen=True, slots=True)
class Prepare:
    """This may have to be said in a moment: have its audio ready. Nothing of it may be heard yet."""

    say: Say


@dataclass(frozen=True, slots=True)
class Duck:
    """The caller may be speaking: what is being said goes on quietly."""


@dataclass(frozen=True, slots=True)
class Unduck:
    """It was nothing: what is being said goes on in full voice."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Say the rest of an interrupted prompt, from the first word on that was not heard in *after_ms*."""

    say: Say
    after_ms: int


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Be silent within one packet; each prompt under way is still reported as `Spoken`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript; sensitive words are masked."""

    at: float
    who: Literal["caller", "ivr"]
    words: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Write the state and what was added to transcript and event list: a turn boundary."""

    talk: Talk
    lines: tuple[Line, ...]
    events: tuple[tuple[float, Event], ...]


@dataclass(frozen=True, slots=True)
class Fallback:
    """Return the call to the dialplan at once, for the reason that IVR_RESULT will hold."""

    result: Literal["no-media", "error"]
    reason: str


Order = (
    Attend
    | Flush
    | Disregard
    | Understand
    | Prepare
    | Say
    | Duck
    | Unduck
    | GoOn
    | StopPlaying
    | Action
    | Keep
    | HandOver
    | Leave
    | Fallback
)

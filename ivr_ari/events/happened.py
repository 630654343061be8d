"""Events: what comes in to the dialogue, from the caller and the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .meaning import Meaning
from .plain import Json, Secret

__all__ = [
    "ActionDone",
    "ActionFailed",
    "ActionSlow",
    "Began",
    "EngineDown",
    "EngineUp",
    "Event",
    "Hungup",
    "Keyed",
    "Noise",
    "Returned",
    "Silent",
    "Spoken",
    "Understood",
]


@dataclass(frozen=True, slots=True)
class Began:
    """
    The call is up. *today* is an ISO date; *facts* come from the dialplan (language, number called); *now* is
    UTC in ISO form, ``2026-03-15T10:30:00``, for opening hours; *known*: this caller has called before.
    """

    today: str
    language: str = "en"
    facts: Mapping[str, str] = field(default_factory=dict)
    now: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A whole turn of the caller. *words* is its text with sensitive words masked."""

    meaning: Meaning
    words: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyed:
    """A finished keypad entry; a `Secret` where the step is sensitive."""

    digits: str | Secret


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing was said or keyed in for as long as the step allows."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Something was heard that held no words."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How much of a prompt the caller's ear has had, when it ended or was cut."""

    id: str
    heard_ms: int
    whole: bool
    total_ms: int = 0
    """How long all of it is; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class ActionDone:
    """A backend answered action *id*."""

    id: str
    answer: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionFailed:
    """A backend did not answer action *id* usefully; *code* is the error's code, *status* HTTP's or 0."""

    id: str
    code: str
    status: int = 0


@dataclass(frozen=True, slots=True)
class ActionSlow:
    """Action *id* takes longer than its *slow_ms*, again."""

    id: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The hand-over did not reach anybody: IVR_HANDOVER came back as *outcome* (busy, noanswer, failed)."""

    outcome: str


@dataclass(frozen=True, slots=True)
class EngineDown:
    """An engine (speech, understanding, voice) died or is stuck: go on by keypad."""

    engine: str


@dataclass(frozen=True, slots=True)
class EngineUp:
    """The engine works again."""

    engine: str


@dataclass(frozen=True, slots=True)
class Hungup:
    """The caller is gone."""


Event = (
    Began
    | Understood
    | Keyed
    | Silent
    | Noise
    | Spoken
    | ActionDone
    | ActionFailed
    | ActionSlow
    | Returned
    | EngineDown
    | EngineUp
    | Hungup
)

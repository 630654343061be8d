"""Effects: what the dialogue wants to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .meaning import Expect
from .plain import Json, Method, Secret

__all__ = [
    *("Action", "Effect", "HandOver", "Inquire", "Leave", "Listen", "Part", "Pause", "Perform", "Query"),
    *("Say", "Slotted", "Style", "written"),
]


@dataclass(frozen=True, slots=True)
class Slotted:
    """A value in a prompt and how it is spoken: money, digits, date, month, time, number, spell, text..."""

    value: str
    manner: str = "text"
    groups: tuple[int, ...] = ()
    """How many digits are said in one breath: 3, 3, 4. Empty: as people usually do."""

    said: str = ""
    """What is said in its place, whatever its manner: other words, or its sounds (IPA) as ``/ˈtoʊmɛ/``."""

    fixed: bool = False
    """Whether the flow itself holds it, so that it is the same in every call."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence in a prompt."""

    pause_ms: int


@dataclass(frozen=True, slots=True)
class Style:
    """How the parts after this one are spoken, until the next `Style`; ``Style()`` is as usual."""

    pace: int = 100
    """Percent of the prompt's own speaking rate."""

    stress: bool = False


Part = str | Slotted | Pause | Style
"""What prompts are made of. A text may stand for several parts that follow one another."""


def written(parts: Iterable[Part]) -> str:
    """Return what is said without how it is said, as a transcript shows it."""
    return "".join(
        part if isinstance(part, str) else part.value for part in parts if isinstance(part, str | Slotted)
    )


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a prompt: text and values in order. Several in a row are spoken one after the other."""

    id: str
    prompt: str
    """The prompt's name in the flow."""

    parts: tuple[Part, ...]
    barge_in: bool = True
    sensitive: bool = False
    """Never keep the audio on a disk, nor the words in a transcript."""

    language: str = "en"
    pace: int = 100
    """Speaking rate in percent of the voice's own."""

    gain_db: int = 0
    """Louder (or quieter) than the voice's own, in dB."""

    @property
    def text(self) -> str:
        """The prompt as it is written in a transcript."""
        return written(self.parts)


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for the caller as *expect* says, once what is being said has been heard."""

    expect: Expect


@dataclass(frozen=True, slots=True)
class Perform:
    """Call a backend; exactly one `ActionDone` or `ActionFailed` with the same id comes back."""

    id: str
    backend: str
    method: Method
    path: str
    body: Mapping[str, str | Secret | Json] = field(default_factory=dict)
    deadline_ms: int = 4000
    retries: int = 0
    once: str = ""
    """Idempotency key, equal for equal requests of a call; empty for requests that change nothing."""

    headers: Mapping[str, str | Secret] = field(default_factory=dict)
    """``secret NAME`` stands for a secret of the configuration."""

    slow_ms: int = 0
    """After each so many ms without an answer an `ActionSlow` is wanted; 0: none."""


@dataclass(frozen=True, slots=True)
class Query:
    """
    Look something up in a SQL database, read-only; answered like `Perform`.

    The answer is the first row, column to value; no row is `ActionFailed` with status 404.
    """

    id: str
    database: str
    sql: str
    """With parameters as ``:name``, never with values in the text."""

    parameters: Mapping[str, str | Secret] = field(default_factory=dict)
    deadline_ms: int = 4000
    slow_ms: int = 0


@dataclass(frozen=True, slots=True)
class Inquire:
    """
    Ask the PBX; answered like `Perform`.

    ``variable`` answers ``value``; ``queue`` answers ``waiting``, ``members``, ``ready``; ``device`` answers
    ``state``. *name* is one that the settings allow.
    """

    id: str
    what: Literal["variable", "queue", "device"]
    name: str
    deadline_ms: int = 2000
    slow_ms: int = 0


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the call to a person. *summary* has at most 250 characters; *record* is the JSON kept in Redis."""

    target: str
    reason: str
    summary: str
    record: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Leave:
    """Return the call to the dialplan, which hangs up or goes on; nothing may follow this effect."""

    result: Literal["done", "error"]
    reason: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False
    """End the call ourselves instead; *variables* are still set."""


Action = Perform | Query | Inquire
Effect = Say | Listen | Perform | Query | Inquire | HandOver | Leave

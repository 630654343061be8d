"""Slots as frozen values: what is to be known, how it is asked for and confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..events import Keys, Sensitivity

__all__ = ["Rung", "Slot", "SlotType", "TurnLimits"]

SlotType = Literal[
    "digits",
    "number",
    "amount",
    "date",
    "month",
    "time",
    "range",
    "name",
    "id",
    "phone",
    "duration",
    "email",
    "address",
    "choice",
    "yesno",
    "text",
]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: say something and ask again, or give the call away."""

    say: str = ""
    keypad: bool = False
    """Ask again with the question's keypad prompt."""

    target: str = ""
    leave: bool = False


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """When what the caller says counts as all of it; 0 leaves it to the service."""

    complete_ms: int = 0
    """Silence after an answer that is whole."""

    open_ms: int = 0
    """Silence where more could follow."""

    longest_ms: int = 0
    """Speech, with its pauses."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Something to know, from the caller or from a backend."""

    name: str
    type: SlotType
    sensitivity: Sensitivity = ""
    called: tuple[str, ...] = ()
    """Words that point to it: "my account number is ..."."""

    after: tuple[str, ...] = ()
    """Words right before its value that give it its role: "from"."""

    counts: tuple[str, ...] = ()
    """Words that say what a number counts, in the singular: "adult"."""

    own: str = ""
    """The flow's own type it is of; slots of one own type share their choices."""

    ask: str = ""
    again: str = ""
    """The question in short form, for the second time; empty repeats *ask*."""

    keypad: str = ""
    help: str = ""
    spoken: str = ""
    """The manner it is spoken in where a prompt does not say; empty: as its type is."""

    groups: tuple[int, ...] = ()
    """How many digits are said in one breath."""

    confirm: Literal["never", "implicit", "explicit", "by-confidence", "by-risk"] = "never"
    check: str = ""
    """The prompt of an explicit confirmation."""

    implied: str = ""
    """The prompt of an implicit confirmation."""

    changed: str = ""
    """Said when a correction has replaced the value."""

    invalid: str = ""
    """Said when a value of the right kind is refused."""

    must: tuple[tuple[str, str], ...] = ()
    """Expressions that have to hold, and the prompt that says why when one does not."""

    length: tuple[int, int] = (1, 20)
    """Fewest and most digits or characters."""

    check_digit: Literal["", "luhn", "iban", "mod11"] = ""
    """ISO/IEC 7812-1 annex B, ISO 13616, ISO/IEC 7064 MOD 11-2."""

    pattern: str = ""
    """A regular expression an id must match as a whole."""

    tense: Literal["", "past", "future"] = ""
    hours_from: str = ""
    """A time said of both halves of the day lies in the twelve hours from here, ``HH:MM``."""

    least: str = ""
    most: str = ""
    """Bounds of an amount or a number, included; empty means none."""

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    listed: bool = False
    """Whether its choices come from a file: they have any names, and there may be thousands."""

    choice_keys: Mapping[str, str] = field(default_factory=dict)
    """Key to the choice's name."""

    early: bool = True
    """Whether it may be filled before it is asked for."""

    then_stale: tuple[str, ...] = ()
    keys: Keys = Keys()
    silence_ms: int = 6000
    patience_ms: int = 0
    turn: TurnLimits = TurnLimits()
    barge_in: bool = True
    listen: Literal["", "closed", "open"] = ""
    ladders: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    """In place of the flow's, by their names."""

    region: str = "US"
    """Where a telephone number without a country code is, ISO 3166-1; the service sets it."""

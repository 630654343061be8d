"""Slots and own types, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from .written_steps import SlotNames
from .written_types import (
    Bound,
    Clock,
    Expression,
    Flag,
    Key,
    Milliseconds,
    Name,
    Pattern,
    Phrases,
    Refers,
    Span,
    Text,
    Written,
    within,
)

__all__ = ["Ladder", "Ladders", "Own", "Slot", "SlotKeys", "TurnLimits"]

Prompt = Annotated[Name, Refers("prompt")]


class Rung(Written):
    """
    One step of a ladder: what is said before the question is put again; `keypad` puts it in terms of keys.
    The last rung leads away: `hand-over` to a target, a skill or `default`, or `leave: error`.
    """

    say: Prompt | None = None
    """Said before the question is put again, or before the call leaves."""

    keypad: Flag = False
    """Whether the question is put in terms of keys from here on."""

    hand_over: Annotated[Name, Refers("target")] | None = None
    """Give the call to a person."""

    leave: Literal["error"] | None = None
    """Return to the dialplan."""


Ladder = tuple[Rung, ...]


class Ladders(Written):
    """What happens the first, second, third time that nothing useful came back."""

    silence: Ladder = ()
    """Nothing was heard."""

    no_match: Ladder = ()
    """Words were heard, and not understood."""

    low_confidence: Ladder = ()
    """Words were heard, but hardly; without it, as for `no-match`."""

    noise: Ladder = ()
    """Something was heard that held no words; without it, as for `no-match`."""


def _keys_beside(schema: dict[str, Any]) -> None:
    """Tell editors that the keys of choices stand beside the timing."""
    schema["patternProperties"] = {"^[0-9]$": schema["properties"].pop("choose")["additionalProperties"]}


class SlotKeys(Written):
    """How it is keyed in. Beside these, a choice's own keys: ``"1": name``."""

    model_config = ConfigDict(json_schema_extra=_keys_beside)

    min: Annotated[int, Field(ge=1, le=40)] | None = None
    """Fewest keys of an entry; by type and `length` if not given."""

    max: Annotated[int, Field(ge=1, le=40)] | None = None
    """Most keys; an entry of so many is complete."""

    first: Annotated[Milliseconds, within(1000, 60_000)] | None = None
    """How long the first key may take."""

    between: Annotated[Milliseconds, within(500, 15_000)] | None = None
    """How long each further key may take."""

    terminator: Literal["#", "*"] = "#"
    """Ends an entry."""

    clear: Literal["*", "#"] = "*"
    """Begins an entry again."""

    choose: Mapping[Key, Name] = Field(default_factory=dict)
    """Key to the choice it stands for."""


class Must(Written):
    """A condition a value has to meet, and what is said when it does not."""

    be: Expression
    """What has to hold; the new value stands under the slot's name."""

    else_: Prompt
    """Said when it does not."""


class Own(Written):
    """A type of your own: choices by a list, or ids by a pattern; slots of it share them."""

    choices: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Name of each choice to the words people use for it."""

    choices_from: Text | None = None
    """A file below the folder of the flow that holds the choices: see `choices-from` of a slot."""

    pattern: Pattern | None = None
    """A regular expression the whole id (capitals and digits) must match."""


class TurnLimits(Written):
    """When what the caller says counts as all of it. What is not given the service knows by itself."""

    complete: Annotated[Milliseconds, within(100, 2000)] | None = None
    """Silence after a whole answer (all digits, a yes, a choice); as soon as it is clear if not given."""

    open: Annotated[Milliseconds, within(200, 5000)] | None = None
    """How long it is silent where more could follow; 280ms to 400ms, by the caller's pauses, if not given."""

    longest: Annotated[Milliseconds, within(2000, 120_000)] | None = None
    """After so long it is taken as it is, though the caller goes on; 25s if not given."""


class Slot(Written):
    """Something to know, from the caller, from an action or by `set`."""

    type: Annotated[Name, Refers("type")]
    """A type of the language, or one of `types`."""

    sensitivity: Literal["pii", "pin", "card", "health"] | None = None
    """
    Of ``pii`` the last two characters may be shown and spoken, of ``pin`` and ``card`` nothing; ``health`` is
    withheld from records.
    """

    called: Phrases = ()
    """Words that name it: "my account number is ..."."""

    after: Phrases = ()
    """Words that stand right before its value and give it its role: "from", "out of"."""

    counts: Phrases = ()
    """
    Of a number: words, in the singular, that say what is counted: "two adults", "my wife and i" (``wife``,
    ``me``), "a room".
    """

    ask: Prompt | None = None
    """The question; without one, actions or `set` fill the slot."""

    again: Prompt | None = None
    """The question in short form, the second time."""

    keypad: Prompt | None = None
    """The question in terms of keys."""

    help: Prompt | None = None
    """Said to somebody who asks for help there."""

    invalid: Prompt | None = None
    """Said when a value is refused."""

    spoken: Annotated[str, Field(pattern=r"^[a-z]+( +[1-9](-[1-9])*)?$")] | None = None
    """How it is spoken where a prompt does not say: ``spell``, ``digits 3-3-4`` ...; by type if not given."""

    confirm: Literal["never", "implicit", "explicit", "by-confidence", "by-risk"] = "never"
    """
    ``by-confidence``: never when sure, in passing when less sure, by a question when doubtful. ``by-risk``:
    by a question if an action that changes something carries it, else by confidence.
    """

    check: Prompt | None = None
    """The question of an explicit confirmation."""

    implied: Prompt | None = None
    """The words of an implicit one."""

    changed: Prompt | None = None
    """Said after a correction."""

    must: tuple[Must, ...] = ()
    """Conditions beyond the type; the first one not met says why."""

    length: Span | None = None
    """Fewest and most digits or characters."""

    check_digit: Literal["luhn", "iban", "mod11"] | None = None
    """Of cards and customer numbers (ISO/IEC 7812-1), accounts (ISO 13616), ISO/IEC 7064 MOD 11-2."""

    tense: Literal["past", "future"] | None = None
    """Which way a date or month without a year points; the other way is refused."""

    hours_from: Clock | None = None
    """A time said of both halves of the day lies in the twelve hours from here; 07:00 if not given."""

    least: Bound | None = None
    """The smallest amount or number."""

    most: Bound | None = None
    """The largest."""

    choices: Mapping[Name, Phrases] = Field(default_factory=dict)
    """Name of the choice to the words people use for it."""

    choices_from: Text | None = None
    """
    A CSV file of up to 20,000 choices, named relative to this file: in each line the name of a choice, then
    the phrases for it (without any, its name is said); lines that begin with ``#`` are passed over. The file
    is kept with the flow.
    """

    pattern: Pattern | None = None
    """For an id: a regular expression it must match as a whole."""

    early: Flag = True
    """Whether it may be filled before it is asked for."""

    then_stale: SlotNames = ()
    """Slots that are worth nothing once this one changes."""

    keys: Annotated[SlotKeys, BeforeValidator(lambda value: gather_choice_keys(value))] = SlotKeys()
    """How it is keyed in."""

    silence: Annotated[Milliseconds, within(1000, 60_000)] | None = None
    """How long nothing may be heard before the silence ladder begins; 6s if not given."""

    patience: Annotated[Milliseconds, within(100, 5000)] | None = None
    """How long silence may last in the middle of the answer (dictation)."""

    turn: TurnLimits = TurnLimits()
    """When the answer counts as finished."""

    barge_in: Flag = True
    """Whether a caller may interrupt the question."""

    listen: Literal["closed", "open"] | None = None
    """Which grammar listens; by type if not given: ``closed`` expects the type's words, ``open`` any."""

    ladders: Ladders = Ladders()
    """In place of the flow's."""


def gather_choice_keys(value: object) -> object:
    """Put the keys of choices, written beside the timing, under `choose`."""
    if not isinstance(value, dict):
        return value
    chosen = {key: name for key, name in value.items() if len(str(key)) == 1 and str(key).isdigit()}
    rest = {key: name for key, name in value.items() if key not in chosen}
    return {**rest, "choose": chosen} if chosen else value

"""
What travels between the stages.

Events come in from the caller and the world; effects go out to them. Both are frozen values that can be
written down and replayed. If two stages need to share a new thing, it is added here.

Times are milliseconds of audio or of a clock the shell owns; confidences lie between 0 and 1; audio is
16-bit linear mono. `Secret` stands wherever digits that must not leave memory would stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from typing_extensions import TypeAliasType

# A plain recursive alias sends pydantic round in circles; a named one does not.
Json = TypeAliasType("Json", "None | bool | int | float | str | list[Json] | dict[str, Json]")

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

Sensitivity = Literal["", "pii", "pin", "card", "health"]
"""What a slot holds: ``pii`` may show its last two characters, ``pin`` and ``card`` show nothing."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A handle on characters kept in the call's vault, in memory only."""

    handle: str
    """Names the entry in the vault, for example ``pin-1``; says nothing of its content."""

    length: int
    """How many characters there are."""

    last: str = ""
    """The last two characters of ``pii``; empty for everything more sensitive."""

    def __str__(self) -> str:
        return f"({self.handle}: {self.length} characters{f' ending {self.last}' if self.last else ''})"


# --- hearing: audio -> words ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times count from the start of the call's audio, in ms."""

    text: str
    start_ms: int = 0
    end_ms: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of one turn so far, pieces joined; *alternatives* are other readings of all of it."""

    words: tuple[Word, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the words; 0 when there are none."""
        return sum(word.confidence for word in self.words) / len(self.words) if self.words else 0.0


# --- understanding: words -> meaning -------------------------------------------------------------------

Act = Literal[
    "affirm",
    "deny",
    "correct",
    "cancel",
    "repeat",
    "back",
    "start-over",
    "person",
    "help",
    "goodbye",
    "hold-on",
    "thank",
    "greet",
    "complain",
    "back-channel",
    "more-to-come",
]
"""A dialogue act. ``more-to-come``: the words stop where no sentence ends ("and", "um", "my number is")."""

Kind = Literal["digits", "amount", "date", "month", "time", "number", "ordinal", "yesno", "choice", "text"]
"""
How a value is written down, always as text: ``digits`` "41007239"; ``amount`` in units with two decimals
"42.19"; ``date`` "2026-03-03"; ``month`` "2026-03"; ``time`` "15:30"; ``number`` and ``ordinal`` "25";
``yesno`` "yes" or "no"; ``choice`` the name of the choice; ``text`` the words themselves.
"""


@dataclass(frozen=True, slots=True)
class Value:
    """Something said that can fill a slot. *first* and *last* are word indices, *last* included."""

    kind: Kind
    value: str | Secret
    first: int
    last: int
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    """Other readings of the same words, likeliest first ("twenty five fifty": 25.50, 2550)."""
    slot: str = ""
    """The slot the words point to by name ("my pin is ..."), or a choice's slot; empty if they don't."""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the caller wants, with the words and the values that belong to it."""

    intent: str
    first: int
    last: int
    confidence: float = 1.0
    values: tuple[Value, ...] = ()
    runner_up: str = ""
    """The next likely intent, when it is close enough to ask "did you mean"."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    All that was understood of one utterance.

    *values* holds every value in order, also those inside requests. No acts, requests and values at all
    is a no-match.
    """

    acts: tuple[Act, ...] = ()
    requests: tuple[Request, ...] = ()
    values: tuple[Value, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.acts or self.requests or self.values)


# --- what the dialogue listens for ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keys:
    """What the keypad may give here."""

    least: int = 1
    most: int = 1
    first_ms: int = 6000
    between_ms: int = 3000
    terminator: str = "#"
    clear: str = "*"


@dataclass(frozen=True, slots=True)
class Expect:
    """
    What the dialogue waits for: the context of recognition, understanding and turn-taking.

    An *open* expectation has no kinds. Everything here is plain text and numbers, so that it can be sent
    to a worker process.
    """

    step: str = ""
    """Where in the flow we are, ``task.slot`` or ``task.step``: for logs and metrics."""

    slot: str = ""
    """The slot asked for; values spoken without naming one belong here."""

    kinds: tuple[Kind, ...] = ()
    """What an answer may be, likeliest first."""

    digits: tuple[int, int] = (0, 0)
    """Fewest and most digits of a ``digits`` answer."""

    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For ``choice``: name, and the words people use for it."""

    confirm: bool = False
    """The question is answered by yes or no."""

    tense: Literal["", "past", "future"] = ""
    """Which way a date without a year points."""

    keys: Keys | None = None
    sensitive: Sensitivity = ""
    barge_in: bool = True
    silence_ms: int = 6000
    """How long nothing may be heard before the step is told `Silent`."""

    patience_ms: int = 0
    """Silence that may lie inside an answer (dictation); 0 leaves it to the meaning."""


# --- events of the dialogue -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Began:
    """The call is up. *today* is an ISO date; *facts* come from the dialplan (language, number called)."""

    today: str
    language: str = "en"
    facts: Mapping[str, str] = field(default_factory=dict)


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
    | Returned
    | EngineDown
    | EngineUp
    | Hungup
)

# --- effects of the dialogue ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slotted:
    """A value in a prompt and how it is spoken: money, digits, date, month, time, number, spell, text."""

    value: str
    manner: str = "text"


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a prompt: text and values in order. Several in a row are spoken one after the other."""

    id: str
    prompt: str
    """The prompt's name in the flow."""

    parts: tuple[str | Slotted, ...]
    barge_in: bool = True
    sensitive: bool = False
    """Never keep the audio on a disk, nor the words in a transcript."""

    @property
    def text(self) -> str:
        """The prompt as it is written in a transcript."""
        return "".join(part if isinstance(part, str) else part.value for part in self.parts)


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


Effect = Say | Listen | Perform | HandOver | Leave

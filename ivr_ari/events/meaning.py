"""From audio to meaning: words, requests, values; and what the dialogue listens for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from .plain import Secret, Sensitivity

__all__ = ["Act", "Expect", "Heard", "Keys", "Kind", "Meaning", "Request", "Value", "Word"]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times count from the start of the call's audio, in ms."""

    text: str
    start_ms: int = 0
    end_ms: int = 0
    confidence: float = 1.0


MOST_ALTERNATIVES = 8
"""Readings of one turn beside the first: understanding reads each."""


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

    @classmethod
    def joined(cls, pieces: Sequence[Self]) -> Self:
        """Return *pieces* as one; alternatives read one of them otherwise, the last all of them."""
        texts = [piece.text for piece in pieces]
        others = [
            " ".join([*texts[:at], other, *texts[at + 1 :]])
            for at, piece in enumerate(pieces)
            for other in piece.alternatives
        ]
        others.append(" ".join((*piece.alternatives, piece.text)[0] for piece in pieces))
        told = dict.fromkeys(other for other in others if other != " ".join(texts))
        return cls(tuple(word for piece in pieces for word in piece.words), tuple(told)[:MOST_ALTERNATIVES])


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
    "ask",
    "back-channel",
    "more-to-come",
    "other",
    "both",
    "same",
    "slower",
    "faster",
    "louder",
    "quieter",
]
"""
A dialogue act. ``more-to-come``: the words stop where no sentence ends ("and", "um", "my number is").
``ask``: a question instead of the answer ("where do i find that"); what asks for something is a request.
``other``, ``both``, ``same`` point back: "the other one", "both of them", "same as before".
"""

Kind = Literal[
    "digits",
    "amount",
    "date",
    "month",
    "time",
    "range",
    "number",
    "ordinal",
    "yesno",
    "choice",
    "name",
    "id",
    "phone",
    "duration",
    "email",
    "address",
    "language",
    "text",
]
"""
How a value is written down, always as text: ``digits`` "41007239"; ``amount`` in units with two decimals
"42.19"; ``date`` "2026-03-03"; ``month`` "2026-03"; ``time`` "15:30"; ``range`` of days, both included,
"2026-03-03/2026-03-07"; ``number`` and ``ordinal`` "25", the last of several "-1"; ``yesno`` "yes" or "no";
``choice`` the name of the choice; ``name`` of a person "maria lopez"; ``id`` letters and digits "AB1204";
``phone`` "+13125550123", or its digits as said where the country is not known; ``duration`` in ISO 8601
without weeks "PT2H30M", two of them where it may be either "P21D/P28D"; ``email`` "jo.smith@example.com";
``address`` "1234 North Main Street, Apt 5B, Springfield, IL 62704"; ``language`` "es"; ``text`` the words
themselves.
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
    """
    The slot the words point to by name ("my pin is ...") or by role ("from ..."), or a choice's slot; empty
    if they don't.
    """

    denied: bool = False
    """The words say that it is *not* this: "not Boston" of "not Boston, Austin"."""

    unit: str = ""
    """The currency of an amount (ISO 4217: ``USD``), where the words name one."""


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

    hours_from: str = ""
    """A time said of both halves of the day lies in the twelve hours from here, ``HH:MM``; empty: 07:00."""

    keys: Keys | None = None
    sensitive: Sensitivity = ""
    barge_in: bool = True
    silence_ms: int = 6000
    """How long nothing may be heard before the step is told `Silent`."""

    patience_ms: int = 0
    """Silence that may lie inside an answer (dictation); 0 leaves it to the meaning."""

    closed_ms: int = 0
    """Silence that ends the turn once the answer is complete; 0 leaves it to the service."""

    open_ms: int = 0
    """Silence that ends the turn where more could follow; 0 leaves it to the caller's own rhythm."""

    longest_ms: int = 0
    """After so long a turn is taken as it is, though the caller goes on; 0 leaves it to the service."""

    listen: Literal["", "closed", "open"] = ""
    """Which grammar listens; empty leaves it to the kinds."""

    language: str = "en"

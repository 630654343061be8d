"""
What is being found out about one turn while it passes through the pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..events import Act, Expect, Heard, Meaning, Request, Value, Word
from .acts import Found
from .english import ENGLISH
from .languages import Tongue
from .naming import Named

__all__ = ["GIVE_WAY", "NO_WORD", "Judged", "TurnNotes", "cleaned"]


NO_WORD = "-"
"""Stands for a word of nothing but punctuation, so that word indices stay those of what was heard."""

GIVE_WAY: frozenset[Act] = frozenset(("hold-on", "help", "back-channel", "repeat"))
"""Acts that are not meant when their words are part of a request ("let me check my balance")."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One run of pieces and what it was taken for."""

    first: int
    last: int
    text: str
    intent: str
    confidence: float
    runner_up: str
    second: float
    """How sure the runner-up is."""
    also: tuple[tuple[str, float], ...] = ()
    """Further intents that the same words ask for, and how sure each is."""


@dataclass(slots=True)
class TurnNotes:
    """Filled in by one component after the other; lives as long as one call of the pipeline."""

    heard: Heard
    expect: Expect
    today: str
    words: tuple[str, ...]
    """As they are looked up: those of *heard*, in some languages without accents."""
    tongue: Tongue = ENGLISH
    values: tuple[Value, ...] = ()
    named: tuple[Named, ...] = ()
    acts: list[Found] = field(default_factory=list)
    yesno: Value | None = None
    judged: list[Judged] = field(default_factory=list)
    requests: tuple[Request, ...] = ()

    @property
    def pauses(self) -> tuple[int, ...]:
        """The silence in front of each word, in ms."""
        words = self.heard.words
        return tuple(
            max(0, word.start_ms - words[at - 1].end_ms) if at else 0 for at, word in enumerate(words)
        )

    @property
    def explained(self) -> frozenset[int]:
        """The words that are part of an act, a value or its name."""
        spans = [(one.first, one.last) for one in self.acts]
        # a choice nobody asked for may be what the request is made of: "i was charged twice"
        told = self.expect.slot if "choice" in self.expect.kinds else ""
        answers = [one for one in self.values if one.kind != "choice" or (told and one.slot == told)]
        if "name" in self.expect.kinds:
            # where a name is asked for, any words may look like one
            answers = [one for one in answers if one.kind != "name"]
        spans += [(one.first, one.last) for one in answers]
        spans += [(one.first, one.last) for one in self.named]
        if self.yesno:
            spans.append((self.yesno.first, self.yesno.last))
        return frozenset(at for first, last in spans for at in range(first, last + 1))

    @property
    def apart(self) -> frozenset[int]:
        """The words that are judged apart from requests: acts, digit strings and their names."""
        spans = [(one.first, one.last) for one in self.acts if one.act not in GIVE_WAY]
        spans += [(one.first, one.last) for one in self.values if one.kind == "digits"]
        spans += [(one.first, one.last) for one in self.named if "digits" in one.name.kinds]
        return frozenset(at for first, last in spans for at in range(first, last + 1))

    def meaning(self) -> Meaning:
        """Sum up; acts in the order spoken, each once."""
        spoken = sorted(self.acts, key=lambda one: (one.first, one.act == "correct"))
        order: dict[Act, None] = dict.fromkeys(one.act for one in spoken)
        return Meaning(tuple(order), self.requests, self.values)


def cleaned(heard: Heard) -> tuple[Word, ...]:
    """The words in lower case, without punctuation, unknown words ("[unk]") as they are."""
    return tuple(
        Word(word.text.lower().strip('.,?!;:"') or NO_WORD, word.start_ms, word.end_ms, word.confidence)
        for word in heard.words
    )

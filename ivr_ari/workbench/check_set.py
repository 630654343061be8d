"""What callers say in the conversations of a flow, as a check set: sentences in their context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..dialogue.flow import Flow
from ..events import Expect, Heard, Meaning, Word
from ..language.load_tests import Conversation
from .rehearsal import Understanding
from .trial import needs_understanding, rehearse

__all__ = ["Checked", "Utterance", "gist", "held", "misheard"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said where something was waited for, and what was made of it."""

    heard: Heard
    expect: Expect
    today: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Checked:
    """The conversations held, those that came out differently, and all that was said in them."""

    conversations: int
    failed: tuple[str, ...]
    said: tuple[Utterance, ...]

    @property
    def meant(self) -> tuple[Utterance, ...]:
        """Those that mean anything."""
        return tuple(one for one in self.said if not one.meaning.empty)


def held(flow: Flow, conversations: Sequence[Conversation], understand: Understanding) -> Checked:
    """Hold the conversations in which the caller speaks, and note what was understood."""
    said: list[Utterance] = []

    def note(heard: Heard, expect: Expect, today: str) -> Meaning:
        meaning = understand(heard, expect, today)
        said.append(Utterance(heard, expect, today, meaning))
        return meaning

    spoken = [one for one in conversations if needs_understanding(one)]
    trials = [rehearse(flow, one, note) for one in spoken]
    failed = tuple(f"{one.conversation.file}:{one.conversation.line}" for one in trials if not one.passed)
    return Checked(len(spoken), failed, tuple(said))


def misheard(said: Sequence[Utterance], understand: Understanding, distort: Callable[[str], str]) -> float:
    """Return the share of the utterances that mean the same when *distort*-ed."""
    same = 0
    for one in said:
        words = tuple(Word(word) for word in distort(one.heard.text).split())
        meaning = understand(Heard(words), one.expect, one.today)
        same += gist(meaning) == gist(one.meaning)
    return round(same / len(said), 3) if said else 1.0


def gist(meaning: Meaning) -> tuple[object, ...]:
    """Return what counts of a meaning: what is asked for, the values, yes and no."""
    answers = sorted(act for act in meaning.acts if act in ("affirm", "deny", "cancel", "person"))
    requests = [request.intent for request in meaning.requests]
    values = sorted((value.kind, str(value.value), value.denied) for value in meaning.values)
    return (tuple(requests), tuple(values), tuple(answers))

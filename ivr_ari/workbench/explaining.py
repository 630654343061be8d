"""One sentence explained: what was decided and why, and what the question before it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..dialogue.expect import expecting
from ..dialogue.flow import Flow
from ..dialogue.talk import Talk, Waiting
from ..errors import SetupError
from ..events import Expect, Heard, Meaning
from ..understanding.flow_words import FlowWords
from .transcript import heard_words

if TYPE_CHECKING:
    from ..understanding.explanation import Explanation

__all__ = ["Told", "asking_for", "explain_sentence", "with_confidence"]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a sentence where *asked* was asked for, and what it means said out of the blue."""

    sentence: str
    language: str
    asked: str
    kinds: tuple[str, ...]
    why: Explanation
    unasked: Meaning | None = None
    """Given if it is something else."""

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.asked:
            yield f"asked     {self.asked} ({', '.join(self.kinds)})"
        yield from self.why.lines()
        if self.unasked is not None:
            yield f"unasked   {_summed(self.unasked)}"


def explain_sentence(
    flow: Flow,
    words: FlowWords,
    sentence: str,
    *,
    asked: str,
    confidence: Sequence[float],
    today: str,
    cache: Path | None = None,
) -> Told:
    """
    Return what *sentence* means on the ISO date *today* where slot *asked* is asked for (empty: open).

    *cache* as of `Understander`.

    SetupError ``understand.slot`` and ``understand.confidence``, and as `Understander`.
    """
    expect = asking_for(flow, asked, words.language, today)
    from ..understanding.spacy_nlu import Understander

    heard = with_confidence(heard_words(sentence, language=words.language), confidence)
    understander = Understander(words, cache=cache)
    why = understander.explain(heard, expect, today=today)
    bare = understander.understand(heard, Expect(language=words.language), today=today) if asked else None
    changed = bare if bare != why.meaning else None
    return Told(sentence, words.language, asked, expect.kinds, why, changed)


def asking_for(flow: Flow, slot: str, language: str, today: str) -> Expect:
    """Return what the dialogue listens for when it asks for *slot*; SetupError if there is none."""
    if not slot:
        return Expect(language=language)
    if slot not in flow.slots:
        raise SetupError("understand.slot", slot=slot, hint=f"slots are {', '.join(flow.slots)}")
    expect = expecting(flow, Talk(flow.digest, today, language, waiting=Waiting("slot", slot)))
    assert expect is not None  # a slot that is asked for is listened for
    return expect


def with_confidence(heard: Heard, confidence: Sequence[float]) -> Heard:
    """Return the words with these confidences: one for all, or one for each."""
    if not confidence:
        return heard
    shares = confidence if len(confidence) > 1 else [confidence[0]] * len(heard.words)
    if len(shares) != len(heard.words):
        hint = f"give one figure, or {len(heard.words)}: one for each word"
        raise SetupError("understand.confidence", hint=hint)
    words = tuple(replace(word, confidence=share) for word, share in zip(heard.words, shares, strict=True))
    return replace(heard, words=words)


def _summed(meaning: Meaning) -> str:
    parts: list[str] = [*meaning.acts]
    parts += [f"request {request.intent} {request.confidence:.2f}" for request in meaning.requests]
    parts += [
        f"{value.kind} {value.value}{f' for {value.slot}' if value.slot else ''}" for value in meaning.values
    ]
    return ", ".join(parts) or "nothing"

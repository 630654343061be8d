"""Why a turn was understood as it was: what each part of it was taken for, and what it was compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..events import Act, Meaning, Value
from .turn import TurnNotes

__all__ = ["Explanation", "Near", "Piece", "Said", "explained"]


@dataclass(frozen=True, slots=True)
class Near:
    """An example, and the cosine of its vector to what was said: 1 is the same, above 0.7 much alike."""

    example: str
    intent: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the turn that was judged by itself."""

    words: str
    intent: str
    confidence: float
    runner_up: str
    second: float
    taken: bool
    """Whether it became a request, or part of one."""

    nearest: tuple[Near, ...] = ()
    also: tuple[tuple[str, float], ...] = ()
    """Further intents of the same words, and how sure each is."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value, or an act, with its words."""

    words: str
    act: Act | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was made of a turn, and from what."""

    words: tuple[str, ...]
    confidences: tuple[float, ...]
    pieces: tuple[Piece, ...]
    acts: tuple[Said, ...]
    values: tuple[Said, ...]
    meaning: Meaning

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield lines for a terminal."""
        yield f'"{" ".join(self.words)}"'
        if any(confidence < 1 for confidence in self.confidences):
            pairs = zip(self.words, self.confidences, strict=True)
            yield f"heard     {' '.join(_sure(*pair) for pair in pairs)}"
        said = [f"{one.act} ({one.words})" for one in self.acts]
        yield f"acts      {', '.join(said) or '-'}"
        for piece in self.pieces:
            what = "request" if piece.taken else "nothing"
            other = f", then {piece.runner_up} {piece.second:.2f}" if piece.runner_up else ""
            also = "".join(f" and {intent} {sure:.2f}" for intent, sure in piece.also)
            yield f'{what:9} "{piece.words}": {piece.intent or "-"} {piece.confidence:.2f}{also}{other}'
            for near in piece.nearest:
                yield f'            {near.cosine:.2f}  "{near.example}" ({near.intent})'
        yield from (_value(one) for one in self.values)


def explained(turn: TurnNotes, nearest: Mapping[str, Sequence[Near]]) -> Explanation:
    """Return why *turn* was understood so; *nearest* are the examples closest to each judged text."""
    meaning = turn.meaning()
    return Explanation(
        turn.words,
        tuple(word.confidence for word in turn.heard.words),
        tuple(
            Piece(
                one.text,
                one.intent,
                round(one.confidence, 3),
                one.runner_up,
                round(one.second, 3),
                any(request.first <= one.first and one.last <= request.last for request in turn.requests),
                tuple(nearest.get(one.text, ())),
                tuple((intent, round(sure, 3)) for intent, sure in one.also),
            )
            for one in turn.judged
        ),
        tuple(Said(_words(turn, one.first, one.last), act=one.act) for one in turn.acts),
        tuple(Said(_words(turn, one.first, one.last), value=one) for one in meaning.values),
        meaning,
    )


def _words(turn: TurnNotes, first: int, last: int) -> str:
    return " ".join(turn.words[first : last + 1])


def _sure(word: str, confidence: float) -> str:
    return word if confidence == 1 else f"{word}({confidence:.2f})"


def _value(said: Said) -> str:
    value = said.value
    assert value is not None
    others = f", or {', '.join(value.alternatives)}" if value.alternatives else ""
    slot = f" for {value.slot}" if value.slot else ""
    denied = "not " if value.denied else ""
    return (
        f'value     "{said.words}": {denied}{value.kind} {value.value}{slot} {value.confidence:.2f}{others}'
    )

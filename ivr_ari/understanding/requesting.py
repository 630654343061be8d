"""
The spaCy component that finds what a turn asks for: several requests in one breath, each with its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..events import Request, Value
from .acts import find_correction
from .encoder import Encoder
from .intents import ACCEPTED, Intents, Learnt, check_examples, learn
from .light_spacy import Doc
from .segments import Piece, Scored, best_cover, content, cut, runs, trimmed
from .turn import Judged, TurnNotes

__all__ = ["BESIDE_AN_ANSWER", "Requests", "spans_of"]

Span = tuple[int, int]

SHORTEST_QUESTION = 3

FAR = 0.22
"""A sentence without a nearer example (cosine) is about something else; hardly any in scope is so far."""

STRANGE = 0.3
"""What such a sentence is believed at most."""

PLAINLY = 0.65
"""A piece so near to an example (cosine) asks for it, though it holds the answer to a question as well."""

PLAIN = 0.8
"""A piece that asks for something so surely need not be judged together with its neighbours."""

ASK_WHICH = 0.25
"""A runner-up at least so sure is worth asking about."""

LEARNT = "learnt.npz"
"""The file with what was learnt, in a component's folder."""

BESIDE_AN_ANSWER = 0.75
"""So sure a request must be in a turn that also answers the question."""


class Requests:
    """Cuts the turn into requests by what its parts ask for."""

    def __init__(
        self, examples: Mapping[str, Sequence[str]], encoder: Encoder, strangers: Sequence[str]
    ) -> None:
        """FlowError if the *examples* are wrong; they are learnt when first needed, or by `initialize`."""
        check_examples(examples)
        self._examples = examples
        self._encoder = encoder
        self._strangers = strangers
        self._known: Intents | None = None

    def initialize(self) -> None:
        """Learn the examples."""
        self._known = Intents(
            tuple(self._examples),
            learn(self._examples, self._encoder.remembered, self._strangers),
            self._encoder,
        )

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write what was learnt into the folder *path*, as spaCy asks its components to."""
        path.mkdir(parents=True, exist_ok=True)
        self._intents.learnt.save(path / LEARNT)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Requests:
        """Read what was learnt from the folder *path* instead of learning it."""
        self._known = Intents(tuple(self._examples), Learnt.load(path / LEARNT), self._encoder)
        return self

    @property
    def _intents(self) -> Intents:
        if self._known is None:
            self.initialize()
        assert self._known is not None
        return self._known

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        pieces = _pieces(turn)
        judged = self._judged(turn, [(piece.first, piece.last) for piece in pieces])
        scores = {span: _scored(one, _least(turn)) for span, one in judged.items()}
        turn.judged = [judged[span] for span in best_cover(len(pieces), scores)]
        wanted = [one for one in turn.judged if one.confidence >= _least(turn)]
        turn.requests = _with_values(_merged(wanted), turn.values)
        return doc

    def _judged(self, turn: TurnNotes, pieces: Sequence[Span]) -> dict[Span, Judged]:
        """Judge the pieces, and the runs of them that hold a piece which says too little by itself."""
        singles = [(at, at) for at in range(len(pieces))]
        judged = dict(zip(singles, self._judge(turn, pieces), strict=True))
        unsure = {at for at, _ in singles if judged[at, at].confidence < PLAIN}
        longer = [
            (first, last)
            for first, last in runs(len(pieces))
            if first < last and unsure.intersection(range(first, last + 1))
        ]
        words = [(pieces[first][0], pieces[last][1]) for first, last in longer]
        return judged | dict(zip(longer, self._judge(turn, words), strict=True))

    def _judge(self, turn: TurnNotes, spans: Sequence[Span]) -> list[Judged]:
        texts = [_text(turn, span, turn.apart) for span in spans]
        answer = _answer(turn)
        # without the words of an answer, to see whether what is left asks for the same
        rest = [_text(turn, span, turn.apart | answer) for span in spans] if answer else []
        guesses = self._intents.guess([*texts, *rest])
        judged = []
        for at, (span, text) in enumerate(zip(spans, texts, strict=True)):
            guess, confidence = guesses[at], guesses[at].confidence
            if answer and guess.near < PLAINLY:
                alone = guesses[len(spans) + at]
                confidence = min(confidence, alone.confidence if alone.intent == guess.intent else 0.0)
            if guess.near < FAR:
                confidence = min(confidence, STRANGE)
            judged.append(Judged(*span, text, guess.intent, confidence, guess.runner_up, guess.second))
        return judged


def _text(turn: TurnNotes, span: Span, without: frozenset[int]) -> str:
    kept = trimmed(turn.words, *span, without, turn.tongue.clauses)
    return " ".join(turn.heard.words[at].text for at in kept)


def _answer(turn: TurnNotes) -> frozenset[int]:
    """The words that answer the question."""
    told = [one for one in turn.values if one.kind in turn.expect.kinds and not one.denied]
    return frozenset(at for one in told for at in range(one.first, one.last + 1))


def _pieces(turn: TurnNotes) -> list[Piece]:
    """The pieces of the turn that may ask for something; none if it only sets something right."""
    clauses = turn.tongue.clauses
    pieces = [
        piece
        for piece in cut(turn.words, turn.pauses, spans_of(turn), clauses)
        if content(turn.words, piece.first, piece.last, turn.explained, clauses) or _asks(turn, piece)
    ]
    right = _set_right(turn)
    if right and not any(content(turn.words, one.first, one.last, right, clauses) for one in pieces):
        return []
    return pieces


def _set_right(turn: TurnNotes) -> frozenset[int]:
    """
    The words that are explained by a turn's correcting or denying something; none if it does neither.

    In "no my card" and "actually make that an exchange" what is left are values for something asked before:
    a choice is one even if nobody asks for it now.
    """
    acts = turn.tongue.acts
    corrects = find_correction(turn.words, bool(turn.values), False, acts)
    if corrects is None and not (turn.yesno and turn.yesno.value == "no"):
        return frozenset()
    told = [(value.first, value.last) for value in turn.values]
    # only words that correct whatever else is said: "change my address to ..." may be a request
    surely = find_correction(turn.words, bool(turn.values), True, acts)
    told += [(surely.first, surely.last)] if surely else []
    return turn.explained | {at for first, last in told for at in range(first, last + 1)}


def _asks(turn: TurnNotes, piece: Piece) -> bool:
    """Whether a piece of nothing but small words is a question: "where are you", "how do i get to you"."""
    kept = trimmed(turn.words, piece.first, piece.last, turn.explained, turn.tongue.clauses)
    acted = any(one.first <= piece.last and piece.first <= one.last for one in turn.acts)
    return (
        len(kept) >= SHORTEST_QUESTION and turn.words[kept[0]] in turn.tongue.clauses.questions and not acted
    )


def spans_of(turn: TurnNotes) -> list[Span]:
    """The words of values and acts, inside which no request begins."""
    return [(value.first, value.last) for value in turn.values] + [(one.first, one.last) for one in turn.acts]


def _least(turn: TurnNotes) -> float:
    """How sure a request must be here."""
    answered = any(value.kind in turn.expect.kinds and not value.denied for value in turn.values)
    return BESIDE_AN_ANSWER if answered else ACCEPTED


def _scored(judged: Judged, least: float) -> Scored:
    if judged.confidence < least:
        return Scored("", 0.0)
    return Scored(judged.intent, judged.confidence - ACCEPTED)


def _merged(judged: Sequence[Judged]) -> list[Request]:
    """Neighbours that ask for the same become one request."""
    requests: list[Request] = []
    for one in judged:
        unsure = one.runner_up if one.second >= ASK_WHICH and one.confidence < 0.8 else ""
        request = Request(one.intent, one.first, one.last, round(one.confidence, 3), (), unsure)
        if requests and requests[-1].intent == one.intent:
            before = requests.pop()
            surer = max(before, request, key=lambda each: each.confidence)
            request = replace(surer, first=before.first, last=one.last)
        requests.append(request)
    return requests


def _with_values(requests: Sequence[Request], values: Sequence[Value]) -> tuple[Request, ...]:
    """Give each value to the request that holds its words, else to the nearest."""
    if not requests:
        return ()
    owned: list[list[Value]] = [[] for _ in requests]
    for value in values:
        distances = [max(request.first - value.last, value.first - request.last, 0) for request in requests]
        owned[distances.index(min(distances))].append(value)
    return tuple(
        replace(
            request,
            first=min([request.first, *(value.first for value in own)]),
            last=max([request.last, *(value.last for value in own)]),
            values=tuple(own),
        )
        for request, own in zip(requests, owned, strict=True)
    )

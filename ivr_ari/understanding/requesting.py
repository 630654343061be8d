"""
The spaCy component that finds what a turn asks for: several requests in one breath, each with its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..events import Request, Value
from .acts import find_correction
from .encoder import Encoder
from .intents import ACCEPTED, Guess, check_examples
from .judge import Judge, Opinion
from .light_spacy import Doc
from .segments import Piece, Scored, best_cover, content, cut, runs, trimmed
from .several import ActsOf, spoken_acts
from .turn import Judged, TurnNotes

__all__ = ["BESIDE_AN_ANSWER", "Requests", "spans_of"]

Span = tuple[int, int]

SHORTEST_QUESTION = 3

BESIDE_A_QUESTION = ("greet", "thank")
"""Acts that a question may begin or end with: "hi how are you"."""

SHARED = 0.4
"""What a further intent of the same words must be surer than, to count in their favour."""

FAR = 0.22
"""A sentence without a nearer example (cosine) is about something else; hardly any in scope is so far."""

STRANGE = 0.3
"""What such a sentence is believed at most."""

PLAINLY = 0.65
"""A piece so near to an example (cosine) asks for it, though it holds the answer to a question as well."""

PLAIN = 0.8
"""A piece that asks for something so surely need not be judged together with its neighbours."""

HINT = 0.05
"""A piece less sure than this by itself adds nothing to its neighbours."""

ASK_WHICH = 0.25
"""A runner-up at least so sure is worth asking about."""

CLEARLY = 0.2
"""So much likelier one intent must be than the other in its part of the words that ask for both."""

MOST_CUTS = 6
"""Places where words that ask for two things may be cut in two."""

BESIDE_AN_ANSWER = 0.75
"""So sure a request must be in a turn that also answers the question."""

NOTHING = Opinion(Guess("", 0.0))


class Requests:
    """Cuts the turn into requests by what its parts ask for."""

    def __init__(
        self,
        examples: Mapping[str, Sequence[str]],
        encoder: Encoder,
        strangers: Sequence[str],
        *,
        acts: ActsOf = spoken_acts,
        several: bool = False,
    ) -> None:
        """
        Take the *examples*; they are learnt when first needed, or by `initialize`.

        *acts* finds the dialogue acts of a sentence. *several*: an example may stand under several intents
        and then has all of them; else FlowError says which do.
        """
        check_examples(examples, several=several)
        self._examples = examples
        self._encoder = encoder
        self._strangers = strangers
        self._acts = acts
        self._several = several
        self._known: Judge | None = None

    def initialize(self) -> None:
        """Learn the examples."""
        self._known = Judge.taught(
            self._examples,
            self._encoder,
            self._encoder.remembered,
            self._strangers,
            self._acts,
            several=self._several,
        )

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write what was learnt into the folder *path*, as spaCy asks its components to."""
        self._judge.save(path)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Requests:
        """Read what was learnt from the folder *path* instead of learning it."""
        self._known = Judge.load(
            path, tuple(self._examples), self._encoder, self._acts, several=self._several
        )
        return self

    @property
    def _judge(self) -> Judge:
        if self._known is None:
            self.initialize()
        assert self._known is not None
        return self._known

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        pieces = _pieces(turn)
        if pieces and self._judge.several:
            # labels that may all hold at once are found in the whole turn; thresholds are their own
            turn.judged = self._judge_spans(turn, [(0, len(turn.words) - 1)])
            wanted = [one for one in turn.judged if one.intent]
        else:
            judged = self._judged(turn, [(piece.first, piece.last) for piece in pieces])
            scores = {span: _scored(one, _least(turn)) for span, one in judged.items()}
            chosen = [judged[span] for span in best_cover(len(pieces), scores)]
            turn.judged = [part for one in chosen for part in self._parted(turn, one)]
            wanted = [one for one in turn.judged if one.confidence >= _least(turn)]
        turn.requests = _with_values(_merged(wanted), turn.values)
        return doc

    def _judged(self, turn: TurnNotes, pieces: Sequence[Span]) -> dict[Span, Judged]:
        """Judge the pieces, and the runs of them that may say more: one piece unsure, one with a hint."""
        singles = [(at, at) for at in range(len(pieces))]
        # the whole is nearly always wanted, and a further call of the encoder costs more than its tokens
        whole = [(0, len(pieces) - 1)] if len(pieces) > 1 else []
        judged = self._judge_runs(turn, pieces, [*singles, *whole])
        unsure = {at for at, _ in singles if judged[at, at].confidence < PLAIN}
        if not unsure:
            return {span: judged[span] for span in singles}
        hints = {at for at, _ in singles if judged[at, at].confidence >= HINT}
        longer = [
            (first, last)
            for first, last in runs(len(pieces))
            if (first, last) not in judged
            and unsure.intersection(range(first, last + 1))
            and hints.intersection(range(first, last + 1))
        ]
        return judged | self._judge_runs(turn, pieces, longer)

    def _judge_runs(
        self, turn: TurnNotes, pieces: Sequence[Span], among: Sequence[Span]
    ) -> dict[Span, Judged]:
        """Judge runs of *pieces*, each as (first, last) piece."""
        words = [(pieces[first][0], pieces[last][1]) for first, last in among]
        return dict(zip(among, self._judge_spans(turn, words), strict=True))

    def _judge_spans(self, turn: TurnNotes, spans: Sequence[Span]) -> list[Judged]:
        texts = [_text(turn, span, turn.apart) for span in spans]
        answer, clauses = _answer(turn), turn.tongue.clauses
        # what is left without the words of an answer must ask for the same; "my name is" asks for nothing
        left = [
            span for span in spans if answer and content(turn.words, *span, turn.explained | answer, clauses)
        ]
        opinions = self._judge.opinions([*texts, *(_text(turn, span, turn.apart | answer) for span in left)])
        alone = dict(zip(left, opinions[len(spans) :], strict=True))
        return [
            _judged(span, text, opinion, alone.get(span, NOTHING) if answer else None)
            for span, text, opinion in zip(spans, texts, opinions[: len(spans)], strict=True)
        ]

    def _parted(self, turn: TurnNotes, one: Judged) -> list[Judged]:
        """Cut words that ask for two things in two, where each half clearly asks for one of them."""
        places = _places(turn, one) if len(one.also) == 1 else []
        if not places:
            return [one]
        names = (one.intent, one.also[0][0])
        halves = [span for at in places for span in ((one.first, at - 1), (at, one.last))]
        texts = [_text(turn, span, turn.apart) for span in halves]
        lean = self._judge.likely(texts, names) @ np.array([1, -1], np.float32)
        clear = [min(left, -right) for left, right in zip(lean[::2], lean[1::2], strict=True)]
        other = [min(-left, right) for left, right in zip(lean[::2], lean[1::2], strict=True)]
        best = int(np.argmax([*clear, *other]))
        if max(*clear, *other) < CLEARLY:
            return [one]
        at = best % len(places)
        mine = Judged(*halves[2 * at], texts[2 * at], names[0], one.confidence, "", 0.0)
        its = Judged(*halves[2 * at + 1], texts[2 * at + 1], names[1], one.also[0][1], "", 0.0)
        if best >= len(places):
            mine, its = (
                replace(mine, intent=its.intent, confidence=its.confidence),
                replace(its, intent=mine.intent, confidence=mine.confidence),
            )
        return [mine, its]


def _judged(span: Span, text: str, opinion: Opinion, alone: Opinion | None) -> Judged:
    """*alone* is what the words without those of an answer ask for, None if there is no answer."""
    guess, confidence, also = opinion.guess, opinion.guess.confidence, opinion.also
    if alone and guess.near < PLAINLY:
        confidence = min(confidence, alone.guess.confidence if alone.guess.intent == guess.intent else 0.0)
        also = ()
    if guess.near < FAR:
        confidence, also = min(confidence, STRANGE), ()
    return Judged(*span, text, guess.intent, confidence, guess.runner_up, guess.second, also)


def _places(turn: TurnNotes, one: Judged) -> list[int]:
    """The words, none inside a value or an act, before which *one* may be cut: behind each word that asks."""
    whole = {at for first, last in spans_of(turn) for at in range(first + 1, last + 1)}
    asking = content(turn.words, one.first, one.last, turn.explained, turn.tongue.clauses)
    places = [at + 1 for at in asking[:-1] if at + 1 not in whole]
    step = -(-len(places) // MOST_CUTS) or 1
    return places[::step]


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
    told = [one for one in turn.acts if one.act not in BESIDE_A_QUESTION]
    acted = any(one.first <= piece.last and piece.first <= one.last for one in told)
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
    # what shares the words with another costs little: a run that says more wins over one of its pieces
    more = sum(sure - SHARED for _, sure in judged.also)
    label = "+".join((judged.intent, *(name for name, _ in judged.also)))
    return Scored(label, judged.confidence - ACCEPTED + more)


def _merged(judged: Sequence[Judged]) -> list[Request]:
    """Neighbours that ask for the same become one request; what shares words has the same words."""
    requests: list[Request] = []
    for one in judged:
        shared = {name for name, _ in one.also}
        close = one.second >= ASK_WHICH and one.confidence < PLAIN and one.runner_up not in shared
        unsure = one.runner_up if close else ""
        request = Request(one.intent, one.first, one.last, round(one.confidence, 3), (), unsure)
        if requests and requests[-1].intent == one.intent:
            before = requests.pop()
            surer = max(before, request, key=lambda each: each.confidence)
            request = replace(surer, first=before.first, last=one.last)
        requests.append(request)
        requests += [Request(name, one.first, one.last, round(sure, 3)) for name, sure in one.also]
    return requests


def _with_values(requests: Sequence[Request], values: Sequence[Value]) -> tuple[Request, ...]:
    """Give each value to the request that holds its words, else to the nearest; to all that share words."""
    if not requests:
        return ()
    owned: list[list[Value]] = [[] for _ in requests]
    for value in values:
        distances = [max(request.first - value.last, value.first - request.last, 0) for request in requests]
        nearest = requests[distances.index(min(distances))]
        for request, own in zip(requests, owned, strict=True):
            if (request.first, request.last) == (nearest.first, nearest.last):
                own.append(value)
    return tuple(
        replace(
            request,
            first=min([request.first, *(value.first for value in own)]),
            last=max([request.last, *(value.last for value in own)]),
            values=tuple(own),
        )
        for request, own in zip(requests, owned, strict=True)
    )

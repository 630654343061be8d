"""
The spaCy components of the understanding stage.

A document enters with its context in ``doc._.turn`` and passes ``ivr_values`` (values, choices, names),
``ivr_acts`` (dialogue acts of the whole turn and of its clauses), ``ivr_requests`` (segmentation and
intents) and ``ivr_close`` (what only shows when the rest is known: corrections, unfinished turns). They
work on a blank pipeline: the trained tagger and parser of en_core_web_sm cost 5-10 ms a turn and are led
astray by lower-case telephone words without punctuation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ..events import Kind, Request, Value
from .acts import Found, find_acts, find_correction, is_unfinished
from .choices import Choices, by_position
from .denials import deny
from .encoder import shared_encoder
from .intents import ACCEPTED, Intents
from .light_spacy import Doc, Language
from .naming import Name, known_names
from .roles import Roles
from .segments import Scored, best_cover, content, cut, runs, trimmed
from .turn import GIVE_WAY, Judged, TurnNotes
from .values import read_values
from .yesno import find_yesno

__all__ = ["register", "Acts", "Close", "Requests", "Values"]

Component = Callable[[Doc], Doc]
Span = tuple[int, int]

PLAIN = 0.8
"""A piece that asks for something so surely need not be judged together with its neighbours."""

BESIDE_AN_ANSWER = 0.75
"""So sure a request must be in a turn that also answers the question."""

ASK_WHICH = 0.25
"""A runner-up at least so sure is worth asking about."""

SHORTEST_PHONE = 7
"""Fewer digits are the beginning of a telephone number."""

WEAK_YES = frozenset(
    ("ok", "okay", "alright", "all right", "great", "perfect", "fine", "right", "exactly", "sure")
)
"""In front of something else these are no answer unless one was asked for."""


def register() -> None:
    """Give documents the place of their context; the components register themselves on import."""
    Doc.set_extension("turn", default=None, force=True)


class Values:
    """Finds values, choices and the words that name them."""

    def __init__(
        self, names: Sequence[Name], choices: Choices, roles: Roles, wanted: Collection[Kind] = ()
    ) -> None:
        """*wanted* are the kinds that some slot of the flow takes."""
        self._wanted = wanted
        self._names = names
        self._choices = choices
        self._roles = roles

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        choices = self._choices.find(doc)
        asked = self._asked(doc, turn)
        found, named = read_values(
            turn.heard, turn.words, turn.expect, turn.today, self._names, asked or choices, self._wanted
        )
        if asked:
            found = tuple(sorted((*found, *_apart(choices, found)), key=lambda value: value.first))
        turn.values = deny(turn.words, self._roles.marked(turn.words, found, turn.expect.slot))
        turn.named = named
        return doc

    def _asked(self, doc: Doc, turn: TurnNotes) -> tuple[Value, ...]:
        """The choices that were offered, by their words or by their place."""
        expect = turn.expect
        if "choice" not in expect.kinds or not expect.choices:
            return ()
        offered = Choices(doc.vocab, {expect.slot: dict(expect.choices)}).find(doc)
        if offered:
            return offered
        placed = by_position(turn.words, [name for name, _ in expect.choices], expect.slot)
        return (placed,) if placed else ()


class Acts:
    """Finds dialogue acts, yes and no."""

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        turn.acts = list(find_acts(turn.words))
        if not turn.acts:
            for piece in cut(turn.words, turn.pauses, _spans(turn)):
                part = find_acts(turn.words[piece.first : piece.last + 1])
                turn.acts += [Found(one.act, one.first + piece.first, one.last + piece.first) for one in part]
        turn.yesno = find_yesno(turn.words)
        return doc


class Requests:
    """Cuts the turn into requests by what its parts ask for."""

    def __init__(self, intents: Intents) -> None:
        self._intents = intents

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        pieces = [
            piece
            for piece in cut(turn.words, turn.pauses, _spans(turn))
            if content(turn.words, piece.first, piece.last, turn.explained)
        ]
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
        texts = [" ".join(turn.words[at] for at in trimmed(turn.words, *span, turn.apart)) for span in spans]
        guesses = self._intents.guess(texts)
        return [
            Judged(*span, text, guess.intent, guess.confidence, guess.runner_up, guess.second)
            for span, text, guess in zip(spans, texts, guesses, strict=True)
        ]


class Close:
    """Adds what depends on all the rest."""

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        asked = turn.expect.confirm or "yesno" in turn.expect.kinds
        turn.acts = [one for one in turn.acts if one.act not in GIVE_WAY or not _requested(turn, one)]
        turn.values = tuple(value for value in turn.values if not _no_name(turn, value))
        pointed = any(one.act in ("other", "same") for one in turn.acts)
        correction = find_correction(turn.words, bool(turn.values) or pointed, bool(turn.requests))
        answer = turn.yesno
        if answer and (asked or not _is_weak(turn, answer)):
            turn.acts.append(Found("affirm" if answer.value == "yes" else "deny", answer.first, answer.last))
            turn.acts = [one for one in turn.acts if one.act != "back-channel"]
            if asked:
                turn.values = (replace(answer, slot=turn.expect.slot), *turn.values)
        denied = [value for value in turn.values if value.denied]
        if correction is None and denied and not turn.requests:
            correction = Found("correct", denied[0].first, denied[0].last)
        if correction:
            turn.acts.append(correction)
        if _goes_on(turn) or _too_short(turn):
            turn.acts.append(Found("more-to-come", len(turn.words) - 1, len(turn.words) - 1))
        if "text" in turn.expect.kinds and not (turn.acts or turn.requests or turn.values) and turn.words:
            text = Value("text", " ".join(turn.words), 0, len(turn.words) - 1, turn.heard.confidence)
            turn.values = (text,)
        return doc


def _spans(turn: TurnNotes) -> list[tuple[int, int]]:
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


def _apart(values: Sequence[Value], taken: Sequence[Value]) -> list[Value]:
    return [
        value
        for value in values
        if all(value.last < other.first or other.last < value.first for other in taken)
    ]


def _no_name(turn: TurnNotes, value: Value) -> bool:
    """Whether what looked like a name, as any words do where one is asked for, is an act or a request."""
    asked_for = [(one.first, one.last) for one in turn.judged if one.confidence >= BESIDE_AN_ANSWER]
    spans = [(one.first, one.last) for one in turn.acts] + asked_for
    return value.kind == "name" and any(
        first <= value.first <= last or first <= value.last <= last for first, last in spans
    )


def _requested(turn: TurnNotes, act: Found) -> bool:
    return any(request.first <= act.last + 1 and act.first <= request.last for request in turn.requests)


def _is_weak(turn: TurnNotes, answer: Value) -> bool:
    """Whether the answer is a mere "okay" in front of something else, or a sound of listening."""
    said = " ".join(turn.words[answer.first : answer.last + 1])
    alone = len(content(turn.words, 0, len(turn.words) - 1)) == 0 and not turn.values
    listening = any(one.act == "back-channel" for one in turn.acts)
    return listening or (said in WEAK_YES and not alone)


def _goes_on(turn: TurnNotes) -> bool:
    """Whether the words stop in mid-sentence; a value at the end ends it ("four for one two" as digits)."""
    at_end = any(value.last == len(turn.words) - 1 for value in turn.values if value.kind != "choice")
    return is_unfinished(turn.words) and not at_end


def _too_short(turn: TurnNotes) -> bool:
    """Whether digits were begun that the question wants more of."""
    asked = turn.expect.kinds
    kind = "id" if "id" in asked else "phone" if "phone" in asked else "digits"
    least = turn.expect.digits[0] or (SHORTEST_PHONE if kind == "phone" else 0)
    digits = [value for value in turn.values if value.kind == kind]
    return bool(digits) and len(str(digits[-1].value)) < least and digits[-1].last == len(turn.words) - 1


@Language.factory("ivr_values", default_config={"names": {}, "choices": {}, "after": {}, "types": {}})
def _make_values(
    nlp: Language,
    name: str,
    names: dict[str, list[str]],
    choices: dict[str, dict[str, list[str]]],
    after: dict[str, list[str]],
    types: dict[str, Kind],
) -> Component:
    return Values(
        known_names(names, types),
        Choices(nlp.vocab, choices),
        Roles(after, types, choices),
        set(types.values()),
    )


@Language.factory("ivr_acts")
def _make_acts(nlp: Language, name: str) -> Component:
    return Acts()


@Language.factory("ivr_requests", default_config={"examples": {}})
def _make_requests(nlp: Language, name: str, examples: dict[str, list[str]], cache: str) -> Component:
    encoder = shared_encoder(Path(cache))
    return Requests(Intents(examples, encoder, encoder.remembered))


@Language.factory("ivr_close")
def _make_close(nlp: Language, name: str) -> Component:
    return Close()

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
from functools import partial
from pathlib import Path

from ..events import Kind, Value
from .acts import Found, find_acts, find_correction, is_unfinished
from .choices import Choices, by_position
from .counting import Counts
from .emails import begun_email
from .encoder import encoder_for, shared_encoder
from .known_languages import tongue_of
from .languages import Tongue
from .light_spacy import Doc, Language
from .misheard_values import OTHER_WORDS
from .naming import Name, known_names
from .requesting import BESIDE_AN_ANSWER, Requests, spans_of
from .roles import Roles
from .segments import content, cut, is_question
from .several import spoken_acts
from .turn import GIVE_WAY, NO_WORD, TurnNotes
from .values import read_values
from .yesno import find_yesno

__all__ = ["register", "Acts", "Close", "Values"]

Component = Callable[[Doc], Doc]
Span = tuple[int, int]

SHORTEST_PHONE = 7
"""Fewer digits are the beginning of a telephone number."""


def register() -> None:
    """Give documents the place of their context; the components register themselves on import."""
    Doc.set_extension("turn", default=None, force=True)


class Values:
    """Finds values, choices and the words that name them."""

    def __init__(
        self,
        names: Sequence[Name],
        choices: Choices,
        roles: Roles,
        wanted: Collection[Kind],
        tongue: Tongue,
        counts: Counts | None = None,
    ) -> None:
        """*wanted* are the kinds that some slot of the flow takes."""
        self._wanted = wanted
        self._tongue = tongue
        self._names = names
        self._choices = choices
        self._roles = roles
        self._counts = counts

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        choices = self._choices.find(doc)
        asked = self._asked(doc, turn)
        found, named = read_values(
            turn.heard,
            turn.words,
            turn.expect,
            turn.today,
            self._names,
            (*(asked or choices), *(self._counts.find(turn.words) if self._counts else ())),
            self._wanted,
            turn.tongue,
        )
        if asked:
            found = tuple(sorted((*found, *_apart(choices, found)), key=lambda value: value.first))
        turn.values = turn.tongue.deny(turn.words, self._roles.marked(turn.words, found, turn.expect.slot))
        turn.named = named
        return doc

    def _asked(self, doc: Doc, turn: TurnNotes) -> tuple[Value, ...]:
        """The choices that were offered, by their words or by their place."""
        expect = turn.expect
        if "choice" not in expect.kinds:
            return ()
        if not expect.choices:
            return self._choices.asked(doc, expect.slot) or self._told(doc, turn, self._choices)
        offered = self._choices.offered(doc.vocab, expect.slot, expect.choices)
        if found := offered.find(doc):
            return found
        placed = by_position(
            turn.words, [name for name, _ in expect.choices], expect.slot, self._tongue.choices
        )
        return (placed,) if placed else offered.find(doc, asked=True) or self._told(doc, turn, offered)

    def _told(self, doc: Doc, turn: TurnNotes, choices: Choices) -> tuple[Value, ...]:
        """A choice that only another reading of the recogniser names; it stands for all the words."""
        slot, last = turn.expect.slot, len(doc) - 1
        for text in turn.heard.alternatives:
            words = [turn.tongue.plain(word) or NO_WORD for word in text.split()]
            other = Doc(doc.vocab, words=words or [NO_WORD])
            for value in choices.find(other):
                if value.slot in ("", slot):
                    sure = round(value.confidence * OTHER_WORDS, 3)
                    return (replace(value, first=0, last=last, confidence=sure, slot=slot),)
        return ()


class Acts:
    """Finds dialogue acts, yes and no."""

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        tables = turn.tongue.acts
        turn.acts = list(find_acts(turn.words, tables))
        if not turn.acts:
            for piece in cut(turn.words, turn.pauses, spans_of(turn), turn.tongue.clauses):
                part = find_acts(turn.words[piece.first : piece.last + 1], tables)
                turn.acts += [Found(one.act, one.first + piece.first, one.last + piece.first) for one in part]
        turn.yesno = find_yesno(turn.words, turn.tongue.answers)
        greeted = [one for one in turn.acts if one.act == "greet"]
        # the morning of "good morning" is none to come at
        turn.values = tuple(value for value in turn.values if not any(_inside(value, one) for one in greeted))
        return doc


class Close:
    """Adds what depends on all the rest."""

    def __call__(self, doc: Doc) -> Doc:
        turn: TurnNotes = doc._.turn
        asked = turn.expect.confirm or "yesno" in turn.expect.kinds
        turn.acts = [one for one in turn.acts if one.act not in GIVE_WAY or not _requested(turn, one)]
        turn.values = tuple(value for value in turn.values if not _no_name(turn, value))
        pointed = any(one.act in ("other", "same") for one in turn.acts)
        correction = find_correction(
            turn.words, bool(turn.values) or pointed, bool(turn.requests), turn.tongue.acts
        )
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
        turn.acts += _questions(turn)
        if _goes_on(turn) or _too_short(turn) or _begun(turn):
            turn.acts.append(Found("more-to-come", len(turn.words) - 1, len(turn.words) - 1))
        if "text" in turn.expect.kinds and not (turn.acts or turn.requests or turn.values) and turn.words:
            text = Value(
                "text",
                " ".join(word.text for word in turn.heard.words),
                0,
                len(turn.words) - 1,
                turn.heard.confidence,
            )
            turn.values = (text,)
        return doc


def _inside(value: Value, act: Found) -> bool:
    return act.first <= value.first and value.last <= act.last


def _questions(turn: TurnNotes) -> list[Found]:
    """The questions that are put instead of an answer; any words may be a text or a name."""
    expect = turn.expect
    told = any(value.kind in expect.kinds for value in turn.values)
    asked = (expect.kinds or expect.confirm) and not {"text", "name"}.intersection(expect.kinds)
    if not asked or told or turn.requests:
        return []
    clauses = turn.tongue.clauses
    return [
        Found("ask", piece.first, piece.last)
        for piece in cut(turn.words, turn.pauses, spans_of(turn), clauses)
        if is_question(turn.words, piece.first, piece.last, clauses)
        and not any(one.first <= piece.last and piece.first <= one.last for one in turn.acts)
    ]


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
    alone = (
        len(content(turn.words, 0, len(turn.words) - 1, language=turn.tongue.clauses)) == 0
        and not turn.values
    )
    listening = any(one.act == "back-channel" for one in turn.acts)
    return listening or (said in turn.tongue.acts.weak_yes and not alone)


def _goes_on(turn: TurnNotes) -> bool:
    """
    Whether the words stop in mid-sentence.

    A value at the end ends it ("four for one two" as digits), and so does "hold on".
    """
    last = len(turn.words) - 1
    at_end = any(value.last == last for value in turn.values if value.kind != "choice")
    at_end = at_end or any(one.last == last for one in turn.acts if one.act == "hold-on")
    return is_unfinished(turn.words, turn.tongue.acts) and not at_end


def _begun(turn: TurnNotes) -> bool:
    """Whether an e-mail address was asked for, and what was said of it has no end yet."""
    found = any(value.kind == "email" for value in turn.values)
    return "email" in turn.expect.kinds and not found and begun_email(turn.words)


def _too_short(turn: TurnNotes) -> bool:
    """Whether digits were begun that the question wants more of."""
    asked = turn.expect.kinds
    kind = "id" if "id" in asked else "phone" if "phone" in asked else "digits"
    least = turn.expect.digits[0] or (SHORTEST_PHONE if kind == "phone" else 0)
    digits = [value for value in turn.values if value.kind == kind]
    return bool(digits) and len(str(digits[-1].value)) < least and digits[-1].last == len(turn.words) - 1


NO_WORDS: dict[str, object] = {"names": {}, "choices": {}, "after": {}, "types": {}, "counts": {}}


@Language.factory("ivr_values", default_config=NO_WORDS)
def _make_values(
    nlp: Language,
    name: str,
    names: dict[str, list[str]],
    choices: dict[str, dict[str, list[str]]],
    after: dict[str, list[str]],
    types: dict[str, Kind],
    counts: dict[str, list[str]],
) -> Component:
    tongue = tongue_of(nlp.lang or "")
    return Values(
        known_names(names, types, tongue.naming),
        Choices(nlp.vocab, choices, tongue.choices),
        Roles(after, types, choices, tongue.roles),
        set(types.values()),
        tongue,
        Counts(counts, tongue.counting) if tongue.counting else None,
    )


@Language.factory("ivr_acts")
def _make_acts(nlp: Language, name: str) -> Component:
    return Acts()


@Language.factory("ivr_requests", default_config={"examples": {}, "encoder": "", "several": False})
def _make_requests(
    nlp: Language,
    name: str,
    examples: dict[str, list[str]],
    cache: str,
    encoder: str,
    several: bool,
) -> Component:
    language = nlp.lang or ""
    tongue = tongue_of(language)
    encode = shared_encoder(Path(cache), encoder or encoder_for(language))
    acts = partial(spoken_acts, tables=tongue.acts, answers=tongue.answers, plain=tongue.plain)
    return Requests(examples, encode, tongue.strangers, acts=acts, several=several)


@Language.factory("ivr_close")
def _make_close(nlp: Language, name: str) -> Component:
    return Close()

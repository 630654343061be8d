"""
Several requests in one breath: where a turn may be cut, and which cuts are worth it.

A turn is cut at connectives, pauses and the beginnings of clauses into pieces, far too many. Runs of
neighbouring pieces are then scored as if each were a sentence, and the cover with the best total wins. So
it is the meaning that decides; a conjunction alone makes no second request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .words import FILLERS, Words, has, listed

__all__ = [
    "ENGLISH",
    "ClauseWords",
    "Piece",
    "Scored",
    "best_cover",
    "content",
    "cut",
    "is_question",
    "runs",
    "trimmed",
]

CONNECTIVES = frozenset(listed("and oh o also then plus but anyway secondly"))
STARTERS = frozenset(
    listed(
        "i i'd i'm i've i'll what what's where where's how when why who please there there's someone"
        " somebody we let"
    )
)
"""Words with which a clause may begin."""

ASKING = frozenset(listed("can could would will is are do does did have has"))
ASKED = frozenset(listed("you i we there my they he she it"))
"""A clause also begins with a word of the first kind and one of the second: "can you", "is there"."""

NO_CUT_AFTER = frozenset(
    listed(
        "if that what how when where who why which because than as i you we can could would do does did"
        " is are was the a an my your to for of in on from with at by and or like please tell know think"
        " much many long want need whether until before after what's how's not someone it so just let"
        " please"
    )
)
"""Words behind which no clause begins: "how much i have", "can you tell me what"."""

MARKERS = FILLERS | frozenset(
    listed(
        "oh o and also then plus but so well anyway actually okay ok now yeah yes no right please hi"
        " hello hey"
    )
)
"""Words that lead into a request and are no part of it."""

FUNCTION_WORDS = (
    MARKERS
    | CONNECTIVES
    | frozenset(
        listed(
            "i me my mine you your he she it its it's we they them this that that's these those the a an"
            " some any is am are was were be been being do does did have has had will would can could"
            " should may might must to of in on at by for from with about into than as if or not don't i'm"
            " i'd i'll i've there there's what which who when where how why because just like want need"
            " think guess believe said say says mean meant one ones thing please thanks thank sorry tell"
            " get got make let know maybe really very too number around approximately exactly other both"
            " only still here up it'd they're we're gonna"
        )
    )
)
"""Words that by themselves ask for nothing."""

QUESTIONS = frozenset(listed("how where when who what why how's where's who's what's"))
"""Words with which a question begins that may be made of nothing but small words."""


INVERTED = ASKED | frozenset(listed("that this the a an it's any these those"))


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """What cutting and judging clauses needs to know of a language; the tables above are English."""

    connectives: frozenset[str]
    starters: frozenset[str]
    asking: frozenset[str]
    asked: frozenset[str]
    no_cut_after: frozenset[str]
    markers: frozenset[str]
    function_words: frozenset[str]
    questions: frozenset[str]
    fillers: frozenset[str]
    interrogatives: frozenset[str] = frozenset()
    """Words with which only questions begin."""
    inverted: frozenset[str] = frozenset()
    """A question also begins with a word of `asking` and one of these."""


ENGLISH = ClauseWords(
    CONNECTIVES,
    STARTERS,
    ASKING,
    ASKED,
    NO_CUT_AFTER,
    MARKERS,
    FUNCTION_WORDS,
    QUESTIONS,
    FILLERS,
    QUESTIONS | frozenset(listed("which whose")),
    INVERTED,
)

PAUSE_MS = 350
MOST_PIECES = 6
LONGEST_RUN = 4
REQUEST_COST = 0.15
"""What a further request must bring: two weak readings do not beat one good one."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words *first* to *last*, included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What a run of pieces asks for and how surely; *label* is empty if nothing."""

    label: str
    gain: float


def cut(
    words: Words,
    pauses: Sequence[int] = (),
    whole: Iterable[Span] = (),
    language: ClauseWords = ENGLISH,
) -> tuple[Piece, ...]:
    """
    Cut *words* of *language* into pieces.

    *pauses* holds the silence in ms before each word, if known. No cut falls inside the spans of *whole*
    (values, for example "two hundred and fifty").
    """
    if not words:
        return ()
    kept = {at for first, last in whole for at in range(first + 1, last + 1)}
    cuts = [0]
    for at in range(1, len(words)):
        paused = at < len(pauses) and pauses[at] >= PAUSE_MS and words[at - 1] not in language.no_cut_after
        if at not in kept and (paused or _begins(words, at, cuts[-1], language)):
            cuts.append(at)
    while len(cuts) > MOST_PIECES:
        # the shortest piece joins the one in front of it
        ends = (*cuts[1:], len(words))
        lengths = [end - start for start, end in zip(cuts, ends, strict=True)]
        del cuts[max(1, lengths.index(min(lengths)))]
    return tuple(Piece(start, end - 1) for start, end in zip(cuts, (*cuts[1:], len(words)), strict=True))


def _begins(words: Words, at: int, since: int, language: ClauseWords) -> bool:
    """Whether a clause may begin at *at*; the piece so far began at *since*."""
    before = words[at - 1]
    if words[at] in language.connectives:
        return before not in language.connectives and before not in language.fillers
    asking = words[at] in language.asking and has(words, at + 1, *language.asked)
    never = before in language.no_cut_after or before in language.fillers or before in language.connectives
    if not (asking or words[at] in language.starters) or never:
        return False
    return len(content(words, since, at - 1, language=language)) > 0


def content(
    words: Words,
    first: int,
    last: int,
    without: frozenset[int] = frozenset(),
    language: ClauseWords = ENGLISH,
) -> tuple[int, ...]:
    """The indices of the words that may ask for something, *without* those that are otherwise explained."""
    small = language.function_words
    return tuple(at for at in range(first, last + 1) if words[at] not in small and at not in without)


def trimmed(
    words: Words,
    first: int,
    last: int,
    without: frozenset[int] = frozenset(),
    language: ClauseWords = ENGLISH,
) -> tuple[int, ...]:
    """The indices of a run as it is judged: no markers at its ends, no fillers, none of *without*."""
    kept = [at for at in range(first, last + 1) if at not in without and words[at] not in language.fillers]
    while kept and words[kept[0]] in language.markers:
        del kept[0]
    while kept and words[kept[-1]] in language.markers:
        del kept[-1]
    return tuple(kept)


def is_question(words: Words, first: int, last: int, language: ClauseWords = ENGLISH) -> bool:
    """Whether the clause from *first* to *last* begins as questions do: "where do i", "is that"."""
    kept = trimmed(words, first, last, language=language)
    if len(kept) < 2:
        return False
    opening, second = words[kept[0]], words[kept[1]]
    return opening in language.interrogatives or (opening in language.asking and second in language.inverted)


def runs(count: int) -> tuple[Span, ...]:
    """The runs of neighbours among *count* pieces that are worth a judgement, as (first, last) piece."""
    spans = {(start, end) for start in range(count) for end in range(start, min(count, start + LONGEST_RUN))}
    return tuple(sorted(spans | ({(0, count - 1)} if count else set())))


def best_cover(count: int, scores: Mapping[Span, Scored]) -> tuple[Span, ...]:
    """
    Choose neighbouring runs that cover all pieces with the best total gain; of equals the fewest runs.

    A run with a label pays `REQUEST_COST`, unless the run before asks for the same.
    """
    best: list[tuple[float, tuple[Span, ...]]] = [(0.0, ())]
    for end in range(count):
        options = []
        for start in range(end + 1):
            scored = scores.get((start, end))
            if scored is None:
                continue
            total, chosen = best[start]
            options.append((total + _worth(scored, chosen, scores), (*chosen, (start, end))))
        best.append(max(options, key=lambda option: (round(option[0], 6), -len(option[1]))))
    return best[count][1]


def _worth(scored: Scored, chosen: tuple[Span, ...], scores: Mapping[Span, Scored]) -> float:
    if not scored.label:
        return 0.0
    before = [scores[span] for span in chosen if scores[span].label]
    if before and before[-1].label == scored.label:
        # one request said twice is one: it gains only what it says more surely
        return max(0.0, scored.gain - before[-1].gain)
    return scored.gain - REQUEST_COST

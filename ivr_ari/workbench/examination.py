"""A flow's understanding examined: learnt in parts, held against its conversations, explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..dialogue.flow import Flow
from ..events import Expect, Heard, Meaning, Value
from ..language.load_tests import Conversation
from ..understanding.flow_words import FlowWords
from . import check_set
from .conversations import Lazily
from .judging import Examples, Judge, Verdict
from .slot_coverage import collisions, slot_uses
from .strangers import STRANGERS
from .transcript import heard_words
from .understanding_report import Report, report_of

if TYPE_CHECKING:
    from ..understanding.spacy_nlu import Understander

__all__ = ["Telephone", "examined"]

TODAY = "2026-03-15"
"""A fixed day: a report comes out the same every day."""


LEADING = ("cancel", "repeat", "back", "start-over", "person", "help", "goodbye", "hold-on", "complain")
"""Acts that do something by themselves; an example that is one of them never starts a task."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """A line: *distort* makes recognition errors (None: not known), *alike* says how like phrases sound."""

    distort: Callable[[str], str] | None
    alike: Callable[[str, str], float]


def examined(
    flow: Flow,
    words: FlowWords,
    conversations: Sequence[Conversation],
    telephone: Telephone,
    *,
    folds: int,
    tell: Callable[[str], None],
    cache: Path | None = None,
) -> Report:
    """
    Return how well *words*, those of *flow* in one language, are understood; *cache* as of `Understander`.

    FlowError and SetupError as `Understander`.
    """
    from ..understanding.spacy_nlu import Understander

    whole = Understander(words, cache=cache)
    sentences = list(dict.fromkeys(said for examples in words.intents.values() for said in examples))

    def learn(examples: Examples) -> Judge:
        return judge_of(Understander(replace(words, intents=examples), cache=cache))

    report = report_of(
        flow.name,
        words.language,
        words.intents,
        folds=folds,
        learn=learn,
        vectors=dict(zip(sentences, whole.vectors(sentences), strict=True)),
        distort=telephone.distort,
        strangers=STRANGERS.get(words.language, ()),
        judged=_own(flow, words),
        tell=lambda fold: tell(f"learning without part {fold + 1} of {folds}"),
    )

    def values_of(said: str) -> Sequence[Value]:
        return whole.understand(heard_words(said), Expect(), today=TODAY).values

    report = replace(
        report,
        slots=slot_uses(flow, words.intents, values_of),
        collisions=collisions(words, telephone.alike),
    )
    tell("holding the conversations")
    return _with_conversations(report, flow, words, conversations, whole, telephone)


def _with_conversations(
    report: Report,
    flow: Flow,
    words: FlowWords,
    conversations: Sequence[Conversation],
    whole: Understander,
    telephone: Telephone,
) -> Report:
    others = Lazily(flow)

    def understand(heard: Heard, expect: Expect, today: str) -> Meaning:
        if _spoken(expect, words):
            return whole.understand(heard, expect, today=today)
        return others(heard, expect, today)  # a caller who changes the language in mid-call

    checked = check_set.held(flow, conversations, understand)
    said = [one for one in checked.meant if _spoken(one.expect, words)]
    return replace(
        report,
        conversations=checked.conversations,
        conversations_failed=checked.failed,
        utterances=len(said),
        utterances_misheard=check_set.misheard(said, understand, telephone.distort)
        if telephone.distort
        else None,
    )


def _spoken(expect: Expect, words: FlowWords) -> bool:
    return expect.language[:2] == words.language


def _own(flow: Flow, words: FlowWords) -> Examples | None:
    """Return the examples of a translation, beside which those of the flow's own language are learnt."""
    found = [wording for name, wording in flow.wordings.items() if name[:2] == words.language]
    return found[0].intents if found and found[0].intents else None


def judge_of(understander: Understander) -> Judge:
    """Return what judges a sentence by itself, said out of the blue."""

    def judge(said: str) -> Verdict:
        why = understander.explain(heard_words(said), Expect(), today=TODAY, nearest=0)
        acts = tuple(act for act in why.meaning.acts if act in LEADING)
        requests = sorted(why.meaning.requests, key=lambda request: -request.confidence)
        if requests:
            others = dict.fromkeys(request.intent for request in requests[1:])
            others.pop(requests[0].intent, None)
            return Verdict(requests[0].intent, requests[0].confidence, True, tuple(others), acts)
        best = max(why.pieces, key=lambda piece: piece.confidence, default=None)
        return Verdict(best.intent if best else "", best.confidence if best else 0.0, False, (), acts)

    return judge

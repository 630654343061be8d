"""
Yes and no in the many ways people say them.

What counts is how an answer begins; a later phrase overrules it where it is stronger ("no that's right").
"right away" and "no idea" are neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..events import Value
from .words import FILLERS, Words, has, phrases

__all__ = ["ENGLISH", "Answers", "find_yesno"]

YES = """
yes | yeah | yep | yup | ya | yea | sure | sure thing | ok | okay | alright | all right | absolutely
definitely | certainly | correct | right | exactly | indeed | affirmative | of course | go ahead | please do
do it | go for it | that's right | that is right | that's correct | that is correct | that's it exactly
that's the one | you got it | sounds good | sounds right | looks good | that's fine | that is fine
that works | that'll work | fine | perfect | great | i do | i am | i did | i would | i think so | i guess so
i believe so | i suppose so | why not | uh huh | mm hmm | mhm | you bet | it is | it does | yes i do
that's true | true | for sure | by all means | yes please
"""
NO = """
no | nope | nah | no way | not really | not at all | of course not | absolutely not | definitely not
certainly not | negative | no thanks | no thank you | i don't think so | i do not think so | i don't
i do not | i did not | i'm not | i didn't | that's not right | that is not right | that's not correct
that's not it | that's not | that's wrong | that is wrong | wrong | incorrect | not correct | that's incorrect
not quite | not yet | not that one | it isn't | it's not | it is not | that isn't right | don't do that
please don't | false | never | not exactly | i'd rather not | uh uh
"""


PHRASES: dict[Literal["yes", "no"], tuple[tuple[str, ...], ...]] = {"no": phrases(NO), "yes": phrases(YES)}

NOT_BEHIND: dict[str, frozenset[str]] = {
    "right": frozenset(("away", "now", "after", "before", "here", "there")),
    "no": frozenset(("idea", "one", "longer", "more", "matter", "problem", "doubt", "reason")),
    "fine": frozenset(("print",)),
    "sure": frozenset(("if", "whether", "how", "what")),
    "never": frozenset(("mind",)),
    "do it": frozenset(("again",)),
}
"""Words that, following at once, give the phrase another sense."""

ONLY_AT_THE_END = frozenset(
    (
        *("i do", "i did", "i am", "i would", "it is", "it does"),
        *("i don't", "i do not", "i did not", "i didn't", "i'm not", "it's not", "it isn't", "it is not"),
    )
)
"""Answers that begin a statement if anything but politeness follows: "i don't recognize a payment"."""

BEHIND_AN_ANSWER = frozenset(("please", "thanks", "thank", "yes", "no", "and", "but", "it's", "that's", "so"))

SOFTENERS = frozenset(("well", "oh", "so", "um", "please", "and", "but", "ah", "actually"))

STRONG = frozenset(("that's", "that", "correct", "incorrect", "wrong"))


@dataclass(frozen=True, slots=True)
class Answers:
    """How yes and no are said in one language; the tables above are English."""

    phrases: Mapping[Literal["yes", "no"], tuple[tuple[str, ...], ...]]
    not_behind: Mapping[str, frozenset[str]]
    only_at_the_end: frozenset[str]
    behind_an_answer: frozenset[str]
    softeners: frozenset[str]
    """These may stand in front of an answer."""
    strong: frozenset[str]
    """Words with which a phrase begins that overrules what was said before."""


ENGLISH = Answers(PHRASES, NOT_BEHIND, ONLY_AT_THE_END, BEHIND_AN_ANSWER, FILLERS | SOFTENERS, STRONG)


def find_yesno(words: Words, language: Answers = ENGLISH) -> Value | None:
    """
    Return whether *words* begin with, or amount to, a yes or no; None if they do neither.

    The value spans the deciding words. "yes no maybe" and the like keep the first, less surely.
    """
    found = list(_all(words, language))
    if not found:
        return None
    first = found[0]
    if first.first > 0 and not all(word in language.softeners for word in words[: first.first]):
        return None
    last = next((each for each in found[::-1] if words[each.first] in language.strong), first)
    if last.value != first.value:
        return Value("yesno", last.value, first.first, last.last, 0.6, (str(first.value),))
    end = max(first.last, last.last) if last.first <= first.last + 2 else first.last
    return Value("yesno", first.value, first.first, end, 0.95)


def _all(words: Words, language: Answers) -> Iterable[Value]:
    at = 0
    while at < len(words):
        matched = _match(words, at, language)
        if matched:
            yield matched
        at = matched.last + 1 if matched else at + 1


def _match(words: Words, at: int, language: Answers) -> Value | None:
    best: Value | None = None
    for answer, table in language.phrases.items():
        for phrase in table:
            if best and len(phrase) <= best.last - best.first + 1:
                break
            if tuple(words[at : at + len(phrase)]) == phrase and not _other_sense(
                words, at, phrase, language
            ):
                best = Value("yesno", answer, at, at + len(phrase) - 1)
                break
    return best


def _other_sense(words: Words, at: int, phrase: tuple[str, ...], language: Answers) -> bool:
    text, behind = " ".join(phrase), at + len(phrase)
    if text in language.only_at_the_end:
        return behind < len(words) and words[behind] not in language.behind_an_answer
    return has(words, behind, *language.not_behind.get(text, frozenset()))

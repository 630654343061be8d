"""
Yes and no in the many ways people say them.

What counts is how an answer begins; a later phrase overrules it where it is stronger ("no that's right").
"right away" and "no idea" are neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
that's true | true | for sure | by all means | yes please | precisely | sounds great | no problem go ahead
"""
NO = """
no | nope | nah | no way | not really | not at all | of course not | absolutely not | definitely not
certainly not | negative | no thanks | no thank you | i don't think so | i do not think so | i don't
i do not | i did not | i'm not | i didn't | that's not right | that is not right | that's not correct
that's not it | that's not | that's wrong | that is wrong | wrong | incorrect | not correct | that's incorrect
not quite | not yet | not that one | it isn't | it's not | it is not | that isn't right | don't do that
please don't | false | never | not exactly | i'd rather not | uh uh | naw | nuh uh | not right | it's wrong
"""

YES_ALONE = """
that's me | that's good | works for me | please | let's do it | let's do that | i suppose | totally
i'd love to | i'd like that | no problem | it was | they are
that one | this one | the one | that's it | good | very good | i agree | i said yes | that's a yes
sounds fine | sounds fine to me | sounds good to me | that sounds fine | that sounds good | that sounds right
i sure do | i really do | go on then | why yes
"""
NO_ALONE = """
not today | not now | don't | don't do it | do not | i am not | i wouldn't | i'd prefer not to
i don't want to | i don't want that | neither | it wasn't | i said no | that's a no | nothing like that
not me | i'm good | i'm good thanks | hell no | i don't agree | i disagree | know
"""
"""Answers if nothing else is said. The last is how recognisers write a short "no"."""


Answer = Literal["yes", "no"]
Table = Mapping[Answer, tuple[tuple[str, ...], ...]]

PHRASES: Table = {"no": phrases(NO), "yes": phrases(YES)}
ALONE: Table = {"no": phrases(NO_ALONE), "yes": phrases(YES_ALONE)}

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

CHANGING = frozenset(("wait", "sorry", "actually", "mean", "rather", "i", "no", "oops"))
"""With nothing else between two answers these take the first back: "yes i mean no"."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How yes and no are said in one language; the tables above are English."""

    phrases: Table
    not_behind: Mapping[str, frozenset[str]]
    only_at_the_end: frozenset[str]
    behind_an_answer: frozenset[str]
    softeners: frozenset[str]
    """These may stand in front of an answer."""
    strong: frozenset[str]
    """Words with which a phrase begins that overrules what was said before."""
    alone: Table = field(default_factory=dict)
    """Answers that are the whole turn."""
    changing: frozenset[str] = frozenset()
    """Words which, alone between two answers, take the first back."""
    by_word: Mapping[str, tuple[tuple[tuple[str, ...], Answer], ...]] = field(init=False)
    """The phrases by their first word, longest first."""

    def __post_init__(self) -> None:
        found: dict[str, list[tuple[tuple[str, ...], Answer]]] = {}
        for answer, table in self.phrases.items():
            for phrase in table:
                found.setdefault(phrase[0], []).append((phrase, answer))
        index = {word: tuple(sorted(each, key=lambda one: -len(one[0]))) for word, each in found.items()}
        object.__setattr__(self, "by_word", index)


ENGLISH = Answers(
    PHRASES,
    NOT_BEHIND,
    ONLY_AT_THE_END,
    BEHIND_AN_ANSWER,
    FILLERS | SOFTENERS,
    STRONG,
    ALONE,
    CHANGING,
)


def find_yesno(words: Words, language: Answers = ENGLISH) -> Value | None:
    """
    Return whether *words* begin with, or amount to, a yes or no; None if they do neither.

    The value spans the deciding words. "yes no maybe" and the like keep the first, less surely, and "yes i
    mean no" the last.
    """
    if alone := _alone(words, language):
        return alone
    found = list(_all(words, language))
    if not found:
        return None
    if len(found) > 1 and found[-1].value != found[0].value and _changed(words, found, language):
        return replace(found[-1], confidence=0.85, alternatives=(str(found[0].value),))
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
    for phrase, answer in language.by_word.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase and not _other_sense(words, at, phrase, language):
            return Value("yesno", answer, at, at + len(phrase) - 1)
    return None


def _alone(words: Words, language: Answers) -> Value | None:
    kept = [at for at, word in enumerate(words) if word not in FILLERS and word not in ("well", "oh")]
    said = tuple(words[at] for at in kept)
    for answer, table in language.alone.items():
        if said in table:
            return Value("yesno", answer, kept[0], kept[-1], 0.85)
    return None


def _changed(words: Words, found: Sequence[Value], language: Answers) -> bool:
    """Whether the last answer takes the first back: nothing but the words that do so is around them."""
    first, last = found[0], found[-1]
    between = words[first.last + 1 : last.first]
    before = all(word in language.softeners for word in words[: first.first])
    told = any(word in language.changing for word in between)
    return (
        before
        and told
        and last.last == len(words) - 1
        and all(word in language.changing or word in language.softeners for word in between)
    )


def _other_sense(words: Words, at: int, phrase: tuple[str, ...], language: Answers) -> bool:
    text, behind = " ".join(phrase), at + len(phrase)
    if text in language.only_at_the_end:
        return behind < len(words) and words[behind] not in language.behind_an_answer
    return has(words, behind, *language.not_behind.get(text, frozenset()))

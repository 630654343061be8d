"""
Names of persons: "my name is maria lopez", "it's john smith", "lopez, l o p e z, first name maria".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..events import Value
from .almanac import MONTHS, WEEKDAYS
from .common_words import COMMON
from .ids import spelled
from .words import DIGITS, FILLERS, SCALES, TEENS, TENS, Words, has, listed, phrases

__all__ = ["NameLeads", "behind_lead", "find_people"]


@dataclass(frozen=True, slots=True)
class NameLeads:
    """What a language says in front of a name."""

    leads: Sequence[Words]
    openly: Sequence[Words]
    """Of those the ones behind which a name is expected even if nobody asked."""

    polite: Collection[str]
    """Words that may stand before and between them."""


LEADS = phrases(
    """
my name is | my name's | my full name is | my first name is | my last name is | my surname is | the name is
the name's | name is | my name | first name is | last name is | surname is
the last name is | the first name is | name's | you're talking to | you are talking to
the reservation is under | the booking is under | it's in the name of
first name | last name | surname | family name | given name | full name is | it's under the name
it's under the name of | it's under | under the name | under the name of | under | in the name of | it's for
the appointment is for | it's | it is | this is | that's | that is | that would be | it would be | it'd be
i'm | i am | i'm called | they call me | you can call me | call me | people call me | i go by | i'm mister
yes it's | yes this is | sure it's | okay it's | speaking with | you're speaking with | you're speaking to
you are speaking with | you are speaking to | here is | here's | for
"""
)
"""What stands in front of a name."""

OPENLY = phrases(
    """
my name is | my name's | my full name is | the name is | you can call me | they call me
under the name | under the name of | in the name of | on behalf of
"""
)
"""Of those the ones behind which a name is expected even if nobody asked."""

LAST = ("last", "surname", "family")
FIRST = ("first", "given")
TITLES = frozenset(listed("mister mr mrs misses missus miss ms doctor dr professor sir madam"))
POLITE = FILLERS | frozenset(
    listed(
        "please yes yeah yep sure okay ok well hi hello hey so oh and thanks thank you right here speaking"
        " again"
    )
)
ENGLISH = NameLeads(LEADS, OPENLY, POLITE)
ENDS = frozenset(
    listed(
        "and i i'd i'm i've but with from calling speaking on about for because my that's spelled spelt is"
        " the thank thanks please can could to at in account number date born you what how it's"
    )
)
"""Words behind a name that are none of it."""

NO_NAMES = (
    frozenset({*DIGITS, *TEENS, *TENS, *SCALES, *WEEKDAYS})
    | (MONTHS.keys() - {"april", "may", "june", "august"})
    | frozenset(
        listed(
            "i you me my your it it's its he she they we the a an this that these those what who why how when"
            " where which do does did don't didn't is isn't are was were am be been have has had can can't"
            " could would will won't should not no nope none never nothing nobody anything want need like"
            " know think say said tell give get go let going wait stop cancel repeat help operator agent"
            " person account number card balance order question problem sorry pardon again back speak"
            " talk somebody someone if or of with about to from for in on at by as so just really because"
            " there here what's where's who's how's when's there's let's"
            " yes yeah yep yup okay ok sure correct right wrong please thank thanks hello bye goodbye"
            " dollars today tomorrow yesterday minute moment second hold all done [unk] -"
        )
    )
)
"""With one of these among them, words are no name."""

BEFORE_SPELLING = frozenset(listed("that's spelled spelt with it's is and"))

MOST = 5
MOST_OPENLY = 3


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    first: int
    end: int
    """The index behind the name and its spelling."""


EMBEDDED = {
    **dict.fromkeys(
        (
            *OPENLY,
            *phrases(
                "the name | under | on the name | by the name of | under the reservation | under the booking"
            ),
        ),
        0.8,
    ),
    **dict.fromkeys(phrases("this is | it's | i'm | i am | name"), 0.7),
    **dict.fromkeys(phrases("to | for | from | with | by | pay | paid | see | meet"), 0.6),
}
"""Words in the middle of a sentence behind which a name that was asked for may stand, and how sure it is."""

AGAIN = phrases(
    "no | no sorry | sorry | i mean | no i mean | no wait | actually | no it's | it's | make that"
)
"""Between a name and the one that takes its place."""


def find_people(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the names in *words*: the words themselves, first name first.

    Where one is *asked* for, the words without what leads in ("it's ..."), or what stands behind "for" and
    the like in a longer sentence; else only what follows "my name is". A spelling ("l o p e z") replaces the
    word it spells.
    """
    start = behind_lead(words, asked, ENGLISH)
    read = _whole(words, start, asked) if start >= 0 else None
    if read is None:
        return _embedded(words) if asked else ()
    found = [_value(read, 0.85 if " " in read.text else 0.75)]
    if asked and (again := _again(words, read)):
        found.append(_value(again, 0.85))
    return tuple(found)


def _value(read: _Read, confidence: float) -> Value:
    return Value("name", read.text, read.first, read.end - 1, confidence)


def _whole(words: Words, start: int, asked: bool) -> _Read | None:
    """Read the name that is all that was said, but for what leads in and what is polite."""
    read = (asked and _in_parts(words)) or _name(words, start, MOST if asked else MOST_OPENLY)
    if not read or not asked:
        return read
    led = start > 0 and words[start - 1] not in POLITE
    known = not led and read.end < len(words) and words[read.first] in COMMON
    return read if not known and (_is_all(words, read.end) or _again(words, read)) else None


def _again(words: Words, read: _Read) -> _Read | None:
    """Read the name that takes the place of *read*: "john smith no john jones", "maria gomez no lopez"."""
    for phrase in AGAIN:
        at = read.end + len(phrase)
        if tuple(words[read.end : at]) == phrase and (other := _name(words, at, MOST_OPENLY)):
            if not _is_all(words, other.end) or words[other.first] in COMMON:
                return None
            first, *rest = read.text.split()
            one = len(rest) == 1 and " " not in other.text
            return _Read(f"{first} {other.text}", other.first, other.end) if one else other
    return None


def _embedded(words: Words) -> tuple[Value, ...]:
    """Read the likeliest name in the middle of a sentence."""
    found: list[Value] = []
    for lead, sure in EMBEDDED.items():
        for first in range(len(words) - len(lead)):
            at = first + len(lead)
            if tuple(words[first:at]) != lead:
                continue
            taken = _unknown(words, at + has(words, at, *TITLES))
            if taken:
                text = " ".join(words[taken.start : taken.stop])
                found.append(Value("name", text, taken.start, taken.stop - 1, sure))
    return tuple(sorted(found, key=lambda value: (-value.confidence, value.first))[:1])


def _unknown(words: Words, start: int) -> range:
    """The words from *start* that are no words of requests."""
    end = start
    while end < min(len(words), start + MOST_OPENLY):
        word = words[end]
        if word in COMMON or word in NO_NAMES or word in ENDS or not word.strip("'.-").isalpha():
            break
        end += 1
    return range(start, end)


def behind_lead(words: Words, asked: bool, language: NameLeads) -> int:
    """The index where the name begins, -1 if nobody says that one does."""
    if not asked:
        ends = [
            first + len(lead)
            for first in range(len(words))
            for lead in language.openly
            if tuple(words[first : first + len(lead)]) == lead
        ]
        return max(ends, default=-1)
    at = 0
    while at < len(words):
        lead = next((len(lead) for lead in language.leads if tuple(words[at : at + len(lead)]) == lead), 0)
        if not lead and words[at] not in language.polite:
            break
        at += lead or 1
    return at


def _name(words: Words, start: int, most: int) -> _Read | None:
    """Read the name at *start*; a spelling behind it stands for the word it begins like."""
    taken = _taken(words, start, most)
    at = taken[-1] + 1 if taken else start
    while at < len(words) and (words[at] in FILLERS or words[at] in BEFORE_SPELLING):
        at += 1
    letters = spelled(words, at)
    names = [words[each] for each in taken]
    if letters is None:
        return _Read(" ".join(names), taken[0], taken[-1] + 1) if taken else None
    if not names:
        return _Read(letters[0], start, letters[1])
    like = next((each for each in range(len(names)) if names[each][0] == letters[0][0]), len(names) - 1)
    names[like] = letters[0]
    return _Read(" ".join(names), taken[0], letters[1])


def _taken(words: Words, start: int, most: int) -> list[int]:
    """The indices of the words of the name."""
    taken: list[int] = []
    for at in range(start, len(words)):
        if words[at] in FILLERS or words[at] in TITLES:
            continue
        if words[at] in ENDS or words[at] in NO_NAMES or len(taken) == most or spelled(words, at):
            break
        taken.append(at)
    return taken


def _is_all(words: Words, end: int) -> bool:
    """Whether hardly anything but the name was said, so that it is one."""
    return end == len(words) or words[end] in POLITE or words[end] in ENDS


def _in_parts(words: Words) -> _Read | None:
    """Read "last name lopez first name maria"."""
    found: dict[str, _Read] = {}
    for at, word in enumerate(words):
        which = "last" if word in LAST else "first" if word in FIRST else ""
        if not which or not (word == "surname" or has(words, at + 1, "name", "name's")):
            continue
        start = at + 1 + (word != "surname")
        start += has(words, start, "is", "it's")
        until = next(
            (index for index in range(start, len(words)) if words[index] in LAST + FIRST), len(words)
        )
        if read := _name(words[:until], start, MOST_OPENLY):
            found[which] = read
    if len(found) < 2:
        return None
    first, last = found["first"], found["last"]
    return _Read(f"{first.text} {last.text}", min(first.first, last.first), max(first.end, last.end))

"""
Ids of letters and digits as people spell them: "a b dash twelve oh four", "c for charlie four one".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..events import Value
from .letters import ALPHABET, POLICE, letter_at
from .numbers import digit_readings
from .words import DIGITS, FILLERS, PLURALS, REPEATS, SCALES, TEENS, TENS, UNITS, Words, has, listed

__all__ = ["find_ids", "spelled"]

SEPARATORS = FILLERS | frozenset(
    listed("dash hyphen minus slash dot point period space underscore then and comma letter digit lower case")
)
NUMBERS = frozenset({*DIGITS, *PLURALS, *SCALES, *TEENS, *TENS})
HOMOPHONES = {"to": "2", "too": "2", "for": "4", "fore": "4", "won": "1", "ate": "8", "tree": "3", "sex": "6"}
"""Believed only between two other parts."""

BEGINS_ANEW = frozenset(
    listed("no sorry wait actually correction scratch oops mean is it's that's was be number")
)
"""Between two strings they leave only the second: "my i d is ...", "no sorry ..."."""

TAKES_BACK = BEGINS_ANEW - frozenset(listed("is it's that's was be number"))
"""Behind these a shorter string takes the place of what was said last: "a b one two no three"."""

VERBS = {
    "be": frozenset(listed("would will should must could might to it'll that'll that'd")),
    "see": frozenset(listed("me i you we let's can to i'll we'll")),
}
"""Behind these the name of a letter is a verb."""

I_SAY = ("mean", "meant", "said", "think")

MOST_BETWEEN = 3

LEAST_SPELLED = 2
LEAST_NAMED = 3
LEAST_SPOKEN = 4
LEAST_DIGITS = 2
"""So long, with so many digits and a letter, a string must be to be an id that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One letter or one run of number words; *others* are further readings of a run."""

    text: str
    first: int
    end: int
    sure: bool
    others: tuple[str, ...] = ()


def find_ids(words: Words, least: int = 0, most: int = 0, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the ids spelled in *words*: capitals and digits without separators.

    *least* and *most* are the characters wanted, 0 if that is unknown. *asked*: the question was for one, so
    that a few letters or digits may be it. A zero among letters may be an O: the other reading is kept.
    """
    words = _by_police(words) if asked else words
    runs = [run for run in _runs(words) if _is_id(run, asked) or (asked and _nothing_else(words, run))]
    runs = [run for run in runs if not has(words, run[-1].end, "moment", "second", "minute")]
    if asked and len(runs) > 1:
        runs = _corrected(words, runs)
    return tuple(_value(run, least, most, asked) for run in runs)


def spelled(words: Words, at: int) -> tuple[str, int] | None:
    """
    Read letters from *at* on ("l o p e z", "m y double l"): them, in lower case, and the index behind.

    None for less than two; words like "mike" and "oscar" count only among letters, or three together.
    """
    text, plain, named, end = "", 0, 0, at
    while end < len(words):
        twice = 1 + (words[end] == "double" and not has(words, end + 1, "u", "you"))
        if text and words[end] == "apostrophe":
            text, end = text + "'", end + 1
            continue
        letter = letter_at(words, end + twice - 1)
        if letter is None and has(words, end, "oh"):
            letter = "O", end + 1, False
        if letter is None:
            break
        plain += len(words[end + twice - 1]) == 1
        named += words[end + twice - 1] in ALPHABET
        text, end = text + letter[0] * twice, letter[1]
    enough = plain >= LEAST_SPELLED or named >= LEAST_NAMED
    return (text.lower(), end) if len(text) >= LEAST_SPELLED and enough else None


def _runs(words: Words) -> Iterator[list[Part]]:
    """Yield the parts that follow each other with nothing but separators between."""
    at, run = 0, list[Part]()
    while at < len(words):
        part = _part(words, at)
        if part:
            run.append(part)
            at = part.end
        elif run and (words[at] in SEPARATORS or (words[at] == "number" and _part(words, at + 1))):
            at += 1
        else:
            if run := _trimmed(run):
                yield run
            at, run = at + 1, []
    if run := _trimmed(run):
        yield run


def _part(words: Words, at: int) -> Part | None:
    if at >= len(words):
        return None
    if has(words, at - 1, *VERBS.get(words[at], ())) or (words[at] == "i" and has(words, at + 1, *I_SAY)):
        return None
    letter = letter_at(words, at)
    # "a hundred" and "o four" are numbers, "o as in oscar" is none
    if letter and not (words[at] in NUMBERS and letter[1] == at + 1):
        heard = words[at].upper()
        # "m as in nancy" may be an m all the same
        others = (heard,) if len(heard) == 1 and heard != letter[0] else ()
        return Part(letter[0], at, letter[1], letter[2], others)
    if words[at] in REPEATS and (repeated := _part(words, at + 1)):
        text = repeated.text[0] * REPEATS[words[at]] + repeated.text[1:]
        return Part(text, at, repeated.end, repeated.sure or repeated.text.isalpha())
    if words[at] in HOMOPHONES:
        return Part(HOMOPHONES[words[at]], at, at + 1, False)
    if any(sign.isdigit() for sign in words[at]) and words[at].isalnum():
        return Part(words[at].upper(), at, at + 1, True)
    return _number(words, at)


def _number(words: Words, at: int) -> Part | None:
    """Read number words as digits up to the next letter."""
    end = at
    while end < len(words) and (
        words[end] in NUMBERS or (words[end] in REPEATS and has(words, end + 1, *DIGITS))
    ):
        spelled_out = letter_at(words, end)
        if end > at and spelled_out and spelled_out[1] > end + 1:
            break
        end += 1
        if (
            end < len(words)
            and words[end] == "and"
            and words[end - 1] in SCALES
            and has(words, end + 1, *UNITS)
        ):
            end += 1
    readings = digit_readings(words[at:end]) if end > at else ()
    if not readings:
        return None
    if words[at] in ("o", "oh"):
        # by itself, for it may be the letter
        return Part("0", at, at + 1, False)
    return Part(readings[0], at, end, True, tuple(readings[1:]))


def _by_police(words: Words) -> Words:
    """Words of the police alphabet as their letters, where two of them follow each other."""
    spelling = {*POLICE, *ALPHABET}
    return [
        word[0]
        if word in POLICE and (has(words, at - 1, *spelling) or has(words, at + 1, *spelling))
        else word
        for at, word in enumerate(words)
    ]


def _nothing_else(words: Words, run: list[Part]) -> bool:
    """Whether all that was said is letters, though each by itself might be a word: "a be see"."""
    return len(run) >= LEAST_SPOKEN - 1 and run[0].first == 0 and run[-1].end == len(words)


def _trimmed(run: list[Part]) -> list[Part]:
    """Leave out what stands unsurely at an end: an "a" or "you" is a letter only beside others."""
    kept = list(run)
    while kept and not kept[0].sure and _far(kept[1:4]):
        del kept[0]
    while kept and not kept[-1].sure and _far(kept[-4:-1]):
        del kept[-1]
    return kept


def _far(beside: list[Part]) -> bool:
    """Whether nothing sure stands beside an unsure part, so that it is no letter."""
    return not any(one.sure for one in beside)


def _is_id(run: list[Part], asked: bool) -> bool:
    text = "".join(part.text for part in run)
    digits = sum(sign.isdigit() for sign in text)
    if asked:
        return any(part.sure for part in run)
    mixed = digits >= LEAST_DIGITS and digits < len(text)
    return mixed and len(text) >= LEAST_SPOKEN and all(part.sure or part.text in "AIO0" for part in run)


def _corrected(words: Words, runs: list[list[Part]]) -> list[list[Part]]:
    """Join what is one id with words in between; after "no, sorry" only the rest counts."""
    kept: list[list[Part]] = []
    for run in runs:
        between = words[kept[-1][-1].end : run[0].first] if kept else ()
        if "not" in between:
            continue
        if kept and TAKES_BACK.intersection(between):
            kept = [_mended(kept[0], run)]
        elif not kept or BEGINS_ANEW.intersection(between):
            kept = [run]
        elif len(between) <= MOST_BETWEEN:
            kept = [[*kept[-1], *run]]
        else:
            kept = [max(kept[0], run, key=len)]
    return kept


def _mended(before: list[Part], run: list[Part]) -> list[Part]:
    """Put *run* in place of as many signs at the end of *before*, or of all if it isn't shorter."""
    kept, signs = list(before), sum(len(part.text) for part in run)
    if signs >= sum(len(part.text) for part in before):
        return run
    while signs >= len(kept[-1].text):
        signs -= len(kept.pop().text)
    if signs:
        kept[-1] = replace(kept[-1], text=kept[-1].text[:-signs], others=())
    return [*kept, *run]


def _value(run: list[Part], least: int, most: int, asked: bool) -> Value:
    readings = [""]
    for at in range(len(run)):
        options = _options(run, at)
        readings = [text + option for text in readings for option in options][:16]
    ordered = list(dict.fromkeys(readings))
    if least:
        ordered.sort(key=lambda text: not (least <= len(text) and (not most or len(text) <= most)))
    sure = 0.9 if all(part.sure for part in run) else 0.75
    return Value("id", ordered[0], run[0].first, run[-1].end - 1, sure, tuple(ordered[1:4]))


def _options(run: list[Part], at: int) -> tuple[str, ...]:
    """The readings of one part; a lone "oh" among letters is rather the letter."""
    part = run[at]
    if part.text not in ("0", "O") or part.sure:
        return (part.text, *part.others[:2])
    beside = [run[index].text for index in (at - 1, at + 1) if 0 <= index < len(run)]
    letters = all(text.isalpha() for text in beside)
    return ("O", "0") if letters else ("0", "O")

"""
Digit strings and ordinals.

A digit string is what people dictate: "four one double oh seven", "triple nine", "twenty two thirty five",
"five hundred", with hesitations in between. The same words can stand for several strings; how many digits
are wanted decides, and the other readings are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ..events import Value
from .words import (
    DIGITS,
    FILLERS,
    PLURALS,
    REPEATS,
    SCALES,
    TEENS,
    TENS,
    UNITS,
    Words,
    cardinal,
    has,
    listed,
    ordinal,
    phrases,
)

__all__ = ["digit_readings", "find_digits", "find_ordinals"]

HOMOPHONES = {"for": "4", "fore": "4", "to": "2", "too": "2", "won": "1", "ate": "8"} | {
    "tree": "3",
    "sex": "6",
    "fife": "5",
    "fower": "4",
}
"""What a recogniser writes for a digit; believed only between digits and only when digits are asked for."""

EXCLAMATIONS = frozenset(("oh", "o"))
SEPARATORS = FILLERS | {"dash", "hyphen", "then"}
PAUSES = phrases(
    """
and | and a | and then | and then a | a | space | slash | dot | comma | okay | ok | so | right
let me see | let's see | hold on | wait a moment
"""
)
"""What people say in the middle of dictating, where digits are asked for."""
NUMBER_WORDS = frozenset({*DIGITS, *PLURALS, *REPEATS, *SCALES, *TEENS, *TENS})
PAUSE_WORDS = frozenset(word for said in PAUSES for word in said)
MOST_READINGS = 8
SPOKEN_ONE_BY_ONE = 3
"""So many digits in a row are a digit string even where none is asked for."""

MENDING = frozenset(("no", "sorry", "wait", "mean"))
AROUND_MENDING = MENDING | FILLERS | frozenset(("i", "it's", "i'm", "make", "that"))

Reading = tuple[int, str]
"""A cost, 0 for the plainest way of reading, and the digits."""


def find_digits(
    words: Words, least: int = 0, most: int = 0, *, asked: bool = False, named: bool = False
) -> tuple[Value, ...]:
    """
    Return the digit strings in *words*, best reading first.

    *least* and *most* are the digits wanted, 0 if that is unknown. *asked*: the question was for digits,
    so that a single word may be one. *named*: some words here name a slot of digits ("my pin is").
    """
    runs = tuple(_runs(words, asked, asked and least > 0))
    values = [
        value
        for start, end in runs
        if (asked or named or _dictated(words[start:end])) and not _exclaimed(words, start, end)
        if (value := _value(words, start, end, least, most, asked))
    ]
    if asked and len(values) > 1 and not any(_fits(value.value, least, most) for value in values):
        whole = "".join(str(value.value) for value in values)
        if least and _fits(whole, least, most):
            return (Value("digits", whole, values[0].first, values[-1].last, 0.7),)
    return tuple(_mended(words, values, least, most)) if asked and least else tuple(values)


def _mended(words: Words, values: Sequence[Value], least: int, most: int) -> Iterator[Value]:
    """Let digits behind a "no" take the place of the last ones: "four one two eight no nine"."""
    before: Value | None = None
    for value in values:
        between = words[before.last + 1 : value.first] if before else ()
        mends = any(word in MENDING for word in between) and all(word in AROUND_MENDING for word in between)
        full = before is not None and _fits(before.value, least, most)
        if before and full and mends and not _fits(value.value, least, most):
            whole = str(before.value)[: -len(str(value.value))] + str(value.value)
            value = replace(value, value=whole, alternatives=(), confidence=0.8)
        yield value
        before = value


def digit_readings(words: Words) -> tuple[str, ...]:
    """Return every way to read a run of number words as digits, plainest first."""
    return tuple(dict.fromkeys(text for _, text in sorted(_readings(tuple(words))) if text))


LAST = ("last", "final")
BEHIND_LAST = frozenset(listed("one ones option choice of account card item appointment please thing"))
NEXT_TO_LAST = (("second", "to", "last"), ("next", "to", "last"), ("second", "last"), ("last", "but", "one"))


def find_ordinals(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the ordinals, the last of several as -1; "hold on a second" and "one second" are none.

    Where one is *asked* for, a mere "last" is one too.
    """
    found: list[Value] = []
    for at, word in enumerate(words):
        if found and at <= found[-1].last:
            continue
        if end := _next_to_last(words, at):
            found.append(Value("ordinal", "-2", at, end - 1, 0.8))
            continue
        if word in LAST and _is_last(words, at, asked):
            found.append(Value("ordinal", "-1", at, at, 0.8))
            continue
        read = ordinal(words, at)
        if read is None and asked and has(words, at, "number", "option", "choice"):
            # "number two", "option number three"
            which = cardinal(words, at + 1 + has(words, at + 1, "number"))
            if which:
                found.append(Value("ordinal", str(which[0]), at, which[1] - 1, 0.8))
            continue
        if read is None or (at and words[at - 1] in TENS):
            continue
        if word == "second" and at and words[at - 1] in ("a", "one", "just", "per"):
            continue
        found.append(Value("ordinal", str(read[0]), at, read[1] - 1, 0.8))
    return tuple(found)


def _next_to_last(words: Words, at: int) -> int:
    """The index behind "second to last" and the like at *at*, 0 if nothing like it stands there."""
    for phrase in NEXT_TO_LAST:
        if tuple(words[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return 0


def _is_last(words: Words, at: int, asked: bool) -> bool:
    """Whether "last" is one of several, and no verb and no "last month"."""
    if has(words, at + 1, *BEHIND_LAST):
        return True
    return at == len(words) - 1 and (asked or has(words, at - 1, "the", "very", "my"))


def _value(words: Words, start: int, end: int, least: int, most: int, asked: bool) -> Value | None:
    readings = digit_readings(words[start:end])
    if not readings:
        return None
    fitting = [text for text in readings if _fits(text, least, most)]
    ordered = (*fitting, *(text for text in readings if text not in fitting))
    confidence = 0.95 if fitting else 0.5
    if least and len(readings) > 1 and len(fitting) > 1:
        confidence = 0.85
    return Value("digits", ordered[0], start, end - 1, confidence, tuple(ordered[1:]))


def _fits(text: object, least: int, most: int) -> bool:
    length = len(str(text))
    return least <= length and (not most or length <= most)


def _runs(words: Words, asked: bool, believing: bool) -> Iterator[tuple[int, int]]:
    """
    Yield (start, end) of each run that begins and ends with a number word; separators may lie inside.

    *believing*, it may begin with what only sounds like a digit.
    """
    at = 0
    while at < len(words):
        if not _starts(words, at, believing):
            at += 1
            continue
        end = at + 1
        scan = end
        while scan < len(words):
            if words[scan] in NUMBER_WORDS:
                end = scan + 1
            elif asked and (pause := _pause(words, scan)):
                scan += pause - 1
            elif not (_bridge(words, scan) or (asked and words[scan] in HOMOPHONES)):
                break
            scan += 1
        if asked and scan == len(words) and words[-1] in HOMOPHONES:
            end = scan
        yield at, end
        at = end


def _starts(words: Words, at: int, believing: bool) -> bool:
    if believing and words[at] in HOMOPHONES and (at == 0 or all(word in HOMOPHONES for word in words)):
        # "won too three four"; whether the first is a digit is left to the readings
        return has(words, at + 1, *DIGITS, *HOMOPHONES, *REPEATS)
    return words[at] in NUMBER_WORDS or (words[at] == "a" and at + 1 < len(words) and words[at + 1] in SCALES)


def _pause(words: Words, at: int) -> int:
    """How many words between two digits are a pause at *at*, 0 if none are."""
    for said in PAUSES:
        if tuple(words[at : at + len(said)]) == said and has(words, at + len(said), *NUMBER_WORDS):
            return len(said)
    return 0


def _bridge(words: Words, at: int) -> bool:
    """Whether the word may stand between two parts of one digit string."""
    if words[at] in SEPARATORS:
        return True
    return words[at] == "and" and words[at - 1] in SCALES


def _exclaimed(words: Words, start: int, end: int) -> bool:
    """Whether all there is is an "oh" among other words."""
    return end - start == 1 and words[start] in EXCLAMATIONS and len(words) > 1


def _dictated(words: Words) -> bool:
    """Whether the words sound like dictation even though nobody asked for digits."""
    single = sum(word in DIGITS or word in PLURALS for word in words)
    repeated = any(word in REPEATS for word in words)
    return single + 2 * repeated >= SPOKEN_ONE_BY_ONE and not any(word in SCALES for word in words)


def _readings(words: tuple[str, ...]) -> list[Reading]:
    """All readings of *words* with their costs, at most `MOST_READINGS`; built up from the last word."""
    behind: list[list[Reading]] = [[] for _ in words] + [[(0, "")]]
    for at in reversed(range(len(words))):
        found = (
            (cost + rest_cost, text + rest)
            for cost, text, used in _elements(words[at:])
            for rest_cost, rest in behind[at + used]
        )
        behind[at] = list(islice(sorted(found), MOST_READINGS))
    readings = behind[0]
    if words[0] in EXCLAMATIONS and len(words) > 1:
        # "oh, nine two zero one"
        readings = readings + [(cost + 2, text) for cost, text in behind[1]]
    return readings


def _elements(words: tuple[str, ...]) -> Iterator[tuple[int, str, int]]:
    """Yield what the first words may stand for: cost, digits, and how many words that takes."""
    word = words[0]
    following = words[1] if len(words) > 1 else ""
    if word in SEPARATORS or word in PAUSE_WORDS:
        yield 0, "", 1
    elif word in REPEATS and following in DIGITS:
        yield 0, DIGITS[following] * REPEATS[word], 2
    elif word in UNITS and following in PLURALS:
        yield 0, PLURALS[following] * UNITS[word], 2
    elif word in HOMOPHONES:
        yield 1, HOMOPHONES[word], 1
        yield 2, "", 1
    elif word in PLURALS:
        yield 1, PLURALS[word], 1
    else:
        yield from _numbers(words, following)


def _numbers(words: tuple[str, ...], following: str) -> Iterator[tuple[int, str, int]]:
    word = words[0]
    whole = cardinal(words, 0)
    if whole and any(part in SCALES for part in words[: whole[1]]):
        # "one eight hundred five five five" goes on digit by digit behind the hundred
        dictated = has(words, whole[1], *DIGITS) and words[whole[1] - 1] in DIGITS
        yield int(dictated), str(whole[0]), whole[1]
        if dictated and words[1] in SCALES and (head := cardinal(words[:2], 0)):
            yield 0, str(head[0]), 2
        if "hundred" in words[: whole[1] - 1] and words[0] in TENS:
            # "forty one hundred, seventy two"
            behind = words.index("hundred") + 1
            if head := cardinal(words[:behind], 0):
                yield 1, str(head[0]), behind
    if word in DIGITS:
        yield 0 if following not in SCALES else 1, DIGITS[word], 1
    elif word in TEENS:
        yield 0, str(TEENS[word]), 1
    elif word in TENS:
        if following in UNITS:
            yield 0, str(TENS[word] + UNITS[following]), 2
        yield 0 if following not in UNITS else 1, str(TENS[word]), 1
    elif word in SCALES:
        # "one, hundred five" read apart
        yield 2, {"hundred": "00", "thousand": "000", "million": "000000"}[word], 1
    elif word in REPEATS:
        yield 3, "", 1

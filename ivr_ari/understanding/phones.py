"""
Telephone numbers: "area code three one two, five five five oh one two three, extension four".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import phonenumbers

from ..events import Value
from .numbers import digit_readings
from .words import DIGITS, FILLERS, PLURALS, REPEATS, SCALES, TEENS, TENS, Words, has, listed

__all__ = ["find_phones"]

NUMBERS = frozenset({*DIGITS, *PLURALS, *REPEATS, *SCALES, *TEENS, *TENS})
BRIDGES = FILLERS | frozenset(
    listed("dash hyphen then and dot period space area code the number is it's of my country that's a okay")
)
"""May stand between two groups of one number."""

LONGEST_BRIDGE = 5
EXTENSION = frozenset(listed("extension ext extensions"))
TAKES_BACK = frozenset(listed("no sorry wait actually correction scratch oops"))
HOMOPHONES = {"to": "two", "too": "two", "for": "four", "fore": "four", "won": "one", "ate": "eight"}

USUAL = (10, 11, 7, 12, 9, 8, 13)
"""Lengths of telephone numbers, the likeliest first; ITU-T E.164 allows no more than 15 digits."""

LESS_PLAIN, ODD = 5, 6
"""What weighs against a reading, in steps of `USUAL`."""

SURE_LENGTHS = (10, 11)
"""Digits of these lengths are a telephone number where none was asked for."""

LEAST_ASKED, LEAST, MOST = 3, 6, 15
LEAST_ANEW = 7
"""So many digits after "no" are a number of their own."""

INTERNATIONAL = ("00", "011")
"""Dialled in front of a country code, from Europe and from North America."""


def find_phones(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the telephone number in *words*, if there is one: "+13125550123", or the digits as they were said
    where no country code is.

    An extension is left out. Where one is *asked* for, too few digits are a value too, less surely.
    """
    end = next((at for at, word in enumerate(words) if word in EXTENSION), len(words))
    words = [*_plainly(words[:end]), *words[end:]] if asked else words
    groups = _groups(words, end, asked)
    if not groups:
        return ()
    if asked and (mended := _mended(words, end)):
        return (mended,)
    plus = has(words, groups[0][0] - 1, "plus") or "plus" in words[groups[0][0] : groups[-1][1]]
    readings = [""]
    for first, last in _area_first(words, groups):
        options = digit_readings(_plain(words[first:last]))[:4] or ("",)
        readings = [text + option for text in readings for option in options][:32]
    written = [_written(text, plus) for text in readings if LEAST_ASKED <= len(text) <= MOST]
    plain = list(dict.fromkeys(written))
    # the plainest way to read the words goes before a more usual length
    numbers = sorted(plain, key=lambda number: LESS_PLAIN * plain.index(number) + _unusual(number))
    if not numbers or not (asked or numbers[0][0] == "+" or len(numbers[0]) in SURE_LENGTHS):
        return ()
    first, last = groups[0][0] - has(words, groups[0][0] - 1, "plus"), groups[-1][1] - 1
    right = LEAST + 1 <= len(numbers[0].lstrip("+")) <= MOST
    return (Value("phone", numbers[0], first, last, 0.9 if right else 0.6, tuple(numbers[1:4])),)


def _plainly(words: Words) -> list[str]:
    """Words for numbers that are hardly another word where a number is told: "tree one two"."""
    return ["three" if word == "tree" and _beside(words, at) else word for at, word in enumerate(words)]


def _beside(words: Words, at: int) -> bool:
    return has(words, at - 1, *NUMBERS) or has(words, at + 1, *NUMBERS)


def _mended(words: Words, end: int) -> Value | None:
    """The number whose last digits were said anew: "... one two four no three"."""
    back = next((at for at in range(end - 1, 0, -1) if words[at] in TAKES_BACK), 0)
    before = find_phones(words[:back], asked=True) if back else ()
    groups = _groups(words[back + 1 : end], end - back - 1, True) if before else []
    if not groups or len(groups) > 1:
        return None
    first, last = (at + back + 1 for at in groups[0])
    digits, number = next(iter(digit_readings(_plain(words[first:last]))), ""), before[0]
    kept = str(number.value)
    if not 0 < len(digits) < LEAST_ANEW or len(kept.lstrip("+")) <= LEAST:
        return None
    return replace(number, value=kept[: -len(digits)] + digits, last=last - 1, alternatives=())


def _unusual(number: str) -> int:
    """How unusual a number is: 0 for one that exists with its country code, or has the commonest length."""
    if number.startswith("+"):
        try:
            return 0 if phonenumbers.is_valid_number(phonenumbers.parse(number)) else len(USUAL) + 1
        except phonenumbers.NumberParseException:
            return len(USUAL) + 1
    # no area code of North America begins so
    begins_oddly = ODD * (len(number) == USUAL[0] and number[0] in "01")
    return begins_oddly + (USUAL.index(len(number)) if len(number) in USUAL else len(USUAL))


def _written(digits: str, plus: bool) -> str:
    if plus:
        return f"+{digits}"
    for prefix in INTERNATIONAL:
        if digits.startswith(prefix) and len(digits) > 10 + len(prefix) - 2:
            return f"+{digits.removeprefix(prefix)}"
    # eleven digits with a one in front are of the North American plan, which nobody dials otherwise
    return f"+{digits}" if len(digits) == 11 and digits[0] == "1" else digits


def _plain(words: Words) -> Words:
    return [HOMOPHONES.get(word, word) for word in words if word in NUMBERS or word in HOMOPHONES]


def _groups(words: Words, end: int, asked: bool) -> list[tuple[int, int]]:
    """The (start, end) of runs of number words that make one number; a correction begins anew."""
    groups: list[tuple[int, int]] = []
    at = 0
    while at < end:
        if not _is_number(words, at, asked and bool(groups)):
            at += 1
            continue
        start = at
        while at < end and (_is_number(words, at, asked) or _joins(words, at)):
            at += 1
        between = words[groups[-1][1] : start] if groups else ()
        if TAKES_BACK.intersection(between) or (not asked and not _bridged(between)):
            groups = []
        groups.append((start, at))
    return [group for group in groups if words[group[0] : group[1]] not in (["oh"], ("oh",), ["o"], ("o",))]


def _bridged(between: Sequence[str]) -> bool:
    return len(between) <= LONGEST_BRIDGE and all(word in BRIDGES or word == "plus" for word in between)


def _is_number(words: Words, at: int, loosely: bool) -> bool:
    if words[at] in NUMBERS:
        return True
    # "to" is a two only among digits
    beside = has(words, at - 1, *NUMBERS) and (at + 1 == len(words) or has(words, at + 1, *NUMBERS))
    return loosely and words[at] in HOMOPHONES and beside


def _joins(words: Words, at: int) -> bool:
    """Whether the word lies inside "eight hundred and five"."""
    return words[at] == "and" and has(words, at - 1, *SCALES) and has(words, at + 1, *NUMBERS)


def _area_first(words: Words, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The groups in the order they are dialled: an area code that is named later goes first."""
    area = [
        group
        for at, group in enumerate(groups)
        if _is_area(words, group[0]) and sum(end - start for start, end in groups[:at]) >= LEAST
    ]
    return [*area, *(group for group in groups if group not in area)]


def _is_area(words: Words, start: int) -> bool:
    at = start - 1
    while has(words, at, "is", "it's", *FILLERS):
        at -= 1
    return has(words, at, "code") and has(words, at - 1, "area")

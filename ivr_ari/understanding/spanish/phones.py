"""
Spanish telephone numbers: "seis uno dos, treinta y cuatro, cincuenta y seis, setenta y ocho", "más uno ...".
"""

from __future__ import annotations

import phonenumbers

from ...events import Value
from ..words import Words, has, listed
from .numbers import digit_readings
from .words import FILLERS, NUMBER_WORDS, TENS

__all__ = ["find_phones"]

BRIDGES = FILLERS | frozenset(listed("guion luego despues coma prefijo es el numero y punto espacio"))
TAKES_BACK = frozenset(listed("no perdon espere digo mejor corrijo"))
EXTENSION = frozenset(("extension", "ext", "interno"))
LONGEST_BRIDGE = 4

USUAL = (10, 9, 11, 12, 7, 8, 13)
"""Lengths of telephone numbers in America and Spain, the likeliest first; no more than 15 (ITU-T E.164)."""

LESS_PLAIN = 5
SURE_LENGTHS = (9, 10, 11)
LEAST_ASKED, LEAST, MOST = 3, 6, 15
INTERNATIONAL = ("00", "011")


def find_phones(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the telephone number in *words*, if there is one: "+34612345678", or its digits as they were said
    where no country code is. Where one is *asked* for, too few digits are a value too, less surely.
    """
    end = next((at for at, word in enumerate(words) if word in EXTENSION), len(words))
    groups = _groups(words, end)
    if not groups:
        return ()
    plus = has(words, groups[0][0] - 1, "mas")
    readings = [""]
    for first, last in groups:
        options = digit_readings(words[first:last])[:4] or ("",)
        readings = [text + option for text in readings for option in options][:32]
    plain = list(dict.fromkeys(_written(text, plus) for text in readings if LEAST_ASKED <= len(text) <= MOST))
    numbers = sorted(plain, key=lambda number: LESS_PLAIN * plain.index(number) + _unusual(number))
    if not numbers or not (asked or numbers[0][0] == "+" or len(numbers[0]) in SURE_LENGTHS):
        return ()
    right = LEAST < len(numbers[0].lstrip("+")) <= MOST
    first, last = groups[0][0] - plus, groups[-1][1] - 1
    return (Value("phone", numbers[0], first, last, 0.9 if right else 0.6, tuple(numbers[1:4])),)


def _groups(words: Words, end: int) -> list[tuple[int, int]]:
    """The (start, end) of runs of number words that make one number; a correction begins anew."""
    groups: list[tuple[int, int]] = []
    at = 0
    while at < end:
        if words[at] not in NUMBER_WORDS or words[at] in ("un", "una"):
            at += 1
            continue
        start = at
        while at < end and (words[at] in NUMBER_WORDS or (words[at] == "y" and words[at - 1] in TENS)):
            at += 1
        between = words[groups[-1][1] : start] if groups else ()
        bridged = len(between) <= LONGEST_BRIDGE and all(word in BRIDGES for word in between)
        if not bridged or TAKES_BACK.intersection(between):
            groups = []
        groups.append((start, at))
    return groups


def _written(digits: str, plus: bool) -> str:
    if plus:
        return f"+{digits}"
    for prefix in INTERNATIONAL:
        if digits.startswith(prefix) and len(digits) > 10:
            return f"+{digits.removeprefix(prefix)}"
    # eleven digits with a one in front are of the North American plan
    return f"+{digits}" if len(digits) == 11 and digits[0] == "1" else digits


def _unusual(number: str) -> int:
    """How unusual a number is: 0 for one that exists with its country code, or has the commonest length."""
    if number.startswith("+"):
        try:
            return 0 if phonenumbers.is_valid_number(phonenumbers.parse(number)) else len(USUAL) + 1
        except phonenumbers.NumberParseException:
            return len(USUAL) + 1
    return USUAL.index(len(number)) if len(number) in USUAL else len(USUAL)

"""
Amounts of money: "forty two dollars and nineteen cents", "a hundred bucks", "nine ninety nine".

With a unit the words are plain. Without one, two numbers in a row are read as a price when the second has
two digits, and as one number otherwise; the other reading is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..events import Value
from .words import DIGITS, Words, cardinal, has

__all__ = ["find_amounts"]

UNITS = frozenset(("dollar", "dollars", "bucks", "buck", "euro", "euros", "pound", "pounds", "quid"))
CENTS = frozenset(("cent", "cents", "pence"))
THOUSANDS = frozenset(("grand", "k"))
SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000}
HALVES = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}

CENT = Decimal("0.01")

Read = tuple[Decimal, int]
"""An amount and the index behind it."""


def find_amounts(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the amounts in *words*; without a unit only prices, or, where *asked* for, any number."""
    found, at = [], 0
    while at < len(words):
        value = _with_unit(words, at) or _without_unit(words, at, asked)
        if value is None:
            at += 1
            continue
        found.append(value)
        at = value.last + 1
    return tuple(found)


def _value(amount: Decimal, first: int, end: int, confidence: float, *others: Decimal) -> Value:
    texts = tuple(f"{other:.2f}" for other in others)
    return Value("amount", f"{amount:.2f}", first, end - 1, confidence, texts)


def _with_unit(words: Words, start: int) -> Value | None:
    """Read "forty two dollars and nineteen cents", "a dollar fifty", "nineteen cents", "five grand"."""
    whole = _number(words, start)
    if whole is None:
        return None
    amount, at = whole
    if has(words, at, *CENTS):
        return _value(amount * CENT, start, at + 1, 0.95)
    if has(words, at, *THOUSANDS):
        return _value(amount * 1000, start, _skip_unit(words, at + 1), 0.9)
    if not has(words, at, *UNITS):
        return _point_cents(words, start)
    at += 1
    if (half := _half(words, at)) is not None:
        return _value(amount + half[0], start, half[1], 0.95)
    cents = _cents(words, at)
    return _value(amount + cents[0], start, cents[1], 0.95) if cents else _value(amount, start, at, 0.95)


def _point_cents(words: Words, start: int) -> Value | None:
    """Read "forty two nineteen dollars", which names the unit last."""
    for amount, end in _prices(words, start):
        if has(words, end, *UNITS):
            return _value(amount, start, end + 1, 0.9)
    return None


def _number(words: Words, start: int) -> Read | None:
    """A number with what may be in front of its unit: "a", "two and a half", "a couple hundred"."""
    if has(words, start, "a") and has(words, start + 1, *UNITS, *THOUSANDS):
        return Decimal(1), start + 1
    if has(words, start, "a") and has(words, start + 1, "couple"):
        return _couple(words, start + 2)
    read = cardinal(words, start)
    if read is None:
        return None
    half = _half(words, read[1])
    if half and has(words, half[1], *SCALES):
        return (read[0] + half[0]) * SCALES[words[half[1]]], half[1] + 1
    if half and has(words, half[1], *UNITS):
        return read[0] + half[0], half[1]
    return _decimal(words, read[0], read[1]) or (Decimal(read[0]), read[1])


def _couple(words: Words, at: int) -> Read:
    at += has(words, at, "of")
    scale = SCALES[words[at]] if has(words, at, *SCALES) else 0
    return (Decimal(2 * scale), at + 1) if scale else (Decimal(2), at)


def _half(words: Words, at: int) -> Read | None:
    """Read "and a half"."""
    if has(words, at, "and") and has(words, at + 1, "a") and has(words, at + 2, *HALVES):
        return HALVES[words[at + 2]], at + 3
    return None


def _decimal(words: Words, whole: int, at: int) -> Read | None:
    """Read "point five", "point one nine", "point nineteen" behind a whole number."""
    if not has(words, at, "point"):
        return None
    digits, end = "", at + 1
    while has(words, end, *DIGITS):
        digits, end = digits + DIGITS[words[end]], end + 1
    if not digits and (read := cardinal(words, end)) and read[0] < 100:
        digits, end = str(read[0]), read[1]
    return (Decimal(f"{whole}.{digits}"), end) if digits else None


def _cents(words: Words, at: int) -> Read | None:
    """Read what follows the unit: "and nineteen cents", "nineteen", "and nine cents"."""
    begin = at + has(words, at, "and")
    read = cardinal(words, begin)
    if read is None or read[0] > 99:
        return None
    named = has(words, read[1], *CENTS)
    # "forty dollars and two ..." is no cents unless they are named
    if named or (begin == at and read[0] >= 10):
        return read[0] * CENT, read[1] + named
    return None


def _skip_unit(words: Words, at: int) -> int:
    return at + has(words, at, *UNITS)


def _prices(words: Words, start: int) -> Iterator[Read]:
    """Yield the readings of two numbers in a row as a price: "nine ninety nine", "four oh five"."""
    whole = cardinal(words, start)
    if whole is None or whole[1] >= len(words):
        return
    at = whole[1]
    if has(words, at, "oh", "o") and has(words, at + 1, *DIGITS):
        yield whole[0] + int(DIGITS[words[at + 1]]) * CENT, at + 2
    cents = cardinal(words, at)
    if cents and 10 <= cents[0] <= 99:
        yield whole[0] + cents[0] * CENT, cents[1]


def _without_unit(words: Words, start: int, asked: bool) -> Value | None:
    if start and (words[start - 1] in DIGITS or cardinal(words, start - 1)):
        return None
    price = next(_prices(words, start), None)
    if price is not None and _stands_alone(words, price[1]):
        return _price(words, start, price, asked)
    whole = _number(words, start)
    if whole is None or not _stands_alone(words, whole[1]):
        return None
    pointed = "point" in words[start : whole[1]]
    return _value(whole[0], start, whole[1], 0.85) if asked or pointed else None


def _price(words: Words, start: int, price: Read, asked: bool) -> Value:
    amount, end = price
    cents = int(amount % 1 * 100)
    joined = Decimal(f"{int(amount)}{cents:02d}")
    # "two fifty" is as often two hundred and fifty as two dollars fifty
    unsure = asked and amount < 10 and cents % 10 == 0
    return _value(amount, start, end, 0.7 if unsure else 0.85 if asked else 0.5, joined)


def _stands_alone(words: Words, end: int) -> bool:
    """Whether no third number follows, which would make it a dictated string."""
    return end >= len(words) or (cardinal(words, end) is None and words[end] not in DIGITS)

"""
Amounts of money: "forty two dollars and nineteen cents", "a hundred bucks", "nine ninety nine", "fifty quid".

With a unit the words are plain. Without one, two numbers in a row are read as a price when the second has
two digits, and as one number otherwise; the other reading is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..events import Value
from .cardinals import HOMOPHONE_WORDS as HOMOPHONES
from .money import CENTS, COINS, HUNDREDTH, SCALES, unit_at
from .words import DIGITS, Words, cardinal, has, listed

__all__ = ["find_amounts"]

HALVES = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
GRAND = frozenset(("grand", "k"))
COUNTED = frozenset(
    listed(
        "times time percent percentage moment second seconds minutes minute hours hour days day nights weeks"
        " week months month years year people persons adults kids children guests rooms transactions payments"
        " cards accounts o'clock am pm of"
    )
)
"""Behind a number these say that it is no amount."""

Read = tuple[Decimal, int]
"""An amount and the index behind it."""


def find_amounts(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the amounts in *words*; without a unit only prices, or, where *asked* for, any number."""
    found, at = [], 0
    if asked:
        words = _believed(words)
    while at < len(words):
        value = (
            _with_unit(words, at)
            or (_coins(words, at) if asked else None)
            or _first_of_two(words, at)
            or _without_unit(words, at, asked)
        )
        if value is None:
            at += 1
            continue
        found.append(value)
        at = value.last + 1
    return tuple(found)


def _value(
    amount: Decimal, first: int, end: int, confidence: float, *others: Decimal, unit: str = ""
) -> Value:
    texts = tuple(f"{other:.2f}" for other in others)
    return Value("amount", f"{amount:.2f}", first, end - 1, confidence, texts, unit=unit)


def _with_unit(words: Words, start: int) -> Value | None:
    """Read "forty two dollars and nineteen cents", "a dollar fifty", "nineteen cents", "five grand"."""
    whole = _number(words, start)
    if whole is None:
        return None
    amount, at = whole
    if _cents_named(words, at) and amount < 100:
        return _value(amount * HUNDREDTH, start, at + 1, 0.95, unit=CENTS[words[at]])
    unit = unit_at(words, at)
    if unit is None:
        named = has(words, at - 1, *GRAND)
        return _value(amount, start, at, 0.9) if named else _point_cents(words, start)
    code, at = unit
    if (half := _half(words, at)) is not None:
        return _value(amount + half[0], start, half[1], 0.95, unit=code)
    cents = _cents(words, at)
    amount, at = (amount + cents[0], cents[1]) if cents else (amount, at)
    return _value(amount, start, at, 0.95, unit=code)


def _coins(words: Words, start: int) -> Value | None:
    """Read "two quarters", "a tenner", and "nothing"."""
    if has(words, start, "nothing") and len(words) == 1:
        return _value(Decimal(0), start, start + 1, 0.85)
    count = (1, start + 1) if has(words, start, "a") else cardinal(words, start)
    if count is None or not has(words, count[1], *COINS) or has(words, count[1] + 1, "past", "to", "of"):
        return None
    worth, code = COINS[words[count[1]]]
    return _value(count[0] * Decimal(worth), start, count[1] + 1, 0.9, unit=code)


def _first_of_two(words: Words, start: int) -> Value | None:
    """Read the "fifty" of "fifty or sixty dollars" and "between fifty and sixty dollars"."""
    first = _number(words, start)
    if first is None:
        return None
    at = first[1]
    between = has(words, start - 1, "between") and has(words, at, "and")
    if not (between or has(words, at, "or", "to", "until")):
        return None
    other = _with_unit(words, at + 1)
    return _value(first[0], start, at, 0.85, unit=other.unit) if other else None


def _believed(words: Words) -> Words:
    """Take a "for" or "to" right in front of a unit as the number that it sounds like."""
    return [
        HOMOPHONES[word]
        if word in HOMOPHONES and (has(words, at + 1, *SCALES, *CENTS) or unit_at(words, at + 1))
        else word
        for at, word in enumerate(words)
    ]


def _cents_named(words: Words, at: int) -> bool:
    return has(words, at, *CENTS) and not (words[at] == "p" and has(words, at + 1, "m"))


def _point_cents(words: Words, start: int) -> Value | None:
    """Read "forty two nineteen dollars", which names the unit last."""
    for amount, end in _prices(words, start):
        if unit := unit_at(words, end):
            return _value(amount, start, unit[1], 0.9, unit=unit[0])
    return None


def _number(words: Words, start: int) -> Read | None:
    """A number with what may be in front of its unit: "a", "two and a half", "a couple hundred"."""
    at = start + has(words, start, "a")
    if at > start and (unit_at(words, at) or has(words, at, *GRAND)):
        return (Decimal(1000), at + 1) if has(words, at, *GRAND) else (Decimal(1), at)
    if has(words, at, "couple"):
        return _couple(words, at + 1)
    if (part := _part(words, at)) is not None:
        return part
    if at == start and has(words, at, "hundred", "thousand") and (at == 0 or unit_at(words, at + 1)):
        return Decimal(SCALES[words[at]]), at + 1
    read = cardinal(words, start)
    if read is None:
        return None
    half = _half(words, read[1])
    if half:
        return _scaled(words, read[0] + half[0], half[1])
    exact = _decimal(words, read[0], read[1])
    if exact:
        return _scaled(words, *exact)
    return (
        _scaled(words, Decimal(read[0]), read[1])
        if has(words, read[1], *GRAND)
        else (Decimal(read[0]), read[1])
    )


def _scaled(words: Words, number: Decimal, at: int) -> Read:
    """Read "thousand" and the like behind a number that is not whole."""
    return (number * SCALES[words[at]], at + 1) if has(words, at, *SCALES) else (number, at)


def _part(words: Words, at: int) -> Read | None:
    """Read "half a million", "quarter of a million"; of "half a dollar" the half."""
    if not has(words, at, *HALVES):
        return None
    scale = at + 1 + has(words, at + 1, "of")
    scale += has(words, scale, "a")
    if scale > at + 1 and unit_at(words, scale):
        return HALVES[words[at]], scale
    if not has(words, scale, "thousand", "grand", "million"):
        return None
    return HALVES[words[at]] * SCALES[words[scale]], scale + 1


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
    named = _cents_named(words, read[1])
    # "forty dollars and two ..." is no cents unless they are named
    alone = read[1] == len(words) or begin == at
    if named or (alone and read[0] >= 10 and not has(words, read[1], *COUNTED, "past", "to")):
        return read[0] * HUNDREDTH, read[1] + named
    return None


def _prices(words: Words, start: int) -> Iterator[Read]:
    """Yield the readings of two numbers in a row as a price: "nine ninety nine", "four oh five"."""
    whole = cardinal(words, start)
    if whole is None or whole[1] >= len(words):
        return
    at = whole[1]
    if has(words, at, "oh", "o") and has(words, at + 1, *DIGITS):
        yield whole[0] + int(DIGITS[words[at + 1]]) * HUNDREDTH, at + 2
    cents = cardinal(words, at)
    if cents and 10 <= cents[0] <= 99:
        yield whole[0] + cents[0] * HUNDREDTH, cents[1]


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
    """Whether no third number follows, which would make it a dictated string, and nothing that is counted."""
    if has(words, end, *COUNTED):
        return False
    return end >= len(words) or (cardinal(words, end) is None and words[end] not in DIGITS)

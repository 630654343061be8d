"""
Spanish amounts of money: "cuarenta y dos dólares con diecinueve", "doce con cincuenta", "mil euros".

With a unit the words are plain. Without one, "con" or "coma" between two numbers makes a price; where an
amount is asked for any number is one.
"""

from __future__ import annotations

from decimal import Decimal

from ...events import Value
from ..words import Words, has, listed
from .almanac import MONTHS
from .words import DIGITS, UNITS, cardinal

__all__ = ["find_amounts"]

MONEY = frozenset(listed("dolar dolares euro euros peso pesos libra libras pavo pavos"))
CENTS = frozenset(listed("centimo centimos centavo centavos cent cents"))
NO_MONEY = frozenset(listed("dia dias hora horas semana semanas mes meses ano anos veces vez minutos"))
POINTS = frozenset(("coma", "punto"))
CENT = Decimal("0.01")
HALF = Decimal("0.5")

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
    """Read "cuarenta dólares con diecinueve centavos", "un euro cincuenta", "medio dólar"."""
    whole = _number(words, start)
    if whole is None:
        return None
    amount, at = whole
    if has(words, at, *CENTS):
        return _value(amount * CENT, start, at + 1, 0.95)
    at += has(words, at, "de") and has(words, at + 1, *MONEY)
    if not has(words, at, *MONEY):
        return _unit_last(words, start)
    at += 1
    if has(words, at, "y") and has(words, at + 1, "medio", "media"):
        return _value(amount + HALF, start, at + 2, 0.95)
    cents = _cents(words, at)
    return _value(amount + cents[0], start, cents[1], 0.95) if cents else _value(amount, start, at, 0.95)


def _unit_last(words: Words, start: int) -> Value | None:
    """Read "doce con cincuenta euros", which names the unit last."""
    row = None if has(words, start - 1, "no") else _in_a_row(words, start)
    price = _price(words, start) or row
    if price and has(words, price[1], *MONEY):
        return _value(price[0], start, price[1] + 1, 0.9)
    return None


def _number(words: Words, start: int) -> Read | None:
    """A number with what may be in front of its unit: "un par de", "medio", "dos mil", "millón y medio"."""
    if has(words, start, "medio", "media"):
        if has(words, start + 1, "millon"):
            return Decimal(500_000), start + 2
        return (HALF, start + 1) if has(words, start + 1, *MONEY) else None
    if has(words, start, "un") and has(words, start + 1, "par") and has(words, start + 2, "de"):
        scale = {"cientos": 100, "miles": 1000}.get(words[start + 3], 0) if start + 3 < len(words) else 0
        return (Decimal(2 * scale), start + 4) if scale else (Decimal(2), start + 3)
    read = cardinal(words, start)
    if read is None:
        return None
    number, at = read
    if has(words, at, "y") and has(words, at + 1, "medio", "media"):
        scale = {"millon": 500_000, "millones": 500_000, "mil": 500}.get(words[at - 1], 0)
        if scale:
            return Decimal(number + scale), at + 2
        if has(words, at + 2, *MONEY) or (at + 2 == len(words) and not has(words, start - 1, "las", "la")):
            return number + HALF, at + 2
    return Decimal(number), at


def _cents(words: Words, at: int) -> Read | None:
    """Read what follows the unit: "con diecinueve centavos", "y cinco céntimos", "cincuenta"."""
    led = has(words, at, "con", "y")
    read = cardinal(words, at + led)
    if read is None or read[0] > 99:
        return None
    named = has(words, read[1], *CENTS)
    # "cuarenta dólares y dos ..." is no cents unless they are named
    if named or has(words, at, "con") or (not led and read[0] >= 10):
        return read[0] * CENT, read[1] + named
    return None


def _price(words: Words, start: int) -> Read | None:
    """Read "doce con cincuenta", "doce coma cinco", "doce punto cero cinco"."""
    whole = cardinal(words, start)
    if whole is None:
        return None
    number, at = whole
    if has(words, at, "con") and (cents := cardinal(words, at + 1)) and cents[0] <= 99:
        return number + cents[0] * CENT, cents[1] + has(words, cents[1], *CENTS)
    if not has(words, at, *POINTS):
        return None
    digits, end = "", at + 1
    while has(words, end, *DIGITS) and len(digits) < 2:
        digits, end = digits + DIGITS[words[end]], end + 1
    if not digits and (read := cardinal(words, end)) and read[0] < 100:
        digits, end = str(read[0]), read[1]
    return (Decimal(f"{number}.{digits}"), end) if digits else None


def _in_a_row(words: Words, start: int) -> Read | None:
    """Read two numbers in a row as a price: "doce cincuenta"."""
    whole = cardinal(words, start)
    cents = cardinal(words, whole[1]) if whole else None
    if whole is None or cents is None or not 10 <= cents[0] <= 99:
        return None
    return whole[0] + cents[0] * CENT, cents[1]


def _without_unit(words: Words, start: int, asked: bool) -> Value | None:
    if start and (words[start - 1] in DIGITS or cardinal(words, start - 1)):
        return None
    price = _price(words, start)
    if price and _stands_alone(words, price[1]):
        return _value(price[0], start, price[1], 0.85)
    if not asked:
        return None
    price = _in_a_row(words, start)
    if price and _stands_alone(words, price[1]) and not has(words, price[1], *MONEY):
        joined = Decimal(f"{int(price[0])}{int(price[0] % 1 * 100):02d}")
        return _value(price[0], start, price[1], 0.8, joined)
    whole = _number(words, start)
    if whole is None or not _stands_alone(words, whole[1]) or _no_money(words, start, whole[1]):
        return None
    article = whole[1] == start + 1 and words[start] in UNITS and words[start] in ("un", "una")
    return None if article else _value(whole[0], start, whole[1], 0.85)


def _no_money(words: Words, start: int, end: int) -> bool:
    """Whether the number is a day, an hour, or counts something else."""
    dated = has(words, end, "de", "del") and has(words, end + 1, *MONTHS)
    return dated or has(words, end, *NO_MONEY) or has(words, start - 1, "las", "la")


def _stands_alone(words: Words, end: int) -> bool:
    """Whether no third number follows, which would make it a dictated string."""
    return end >= len(words) or (cardinal(words, end) is None and words[end] not in DIGITS)

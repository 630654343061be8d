"""
Values as they are written in a flow or an answer, read before any language speaks them.

Numbers are written as in English: "." before decimals, "," between thousands. ValueError: not such a value.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import phonenumbers

__all__ = [
    "CODES",
    "LARGEST",
    "STAMP",
    "as_decimal",
    "cents_of",
    "day_of",
    "digit_groups",
    "digits_of",
    "money_of",
    "month_of",
    "phone_groups",
    "phone_of",
    "time_of",
]

LARGEST = 10**36
"""num2words goes no further; longer numbers are read digit by digit."""

STAMP = r"\b(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?"
"""A day and a time as machines write them (ISO 8601)."""

CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:h(?:oras?|rs?)?\.?)?"
    r"\s*(?:([ap])\.?\s?m?\b\.?)?\s*(?:Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)

CODES: Mapping[str, str] = {
    "USD": "$",
    "US$": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "MX$": "MXN",
    "R$": "BRL",
    "₹": "INR",
    "₱": "PHP",
}
"""Other ways to write a currency than the sign or ISO 4217 code that a language knows it by."""


def money_of(value: str | int | Decimal, signs: Collection[str]) -> tuple[Decimal, str]:
    """Return amount and currency, one of *signs*; an int is in cents, dollars if nothing is said."""
    if isinstance(value, int):
        value = Decimal(value) / 100
    written = str(value).strip()
    marks = {
        **{mark: sign for mark, sign in CODES.items() if sign in signs},
        **{sign: sign for sign in signs},
    }
    for mark in sorted(marks, key=len, reverse=True):
        if mark in written.upper():
            number = re.sub(re.escape(mark), "", written, flags=re.IGNORECASE)
            return as_decimal(number.strip()), marks[mark]
    return as_decimal(written), "$"


def cents_of(amount: Decimal) -> int | None:
    """Return *amount* in cents whatever its size (`Decimal` rounds to 28 digits), None if there is a rest."""
    cents = Fraction(amount) * 100
    return int(cents) if cents.denominator == 1 else None


def day_of(value: str | datetime.date) -> datetime.date:
    """Return the day of "2025-03-03", a time behind it or not."""
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value.strip()[:10])


def month_of(value: str | int | datetime.date, names: Sequence[str]) -> tuple[int | None, int]:
    """Return the year, if there is one, and the month, 1 to 12, of "2025-03", 3 or one of *names*."""
    if isinstance(value, datetime.date):
        return value.year, value.month
    written = str(value).strip()
    found = re.fullmatch(r"(?:(\d{4})-)?(\d{1,2})(?:-\d{2}.*)?", written)
    if found is None:
        return None, [name.lower() for name in names].index(written.lower()) + 1
    if not 1 <= int(found[2]) <= 12:
        raise ValueError("no month")
    return int(found[1]) if found[1] else None, int(found[2])


def time_of(value: str | datetime.time) -> tuple[int, int]:
    """Return the hour, 0 to 23, and the minute of a time, "15:30", "3:30 p. m." or "17 h"."""
    if isinstance(value, datetime.time):
        return value.hour, value.minute
    written = value.strip()
    found = CLOCK.match(written.partition("T")[2] or written)
    if found is None:
        raise ValueError("no time")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour * 60 + minute > 24 * 60 or minute > 59 or (found[3] and not 1 <= hour <= 12):
        raise ValueError("no time")
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return hour % 24, minute


def phone_of(written: str, sizes: Sequence[int] = ()) -> tuple[bool, list[str], str]:
    """Return whether a "+" leads, the groups of digits (of *sizes* if wanted), and the extension."""
    number, _, extension = re.sub(
        r"(?i)\s*(?:ext(?:ensi[oó]n)?\.?|x)\s*(?=\d+$)", "|", written.strip()
    ).partition("|")
    groups = re.findall(r"[0-9]+", number)
    if not groups or re.search(r"[^0-9\s().+/-]", number):
        raise ValueError("no phone number")
    if sizes:
        groups = digit_groups("".join(groups), sizes)
    elif len(groups) == 1:
        groups = _abroad(number.strip()) or phone_groups(groups[0])
    return number.lstrip().startswith("+"), groups, extension


def digits_of(written: str, sizes: Sequence[int] = ()) -> tuple[bool, list[str]]:
    """
    Return whether leading digits are hidden ("*****10"), and the groups of those that are shown.

    Groups that are written are kept ("41-10") where no *sizes* are wanted.
    """
    hidden = re.match(r"\s*(?:[*xX•·.…#-]*[*xX•·…#][*xX•·.…#\s-]*|\.{2,}\s*)(?=\d)", written)
    shown = written[hidden.end() :] if hidden else written
    groups = re.findall(r"[0-9]+", shown)
    if not groups or re.search(r"[^0-9\s./,_-]", shown):
        raise ValueError("no digits")
    if len(groups) == 1 or sizes:
        groups = digit_groups("".join(groups), sizes)
    return hidden is not None, groups


def digit_groups(run: str, sizes: Sequence[int] = ()) -> list[str]:
    """
    Cut a run of digits as people read one out: fours if they fit, else threes, fours at the end.

    *sizes* are of the first groups, the last of them is of all that follow: 4 is fours, 3, 3, 4 an American
    telephone number.
    """
    if sizes:
        return _cut(run, [*sizes, *[sizes[-1]] * len(run)])
    if len(run) <= 4:
        return [run]
    if len(run) % 4 == 0:
        return _cut(run, [4] * (len(run) // 4))
    if len(run) == 5:
        return _cut(run, [3, 2])
    fours = len(run) % 3
    return _cut(run, [3] * ((len(run) - 4 * fours) // 3) + [4] * fours)


def phone_groups(run: str) -> list[str]:
    """Cut a telephone number; ten digits as area code, exchange and line."""
    if len(run) == 10:
        return _cut(run, [3, 3, 4])
    if len(run) == 11 and run[0] == "1":
        return _cut(run, [1, 3, 3, 4])
    return digit_groups(run)


def _abroad(number: str) -> list[str]:
    """Cut a number that begins with "+" and its country as people there write it; else nothing."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return []
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return re.findall(r"[0-9]+", written)


def _cut(run: str, sizes: Sequence[int]) -> list[str]:
    pieces = []
    for size in sizes:
        pieces.append(run[:size])
        run = run[size:]
    return [piece for piece in pieces if piece]


def as_decimal(written: str) -> Decimal:
    """Return a number written in English, with "," between thousands. Raises ValueError."""
    bare = re.sub(r"\s|(?<=\d),(?=\d{3}(?!\d))", "", written).replace("−", "-")
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)", bare):
        raise ValueError("no number")
    try:
        return Decimal(bare)
    except InvalidOperation as exc:
        raise ValueError("no number") from exc

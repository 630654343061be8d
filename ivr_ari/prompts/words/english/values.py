"""
English values as words, the way a clerk in the United States reads them out.

Every function takes the value as written and returns lower-case words (names of months and letters
keep their capitals); a comma is a short pause. ValueError means: not such a value.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from num2words import num2words

from ..reading import LARGEST, as_decimal, cents_of, day_of, digits_of, money_of, month_of, phone_of, time_of

__all__ = [
    "MONTHS",
    "cardinal",
    "clarity",
    "clock",
    "date",
    "decimal",
    "digits",
    "month",
    "money",
    "ordinal",
    "percent",
    "phone",
    "spell",
    "year",
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

CLARITY: Mapping[str, str] = {
    word[0]: word
    for word in (
        *(
            "Alpha",
            "Bravo",
            "Charlie",
            "Delta",
            "Echo",
            "Foxtrot",
            "Golf",
            "Hotel",
            "India",
            "Juliet",
            "Kilo",
        ),
        *("Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform"),
        *("Victor", "Whiskey", "X ray", "Yankee", "Zulu"),
    )
}
"""ICAO Annex 10, volume II, 5.2.1.3; Alfa and Juliett in everyday spelling."""

CURRENCIES: Mapping[str, tuple[str, str, str, str]] = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "INR": ("rupee", "rupees", "paisa", "paise"),
    "MXN": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "BRL": ("Brazilian real", "Brazilian reais", "centavo", "centavos"),
    "PHP": ("Philippine peso", "Philippine pesos", "centavo", "centavos"),
}


def cardinal(number: int) -> str:
    """Return 1204 as "one thousand two hundred four"."""
    if abs(number) >= LARGEST:
        return ("minus " if number < 0 else "") + digits(str(abs(number)))
    return _plain(num2words(number))


def ordinal(number: int) -> str:
    """Return 21 as "twenty first"."""
    if not 0 <= number < LARGEST:
        raise ValueError(number)
    return _plain(num2words(number, to="ordinal"))


def decimal(written: str) -> str:
    """Return "-1,204.50" as "minus one thousand two hundred four point five zero"."""
    number = as_decimal(written)
    whole, _, fraction = re.sub(r"[,\s+−-]", "", written).partition(".")
    words = cardinal(int(whole or 0))
    if fraction:
        words += " point " + one_by_one(fraction)
    return f"minus {words}" if number < 0 or (written.lstrip()[:1] in "-−" and number) else words


def year(number: int) -> str:
    """Return 2025 as "twenty twenty five", 1905 as "nineteen oh five", 2005 as "two thousand five"."""
    if not 1000 <= number <= 9999 or number % 1000 < 10:
        return cardinal(number)
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return (
        f"{cardinal(century)} oh {cardinal(rest)}" if rest < 10 else f"{cardinal(century)} {cardinal(rest)}"
    )


def digits(written: str, sizes: Sequence[int] = ()) -> str:
    """
    Return "4110733" as "four one one, zero seven three three": digit by digit, in groups.

    Groups that are written are kept ("41-10"). Marks for hidden digits become "ending in".
    """
    hidden, groups = digits_of(written, sizes)
    words = ", ".join(map(one_by_one, groups))
    return f"ending in {words}" if hidden else words


def spell(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "AB-1204" as "A B, one two zero four": letters by name, digits in groups."""
    parts = [
        " ".join(part) if part.isalpha() else digits(part, sizes) for part in _spelled(written, "[A-Z]+")
    ]
    return ", ".join(parts)


def clarity(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "AB-1204" as "A as in Alpha, B as in Bravo, one two zero four"."""
    parts = [
        f"{part} as in {CLARITY[part]}" if part.isalpha() else digits(part, sizes)
        for part in _spelled(written, "[A-Z]")
    ]
    return ", ".join(parts)


def _spelled(written: str, letters: str) -> list[str]:
    """The letters, without accents, and runs of digits of what is to be spelled."""
    bare = unicodedata.normalize("NFD", re.sub("['’]", "", written)).upper()
    parts = re.findall(rf"{letters}|[0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))
    if not parts:
        raise ValueError("nothing to spell")
    return parts


def money(value: str | int | Decimal) -> str:
    """
    Return "42.19" as "forty two dollars and nineteen cents".

    Text and Decimal are in the main unit ("$1,204.50", "EUR 3"); an int is in cents.
    """
    amount, sign = money_of(value, CURRENCIES)
    one, many, cent, cents = CURRENCIES[sign]
    minus = "minus " if amount < 0 else ""
    amount = amount.copy_abs()
    in_cents = cents_of(amount)
    if in_cents is None:
        return f"{minus}{decimal(f'{amount:f}')} {many}"
    whole, part = divmod(in_cents, 100)
    main = f"{cardinal(whole)} {one if whole == 1 else many}"
    small = f"{cardinal(part)} {cent if part == 1 else cents}"
    if not part:
        return minus + main
    return minus + (f"{main} and {small}" if whole else small)


def date(value: str | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03-03" as "March third, twenty twenty five"; *this_year* is not said."""
    day = day_of(value)
    words = f"{MONTHS[day.month - 1]} {ordinal(day.day)}"
    return words if day.year == this_year else f"{words}, {year(day.year)}"


def month(value: str | int | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03" as "March twenty twenty five", 3 as "March"; *this_year* is not said."""
    written, at = month_of(value, MONTHS)
    name = MONTHS[at - 1]
    return name if written in (None, this_year) else f"{name} {year(written)}"


def clock(value: str | datetime.time) -> str:
    """Return "15:30" as "three thirty p m", "09:05" as "nine oh five a m", "12:00" as "noon"."""
    hour, minute = time_of(value)
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    words = cardinal((hour - 1) % 12 + 1)
    if minute:
        words += f" oh {cardinal(minute)}" if minute < 10 else f" {cardinal(minute)}"
    return f"{words} {'p' if hour >= 12 else 'a'} m"


def phone(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "+1 (555) 123-4567" as "plus one, five five five, one two three, four five six seven"."""
    leading, groups, extension = phone_of(written, sizes)
    said = []
    for group in groups:
        # toll-free codes are read as hundreds: "eight hundred"
        toll_free = group == "800" and len(groups) > 2
        said.append("eight hundred" if toll_free else one_by_one(group))
    words = ("plus " if leading else "") + ", ".join(said)
    return f"{words}, extension {one_by_one(extension)}" if extension else words


def percent(written: str) -> str:
    """Return "4.25" or "4.25%" as "four point two five percent"."""
    return f"{decimal(written.strip().removesuffix('%').strip())} percent"


def one_by_one(run: str) -> str:
    """Return "0412" as "zero four one two"."""
    return " ".join(DIGITS[int(digit)] for digit in run)


def _plain(words: str) -> str:
    """Drop num2words' British "and", its commas and hyphens."""
    return words.replace(" and ", " ").replace(",", "").replace("-", " ")

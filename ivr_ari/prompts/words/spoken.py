"""
How each kind of value is spoken: the text side of every ``{balance|money}`` in a flow.

A language is modules like `english.values` and `english.addresses`, a word in `MODULES`, and rules in
`normalise`. A value that is not of its kind is spoken as it stands: a backend's surprise must not end a call.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any, NamedTuple

from .durations import duration
from .english import addresses as english_addresses
from .english import values as english
from .normalise import normalise
from .spanish import addresses as spanish_addresses
from .spanish import agreement
from .spanish import values as spanish

__all__ = ["DIGITS", "KINDS", "LANGUAGES", "spoken"]


class How(NamedTuple):
    """What else decides how a value is read."""

    year: int | None
    """Of the call; dates in it are said without a year."""

    groups: Sequence[int]
    """Sizes of groups of digits."""


Reader = Callable[[Any, How], str]

MODULES = {"en": (english, english_addresses), "es": (spanish, spanish_addresses)}


def _readers(lang: str, words: ModuleType, addresses: ModuleType) -> Mapping[str, Reader]:
    return {
        "money": lambda value, how: words.money(value if isinstance(value, int) else str(value)),
        "digits": lambda value, how: words.digits(str(value), how.groups),
        "date": lambda value, how: words.date(_day(value), this_year=how.year),
        "month": lambda value, how: words.month(_day(value), this_year=how.year),
        "time": lambda value, how: words.clock(_time(value)),
        "number": lambda value, how: words.decimal(_written(value)),
        "ordinal": lambda value, how: words.ordinal(int(str(value).rstrip("stndrhSTNDRH."))),
        "spell": lambda value, how: words.spell(str(value), how.groups),
        "clarity": lambda value, how: words.clarity(str(value), how.groups),
        "phone": lambda value, how: words.phone(str(value), how.groups),
        "duration": lambda value, how: duration(str(value), lang),
        "email": lambda value, how: addresses.email(str(value)),
        "address": lambda value, how: addresses.street_address(str(value)),
        "percent": lambda value, how: words.percent(_written(value)),
        "text": lambda value, how: normalise(_text(value, lang), lang),
    }


READERS = {lang: _readers(lang, *modules) for lang, modules in MODULES.items()}
AGREEING: Mapping[str, Mapping[str, Callable[[str, str], str]]] = {
    "es": {"number": agreement.number_before, "ordinal": agreement.ordinal_before}
}
"""How a number bends to the words that follow it; ValueError: it does not."""

I_SOUND = re.compile(r"(?i)h?[ií](?!e)")
"""Before it "y" is "e" ("Ana e Isabel"), but not before a diphthong ("agua y hielo")."""

GOES_ON = re.compile(r"\s*[,;:.?!]|\s+[^\W\d_](?<![A-ZÁÉÍÓÚÑ])")
"""How words begin that stand behind a value in its sentence."""

TWICE: Mapping[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]] = {
    ("en", "digits"): (re.compile(r"(?i)\bending(?: in)?\s+$"), re.compile("^ending in ")),
    ("es", "digits"): (
        re.compile(r"(?i)\b(?:termin|acab)(?:a|ad[ao]) en\s+$"),
        re.compile("^que termina en "),
    ),
    ("es", "time"): (re.compile(r"(?i)\blas?\s+$"), re.compile("^las? ")),
}
"""What a value of a kind begins with, and how a text before it says the same: "a las " and "las tres"."""

AND = {"en": " and ", "es": " y "}
YES_NO = {"en": ("yes", "no"), "es": ("sí", "no")}

LANGUAGES = tuple(READERS)
DIGITS = (*english.DIGITS, *spanish.DIGITS)
KINDS = tuple(READERS["en"])


def spoken(
    value: object,
    kind: str,
    lang: str = "en",
    *,
    year: int | None = None,
    groups: Sequence[int] = (),
    before: str = "",
    behind: str = "",
) -> str:
    """
    Return *value* as the words to be spoken.

    money: text or Decimal in the main unit ("42.19", "$1,204", "EUR 3.50"), an int in cents. date:
    "2025-03-03"; month: "2025-03", 3 or "March"; time: "15:30". *year* is the year of the call: dates
    in it are spoken without a year; None says every year. digits: in *groups* (3, 3, 4), as written or as
    people usually do; hidden ones as "ending in". A list is spoken item by item, "and" before the last one.
    A number agrees with the words *behind* it: 21 before " días" is "veintiún". Where they go on with the
    sentence, a full stop that ends the value ("3 p.m.") ends nothing. What it begins with is
    not said twice where it stands *before* it ("a las ").

    Raises KeyError for a kind or language that isn't in KINDS and LANGUAGES (a flow's check asks there).
    """
    read = READERS[lang][kind]
    if isinstance(value, (list, tuple)):
        items = [spoken(item, kind, lang, year=year, groups=groups) for item in value]
        link = " e " if lang == "es" and items and I_SOUND.match(items[-1]) else AND[lang]
        return link.join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
    if value is None:
        return ""
    if behind and kind in AGREEING.get(lang, {}):
        with contextlib.suppress(ValueError):
            return AGREEING[lang][kind](str(value), behind)
    try:
        said = read(value, How(year, groups))
    except (ValueError, TypeError, OverflowError):
        said = normalise(_text(value, lang), lang)
    if (lang, kind) in TWICE and TWICE[lang, kind][0].search(before):
        said = TWICE[lang, kind][1].sub("", said)
    return said.removesuffix(".") if GOES_ON.match(behind) else said


def _text(value: object, lang: str) -> str:
    if isinstance(value, bool):
        return YES_NO[lang][not value]
    return str(value)


def _written(value: object) -> str:
    """A number as decimal digits; 1e-7 and the like are no way to write one for reading out."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def _day(value: object) -> datetime.date | str:
    return value if isinstance(value, datetime.date) else str(value)


def _time(value: object) -> datetime.time | str:
    if isinstance(value, datetime.datetime):
        return value.time()
    return value if isinstance(value, datetime.time) else str(value)

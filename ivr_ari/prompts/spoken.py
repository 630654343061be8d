"""
How each kind of value is spoken: the text side of every ``{balance|money}`` in a flow.

English here; another language adds a module like `spoken_en` and a row in `READERS`. A value that is
not of its kind is spoken as it stands: a backend's surprise must not end a call.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from . import spoken_en as en
from .normalise import normalise

__all__ = ["KINDS", "LANGUAGES", "spoken"]

Reader = Callable[[Any, int | None], str]

READERS: Mapping[str, Mapping[str, Reader]] = {
    "en": {
        "money": lambda value, year: en.money(value if isinstance(value, int) else str(value)),
        "digits": lambda value, year: en.digits(str(value)),
        "date": lambda value, year: en.date(_day(value), this_year=year),
        "month": lambda value, year: en.month(_day(value), this_year=year),
        "time": lambda value, year: en.clock(_time(value)),
        "number": lambda value, year: en.decimal(_written(value)),
        "ordinal": lambda value, year: en.ordinal(int(str(value).rstrip("stndrhSTNDRH."))),
        "spell": lambda value, year: en.spell(str(value)),
        "phone": lambda value, year: en.phone(str(value)),
        "percent": lambda value, year: en.percent(_written(value)),
        "text": lambda value, year: normalise(_text(value)),
    }
}

LANGUAGES = tuple(READERS)
KINDS = tuple(READERS["en"])


def spoken(value: object, kind: str, lang: str = "en", *, year: int | None = None) -> str:
    """
    Return *value* as the words to be spoken.

    money: text or Decimal in the main unit ("42.19", "$1,204", "EUR 3.50"), an int in cents. date:
    "2025-03-03"; month: "2025-03", 3 or "March"; time: "15:30". *year* is the year of the call: dates
    in it are spoken without a year; None says every year. digits: in groups, hidden ones as "ending
    in". A list is spoken item by item, "and" before the last.

    Raises KeyError for a kind or language that isn't in KINDS and LANGUAGES (a flow's check asks there).
    """
    read = READERS[lang][kind]
    if isinstance(value, (list, tuple)):
        items = [spoken(item, kind, lang, year=year) for item in value]
        return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
    if value is None:
        return ""
    try:
        return read(value, year)
    except (ValueError, TypeError, OverflowError):
        return normalise(_text(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _written(value: object) -> str:
    """A number as decimal digits; 1e-7 and the like are no way to write one for reading out."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def _day(value: object) -> Any:
    return value.date() if isinstance(value, datetime.datetime) else value if _is_day(value) else str(value)


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date)


def _time(value: object) -> Any:
    if isinstance(value, datetime.datetime):
        return value.time()
    return value if isinstance(value, datetime.time) else str(value)

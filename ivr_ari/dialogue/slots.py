"""Whether a value fits a slot, and how it is written there. Knows nothing of the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ..events import Kind, Secret, Value
from .flow import Slot
from .talk import Filled

__all__ = ["KINDS", "fit", "fit_keys", "suits"]

KINDS: Mapping[str, tuple[Kind, ...]] = {
    "digits": ("digits", "number"),
    "month": ("month", "date"),
    "date": ("date",),
    "amount": ("amount", "number"),
    "yesno": ("yesno",),
    "choice": ("choice",),
    "text": ("text",),
    "number": ("number", "ordinal", "digits"),
}
"""Kinds of values that can fill a slot of a type, likeliest first."""

LONGEST_TEXT = 200
"""Characters of a free text that are kept."""


def suits(slot: Slot, value: Value) -> bool:
    """Return whether *value* is of a kind that can fill *slot*, right or not."""
    if value.kind not in KINDS[slot.type]:
        return False
    if isinstance(value.value, Secret):
        return slot.type == "digits"
    if slot.type == "choice":
        return value.value in slot.choices and value.slot in ("", slot.name)
    return True


def fit(slot: Slot, value: Value, today: str) -> Filled | None:
    """Return what is kept of *value* in *slot*; None if no reading of it is right there."""
    if isinstance(value.value, Secret):
        least, most = slot.length
        return value.value if slot.type == "digits" and least <= value.value.length <= most else None
    return _first_right(slot, (value.value, *value.alternatives), today)


def _first_right(slot: Slot, readings: Iterable[str], today: str) -> str | None:
    for reading in readings:
        written = _write(slot, reading, today)
        if written is not None:
            return written
    return None


def _write(slot: Slot, text: str, today: str) -> str | None:
    """Return *text* as *slot* keeps it, None if it is not right."""
    match slot.type:
        case "digits":
            return text if _digits_right(slot, text) else None
        case "month":
            return text[:7] if _date_right(slot, f"{text[:7]}-01", today) else None
        case "date":
            return text if _date_right(slot, text, today) else None
        case "amount" | "number":
            return _number(slot, text)
        case "choice":
            return text if text in slot.choices else None
        case "yesno":
            return text if text in ("yes", "no") else None
        case "text":
            return " ".join(text.split())[:LONGEST_TEXT] or None
        case _:
            return text or None


def _digits_right(slot: Slot, text: str) -> bool:
    least, most = slot.length
    if not re.fullmatch(r"[0-9]+", text) or not least <= len(text) <= most:
        return False
    return slot.check_digit != "luhn" or _luhn(text)


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: from the right, every second digit counts twice, as the sum of its digits."""
    total = sum(int(digit) for digit in digits[::-2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def _date_right(slot: Slot, text: str, today: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    now = today if slot.type == "date" else f"{today[:7]}-01"
    return {"": True, "past": text <= now, "future": text >= now}[slot.tense]


def _number(slot: Slot, text: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", text):
        return None
    number = Decimal(text)
    if (slot.least and number < Decimal(slot.least)) or (slot.most and number > Decimal(slot.most)):
        return None
    if slot.type == "amount":
        return f"{number:.2f}" if number >= 0 else None
    return f"{number:f}"


def fit_keys(slot: Slot, digits: str | Secret, today: str) -> Filled | None:
    """Return what is kept of a keypad entry in *slot*; None if it is not right there."""
    if isinstance(digits, Secret):
        return fit(slot, Value("digits", digits, 0, 0), today)
    if slot.type == "choice":
        return slot.choice_keys.get(digits)
    if slot.type == "yesno":
        return {"1": "yes", "2": "no"}.get(digits)
    if not re.fullmatch(r"[0-9]{1,40}", digits):
        return None
    match slot.type:
        case "month":
            return _first_right(slot, _months(slot, digits, today), today)
        case "date":
            return _first_right(slot, _dates(slot, digits, today), today)
        case "amount":
            return _write(slot, f"{Decimal(digits) / 100:.2f}", today) if len(digits) <= 9 else None
        case "text":
            return None
        case _:
            return _write(slot, digits, today)


def _years(slot: Slot, today: str) -> Iterable[int]:
    """The years an entry without a year may mean, likeliest first."""
    year = int(today[:4])
    return {"past": (year, year - 1), "future": (year, year + 1), "": (year,)}[slot.tense]


def _months(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return [f"{year:04}-{digits:0>2}" for year in _years(slot, today)] if len(digits) <= 2 else ()


def _dates(slot: Slot, digits: str, today: str) -> Iterable[str]:
    """Month and day, as the telephone's country writes them: 0315 is March 15th."""
    if len(digits) != 4:
        return ()
    return [f"{year:04}-{digits[:2]}-{digits[2:]}" for year in _years(slot, today)]

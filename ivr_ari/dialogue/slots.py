"""Whether what was said or keyed in fits a slot. Knows nothing of the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial

from ..events import Kind, Secret, Value
from .durations import iso
from .flow import Flow, Slot, SlotType
from .talk import Filled
from .values import LONGEST_TEXT, write

__all__ = ["HIDDEN", "KINDS", "LONGEST_TEXT", "checks", "fit", "fit_keys", "readings", "suits"]

KINDS: Mapping[SlotType, tuple[Kind, ...]] = {
    "digits": ("digits", "number"),
    "month": ("month", "date"),
    "date": ("date",),
    "time": ("time",),
    "range": ("range", "date", "month"),
    "amount": ("amount", "number"),
    "yesno": ("yesno",),
    "choice": ("choice",),
    "name": ("name",),
    "id": ("id", "digits", "number"),
    "phone": ("phone", "digits", "number"),
    "duration": ("duration",),
    "email": ("email",),
    "address": ("address",),
    "text": ("text",),
    "number": ("number", "ordinal", "digits"),
}
"""Kinds of values that can fill a slot of a type, likeliest first."""

HIDDEN: tuple[SlotType, ...] = ("digits", "id", "phone")
"""Types whose values may be a `Secret`."""

LONGEST_ENTRY = 40
LONGEST_AMOUNT = 9
"""Keys; the last two are cents."""


def suits(slot: Slot, value: Value) -> bool:
    """Return whether *value* is of a kind that can fill *slot*, right or not."""
    if value.kind not in KINDS[slot.type]:
        return False
    if isinstance(value.value, Secret):
        return slot.type in HIDDEN
    if slot.type == "choice":
        return value.value in slot.choices and value.slot in ("", slot.name)
    return True


def fit(slot: Slot, value: Value, today: str) -> Filled | None:
    """Return what is kept of *value* in *slot*; None if no reading of it is right there."""
    return next(readings(slot, value, today), None)


def readings(slot: Slot, value: Value, today: str) -> Iterator[Filled]:
    """Yield every reading of *value* that is right in *slot*, as it is kept there, the likeliest first."""
    if isinstance(value.value, Secret):
        if slot.type in HIDDEN and _right(slot, value.value):
            yield value.value
        return
    said = [value.value, *value.alternatives]
    if slot.type == "time" and slot.hours_from:
        # said of both halves of the day, the slot's hours decide
        said.sort(key=lambda text: not _within_hours(str(text), slot.hours_from))
    for reading in said:
        if text := write(slot, reading, today):
            yield text


def _within_hours(time: str, begin: str) -> bool:
    """Return whether *time* lies in the twelve hours from *begin*, both ``HH:MM``."""
    hours, _, minutes = time.partition(":")
    if not (hours.isdigit() and minutes.isdigit()):
        return False
    first = int(begin[:2]) * 60 + int(begin[3:])
    return (int(hours) * 60 + int(minutes) - first) % (24 * 60) < 12 * 60


def _right(slot: Slot, secret: Secret) -> bool:
    least, most = slot.length
    checked = slot.name in secret.right_for or not (slot.check_digit or slot.pattern)
    return checked and least <= secret.length <= most


def checks(flow: Flow) -> Mapping[str, Callable[[str], bool]]:
    """
    Return for each sensitive slot with a check digit or a pattern whether characters are right there.

    Of a `Secret` the dialogue knows the length alone: whoever keeps the characters asks these.
    """
    return {
        slot.name: partial(_passes, slot)
        for slot in flow.slots.values()
        if slot.sensitivity and slot.type in HIDDEN and (slot.check_digit or slot.pattern)
    }


def _passes(slot: Slot, characters: str) -> bool:
    return write(slot, characters, "") is not None


def fit_keys(slot: Slot, digits: str | Secret, today: str) -> Filled | None:
    """Return what is kept of a keypad entry in *slot*; None if it is not right there."""
    if isinstance(digits, Secret):
        return fit(slot, Value("digits", digits, 0, 0), today)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) > LONGEST_ENTRY:
        return None
    entries = READINGS.get(slot.type, _as_keyed)(slot, digits, today)
    return next((text for text in (write(slot, entry, today) for entry in entries) if text), None)


# --- keypad: what an entry may mean, likeliest first ---------------------------------------------


def _as_keyed(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return (digits,)


def _none(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return ()


def _choice(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return (slot.choice_keys[digits],) if digits in slot.choice_keys else ()


def _yesno(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return {"1": ("yes",), "2": ("no",)}.get(digits, ())


def _amount(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return (f"{Decimal(digits) / 100:.2f}",) if len(digits) <= LONGEST_AMOUNT else ()


def _years(slot: Slot, today: str) -> Iterable[int]:
    """The years an entry without a year may mean, likeliest first."""
    year = int(today[:4])
    return {"past": (year, year - 1), "future": (year, year + 1), "": (year,)}[slot.tense]


def _month(slot: Slot, digits: str, today: str) -> Iterable[str]:
    return [f"{year:04}-{digits:0>2}" for year in _years(slot, today)] if len(digits) <= 2 else ()


def _date(slot: Slot, digits: str, today: str) -> Iterable[str]:
    """Month and day, as the telephone's country writes them: 0315 is March 15th; 03151962 says the year."""
    if len(digits) == 8:
        return (f"{digits[4:]}-{digits[:2]}-{digits[2:4]}",)
    if len(digits) != 4:
        return ()
    return [f"{year:04}-{digits[:2]}-{digits[2:]}" for year in _years(slot, today)]


def _range(slot: Slot, digits: str, today: str) -> Iterable[str]:
    """Two days without their years: 12280103 is December 28th to January 3rd."""
    if len(digits) == 4:
        return _date(slot, digits, today)
    if len(digits) != 8:
        return ()
    first, last = digits[:4], digits[4:]
    later = int(last < first)
    return [
        f"{year:04}-{first[:2]}-{first[2:]}/{year + later:04}-{last[:2]}-{last[2:]}"
        for year in _years(slot, today)
    ]


def _time(slot: Slot, digits: str, today: str) -> Iterable[str]:
    """Hours from 0 to 23 and minutes: 1530, and 930 as 0930."""
    return (f"{digits[:-2]:0>2}:{digits[-2:]}",) if len(digits) in (3, 4) else ()


def _duration(slot: Slot, digits: str, today: str) -> Iterable[str]:
    """Hours and minutes: 0230 is two hours and a half, 90 ninety minutes."""
    if len(digits) > 4 or not int(digits):
        return ()
    return (iso(timedelta(hours=int(digits[:-2] or 0), minutes=int(digits[-2:]))),)


READINGS: Mapping[SlotType, Callable[[Slot, str, str], Iterable[str]]] = {
    "choice": _choice,
    "yesno": _yesno,
    "amount": _amount,
    "month": _month,
    "date": _date,
    "range": _range,
    "time": _time,
    "duration": _duration,
    "text": _none,
    "name": _none,
    "email": _none,
    "address": _none,
}

"""How a slot's value is written: one form for each type, and None for what is not right."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import phonenumbers

from .check_digits import CHECKS
from .durations import right_duration
from .flow import Slot, SlotType

__all__ = ["LONGEST_TEXT", "typed", "write"]

LONGEST_TEXT = 200
"""Characters of a free text that are kept."""

LONGEST_NAME = 60
LONGEST_EMAIL = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""

EMAIL = r"[a-z0-9_]+(?:[.+-]+[a-z0-9_]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,24}"

UNSAID = (Slot("", "text").length, (5, 15))
"""Lengths of a telephone number where the flow gives none of its own."""


def write(slot: Slot, text: str, today: str) -> str | None:
    """Return *text* as *slot* keeps it, None if it is not right there. *today* is an ISO date."""
    return WRITERS[slot.type](slot, text, today)


def typed(slot: Slot, text: str) -> str | None:
    """
    Return *text* as the slot keeps it when it does not come from the caller: of its type, or None.

    What callers are held to, such as bounds and lengths, does not count.
    """
    match slot.type:
        case "amount" | "number":
            if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", text):
                return None
            return f"{Decimal(text):.2f}" if slot.type == "amount" else text
        case "date" | "month" | "time" | "range" | "duration":
            return write(replace(slot, tense=""), text, "")
        case "yesno":
            return text if text in ("yes", "no") else None
        case _:
            return text[:LONGEST_TEXT] or None


def _digits(slot: Slot, text: str, today: str) -> str | None:
    least, most = slot.length
    right = re.fullmatch(r"[0-9]+", text) and least <= len(text) <= most and CHECKS[slot.check_digit](text)
    return text if right else None


def _id(slot: Slot, text: str, today: str) -> str | None:
    """Letters and digits, without the spaces and hyphens between them."""
    least, most = slot.length
    kept = re.sub(r"[\s.-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]+", kept) or not least <= len(kept) <= most:
        return None
    matches = not slot.pattern or re.fullmatch(slot.pattern, kept)
    return kept if matches and CHECKS[slot.check_digit](kept) else None


def _phone(slot: Slot, text: str, today: str) -> str | None:
    """As ITU-T E.164 has it; a number of another plan (extensions) where the flow says how long it is."""
    kept = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{3,15}", kept):
        return None
    try:
        number = phonenumbers.parse(kept, slot.region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    least, most = slot.length
    return kept if slot.length not in UNSAID and least <= len(kept) <= most else None


def _name(slot: Slot, text: str, today: str) -> str | None:
    kept = " ".join(text.split())
    letters = all(sign.isalpha() or sign in " '-.\u2019" for sign in kept)
    return kept if letters and 0 < len(kept) <= LONGEST_NAME else None


def _duration(slot: Slot, text: str, today: str) -> str | None:
    return right_duration(text)


def _email(slot: Slot, text: str, today: str) -> str | None:
    kept = text.strip().lower()
    return kept if re.fullmatch(EMAIL, kept) and len(kept) <= LONGEST_EMAIL else None


def _text(slot: Slot, text: str, today: str) -> str | None:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())[:LONGEST_TEXT] or None


def _day(text: str) -> date | None:
    """Return the day of an ISO date; a time behind it does not count."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T[0-9:.+-]*Z?)?", text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _date(slot: Slot, text: str, today: str) -> str | None:
    day = _day(text)
    return day.isoformat() if day and _on_its_side(slot, day.isoformat(), today) else None


def _month(slot: Slot, text: str, today: str) -> str | None:
    day = _day(f"{text[:7]}-01")
    return text[:7] if day and _on_its_side(slot, text[:7], today[:7]) else None


def _range(slot: Slot, text: str, today: str) -> str | None:
    """From one day to another; a single day or a whole month is a range too."""
    first, _, last = text.partition("/")
    if re.fullmatch(r"\d{4}-\d\d", first) and not last and _day(f"{first}-01"):
        last = f"{first}-{calendar.monthrange(int(first[:4]), int(first[5:]))[1]:02}"
        first = f"{first}-01"
    one, other = _day(first), _day(last or first)
    if one is None or other is None or one > other:
        return None
    edge = other if slot.tense == "past" else one
    return f"{one}/{other}" if _on_its_side(slot, edge.isoformat(), today) else None


def _on_its_side(slot: Slot, text: str, now: str) -> bool:
    return {"": True, "past": text <= now, "future": text >= now}[slot.tense]


def _time(slot: Slot, text: str, today: str) -> str | None:
    """Hours and minutes; a day before it does not count."""
    found = re.fullmatch(r"(?:\d{4}-\d\d-\d\dT)?(\d\d):(\d\d)(?::\d\d)?", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{time(int(found[1]), int(found[2])):%H:%M}"


def _number(slot: Slot, text: str, today: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", text):
        return None
    number = Decimal(text)
    if (slot.least and number < Decimal(slot.least)) or (slot.most and number > Decimal(slot.most)):
        return None
    if slot.type == "amount":
        return f"{number:.2f}" if number >= 0 else None
    return f"{number:f}"


WRITERS: Mapping[SlotType, Callable[[Slot, str, str], str | None]] = {
    "digits": _digits,
    "id": _id,
    "phone": _phone,
    "name": _name,
    "duration": _duration,
    "email": _email,
    "address": _text,
    "text": _text,
    "date": _date,
    "month": _month,
    "range": _range,
    "time": _time,
    "amount": _number,
    "number": _number,
    "choice": lambda slot, text, today: text if text in slot.choices else None,
    "yesno": lambda slot, text, today: text if text in ("yes", "no") else None,
}

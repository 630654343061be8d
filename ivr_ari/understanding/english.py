"""
English: all that understanding it takes, in one value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..events import Expect, Kind, Value
from . import acts, background, choices, counting, naming, roles, segments, yesno
from .addresses import find_addresses
from .amounts import find_amounts
from .cardinals import find_cardinals
from .date_spans import agreed
from .dates import find_dates
from .denials import deny
from .durations import find_durations
from .emails import find_emails
from .ids import find_ids
from .languages import Tongue
from .numbers import find_digits, find_ordinals
from .people import find_people
from .phones import find_phones
from .ranges import find_ranges
from .set_phrases import without_counts, without_set_phrases
from .times import find_times
from .tongues import find_languages
from .words import Words, cardinal
from .written import spoken

__all__ = ["ENGLISH", "find_values"]


def find_values(words: Words, expect: Expect, today: str, wanted: Collection[Kind] = ()) -> list[Value]:
    """
    Return all that may be a value in *words*; readings may overlap.

    *wanted* are the kinds looked for beside those always found and those that *expect* asks for. *today* may
    have the time behind it, as ISO 8601 writes it.
    """
    said = spoken(words)
    day, _, now = today.partition("T")
    found = _found(said.words, expect, day, now, wanted)
    return found if said.words == tuple(words) else said.led_back(found)


def _found(words: Words, expect: Expect, today: str, now: str, wanted: Collection[Kind]) -> list[Value]:
    asked = expect.kinds
    kinds = {*asked, *wanted}
    heard, words = words, without_set_phrases(words)
    found = [
        *find_amounts(words, asked="amount" in asked),
        *_days(words, today, expect, months="month" in kinds or "date" not in kinds),
        *find_times(words, asked="time" in asked, hours_from=expect.hours_from, now=now[:5]),
        *find_digits(without_counts(words), *expect.digits, asked="digits" in asked),
        *find_ordinals(words, asked="ordinal" in asked or "choice" in asked),
        *find_languages(words, asked="language" in asked),
    ]
    if "id" in kinds:
        found += find_ids(words, *expect.digits, asked="id" in asked)
    if "phone" in kinds:
        found += find_phones(words, asked="phone" in asked)
    if "range" in kinds:
        found += find_ranges(words, today, expect.tense, asked="range" in asked)
    if "name" in kinds:
        found += find_people(heard, asked="name" in asked)
    if "duration" in kinds:
        found += find_durations(heard, asked="duration" in asked)
    if "email" in kinds:
        found += find_emails(heard, asked="email" in asked)
    if "address" in kinds:
        found += find_addresses(words, asked="address" in asked)
    numbers = find_cardinals(words, asked="number" in asked)
    plain = [value for value in found if value.kind in MEASURED and value.confidence >= PLAIN]
    # the nine of "march nine" is no number, whatever was asked for
    found += [
        number if "number" in asked else replace(number, confidence=0.4) for number in _apart(numbers, plain)
    ]
    return [
        *_apart([value for value in found if value.kind == "amount"], plain),
        *(value for value in found if value.kind != "amount"),
    ]


def _days(words: Words, today: str, expect: Expect, *, months: bool) -> Sequence[Value]:
    days = find_dates(words, today, expect.tense, expect.kinds, months=months)
    return agreed(words, days, today, expect.tense)


MEASURED: tuple[Kind, ...] = ("date", "month", "time")
PLAIN = 0.85


def _apart(values: Iterable[Value], longer: Sequence[Value]) -> list[Value]:
    """Return *values* without those that are but a part of a longer one."""
    return [
        value
        for value in values
        if not any(
            other.first <= value.first <= value.last <= other.last
            and other.last - other.first > value.last - value.first
            for other in longer
        )
    ]


ENGLISH = Tongue(
    code="en",
    plain=str.lower,
    values=find_values,
    digits=find_digits,
    cardinal=cardinal,
    deny=deny,
    acts=acts.ENGLISH,
    answers=yesno.ENGLISH,
    clauses=segments.ENGLISH,
    naming=naming.ENGLISH,
    roles=roles.ENGLISH,
    choices=choices.ENGLISH,
    strangers=background.SENTENCES,
    counting=counting.ENGLISH,
)

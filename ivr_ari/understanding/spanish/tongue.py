"""
Spanish: all that understanding it takes, in one value.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ...events import Expect, Kind, Value
from ..languages import Tongue
from ..tongues import find_languages
from ..words import Words
from .act_phrases import ACTS
from .amounts import find_amounts
from .clauses import CLAUSES
from .dates import find_dates
from .denials import deny
from .ids import find_ids
from .naming import CHOICES, NAMING, ROLES
from .numbers import find_cardinals, find_digits, find_ordinals
from .people import find_people
from .phones import find_phones
from .ranges import find_ranges
from .strangers import SENTENCES
from .times import find_times
from .words import cardinal, plain
from .yesno import ANSWERS

__all__ = ["SPANISH", "find_values"]


def find_values(words: Words, expect: Expect, today: str, wanted: Collection[Kind] = ()) -> list[Value]:
    """
    Return all that may be a value in *words*; readings may overlap.

    *wanted* are the kinds looked for beside those always found and those that *expect* asks for. *today* may
    have the time behind it, as ISO 8601 writes it.
    """
    today = today.partition("T")[0]
    asked = expect.kinds
    kinds = {*asked, *wanted}
    found = [
        *find_amounts(words, asked="amount" in asked),
        *find_dates(words, today, expect.tense, asked),
        *find_times(words, asked="time" in asked),
        *find_digits(words, *expect.digits, asked="digits" in asked),
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
        found += find_people(words, asked="name" in asked)
    for number in find_cardinals(words, asked="number" in asked):
        found.append(number if "number" in asked else replace(number, confidence=0.4))
    return found


SPANISH = Tongue(
    code="es",
    plain=plain,
    values=find_values,
    digits=find_digits,
    cardinal=cardinal,
    deny=deny,
    acts=ACTS,
    answers=ANSWERS,
    clauses=CLAUSES,
    naming=NAMING,
    roles=ROLES,
    choices=CHOICES,
    strangers=SENTENCES,
)

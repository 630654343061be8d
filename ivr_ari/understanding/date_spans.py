"""
Days that are the two ends of one span: what one leaves open the other says.

In "from the third to the tenth of march" both are in March, and in "leaving friday, back monday" the Monday
is the one behind that Friday, whatever a lone "the third" or "monday" would mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..events import Value
from .almanac import Tense, tense_of
from .ranges import LINKING, Ends, ends_at
from .words import Words

__all__ = ["agreed"]


def agreed(words: Words, values: Sequence[Value], today: str, tense: Tense) -> Sequence[Value]:
    """Return *values*, days in *words*, with those that are ends of one span as the span makes them."""
    if not values or LINKING.isdisjoint(words):
        return values
    day, at = date.fromisoformat(today), 0
    tense = tense_of(words, tense)
    while at < len(words):
        ends = ends_at(words, at, day, tense)
        if ends and ends.first <= ends.last:
            values = _put(values, ends)
        at = ends.end if ends else at + 1
    return values


def _put(values: Sequence[Value], ends: Ends) -> Sequence[Value]:
    places = ((ends.first, ends.first_at, ends.first_end), (ends.last, ends.last_at, ends.end))
    inside = [value for value in values if ends.first_at <= value.first and value.last < ends.end]
    if not inside or any(value.kind != "date" for value in inside):
        return values
    found = [value for value in values if value not in inside]
    for day, first, end in places:
        own = [value for value in inside if first <= value.first < end]
        text = day.isoformat()
        if own:
            others = tuple(each for each in (str(own[0].value), *own[0].alternatives) if each != text)
            found.append(replace(own[0], value=text, alternatives=others))
        else:
            found.append(Value("date", text, first, end - 1, 0.8))
    return sorted(found, key=lambda value: value.first)

"""
Periods of NLU++ ("this week", "nine nights"): its ``date_period`` slots, which have a beginning and an end or
a length instead of one value. Nothing is asked; a flow with a slot for either reads them. The data counts
lengths in days, and a month is from its first day to its last.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import Any

from ivr_ari.events import Heard, Value, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

from .nlu_data import Utterance
from .nlu_slot_flow import TODAY, expectation
from .nlu_spoken import spoken

__all__ = ["judge_periods", "period", "right_period"]


DAYS = (365, 30, 7, 1)
"""Of a year, a month, a week and a day, as the data counts them."""

LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def right_period(annotated: Mapping[str, Any]) -> str:
    """Return an annotated period as "first day/last day" or a number of days; empty if it has no value."""
    values = annotated.get("values", {})
    if values.get("type") == "absolute":
        first, last = (
            f"{day['year']:04}-{day['month']:02}-{day['day']:02}" for day in (values["from"], values["to"])
        )
        return f"{first}/{last}"
    if values.get("type") == "relative":
        return f"{values['days']:g} days"
    return ""


def period(value: Value) -> str:
    """Return what the product read in the same form; empty if it is no period."""
    said = str(value.value)
    if value.kind == "month":
        year, month = (int(part) for part in said.split("-"))
        return f"{said}-01/{said}-{monthrange(year, month)[1]}"
    if value.kind == "duration":
        found = LENGTH.fullmatch(said)
        counts = found.groups("0") if found else ()
        return f"{sum(int(count) * days for count, days in zip(counts, DAYS, strict=False))} days"
    return said if value.kind == "range" else ""


def judge_periods(utterances: Sequence[Utterance]) -> tuple[int, int, list[str]]:
    """Return how many periods are annotated, how many were read exactly, and what was missed."""
    understander = Understander(FlowWords(types={"period": "range", "stay": "duration"}))
    annotated, exact, missed = 0, 0, []
    for utterance in utterances:
        right = right_period(utterance.slots.get("date_period", {}))
        if not right:
            continue
        annotated += 1
        sentence = spoken(utterance.text)
        heard = Heard(tuple(Word(word) for word in sentence.split()))
        values = understander.understand(heard, expectation(), today=TODAY).values
        if any(period(value) == right for value in values):
            exact += 1
        else:
            missed.append(f"date_period: {sentence!r}: {right}; {[(one.kind, one.value) for one in values]}")
    return annotated, exact, missed

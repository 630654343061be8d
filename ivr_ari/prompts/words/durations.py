"""Durations (ISO 8601) as words: "two hours and thirty minutes", "three to four weeks"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .english.values import cardinal
from .spanish.numbers import agreeing

__all__ = ["duration"]

ISO = re.compile(
    r"P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
NAMES: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": tuple((name, f"{name}s") for name in ("year", "month", "week", "day", "hour", "minute", "second")),
    "es": (
        *(("año", "años"), ("mes", "meses"), ("semana", "semanas"), ("día", "días")),
        *(("hora", "horas"), ("minuto", "minutos"), ("segundo", "segundos")),
    ),
}
AND = {"en": " and ", "es": " y "}
TO = {"en": " to ", "es": " a "}
WEEK = 7
WEEKS, DAYS = 2, 3
"""Places of `NAMES`."""


def duration(written: str, language: str) -> str:
    """
    Return "PT2H30M" as "two hours and thirty minutes", "P21D/P28D" as "three to four weeks".

    Whole weeks are told as weeks. ValueError: no duration.
    """
    first, _, last = written.strip().partition("/")
    shorter = _parts(first)
    if not last:
        return _together(shorter, language)
    longer = _parts(last)
    if len(shorter) == len(longer) == 1 and shorter[0][0] == longer[0][0]:
        place, number = shorter[0]
        return f"{_number(number, place, language)}{TO[language]}{_together(longer, language)}"
    return f"{_together(shorter, language)}{TO[language]}{_together(longer, language)}"


def _parts(written: str) -> list[tuple[int, int]]:
    """The places of `NAMES` that a duration fills, and how many there are of each."""
    found = ISO.fullmatch(written)
    if not found:
        raise ValueError("no duration")
    numbers = [int(number or 0) for number in found.groups()]
    if numbers[DAYS] and numbers[DAYS] % WEEK == 0:
        numbers[WEEKS], numbers[DAYS] = numbers[WEEKS] + numbers[DAYS] // WEEK, 0
    named = [place for place, number in enumerate(found.groups()) if number is not None]
    return [(place, number) for place, number in enumerate(numbers) if number] or [(named[-1], 0)]


def _together(parts: Sequence[tuple[int, int]], language: str) -> str:
    said = [
        f"{_number(number, place, language)} {NAMES[language][place][number != 1]}" for place, number in parts
    ]
    return AND[language].join(filter(None, [", ".join(said[:-1]), said[-1]]))


def _number(number: int, place: int, language: str) -> str:
    if language == "es":
        return agreeing(number, NAMES["es"][place][0])
    return cardinal(number)

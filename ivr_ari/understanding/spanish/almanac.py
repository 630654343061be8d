"""
Spanish names of days, months and holidays, and the way verbs point.
"""

from __future__ import annotations

from ..almanac import Tense
from ..words import Words, has, listed

__all__ = ["HOLIDAYS", "MONTHS", "WEEKDAYS", "holiday_at", "month_at", "tense_of", "weekday_at"]

WEEKDAYS = {
    name: at for at, name in enumerate(listed("lunes martes miercoles jueves viernes sabado domingo"))
} | {"sabados": 5, "domingos": 6}
MONTHS = {
    name: at
    for at, name in enumerate(
        listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        1,
    )
} | {"setiembre": 9}

HOLIDAYS = {
    ("dia", "de", "navidad"): (12, 25),
    ("navidad",): (12, 25),
    ("nochebuena",): (12, 24),
    ("nochevieja",): (12, 31),
    ("fin", "de", "ano"): (12, 31),
    ("dia", "de", "ano", "nuevo"): (1, 1),
    ("ano", "nuevo"): (1, 1),
    ("dia", "de", "reyes"): (1, 6),
    ("reyes",): (1, 6),
    ("san", "valentin"): (2, 14),
    ("halloween",): (10, 31),
}

PAST = frozenset(
    listed(
        "fue era estuvo hubo hace hacia pague pagamos compre compro cobraron cobro cobrado hicieron hice hizo"
        " ayer anteayer pasado pasada ultimo ultima paso ocurrio llego llame pedi pedimos vino vine recibi"
        " naci nacio"
    )
)
FUTURE = frozenset(
    listed(
        "sera reservar cita viene vienen proximo proxima dentro quisiera quiero llamen llameme voy vamos"
        " vendre vendra ire ira cambiar mover aplazar podre puede puedo"
    )
)


def tense_of(words: Words, expected: Tense) -> Tense:
    """Which way a date without a year points: what the question expects, else what the verbs say."""
    if expected:
        return expected
    shown = [word for at, word in enumerate(words) if not (word == "pasado" and has(words, at + 1, "manana"))]
    past, future = any(word in PAST for word in shown), any(word in FUTURE for word in shown)
    if past == future:
        return ""
    return "past" if past else "future"


def month_at(words: Words, at: int) -> int:
    """The month named at *at*, 0 if none is."""
    return MONTHS.get(words[at], 0) if 0 <= at < len(words) else 0


def weekday_at(words: Words, at: int) -> int:
    """The weekday named at *at* (Monday is 0), -1 if none is."""
    return WEEKDAYS.get(words[at], -1) if 0 <= at < len(words) else -1


def holiday_at(words: Words, at: int) -> tuple[tuple[int, int], int] | None:
    """The (month, day) of a holiday named at *at*, and the index behind it."""
    for name, day in HOLIDAYS.items():
        if tuple(words[at : at + len(name)]) == name:
            return day, at + len(name)
    return None

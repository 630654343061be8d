"""
Spanish months: "en marzo", "el mes pasado", "hace dos meses", and their ends: "a fin de mes".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..almanac import Tense, last_day, likeliest, shift
from ..months import texts_of
from ..words import Words, has
from .almanac import month_at
from .words import cardinal, year

__all__ = ["Read", "count_at", "month_edge", "moved_behind", "near_month", "plain_month", "said_year"]

Read = tuple[Sequence[str], int, float]
"""The readings, likeliest first; the index behind the words; how sure the words are a date at all."""

MOST_UNITS = 200
"""Nobody means a day or month further away than so many days, weeks or months."""

MOVED = {"este": 0, "esta": 0, "proximo": 1, "proxima": 1, "pasado": -1, "pasada": -1, "siguiente": 1}
MOVED |= {"anterior": -1, "ultimo": -1, "ultima": -1, "corriente": 0}
"""Words in front of or behind a unit of time, and where they move it."""

YEARS = {"pasado": -1, "anterior": -1, "proximo": 1, "siguiente": 1}


def count_at(words: Words, at: int) -> tuple[int, int] | None:
    """Read "dos", "un", "un par de" in front of a unit of time."""
    if has(words, at, "un") and has(words, at + 1, "par") and has(words, at + 2, "de"):
        return 2, at + 3
    read = cardinal(words, at)
    return read if read and 0 < read[0] <= MOST_UNITS else None


def moved_behind(words: Words, at: int) -> tuple[int, int] | None:
    """Read what stands behind a unit of time: "pasado", "que viene", "siguiente"; nothing is None."""
    if has(words, at, "que") and has(words, at + 1, "viene", "entra", "vienen"):
        return 1, at + 2
    if has(words, at, "pasado", "pasada", "proximo", "proxima", "siguiente", "anterior", "corriente"):
        if has(words, at, "pasado") and has(words, at + 1, "manana"):
            return None
        return MOVED[words[at]], at + 1
    return None


def _month_text(year_month: tuple[int, int]) -> str:
    return f"{year_month[0]:04d}-{year_month[1]:02d}"


def plain_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "en marzo", "marzo pasado", "marzo de dos mil veinticinco", "marzo del año pasado"."""
    moved = MOVED[words[at]] if has(words, at, "pasado", "proximo", "este", "ultimo") else None
    name_at = at + (moved is not None)
    month = month_at(words, name_at)
    if not month:
        return None
    end = name_at + 1
    if said := said_year(words, end, today):
        return (_month_text((said[0], month)),), said[1], 0.95
    if moved is None and (behind := moved_behind(words, end)):
        moved, end = behind
    if moved:
        tense = "past" if moved < 0 else "future"
    this = today.replace(day=1)
    days = likeliest((date(today.year + each, month, 1) for each in (-1, 0, 1)), this, tense)
    # "julio pasado" said in july is not the month that runs
    days = [day for day in days if not moved or day != this]
    return tuple(_month_text((day.year, day.month)) for day in days[:2]), end, 0.9


def said_year(words: Words, at: int, today: date) -> tuple[int, int] | None:
    """Read "de mil novecientos ochenta y dos", "del ochenta y dos", "del año pasado", "de este año"."""
    led = has(words, at, "de", "del")
    begin = at + led
    begin += has(words, begin, "el")
    if has(words, begin, "este") and has(words, begin + 1, "ano"):
        return today.year, begin + 2
    named = has(words, begin, "ano")
    if named:
        moved = moved_behind(words, begin + 1)
        if moved:
            return today.year + moved[0], moved[1]
        begin += 1
    if has(words, begin, "proximo", "pasado") and has(words, begin + 1, "ano"):
        return today.year + YEARS[words[begin]], begin + 2
    if read := year(words, begin):
        return read
    short = cardinal(words, begin)
    if short and 30 <= short[0] <= 99 and (led or named or short[1] == len(words)):
        return 1900 + short[0], short[1]
    if short and (led or named) and short[0] <= 29:
        return 2000 + short[0], short[1]
    return None


def near_month(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "el mes pasado", "este mes", "el mes que viene", "hace dos meses", "dentro de tres meses"."""

    def moved(months: int, end: int) -> Read:
        return (_month_text(shift(today.year, today.month, months)),), end, 0.95

    begin = at + has(words, at, "el")
    if has(words, begin, "este", "proximo", "pasado", "ultimo") and has(words, begin + 1, "mes"):
        return moved(MOVED[words[begin]], begin + 2)
    if has(words, begin, "mes") and (behind := moved_behind(words, begin + 1)):
        return moved(*behind)
    if has(words, begin, "mes") and has(words, begin + 1, "antepasado"):
        return moved(-2, begin + 2)
    ago = has(words, at, "hace")
    inside = 2 * (has(words, at, "dentro") and has(words, at + 1, "de")) or int(has(words, at, "en"))
    count = count_at(words, at + (ago or inside))
    if count is None or not has(words, count[1], "mes", "meses"):
        return None
    if ago:
        return moved(-count[0], count[1] + 1)
    if has(words, count[1] + 1, "atras"):
        return moved(-count[0], count[1] + 2)
    return moved(count[0], count[1] + 1) if inside else None


EDGES = {
    "fin": "end",
    "final": "end",
    "finales": "end",
    "principio": "start",
    "principios": "start",
    "comienzo": "start",
    "comienzos": "start",
    "inicio": "start",
    "mediados": "middle",
}


def month_edge(words: Words, at: int, today: date, tense: Tense) -> Read | None:
    """Read "a fin de mes", "a finales de marzo", "el último día del mes", "a principios del mes"."""
    begin = at + has(words, at, "a", "al", "el", "para")
    begin += has(words, begin, "el")
    if has(words, begin, "ultimo", "primer") and has(words, begin + 1, "dia"):
        edge, begin = ("end" if words[begin] == "ultimo" else "start"), begin + 2
    elif has(words, begin, *EDGES):
        edge, begin = EDGES[words[begin]], begin + 1
    else:
        return None
    if not has(words, begin, "de", "del"):
        return None
    inner = begin + 1
    month = near_month(words, inner, today, tense) or plain_month(words, inner, today, tense)
    if month is None and has(words, inner, "mes"):
        month = (_month_text((today.year, today.month)),), inner + 1, 0.95
    if month is None:
        return None
    first = date.fromisoformat(f"{month[0][0]}-01")
    days = {"end": last_day(first.year, first.month), "start": first, "middle": first.replace(day=15)}
    return texts_of([days[edge]]), month[1], 0.9

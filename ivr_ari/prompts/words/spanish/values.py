"""
Spanish values as words, the way a clerk reads them out.

Every function takes the value as written and returns lower-case words; a comma is a short pause. ValueError
means: not such a value. The words are those understood in Spain and in America: "uve", "i griega", "coma",
"primero de mayo", "las tres y cuarenta y cinco".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..reading import as_decimal, cents_of, day_of, digits_of, money_of, month_of, phone_of, time_of
from .letters import clear, letters
from .numbers import DIGITS, cardinal, counted, one_by_one, ordinal

__all__ = [
    "CURRENCIES",
    "DIGITS",
    "MONTHS",
    "cardinal",
    "clarity",
    "clock",
    "date",
    "decimal",
    "digits",
    "hour_words",
    "money",
    "month",
    "ordinal",
    "part_of_day",
    "percent",
    "phone",
    "spell",
]

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
PESOS = ("peso", "pesos", "centavo", "centavos")
CURRENCIES: Mapping[str, tuple[str, str, str, str]] = {
    "$": ("dólar", "dólares", "centavo", "centavos"),
    "€": ("euro", "euros", "céntimo", "céntimos"),
    "£": ("libra", "libras", "penique", "peniques"),
    "¥": ("yen", "yenes", "sen", "sen"),
    **dict.fromkeys(("MXN", "ARS", "CLP", "COP", "CUP", "DOP", "UYU"), PESOS),
    "BOB": ("boliviano", "bolivianos", "centavo", "centavos"),
    "BRL": ("real", "reales", "centavo", "centavos"),
    "CHF": ("franco", "francos", "céntimo", "céntimos"),
    "CRC": ("colón", "colones", "céntimo", "céntimos"),
    "GTQ": ("quetzal", "quetzales", "centavo", "centavos"),
    "HNL": ("lempira", "lempiras", "centavo", "centavos"),
    "NIO": ("córdoba", "córdobas", "centavo", "centavos"),
    "PAB": ("balboa", "balboas", "centésimo", "centésimos"),
    "PEN": ("sol", "soles", "céntimo", "céntimos"),
    "PYG": ("guaraní", "guaraníes", "céntimo", "céntimos"),
    "VES": ("bolívar", "bolívares", "céntimo", "céntimos"),
}
"""Signs and ISO 4217 codes: one, many, one and many of the hundredths."""

FEMININE = frozenset(("libra",))
RUNS = re.compile(r"[0-9]+|[^\W\d_]+")
"""Runs of digits and of letters."""


def decimal(written: str, mark: str = "coma") -> str:
    """Return "-1,204.50", written as in English, as "menos mil doscientos cuatro coma cinco cero"."""
    number = as_decimal(written)
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    words = cardinal(int(whole))
    if fraction:
        words += f" {mark} {one_by_one(fraction)}"
    return f"menos {words}" if number < 0 else words


def digits(written: str, sizes: Sequence[int] = ()) -> str:
    """
    Return "4110733" as "cuatro uno uno, cero siete tres tres": digit by digit, in groups.

    Groups that are written are kept ("41-10"). Marks for hidden digits become "que termina en".
    """
    hidden, groups = digits_of(written, sizes)
    words = ", ".join(map(one_by_one, groups))
    return f"que termina en {words}" if hidden else words


def spell(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "AB-1204" as "a be, uno dos cero cuatro": letters by name, digits in groups."""
    parts = [digits(run, sizes) if run.isdecimal() else letters(run) for run in RUNS.findall(written)]
    if not any(parts):
        raise ValueError("nothing to spell")
    return ", ".join(filter(None, parts))


def clarity(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "AB-12" as "a de Antonio, be de Barcelona, uno dos"."""
    parts: list[str] = []
    for run in RUNS.findall(written):
        parts += [digits(run, sizes)] if run.isdecimal() else map(clear, run)
    if not parts:
        raise ValueError("nothing to spell")
    return ", ".join(parts)


def money(value: str | int | Decimal) -> str:
    """
    Return "42.19" as "cuarenta y dos dólares con diecinueve centavos".

    Text and Decimal are in the main unit, written as in English ("$1,204.50", "EUR 3"); an int is in cents.
    """
    amount, sign = money_of(value, CURRENCIES)
    one, many, cent, cents = CURRENCIES[sign]
    minus = "menos " if amount < 0 else ""
    amount = amount.copy_abs()
    in_cents = cents_of(amount)
    if in_cents is None:
        return f"{minus}{decimal(f'{amount:f}')} {many}"
    whole, part = divmod(in_cents, 100)
    small = f"{counted(part)} {cent if part == 1 else cents}"
    if part and not whole:
        return minus + small
    # "un millón de dólares", but "un millón cien dólares"
    of = " de" if whole and whole % 1_000_000 == 0 else ""
    main = f"{counted(whole, feminine=one in FEMININE)}{of} {one if whole == 1 else many}"
    return minus + (f"{main} con {small}" if part else main)


def date(value: str | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03-03" as "tres de marzo de dos mil veinticinco"; *this_year* is not said."""
    day = day_of(value)
    first = "primero" if day.day == 1 else cardinal(day.day)
    words = f"{first} de {MONTHS[day.month - 1]}"
    return words if day.year == this_year else f"{words} de {cardinal(day.year)}"


def month(value: str | int | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03" as "marzo de dos mil veinticinco", 3 as "marzo"; *this_year* is not said."""
    year, at = month_of(value, MONTHS)
    name = MONTHS[at - 1]
    return name if year in (None, this_year) else f"{name} de {cardinal(year)}"


def clock(value: str | datetime.time) -> str:
    """Return "15:30" as "las tres y media de la tarde", "01:05" as "la una y cinco de la madrugada"."""
    hour, minute = time_of(value)
    return f"{'la' if hour % 12 == 1 else 'las'} {hour_words(hour, minute)} {part_of_day(hour)}"


def hour_words(hour: int, minute: int) -> str:
    """Return 15, 30 as "tres y media": no minutes "to" an hour: Spain and America differ."""
    words = counted((hour - 1) % 12 + 1, feminine=True)
    past = {15: "cuarto", 30: "media"}.get(minute) or cardinal(minute)
    return f"{words} y {past}" if minute else words


def part_of_day(hour: int) -> str:
    """Return 15 as "de la tarde"."""
    for until, words in (
        (1, "de la noche"),
        (6, "de la madrugada"),
        (12, "de la mañana"),
        (13, "del mediodía"),
    ):
        if hour < until:
            return words
    return "de la tarde" if hour < 20 else "de la noche"


def phone(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "+1 (555) 123-4567" as "más uno, cinco cinco cinco, uno dos tres, cuatro cinco seis siete"."""
    leading, groups, extension = phone_of(written, sizes)
    words = ("más " if leading else "") + ", ".join(map(one_by_one, groups))
    return f"{words}, extensión {one_by_one(extension)}" if extension else words


def percent(written: str) -> str:
    """Return "4.25" or "4.25%" as "cuatro coma dos cinco por ciento"."""
    return f"{decimal(written.strip().removesuffix('%').strip())} por ciento"

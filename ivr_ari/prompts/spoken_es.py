"""
Spanish values as words, the way a clerk reads them out.

Every function takes the value as written and returns lower-case words (letters keep their capitals); a
comma is a short pause. ValueError means: not such a value. Gender and shortening (un dólar, veintiún mil,
una libra) as in the Nueva gramática de la lengua española, section 21.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from num2words import num2words

from .reading import as_decimal, digits_of, money_of, phone_of
from .spoken_en import LARGEST

__all__ = [
    "cardinal",
    "clock",
    "date",
    "decimal",
    "digits",
    "money",
    "month",
    "ordinal",
    "percent",
    "phone",
    "spell",
]

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
DIGITS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")

CURRENCIES = {
    "$": ("dólar", "dólares", "centavo", "centavos"),
    "€": ("euro", "euros", "céntimo", "céntimos"),
    "£": ("libra", "libras", "penique", "peniques"),
    "¥": ("yen", "yenes", "sen", "sen"),
}
FEMININE = {"libra"}

ORDINALS = (
    *("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno"),
    *("décimo", "undécimo", "duodécimo"),
)
TENS = (
    *("", "décimo", "vigésimo", "trigésimo", "cuadragésimo", "quincuagésimo"),
    *("sexagésimo", "septuagésimo", "octogésimo", "nonagésimo"),
)


def cardinal(number: int) -> str:
    """Return 1204 as "mil doscientos cuatro"."""
    if abs(number) >= LARGEST:
        return ("menos " if number < 0 else "") + digits(str(abs(number)))
    words = num2words(abs(number), lang="es")
    # before mil and millones "uno" is shortened; the library does not
    words = re.sub(r"veintiuno (?=mil|\w*llones)", "veintiún ", words)
    words = re.sub(r"\buno (?=mil|\w*llones)", "un ", words)
    return f"menos {words}" if number < 0 else words


def counted(number: int, *, feminine: bool = False) -> str:
    """Return a number as it stands before what is counted: "veintiún", "doscientas"."""
    words = cardinal(number)
    if feminine:
        words = re.sub(r"cientos\b", "cientas", words)
        words = re.sub(r"quinientos\b", "quinientas", words)
        return re.sub(r"uno$", "una", words)
    return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))


def ordinal(number: int) -> str:
    """Return 21 as "vigésimo primero"; from 100 on the plain number is what people say."""
    if number < 0:
        raise ValueError(number)
    if 0 < number < len(ORDINALS):
        return ORDINALS[number]
    if not 0 < number < 100:
        return f"número {cardinal(number)}"
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]} {ORDINALS[ones]}".strip()


def decimal(written: str) -> str:
    """Return "-1,204.50", written as in English, as "menos mil doscientos cuatro coma cinco cero"."""
    number = as_decimal(written)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    words = cardinal(int(whole))
    if fraction:
        words += " coma " + " ".join(DIGITS[int(digit)] for digit in fraction)
    return f"menos {words}" if number < 0 else words


def digits(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "4110733" as "cuatro uno uno, cero siete tres tres"; hidden ones as "que termina en"."""
    hidden, groups = digits_of(written, sizes)
    words = ", ".join(_one_by_one(group) for group in groups)
    return f"que termina en {words}" if hidden else words


def _one_by_one(group: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in group)


def spell(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "AB-1204" as "A B, uno dos cero cuatro"."""
    parts = []
    for part in re.findall(r"[A-Za-zÑñ]+|[0-9]+", written):
        parts.append(" ".join(part.upper()) if part.isalpha() else digits(part, sizes))
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
    amount = abs(amount)
    if amount != round(amount, 2):
        return f"{minus}{decimal(f'{amount:f}')} {many}"
    whole, part = divmod(int(round(amount * 100)), 100)
    small = f"{counted(part)} {cent if part == 1 else cents}"
    if part and not whole:
        return minus + small
    # "un millón de dólares", but "un millón cien dólares"
    of = " de" if whole and whole % 1_000_000 == 0 else ""
    main = f"{counted(whole, feminine=one in FEMININE)}{of} {one if whole == 1 else many}"
    return minus + (f"{main} con {small}" if part else main)


def date(value: str | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03-03" as "tres de marzo de dos mil veinticinco"; *this_year* is not said."""
    day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value.strip()[:10])
    first = "primero" if day.day == 1 else cardinal(day.day)
    words = f"{first} de {MONTHS[day.month - 1]}"
    return words if day.year == this_year else f"{words} de {cardinal(day.year)}"


def month(value: str | int | datetime.date, *, this_year: int | None = None) -> str:
    """Return "2025-03" as "marzo de dos mil veinticinco", 3 as "marzo"; *this_year* is not said."""
    if isinstance(value, datetime.date):
        value = value.isoformat()
    said = re.fullmatch(r"(?:(\d{4})-)?(\d{1,2})(?:-\d{2}.*)?", str(value).strip())
    if said is None:
        if str(value).strip().lower() not in MONTHS:
            raise ValueError("no month")
        return str(value).strip().lower()
    if not 1 <= int(said[2]) <= 12:
        raise ValueError("no month")
    name = MONTHS[int(said[2]) - 1]
    return name if not said[1] or int(said[1]) == this_year else f"{name} de {cardinal(int(said[1]))}"


def clock(value: str | datetime.time) -> str:
    """Return "15:30" as "las tres y media de la tarde", "01:05" as "la una y cinco de la madrugada"."""
    written = value.isoformat() if isinstance(value, datetime.time) else value.strip()
    written = written.partition("T")[2] or written
    read = re.match(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$", written)
    if read is None or int(read[1]) > 24 or int(read[2]) > 59:
        raise ValueError("no time")
    hour, minute = int(read[1]) % 24, int(read[2])
    twelve = (hour - 1) % 12 + 1
    words = "la una" if twelve == 1 else f"las {cardinal(twelve)}"
    if minute:
        words += " y " + {15: "cuarto", 30: "media"}.get(minute, cardinal(minute))
    return f"{words} {_part_of_day(hour)}"


def _part_of_day(hour: int) -> str:
    for until, words in ((6, "de la madrugada"), (12, "de la mañana"), (13, "del mediodía")):
        if hour < until:
            return words
    return "de la tarde" if hour < 20 else "de la noche"


def phone(written: str, sizes: Sequence[int] = ()) -> str:
    """Return "+1 (555) 123-4567" as "más uno, cinco cinco cinco, uno dos tres, cuatro cinco seis siete"."""
    leading, groups, extension = phone_of(written, sizes)
    words = ("más " if leading else "") + ", ".join(map(_one_by_one, groups))
    return f"{words}, extensión {_one_by_one(extension)}" if extension else words


def percent(written: str) -> str:
    """Return "4.25" or "4.25%" as "cuatro coma dos cinco por ciento"."""
    return f"{decimal(written.strip().removesuffix('%').strip())} por ciento"

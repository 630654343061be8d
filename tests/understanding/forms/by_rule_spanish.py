"""Writes the Spanish tables by rule; run it as ``python -m tests.understanding.forms.by_rule_spanish``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from .by_rule import TODAY, Row, listed, said, write

__all__: list[str] = []

MONTHS = listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
DAYS = listed("lunes martes miércoles jueves viernes sábado domingo")


def numbers(random: Random) -> Iterable[Row]:
    for top in (30, 100, 1_000, 10_000, 1_000_000):
        for number in random.sample(range(2, top), 12):
            yield "number", said(number, "es"), str(number)


def counting(number: int) -> str:
    """Say a number before a noun: "veintiún dólares", not "veintiuno"."""
    words = said(number, "es")
    if words.endswith("veintiuno"):
        return words.removesuffix("uno") + "ún"
    return words.removesuffix("o") if words.endswith("uno") else words


def amounts(random: Random) -> Iterable[Row]:
    leads = ("", "", "eh", "serían", "son", "sí")
    for cents in random.sample(range(202, 500_000), 40):
        whole, rest = divmod(cents, 100)
        change = f" {random.choice(('con', 'y'))} {counting(rest)} centavos" if rest > 1 else ""
        words = f"{random.choice(leads)} {counting(whole)} dólares{change}"
        yield "amount", words.strip(), f"{whole}.{rest if rest > 1 else 0:02}"


def dates(random: Random) -> Iterable[Row]:
    for _ in range(40):
        day = TODAY - timedelta(days=random.randint(200, 30_000))
        month, year = MONTHS[day.month - 1], said(day.year, "es")
        article, link = random.choice(("", "el ")), random.choice(("de", "del"))
        words = f"{article}{said(day.day, 'es')} de {month} {link} {year}"
        yield "date past", words, day.isoformat()
    for _ in range(30):
        day = TODAY + timedelta(days=random.randint(1, 360))
        month, weekday = MONTHS[day.month - 1], DAYS[day.weekday()]
        words = random.choice(("el", f"el {weekday}", "sería el", "para el"))
        yield "date future", f"{words} {said(day.day, 'es')} de {month}", day.isoformat()


def times(random: Random) -> Iterable[Row]:
    for minutes in random.sample(range(60, 23 * 60 + 30), 40):
        hour, minute = divmod(minutes, 60)
        shown = "la una" if hour % 12 == 1 else f"las {said(hour % 12 or 12, 'es')}"
        part = "de la mañana" if hour < 12 else "de la tarde" if hour < 20 else "de la noche"
        if hour == 12:
            part = "del mediodía"
        link = random.choice(("y ", "")) if minute > 9 else "y " if minute else ""
        words = f"a {shown} {link}{said(minute, 'es') if minute else ''} {part}"
        yield "time", " ".join(words.split()), f"{hour:02}:{minute:02}"


def digits(random: Random) -> Iterable[Row]:
    leads = ("", "", "eh", "es", "sí es")
    for length in (4, 6, 8, 9):
        for _ in range(6):
            number = "".join(random.choice("0123456789") for _ in range(length))
            words = " ".join(said(int(digit), "es") for digit in number)
            yield f"digits {length}", f"{random.choice(leads)} {words}".strip(), number
    for _ in range(10):
        pairs = [random.randint(10, 99) for _ in range(4)]
        yield "digits 8", " ".join(said(pair, "es") for pair in pairs), "".join(map(str, pairs))


def main() -> None:
    for rule in (numbers, amounts, dates, times, digits):
        write(f"es/by_rule/{rule.__name__}.tsv", rule(Random(f"spanish {rule.__name__}")))


if __name__ == "__main__":
    main()

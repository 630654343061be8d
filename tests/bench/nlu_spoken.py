"""
Written test sentences as a caller would say them: "£700 by 12:45 p.m." is "seven hundred pounds by twelve
forty five p m".

The rules know nothing of the product's reading of values; they follow how people read figures out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from num2words import num2words

__all__ = ["spoken"]

MONTHS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july",
    "aug": "august", "sep": "september", "sept": "september", "oct": "october",
    "nov": "november", "dec": "december",
}  # fmt: skip
CURRENCIES = {"£": "pound", "$": "dollar", "€": "euro"}
SIGNS = {"&": " and ", "%": " percent ", "@": " at ", "+": " plus "}
SHORTS = {"asap": "as soon as possible", "mr": "mister", "mrs": "missus", "dr": "doctor", "nr": "number"}

NUMBER = r"\d[\d,]*(?:\.\d+)?"
FIRST_YEAR, LAST_YEAR = 1900, 2099


def spoken(text: str) -> str:
    """Return *text* in lower case, without punctuation, figures as words."""
    text = text.lower().replace("’", "'")
    for pattern, read in RULES:
        text = pattern.sub(read, text)
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    words = re.sub(r"[^a-z0-9' ]+", " ", text).split()
    words = [word.strip("'") for word in words]
    return " ".join(MONTHS.get(word, SHORTS.get(word, word)) for word in words if word)


def _number(figure: str) -> str:
    figure = figure.replace(",", "")
    whole, _, rest = figure.partition(".")
    if rest and not rest.strip("0"):
        rest = ""
    said = " ".join(str(num2words(int(whole))).replace("-", " ").replace(",", "").split())
    return said + (" point " + " ".join(str(num2words(int(digit))) for digit in rest) if rest else "")


def _money(found: re.Match[str]) -> str:
    sign = found.group("before") or found.group("after")
    figure = found.group("figure").rstrip(",")
    unit = CURRENCIES[sign]
    return f" {_number(figure)} {unit}{'' if figure == '1' else 's'} "


def _minutes(figure: str) -> str:
    minutes = int(figure)
    return "" if minutes == 0 else f"oh {_number(figure[-1])}" if minutes < 10 else _number(figure)


def _clock(found: re.Match[str]) -> str:
    hour, minutes = found.group("hour"), _minutes(found.group("minute"))
    return f" {_number(hour)} {minutes} " if minutes else f" {_number(hour)} o'clock "


def _half(found: re.Match[str]) -> str:
    return f" {found.group(1)} m "


def _ordinal(found: re.Match[str]) -> str:
    return " " + str(num2words(int(found.group(1)), to="ordinal")).replace("-", " ") + " "


def _figure(found: re.Match[str]) -> str:
    figure = found.group(0).rstrip(",")
    if figure.isdigit() and len(figure) == 4 and FIRST_YEAR <= int(figure) <= LAST_YEAR:
        return " " + str(num2words(int(figure), to="year")).replace("-", " ") + " "
    if figure.isdigit() and (len(figure) > 6 or (figure[0] == "0" and len(figure) > 1)):
        return " " + " ".join(_number(digit) for digit in figure) + " "
    return f" {_number(figure)} "


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?P<before>[£$€])\s?(?P<figure>{NUMBER})(?P<after>)"), _money),
    (re.compile(rf"(?P<before>)(?P<figure>{NUMBER})\s?(?P<after>[£$€])"), _money),
    (re.compile(r"\b(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?=\s?[ap]\.?m\b)"), _clock),
    (re.compile(r"\b(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)\b"), _clock),
    (re.compile(r"\b(?P<hour>[01]?\d|2[0-4]) (?P<minute>[0-5]\d)\b(?!\s?(?:to|past)\b)"), _clock),
    (re.compile(r"(?<=[\d ])\s?\b([ap])\.?\s?m\b\.?"), _half),
    (re.compile(r"(?<=\d)([ap])m\b"), _half),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), _ordinal),
    (re.compile(NUMBER), _figure),
)

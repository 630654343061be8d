"""Quantities in English texts: "5 ft 10 in", "120 mg/dL", "a 20 oz cup", "a 30-day trial"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import ONE, Rule, rule, sentence_end
from . import values as en
from .patterns import NUMBER

__all__ = ["PER", "QUANTITIES"]

UNITS: Mapping[str, tuple[str, str]] = {
    "km": ("kilometer", "kilometers"),
    "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "m2": ("square meter", "square meters"),
    "km2": ("square kilometer", "square kilometers"),
    "cm2": ("square centimeter", "square centimeters"),
    "m3": ("cubic meter", "cubic meters"),
    "ft2": ("square foot", "square feet"),
    "sq ft": ("square foot", "square feet"),
    "sq. ft": ("square foot", "square feet"),
    "sq mi": ("square mile", "square miles"),
    "cu ft": ("cubic foot", "cubic feet"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"),
    "mcg": ("microgram", "micrograms"),
    "ml": ("milliliter", "milliliters"),
    "dl": ("deciliter", "deciliters"),
    "cl": ("centiliter", "centiliters"),
    "l": ("liter", "liters"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "fl oz": ("fluid ounce", "fluid ounces"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "yds": ("yard", "yards"),
    "mi": ("mile", "miles"),
    "gal": ("gallon", "gallons"),
    "qt": ("quart", "quarts"),
    "pt": ("pint", "pints"),
    "tsp": ("teaspoon", "teaspoons"),
    "tbsp": ("tablespoon", "tablespoons"),
    "mph": ("mile per hour", "miles per hour"),
    "mpg": ("mile per gallon", "miles per gallon"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "bpm": ("beat per minute", "beats per minute"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "psi": ("P S I", "P S I"),
    "kb": ("kilobyte", "kilobytes"),
    "mb": ("megabyte", "megabytes"),
    "gb": ("gigabyte", "gigabytes"),
    "tb": ("terabyte", "terabytes"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "mbps": ("megabit per second", "megabits per second"),
    "gbps": ("gigabit per second", "gigabits per second"),
    "wh": ("watt hour", "watt hours"),
    "kwh": ("kilowatt hour", "kilowatt hours"),
    "kw": ("kilowatt", "kilowatts"),
    "hz": ("hertz", "hertz"),
    "khz": ("kilohertz", "kilohertz"),
    "mhz": ("megahertz", "megahertz"),
    "ghz": ("gigahertz", "gigahertz"),
    "db": ("decibel", "decibels"),
    "kcal": ("kilocalorie", "kilocalories"),
    "cal": ("calorie", "calories"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"),
    "wk": ("week", "weeks"),
    "wks": ("week", "weeks"),
    "mo": ("month", "months"),
    "mos": ("month", "months"),
    "yr": ("year", "years"),
    "yrs": ("year", "years"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
}
"""Written after a number, in any case: one, many."""

EXACT: Mapping[str, tuple[str, str]] = {
    "V": ("volt", "volts"),
    "W": ("watt", "watts"),
    "s": ("second", "seconds"),
}
"""Units that are written just so."""

NAMES = frozenset("GHLM")
"""Capitals after a number that are no units: 5G."""

PER_WHAT: Mapping[str, str] = {
    **{
        one: one
        for one in ("month", "year", "hour", "day", "week", "night", "person", "minute", "mile", "share")
    },
    **{
        one: one
        for one in ("call", "item", "unit", "user", "line", "page", "gallon", "pound", "liter", "second")
    },
    "mo": "month",
    "yr": "year",
    "hr": "hour",
    "h": "hour",
    "wk": "week",
    "min": "minute",
    "sec": "second",
    "lb": "pound",
    "gal": "gallon",
    "kg": "kilogram",
    "dL": "deciliter",
    "L": "liter",
    "mL": "milliliter",
    "mi": "mile",
    "oz": "ounce",
    "s": "second",
}
TIMES = {"1": "once", "2": "twice", "3": "three times", "4": "four times"}

UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
COUNTED = rf"(?<![\w.,])({NUMBER})"
GOES_ON = (
    r"(?! (?:of|or|and|to|in|is|are|was|at|per|for|from|than|left|long|high|wide|away|ago|more|less|off|you"
    r"|we|they|it|that|have|has|had|will|can|with|on|by|as)\b)"
)


def _unit(found: re.Match[str]) -> str:
    minus, count, unit, of_what = found.groups()
    if unit in NAMES:
        raise ValueError("a name such as 5G")
    one, many = EXACT.get(unit) or UNITS[unit.lower()]
    per = f" per {PER_WHAT[of_what]}" if of_what else ""
    words = f"{en.decimal(count)} {one if count == '1' else many}{per}{sentence_end(found)}"
    return f"minus {words}" if minus else words


def _before_noun(found: re.Match[str]) -> str:
    """What says of which size something is has no plural: "a five pound bag"."""
    if found[3] in NAMES:
        raise ValueError("a name such as 5G")
    return f"{found[1]} {en.decimal(found[2])} {UNITS[found[3].lower()][0]}"


def _height(found: re.Match[str]) -> str:
    feet, inches = found[1], found[2]
    tall = f"{en.cardinal(int(feet))} {'foot' if feet == '1' else 'feet'}"
    return f"{tall} {en.cardinal(int(inches))} {'inch' if inches == '1' else 'inches'}"


def _inches(found: re.Match[str]) -> str:
    if found.string[: found.start()].count('"') % 2:
        raise ValueError("the end of a quotation")
    return f"{en.decimal(found[1])} {'inch' if found[1] == '1' else 'inches'}"


def _beside_value(found: re.Match[str]) -> str:
    if found[2] in NAMES:
        raise ValueError("a name such as 5G")
    return f"{found[1]} {UNITS[found[2].lower()][found[1] != ONE]}{sentence_end(found)}"


def _hyphened(found: re.Match[str]) -> str:
    return f"{en.decimal(found[1])} {found[2].replace('-', ' ')}"


def _per(found: re.Match[str]) -> str:
    return f" per {PER_WHAT[found[1]]}"


PER: tuple[Rule, ...] = (
    rule(
        r"(?<![\w.])([1-4]) ?x(?: ?/ ?| a | per )(day|week|month|year|hour)\b",
        lambda f: f"{TIMES[f[1]]} {'an' if f[2] == 'hour' else 'a'} {f[2]}",
    ),
    rule(rf"(?:(?<=[\d□▫])|(?<=\d[kKM]))/({'|'.join(PER_WHAT)})\b", _per),
    rule(rf"(?<=\b[A-Z]{{3}})/({'|'.join(PER_WHAT)})\b", _per),
)
"""Before amounts of money are read."""

QUANTITIES: tuple[Rule, ...] = (
    rule(
        rf"\b((?i:an?|your|our|my|the|this|each|every|per)) ({NUMBER})[\s-]?((?i:{UNIT}))(?= [a-z]){GOES_ON}",
        _before_noun,
    ),
    rule(r"(?<![\w.])(\d{1,2})(?:\s?ft\.?|')\s?(\d{1,2})\s?(?:in\b\.?|\")", _height),
    rule(
        r"(?<![\w.])(\d{1,3})'\s?[x×]\s?(\d{1,3})'(?!\w)",
        lambda f: f"{en.cardinal(int(f[1]))} foot by {en.cardinal(int(f[2]))} foot",
    ),
    rule(rf"(?<![\w\".,])({NUMBER})\"(?!\w)", _inches),
    rule(
        rf"{COUNTED}\s?(-|to) ?({NUMBER})\s?((?i:{UNIT}))(?![\w'/-])\.?",
        lambda f: f"{en.decimal(f[1])} to {en.decimal(f[3])} {UNITS[f[4].lower()][1]}{sentence_end(f)}",
    ),
    rule(
        rf"((?<!\w)-)?{COUNTED}\s?((?i:{UNIT})|[VWs])(?:/({'|'.join(PER_WHAT)})\b|(?![\w'/-])\.?)",
        _unit,
    ),
    rule(
        rf"(?<![\w.,-])(\d+)-((?i:{UNIT}))(?![\w'/-])\.?(?= [a-z])",
        lambda f: f"{en.cardinal(int(f[1]))} {UNITS[f[2].lower()][0]}",
    ),
    rule(rf"([□▫])\s?((?i:{UNIT}))(?![\w'/-])\.?", _beside_value),
    rule(r"[□▫]\s?-\s?(?=[□▫])", " to "),
    rule(r"[□▫] ?[x×] ?(?=[□▫])", " times "),
    rule(r"(?<![\w.,-])(\d+)-([a-z]{3,}(?:-[a-z]+)*)\b(?!-\d)", _hyphened),
)
"""In order."""

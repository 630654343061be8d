"""English abbreviations and capitals: what is written short, and how it is said."""

from __future__ import annotations

import re

__all__ = ["ABBREVIATIONS", "SPELLED", "UNITS", "expand_capitals"]

ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    # what stands before or after decides between two readings
    (r"\bDr\.?(?= [A-Z])", "Doctor"),
    (r"(?<=[a-z] )Dr\b\.?", "Drive"),
    (r"\bSt\.?(?= [A-Z])", "Saint"),
    (r"(?<=[a-z] )St\b\.?", "Street"),
    (r"\bMr\b\.?", "Mister"),
    (r"\bMrs\b\.?", "Missus"),
    (r"\bMs\b\.?(?= [A-Z])", "Miz"),
    (r"\bProf\b\.?", "Professor"),
    (r"\bAve\b\.?", "Avenue"),
    (r"\bBlvd\b\.?", "Boulevard"),
    (r"\bRd\b\.?", "Road"),
    (r"\bApt\b\.?", "Apartment"),
    (r"\bSte\b\.?(?= \d)", "Suite"),
    (r"\bJr\b\.?", "Junior"),
    (r"\bSr\b\.?", "Senior"),
    (r"\bInc\b\.?", "Incorporated"),
    (r"\bLtd\b\.?", "Limited"),
    (r"\bCorp\b\.?", "Corporation"),
    (r"\bNo\.(?= ?\d)", "number"),
    (r"\b(?i:nr|no)\.(?= ?\d)", "number"),
    (r"\b(?i:dept)\b\.?", "department"),
    (r"\b(?i:acct)\b\.?", "account"),
    (r"\b(?i:appt)\b\.?", "appointment"),
    (r"\b(?i:approx)\b\.?", "approximately"),
    (r"\b(?i:ext)\b\.?(?= ?\d)", "extension"),
    (r"\b(?i:vs)\b\.?", "versus"),
    (r"\b(?i:etc)\b\.?", "et cetera"),
    (r"\b(?i:e\.g\.)", "for example"),
    (r"\b(?i:i\.e\.)", "that is"),
    (r"\b(?i:asap)\b", "as soon as possible"),
    (r"\b(?i:incl)\b\.?", "including"),
    (r"\bmin\.(?= [a-z])", "minimum"),
    (r"\bmax\.(?= [a-z])", "maximum"),
    (r"\bw/o\b", "without"),
    (r"\bw/(?= ?\w)", "with "),
    (r"\b(?i:and/or)\b", "and or"),
    (r"\bJan\b\.?(?=\W)", "January"),
    (r"\bFeb\b\.?", "February"),
    (r"\bMar\b\.?(?= \d)", "March"),
    (r"\bApr\b\.?", "April"),
    (r"\bJun\b\.?(?= \d)", "June"),
    (r"\bJul\b\.?(?= \d)", "July"),
    (r"\bAug\b\.?", "August"),
    (r"\bSept?\b\.?(?= \d)", "September"),
    (r"\bOct\b\.?", "October"),
    (r"\bNov\b\.?", "November"),
    (r"\bDec\b\.?", "December"),
    (r"\bMon\b\.?", "Monday"),
    (r"\bTues?\b\.?", "Tuesday"),
    (r"\bWed\b\.?", "Wednesday"),
    (r"\bThu(?:rs?)?\b\.?", "Thursday"),
    (r"\bFri\b\.?", "Friday"),
    (r"\bP\.?O\.? Box\b", "P O Box"),
    (r"\bU\.S\.A\.", "U S A"),
    (r"\bU\.S\.", "U S"),
    (r"\bU\.K\.", "U K"),
)
"""Pattern and reading, tried in order."""

UNITS: dict[str, tuple[str, str]] = {
    "km": ("kilometer", "kilometers"),
    "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"),
    "ml": ("milliliter", "milliliters"),
    "l": ("liter", "liters"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "ft": ("foot", "feet"),
    "mi": ("mile", "miles"),
    "mph": ("mile per hour", "miles per hour"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "kb": ("kilobyte", "kilobytes"),
    "mb": ("megabyte", "megabytes"),
    "gb": ("gigabyte", "gigabytes"),
    "tb": ("terabyte", "terabytes"),
    "mbps": ("megabit per second", "megabits per second"),
    "kwh": ("kilowatt hour", "kilowatt hours"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
}
"""Written after a number (any case): one, many."""

SPELLED = frozenset(
    re.findall(
        r"\S+",
        """
        ATM USA US UK EU FAQ ID IDS IVR AI API CEO CFO IRS SSN APR APY CD DVD DMV DNA ETA FBI HR HTML IBM IOU
        IP IRA IT LED LLC MRI OTP PBX PC PDF PO PS QR RSVP SIP SMS SOS SUV TV UPS URL USB UTC VAT VIP VPN XML
        ABC AC AM PM DC EST PST CST MST GMT CET BBC CNN NBC AAA ACH EFT KYC POS
        """,
    )
)
"""Capitals that are read letter by letter; words without a vowel are too."""

WORDS = {"OK": "okay", "TTY": "T T Y", "PINS": "pins"}


def expand_capitals(word: str) -> str:
    """Return a word of two or more capitals as it is said: "ATM" -> "A T M", "PIN" -> "pin"."""
    if word in WORDS:
        return WORDS[word]
    if word in SPELLED or not re.search(r"[AEIOUY]", word):
        return " ".join(re.sub(r"[^A-Z]", "", word))
    return word.lower()

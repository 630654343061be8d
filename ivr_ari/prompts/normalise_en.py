"""The rules of English: "$42.19 by 3:30 pm" -> what a person would read out."""

from __future__ import annotations

import datetime
import re

from . import spoken_en as en
from .abbreviations_en import ABBREVIATIONS, UNITS, expand_capitals
from .rules import Rule, rule

__all__ = ["RULES"]

MONTH = "|".join(en.MONTHS)
NAMED = rf"{MONTH}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
SCALE = r"thousand|million|billion|trillion|k|K|M|bn"
AMOUNT = (
    rf"(?:[$€£¥]\s?(?:{NUMBER})|\b(?:USD|EUR|GBP)\s?(?:{NUMBER})|\b(?:{NUMBER})\s?(?:USD|EUR|GBP|€|£)(?!\w))"
)
SHORT_SCALES = {"k": "thousand", "K": "thousand", "M": "million", "bn": "billion"}
CLOCK = r"\d{1,2}(?::\d{2})(?::\d{2})?(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
FRACTIONS = {
    "1/2": "one half",
    "1/3": "one third",
    "2/3": "two thirds",
    "1/4": "one quarter",
    "3/4": "three quarters",
}
DIGIT_WORDS = (
    r"(?:number|account|code|zip|pin|order|reference|ref|ticket|case|extension|flight|room|box|ending in"
    r"|card|press|dial|id)"
)
ADDRESS = (
    r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://\S+|\bwww\.[\w./-]+"
    r"|\b[\w-]+\.(?:com|org|net|gov|edu|io)\b(?:/[\w./-]*)?"
)
STAMP = r"\b(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?"
PHONE = (
    r"(?<!\w)(?:\+\d{1,3}[ .-]?)?(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}"
    r"(?:,? ?(?:x|ext\.?|extension) ?\d+)?\b"
)
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
YEAR_WORDS = r"\b(?:in|since|until|by|from|year|of|before|after)"
PARTS = r"\b((?i:chapter|section|part|type|phase|volume|level|class|article|war))"


def _address(found: re.Match[str]) -> str:
    """An e-mail or web address, sign by sign where it has to be typed."""
    written = re.sub(r"(?i)^https?://", "", found[0]).rstrip("/")
    tail = written[len(written.rstrip(".,")) :]
    signs = {"@": " at ", ".": " dot ", "/": " slash ", "-": " dash ", "_": " underscore ", ":": " colon "}
    words = "".join(signs.get(c, c) for c in written.rstrip(".,"))
    words = re.sub(r"\bwww\b", "w w w", words)
    words = re.sub(r"\d+", lambda run: f" {en.digits(run[0])} ", words)
    return words + tail


def _money(found: re.Match[str]) -> str:
    amount, scale = found["amount"], found["scale"]
    minus = "minus " if found["minus"] else ""
    if not scale:
        return minus + en.money(amount)
    scale = SHORT_SCALES.get(scale, scale)
    unit = en.money(re.sub(NUMBER, "2", amount)).removeprefix("two ")
    number = re.search(NUMBER, amount)
    return f"{minus}{en.decimal(number[0] if number else '')} {scale} {unit}"


def _end(found: re.Match[str]) -> str:
    """Return the full stop that ends both an abbreviation ("p.m.") and its sentence."""
    return "." if found[0].endswith(".") and re.match(r"\s*$|\s+[A-Z]", found.string[found.end() :]) else ""


def _us_date(found: re.Match[str]) -> str:
    month, day, written = int(found[1]), int(found[2]), found[3]
    year = int(written) + (2000 if len(written) == 2 else 0)
    return en.date(datetime.date(year, month, day))


def _short_date(found: re.Match[str]) -> str:
    if found[0] in FRACTIONS:
        return FRACTIONS[found[0]]
    month, day = int(found[1]), int(found[2])
    if month > 12 or not 1 <= day <= 31 or not month:
        return f"{en.cardinal(month)} over {en.cardinal(day)}"
    return f"{en.MONTHS[month - 1]} {en.ordinal(day)}"


def _named_date(month: str, day: str, year: str | None) -> str:
    if not 1 <= int(day) <= 31:
        raise ValueError(day)
    words = f"{month} {en.ordinal(int(day))}"
    return f"{words}, {en.year(int(year))}" if year else words


def _unit(found: re.Match[str]) -> str:
    if found[2] in "GHLM":
        raise ValueError("a name such as 5G")
    one, many = UNITS[found[2].lower()]
    return f"{en.decimal(found[1])} {one if found[1] == '1' else many}"


def _mixed(found: re.Match[str]) -> str:
    """Letters and digits together: an id. A word with a number in it is not ("covid-19", "MP3")."""
    letters = re.findall(r"[A-Za-z]+", found[0])
    if any(len(run) > 3 and not run.isupper() for run in letters):
        return re.sub(r"\d+", lambda run: f" {en.decimal(run[0])} ", found[0])
    words = en.spell(found[0])
    # a short one is said in one breath, unless an A would be taken for the article
    return words if len(found[0]) > 4 or re.search(r"A\d", found[0]) else words.replace(",", "")


def _roman(found: re.Match[str]) -> str:
    return f"{found[1]} {en.cardinal(ROMAN[found[2]])}"


def _run(found: re.Match[str]) -> str:
    """A long run of digits is a number to write down, not one to count with."""
    if len(found[0]) < 6 and not found[0].startswith("0"):
        raise ValueError("short")
    if found[0].rstrip("0") != found[0] and len(found[0].rstrip("0")) < 3:
        raise ValueError("round")
    return en.digits(found[0])


def _after_word(found: re.Match[str]) -> str:
    if len(found[3]) < 3 and found[3][0] != "0":
        raise ValueError("short")
    return f"{found[1]}{found[2]}{en.digits(found[3])}"


RULES: tuple[Rule, ...] = (
    rule(ADDRESS, _address),
    *(rule(pattern, words) for pattern, words in ABBREVIATIONS),
    rule(rf"\b({NAMED})\s?-\s?({NAMED})\b", lambda f: f"{f[1]} to {f[2]}"),
    rule(rf"({AMOUNT})\s?-\s?({AMOUNT})", lambda f: f"{en.money(f[1])} to {en.money(f[2])}"),
    rule(rf"(?P<minus>(?<!\w)-\s?)?(?P<amount>{AMOUNT})(?:\s?(?P<scale>{SCALE})\b)?", _money),
    rule(rf"({NUMBER})\s?-\s?({NUMBER})\s?%", lambda f: f"{en.decimal(f[1])} to {en.percent(f[2])}"),
    rule(rf"((?<!\w)-)?({NUMBER})\s?%", lambda f: ("minus " if f[1] else "") + en.percent(f[2])),
    rule(r"\b24/7\b", "twenty four seven"),
    rule(STAMP, lambda f: f"{en.date(f[1])}, {en.clock(f[2])}"),
    rule(r"\b\d{4}-\d{2}-\d{2}\b", lambda f: en.date(f[0])),
    rule(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", _us_date),
    rule(
        rf"\b({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}})\b)?(?![:.,]\d)",
        lambda f: _named_date(f[1], f[2], f[3]),
    ),
    rule(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? of ({MONTH})\b", lambda f: f"{en.ordinal(int(f[1]))} of {f[2]}"),
    rule(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({MONTH})\b(?:,? (\d{{4}})\b)?",
        lambda f: _named_date(f[2], f[1], f[3]),
    ),
    rule(rf"\b({MONTH}),? (\d{{4}})\b", lambda f: f"{f[1]} {en.year(int(f[2]))}"),
    rule(
        rf"(?i)\b({CLOCK})\s?-\s?({CLOCK})(?!\w)", lambda f: f"{en.clock(f[1])} to {en.clock(f[2])}{_end(f)}"
    ),
    rule(rf"(?i)\b({CLOCK})(?![\w:])", lambda f: en.clock(f[1]) + _end(f)),
    rule(PHONE, lambda f: en.phone(f[0].replace(",", ""))),
    rule(r"(?<![\w-])\d{3}-\d{4}\b(?!-)", lambda f: en.phone(f[0])),
    rule(r"(?<!\w)\+\d[\d ().-]{6,}\d\b", lambda f: en.phone(f[0])),
    rule(r"(?<!\w)[*xX•#.]{2,}[\s-]?\d{2,}\b", lambda f: en.digits(f[0])),
    rule(r"\b(\d+)(?:st|nd|rd|th|ST|ND|RD|TH)\b", lambda f: en.ordinal(int(f[1]))),
    rule(rf"(?i)(?<![\w.,])({NUMBER})\s?({UNIT})(?![\w'])", _unit),
    rule(r"\b(\d{1,2})/(\d{1,2})\b(?!/)", _short_date),
    rule(rf"(?i)\b({DIGIT_WORDS})( is |: ?| #| )(\d[\d-]*)\b(?![.,%/:]\d)", _after_word),
    rule(r"(?<!\w)#\s?(?=\d)", "number "),
    rule(r"(?<!\S)[*#](?=[\s.,;?!]|$)", lambda f: "star" if f[0] == "*" else "pound"),
    rule(r"(?<![\w.])\d+(?:\.\d+){2,}\b", lambda f: " dot ".join(map(en.digits, f[0].split(".")))),
    rule(
        rf"(?i){YEAR_WORDS} (?:19|20)\d{{2}}\b(?![.,%/:-]\d)",
        lambda f: f"{f[0][:-4]}{en.year(int(f[0][-4:]))}",
    ),
    rule(r"\b((?:19|20)\d)0s\b", lambda f: f"{en.year(int(f[1] + '0'))}s".replace("ys", "ies")),
    rule(r"\b(?=\w*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b", _mixed),
    rule(
        rf"(?<![\w.,-])({NUMBER})\s?-\s?({NUMBER})(?![\w-])",
        lambda f: f"{en.decimal(f[1])} to {en.decimal(f[2])}",
    ),
    rule(r"(?<![\w.,-])\d+(?:-\d+)+\b", lambda f: en.digits(f[0])),
    rule(r"(?<![\w.,])\d+\b(?![.,]\d)", _run),
    rule(
        rf"((?<!\w)[-+])?((?<![\w.,])|(?<=,))({NUMBER})(?!\w)",
        lambda f: {"-": "minus ", "+": "plus "}.get(f[1] or "", "") + en.decimal(f[3]),
    ),
    rule(r"[0-9]+", lambda f: f" {en.digits(f[0])} "),
    rule(rf"{PARTS} ([IVX]+)\b", lambda f: _roman(f) if f[2] in ROMAN else f[0]),
    rule(r"\b([A-Z](?:\.[A-Z])+)\.?(?=\W|$)", lambda f: " ".join(f[1].replace(".", ""))),
    rule(r"\b[A-Z]{2,}\b", lambda f: expand_capitals(f[0])),
    rule(r"(?<=[a-z])/(?=[a-z])", " or "),
    rule(r"\s?&\s?", " and "),
    rule(r"(?<=\w) \+ (?=\w)", " plus "),
    rule(r"(?<=\w) = (?=\w)", " equals "),
    rule(r"\s@\s", " at "),
)
"""In order. Addresses and abbreviations first: their dots are no sentence ends."""

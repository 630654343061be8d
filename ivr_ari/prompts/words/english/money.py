"""Amounts of money and percentages in English texts: "a $50 fee", "$1.5M", "5-10%"."""

from __future__ import annotations

import re

from ..rules import Rule, rule
from . import values as en
from .patterns import NUMBER

__all__ = ["MONEY"]

SHORT_SCALES = {
    "k": "thousand",
    "K": "thousand",
    "M": "million",
    "B": "billion",
    "bn": "billion",
    "MM": "million",
    "T": "trillion",
}
SCALE = rf"(?:thousand|million|billion|trillion|{'|'.join(SHORT_SCALES)})"
CODE = r"USD|EUR|GBP|CAD|AUD|CHF|INR|MXN|JPY|BRL|PHP"
BARE = rf"{NUMBER}|\.[0-9]+"
AMOUNT = (
    rf"(?:(?:\b(?:US|CA|C|AU|A|MX|R))?[$€£¥₹₱]\s?(?:{BARE})|\b(?:{CODE})\s?(?:{NUMBER})"
    rf"|\b(?:{NUMBER})\s?(?:{CODE}|€|£|\$)(?!\w))"
)
SCALED = rf"\b(?P<number>{NUMBER})\s?(?P<scale>{SCALE})\s?(?P<code>{CODE})\b"


def _money(found: re.Match[str]) -> str:
    minus = "minus " if found["minus"] else ""
    if not found["scale"]:
        return minus + en.money(found["amount"])
    count, unit = _scaled(found["amount"], found["scale"])
    return f"{minus}{count} {unit}"


def _scaled_code(found: re.Match[str]) -> str:
    return " ".join(_scaled(f"{found['code']} {found['number']}", found["scale"]))


def _scaled(amount: str, scale: str) -> tuple[str, str]:
    """Return "$1.5", "M" as "one point five million" and "dollars"."""
    number = re.search(BARE, amount)
    unit = en.money(re.sub(BARE, "2", amount)).removeprefix("two ")
    return f"{en.decimal(number[0] if number else '')} {SHORT_SCALES.get(scale, scale)}", unit


def _before_noun(found: re.Match[str]) -> str:
    """A sum that says of which size something is has no plural: "a fifty dollar fee"."""
    if found["scale"]:
        count, unit = _scaled(found["amount"], found["scale"])
        return f"{found['article']} {count} {_one(unit)}"
    return f"{found['article']} {' and '.join(map(_one, en.money(found['amount']).split(' and ')))}"


def _one(words: str) -> str:
    *before, unit = words.split()
    return " ".join([*before, {"pence": "penny", "pesos": "peso"}.get(unit, unit.removesuffix("s"))])


def _cents(found: re.Match[str]) -> str:
    return en.money(int(found[1]))


NOUNS = (
    r"fee|charge|refund|credit|deposit|payment|bill|balance|limit|discount|coupon|voucher|gift|transfer|fine"
    r"|minimum|deductible|copay|premium|bonus|reward|donation|purchase|withdrawal|check|loan|plan|ticket|hold"
    r"|late|annual|monthly|overdraft|cash"
)
"""What a sum may say the size of where no "a" tells that something is said of it."""

MONEY: tuple[Rule, ...] = (
    rule(SCALED, _scaled_code),
    rule(rf"({AMOUNT})\s?-\s?({AMOUNT})", lambda f: f"{en.money(f[1])} to {en.money(f[2])}"),
    rule(
        rf"\b(?P<article>[Aa]n?) (?P<amount>{AMOUNT})(?:\s?(?P<scale>{SCALE})\b)?(?=(?: [A-Z]{{2,}})? [a-z])"
        r"(?! (?:to|or|and|in|on|at|per|for|a|an|is|was|each|every)\b)",
        _before_noun,
    ),
    rule(
        rf"\b(?P<article>(?i:the|your|our|this|each|any)) (?P<amount>{AMOUNT})(?:\s?(?P<scale>{SCALE})\b)?"
        rf"(?= (?:{NOUNS})\b)",
        _before_noun,
    ),
    rule(rf"(?P<minus>(?<!\w)-\s?)?(?P<amount>{AMOUNT})(?:\s?(?P<scale>{SCALE})\b)?", _money),
    rule(r"(?<![\w.])(\d+)\s?¢", _cents),
    rule(
        rf"(?<![\d.,])({NUMBER})\s?%\s?-\s?({NUMBER})\s?%",
        lambda f: f"{en.percent(f[1])} to {en.percent(f[2])}",
    ),
    rule(
        rf"(?<![\d.,])({NUMBER})\s?-\s?({NUMBER})\s?%", lambda f: f"{en.decimal(f[1])} to {en.percent(f[2])}"
    ),
    rule(
        rf"((?<!\w)[-+])?(?<![\d.,])({BARE})\s?%",
        lambda f: {"-": "minus ", "+": "plus "}.get(f[1] or "", "") + en.percent(f[2]),
    ),
    rule(r"(?<=[a-z□▫]) ?%", " percent"),
)
"""In order."""

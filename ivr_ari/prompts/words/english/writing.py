"""The rules of English: "$42.19 by 3:30 pm" -> what a person would read out."""

from __future__ import annotations

from ..rules import PLURALS, Rule, rule, sentence_end
from .abbreviations import ABBREVIATIONS, CLOSING
from .addresses import STREETS
from .capitals import CAPITALS
from .dates import DATES, SHORT_DATES, TIMES
from .figures import NUMBERS, PHONES, PLAIN_NUMBERS, QUALIFIED, after
from .money import MONEY
from .units import PER, QUANTITIES
from .web import WEB

__all__ = ["RULES"]


def _abbreviation(pattern: str, words: str) -> Rule:
    if words not in CLOSING:
        return rule(pattern, words)
    return rule(pattern, lambda found: words + (sentence_end(found) if after(found) else ""))


RULES: tuple[Rule, ...] = (
    *PLURALS,
    *WEB,
    *STREETS,
    *(_abbreviation(pattern, words) for pattern, words in ABBREVIATIONS),
    *PHONES,
    *PER,
    *QUALIFIED,
    *MONEY,
    *DATES,
    *TIMES,
    *QUANTITIES,
    *NUMBERS,
    *SHORT_DATES,
    *PLAIN_NUMBERS,
    *CAPITALS,
    rule(r"(?<=[a-z])/(?=[a-z])", " or "),
    rule(r"\s?&\s?", " and "),
    rule(r"(?<=\w) \+ (?=\w)", " plus "),
    rule(r"(?<=\w) = (?=\w)", " equals "),
    rule(r"(?<!\S)@(?!\S)", "at"),
)
"""In order. Addresses and abbreviations first: their dots are no sentence ends."""

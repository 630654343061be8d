"""
The rules of Spanish: "Su saldo es de 1.204,50 € el 3/3 a las 15:30" as a clerk reads it out.

What Spain and America write differently is read by its look: "1.204,50" and "1,204.50", "15:30" and
"3:30 p. m.". Where a clerk on the telephone and the grammars differ, the clerk is followed: numbers to be
written down are said digit by digit; kings and centuries up to ten are ordinals, chapters plain numbers.
"""

from __future__ import annotations

from ..rules import PLURALS, Rule, rule, sentence_end
from .abbreviations import ANYWHERE, LEADING
from .capitals import CAPITALS
from .dates import DATES
from .figures import NUMBERS, PHONES, PLAIN_NUMBERS, QUALIFIED
from .money import MONEY
from .units import COUNTED, QUANTITIES
from .web import WEB

__all__ = ["RULES"]


def _abbreviation(pattern: str, words: str) -> Rule:
    return rule(pattern, lambda found: words + sentence_end(found))


RULES: tuple[Rule, ...] = (
    *PLURALS,
    *WEB,
    *(rule(pattern, words) for pattern, words in LEADING),
    *(_abbreviation(pattern, words) for pattern, words in ANYWHERE),
    *PHONES,
    *QUALIFIED,
    *DATES,
    *MONEY,
    *QUANTITIES,
    *NUMBERS,
    *COUNTED,
    *PLAIN_NUMBERS,
    *CAPITALS,
    rule(r"(?<=[a-záéíóúñ])/(?=[a-záéíóúñ])", " o "),
    rule(r"\s?&\s?(?=[Hh]?[IiÍí](?![aeo]))", " e "),
    rule(r"\s?&\s?", " y "),
    rule(r"(?<=\w) \+ (?=\w)", " más "),
    rule(r"(?<=\w) = (?=\w)", " igual a "),
    rule(r"\s@\s", " arroba "),
)
"""In order. Addresses and abbreviations first: their dots are no sentence ends; telephones before amounts."""

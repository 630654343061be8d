"""Free prompt text as words, in any language: "$42.19 by 3:30 pm" -> what a person would read out."""

from __future__ import annotations

from collections.abc import Mapping

from .english import writing as english
from .rules import Rule, clean, read, tidy
from .spanish import writing as spanish

__all__ = ["normalise"]

RULES: Mapping[str, tuple[Rule, ...]] = {"en": english.RULES, "es": spanish.RULES}

GOES_ON = "·"
"""Stands for a value that follows in the same sentence: the full stop of "p. m." does not end it then."""


def normalise(text: str, language: str = "en", *, whole: bool = True) -> str:
    """
    Return *text* as words and the punctuation that makes pauses. Never raises.

    *whole*: it is all that is said. A piece of a prompt, with values beside it, keeps the marks at its edges.
    What is written in a language without rules ("de"; "es-MX" has those of "es") is left as it is.
    """
    rules = RULES.get(language[:2], ())
    if not rules:
        return clean(text)
    more = f" {GOES_ON}" if not whole and text[-1:].isspace() else ""
    return tidy(read(rules, clean(text) + more), whole=whole)

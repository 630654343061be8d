"""Free prompt text as words, in any language: "$42.19 by 3:30 pm" -> what a person would read out."""

from __future__ import annotations

from collections.abc import Mapping

from .english import writing as english
from .rules import VALUE, Rule, clean, read, tidy
from .spanish import writing as spanish

__all__ = ["normalise"]

RULES: Mapping[str, tuple[Rule, ...]] = {"en": english.RULES, "es": spanish.RULES}


def normalise(
    text: str, language: str = "en", *, whole: bool = True, before: str = "", behind: str = ""
) -> str:
    """
    Return *text* as words and the punctuation that makes pauses. Never raises.

    *whole*: it is all that is said. A piece of a prompt keeps the marks at its edges. Where a value stands
    right *before* or *behind* it (`VALUE`, `ONE`), what belongs to that is read too: " GB", "%", "Dr. ".
    What is written in a language without rules ("de"; "es-MX" has those of "es") is left as it is.
    """
    rules = RULES.get(language[:2], ())
    if not rules:
        return clean(text)
    space = " " if text[:1].isspace() else ""
    # what follows a blank is in the same sentence: the full stop of "p. m. " does not end it then
    more = f" {behind or VALUE}" if not whole and text[-1:].isspace() else behind
    return tidy(read(rules, f"{before}{before and space}{clean(text)}{more}"), whole=whole)

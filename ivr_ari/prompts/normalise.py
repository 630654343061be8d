"""Free prompt text as words, in any language: "$42.19 by 3:30 pm" -> what a person would read out."""

from __future__ import annotations

from collections.abc import Mapping

from . import normalise_en, normalise_es
from .rules import Rule, clean, read, tidy

__all__ = ["normalise"]

RULES: Mapping[str, tuple[Rule, ...]] = {"en": normalise_en.RULES, "es": normalise_es.RULES}


def normalise(text: str, language: str = "en", *, whole: bool = True) -> str:
    """
    Return *text* as words and the punctuation that makes pauses. Never raises.

    *whole*: it is all that is said. A piece of a prompt, with values beside it, keeps the marks at its edges.
    What is written in a language without rules ("de"; "es-MX" has those of "es") is left as it is.
    """
    rules = RULES.get(language[:2], ())
    return tidy(read(rules, clean(text)), whole=whole) if rules else clean(text)

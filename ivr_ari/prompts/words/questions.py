"""
Which questions rise at their end: those that want a yes or a no, or ask about what was just said.

A question with a question word falls ("How can I help you?"), and so does a choice of two ("checking or
savings?"): whoever hears it rise takes it for yes or no (Wells, English Intonation, 2006; Navarro Tomás,
Manual de entonación española, 1944).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["rises"]

CLAUSES = re.compile(r"[.,;:?!]+")
WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

ASKING = {
    "en": re.compile(r"(?:what|which|who|whom|whose|when|where|why|how)(?:'\w+)?"),
    "es": re.compile(r"qué|cuál(?:es)?|quién(?:es)?|cuándo|a?dónde|cómo|cuánt[oa]s?"),
}
"""Question words."""

BEFORE = {
    "en": re.compile(
        "and|but|so|then|now|well|okay|ok|right|sorry|please|first|next|also|just|about|after|at|before|by|during"
        "|for|from|in|into|of|on|since|than|to|under|until|with"
    ),
    "es": re.compile(
        "y|e|pero|entonces|ahora|bien|bueno|perdón|disculpe|primero|además|pues|a|al|con|de|del|desde|durante|en"
        "|entre|hacia|hasta|para|por|según|sin|sobre"
    ),
}
"""What may stand before a question word at the beginning of a clause."""

CHOICE = {"en": {"or"}, "es": {"o", "u"}}


def rises(sentence: str, language: str) -> bool:
    """
    Tell whether *sentence*, in words with its marks, is a question that rises at its end.

    A language whose questions are not known is left to its voice.
    """
    language = language[:2]
    if language not in ASKING or not sentence.rstrip().endswith("?"):
        return False
    text = unicodedata.normalize("NFC", sentence.lower().replace("’", "'"))
    clauses = [WORDS.findall(clause) for clause in CLAUSES.split(text)]
    words = {word for clause in clauses for word in clause}
    return (
        bool(words)
        and not words & CHOICE[language]
        and not any(_asks(clause, language) for clause in clauses)
    )


def _asks(clause: list[str], language: str) -> bool:
    first = next((word for word in clause if not BEFORE[language].fullmatch(word)), "")
    return bool(ASKING[language].fullmatch(first))

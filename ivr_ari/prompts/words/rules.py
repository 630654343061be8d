"""
Written text as words: the way every language goes.

A language is a list of rules (`english.writing`), each a pattern and its reading, tried in order; the special
before the general. What a rule wrote holds no digits, so no later rule takes it for something else. Every
rule refuses what only looks like its kind (ValueError), and the text is then left to the next rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

__all__ = ["ONE", "PLURALS", "VALUE", "Reading", "Rule", "clean", "read", "rule", "sentence_end", "tidy"]

LONGEST = 4000
"""Characters of a text that are read; a prompt of four minutes is a mistake somewhere."""

VALUE, ONE = "□", "▫"
"""Stand for a value beside a text while that is read: any, and the number 1; no text holds them."""

PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": ", ",
        "−": "-",
        "\u00ad": "",
        VALUE: " ",
        ONE: " ",
    }
)
FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
MARKS = ".,;:?!"
"""What makes pauses and the tune of a sentence."""

Reading = Callable[[re.Match[str]], str]
Rule = tuple[re.Pattern[str], Reading]


def rule(pattern: str, reading: Reading | str) -> Rule:
    """Return a rule; a *reading* that is text is what is said, whatever matched."""
    said = (lambda found: reading) if isinstance(reading, str) else reading
    return re.compile(pattern), said


PLURALS: tuple[Rule, ...] = (
    rule(rf"(?<![\d.,])((?:1|{ONE})(?: [^\W\d_]+){{1,2}})\(e?s\)", lambda found: found[1]),
    rule(r"(?<=[^\W\d_])\((e?s)\)", lambda found: found[1]),
)
"""One "message(s)" and several, in English and Spanish."""


def read(rules: Iterable[Rule], text: str) -> str:
    """Read *text* by *rules*, in order. Raises nothing on purpose."""
    for pattern, reading in rules:
        text = pattern.sub(_safely(reading), text)
    return text


def sentence_end(found: re.Match[str]) -> str:
    """Return the full stop that ends both an abbreviation ("p.m.") and its sentence."""
    behind = found.string[found.end() :]
    return "." if found[0].endswith(".") and re.match(r"\s*$|\s+[¿¡A-ZÁÉÍÓÚÑ]", behind) else ""


def clean(text: str) -> str:
    """Return *text* with plain quotes and dashes, single spaces, nothing unprintable; shouts are lowered."""
    text = text[:LONGEST]
    for sign, fraction in FRACTIONS.items():
        text = text.replace(sign, fraction)
    # the raised letters of "1.º" and "2.ª" are not those of "o" and "a"
    text = re.sub("[^ºª]+", lambda run: unicodedata.normalize("NFKC", run[0]), text).translate(PLAIN)
    text = "".join(c for c in text if c.isprintable() or c.isspace())
    if len(re.findall(r"[^\W\d_]{2,}", text)) > 3 and text.isupper():
        text = text.lower()  # a text all in capitals is shouted, not abbreviated
    return " ".join(text.split())


def tidy(text: str, *, whole: bool = True, keep: str = "") -> str:
    """
    Leave letters, apostrophes, the marks that make pauses, and the marks in *keep*.

    Marks that lead or trail are left only where *text* is a piece of something longer (not *whole*).
    """
    text = re.sub(r"[()\[\]{}]|\s-+\s|\|", ", ", text)
    text = re.sub(r"(?<=\w)-(?=\w)", " ", text)
    text = "".join(
        c if c.isalpha() or unicodedata.combining(c) or c in f" {MARKS}'{keep}" else " " for c in text
    )
    text = re.sub(r"(?<!\w)'|'(?!\w)", " ", text)
    text = re.sub(r"\s+([.,;:?!])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;:])[,;:]+", r"\1", text)
    text = re.sub(r"[,;:]+([.?!])", r"\1", text)
    text = re.sub(r"([.?!])[.,;:?!]+", r"\1", text)
    text = re.sub(r"([.,;:?!])(?=\w)", r"\1 ", text)
    return text.lstrip(f" {MARKS}").rstrip(" ,;:") if whole else text.strip()


def _safely(reading: Reading) -> Reading:
    def said(found: re.Match[str]) -> str:
        try:
            return reading(found)
        except (ValueError, OverflowError):
            return found[0]

    return said

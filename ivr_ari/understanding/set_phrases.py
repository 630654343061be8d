"""
Phrases that hold the words of numbers, places and months and mean none: "one moment please", "on second
thought", "first of all", "march on", "the last four digits".
"""

from __future__ import annotations

from .words import DIGITS, PLURALS, TEENS, TENS, Words, has, listed, phrases

__all__ = ["without_counts", "without_set_phrases"]

SILENT = "\N{HORIZONTAL ELLIPSIS}"
"""Stands for a word that means nothing to the readers of values."""

PLEAS = phrases(
    """
one moment | one second | one sec | one minute | one min | two seconds | two secs | two minutes please
give me two minutes | give me five minutes | a second | a sec | a moment | a minute please | wait a minute
just a minute | hold on a minute
"""
)
SET = phrases(
    """
second thoughts | second thought | second hand | second nature | second guess | second rate | split second
third party | third parties | third world | third rate | third degree
first of all | at first | first things first | first off | first aid | first hand | first and foremost
for the first time | for the second time | for the third time | for the fourth time | first let me
first i | first thing | first available | first opening | first appointment | first chance
at last | at long last
march on | march in | march into | march right | march out | march over | i march | we march
may be | may not | we may | you may | it may | they may | that may
august company | fall back | sat down | wed to
no one | which one | what one | square one | one another | one way | one by one
"""
)
PHRASES = SET + PLEAS
BEGINNINGS = frozenset(phrase[0] for phrase in PHRASES)

PRONOUN_BEHIND = frozenset(
    listed(
        "the this that other another only long short new old right wrong same every each any me him her have"
    )
)
"""In front of a lone "one" these make it stand for a thing."""

OF_DIGITS = frozenset(("digit", "digits", "numbers", "letters", "characters"))
END_OF_A_NUMBER = frozenset(("last", "first", "final"))
HOW_MANY_DIGITS = frozenset(listed("two three four five six seven eight nine ten"))
THEM = frozenset(("them", "us", "those", "these"))
NUMBERS = frozenset({*DIGITS, *PLURALS, *TEENS, *TENS})


def without_set_phrases(words: Words) -> Words:
    """Return *words* with those of set phrases made silent; as many words as before."""
    said, at = list(words), 0
    while at < len(words):
        long = _phrase(words, at)
        said[at : at + long] = [SILENT] * long
        at += long or 1
    return tuple(said)


def _phrase(words: Words, at: int) -> int:
    """The number of words of the set phrase at *at*, 0 if there is none."""
    if words[at] not in BEGINNINGS:
        return 0
    long = next((len(each) for each in PHRASES if tuple(words[at : at + len(each)]) == each), 0)
    if long and words[at + long - 1] in NUMBERS and has(words, at + long, *NUMBERS):
        # "no, one two three"
        return 0
    return 0 if words[at] in NUMBERS and has(words, at - 1, "in", *NUMBERS) else long


def without_counts(words: Words) -> Words:
    """
    Return *words* with the numbers that are no digits of anything made silent.

    In "the last four are one two oh four" the first four says how many there are, and in "the long one" there
    is no number at all.
    """
    return tuple(SILENT if _counts(words, at) else word for at, word in enumerate(words))


def _counts(words: Words, at: int) -> bool:
    word = words[at]
    if word == "one" and has(words, at - 1, *PRONOUN_BEHIND):
        return not has(words, at + 1, *NUMBERS)
    if word not in HOW_MANY_DIGITS or has(words, at - 1, *NUMBERS):
        return False
    if has(words, at + 1, *OF_DIGITS) or has(words, at - 1, *END_OF_A_NUMBER):
        return True
    return has(words, at + 1, "of") and has(words, at + 2, *THEM)

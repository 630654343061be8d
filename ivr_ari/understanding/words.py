"""
Spoken number words and what surrounds them: the tables that the value modules share.

Words are lower-case and without punctuation, as a recogniser returns them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = [
    "DIGITS",
    "FILLERS",
    "FIRST_OF_NUMBERS",
    "ORDINALS",
    "PLURALS",
    "REPEATS",
    "SCALES",
    "TEENS",
    "TENS",
    "UNITS",
    "Words",
    "cardinal",
    "has",
    "listed",
    "ordinal",
    "name_spoken",
    "phrases",
    "year",
]

Words = Sequence[str]


def listed(text: str) -> tuple[str, ...]:
    """The words of *text*: a table written as people say it."""
    return tuple(text.split())


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a table at bars and line ends; longest phrases first, so that they win over their beginnings."""
    lines = (phrase.split() for phrase in text.replace("\n", "|").split("|"))
    return tuple(sorted((tuple(words) for words in lines if words), key=len, reverse=True))


def name_spoken(name: str) -> str:
    """The words of the *name* of an intent or a choice: "lost-card" is "lost card"."""
    return " ".join(name.replace("-", " ").replace("_", " ").lower().split())


_ONES = listed("one two three four five six seven eight nine")
_TEENS = listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_FIRSTS = listed("first second third fourth fifth sixth seventh eighth ninth")

UNITS: Mapping[str, int] = {word: at for at, word in enumerate(_ONES, 1)}
TEENS: Mapping[str, int] = {word: at for at, word in enumerate(_TEENS, 10)}
TENS: Mapping[str, int] = {word: at * 10 for at, word in enumerate(_TENS, 2)} | {"fourty": 40}
SCALES = frozenset(("hundred", "thousand", "million"))

DIGITS: Mapping[str, str] = {
    **{word: str(value) for word, value in UNITS.items()},
    **dict.fromkeys(("zero", "oh", "o", "nought", "naught", "nil"), "0"),
    "niner": "9",
    "fife": "5",
    "fower": "4",
    "sicks": "6",
}

PLURALS: Mapping[str, str] = {
    **{f"{word}s": str(value) for word, value in UNITS.items() if word != "six"},
    **dict.fromkeys(("zeros", "zeroes", "ohs"), "0"),
    "sixes": "6",
}
"""Several of a digit: "four zeros"."""

REPEATS: Mapping[str, int] = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}

ORDINALS: Mapping[str, int] = {
    **{word: at for at, word in enumerate(_FIRSTS, 1)},
    **{f"{word}th": value for word, value in TEENS.items() if word != "twelve"},
    "twelfth": 12,
    **{f"{word[:-1]}ieth": value for word, value in TENS.items()},
    "hundredth": 100,
}

NOTHING = frozenset(("zero", "nought", "naught"))
FIRST_OF_NUMBERS = frozenset({*UNITS, *TEENS, *TENS, *NOTHING, "a"})

FILLERS = frozenset(listed("um uh uhm erm er ah hmm mm mhm eh huh"))
"""Hesitations; "oh" is missing because it may be a zero."""


def cardinal(words: Words, start: int) -> tuple[int, int] | None:
    """
    Read one whole number: "two hundred and fifty", "fifteen hundred", "a thousand", "twenty five".

    Returns the number and the index behind it. "twenty five fifty" gives 25: what follows is another
    number. None if no number begins at *start*.
    """
    if start >= len(words) or words[start] not in FIRST_OF_NUMBERS:
        return None
    if words[start] in NOTHING:
        return 0, start + 1
    total, at = 0, start
    for scale, unit in (("million", 1_000_000), ("thousand", 1000), ("", 1)):
        begin = at + 1 if total and has(words, at, "and") else at
        part = _below_thousand(words, begin)
        if part is None:
            continue
        value, after = part
        if scale:
            if not has(words, after, scale):
                continue
            after += 1
        total, at = total + value * unit, after
    return (total, at) if at > start else None


def ordinal(words: Words, start: int) -> tuple[int, int] | None:
    """Read an ordinal up to a hundred ("fourteenth", "twenty first"): its number and the index behind it."""
    if start >= len(words):
        return None
    if has(words, start, "one", "a") and has(words, start + 1, "hundredth"):
        return 100, start + 2
    if words[start] in ORDINALS:
        return ORDINALS[words[start]], start + 1
    unit = ORDINALS.get(words[start + 1], 10) if start + 1 < len(words) else 10
    if words[start] in TENS and unit < 10:
        return TENS[words[start]] + unit, start + 2
    return None


def year(words: Words, start: int) -> tuple[int, int] | None:
    """Read a year: "nineteen eighty two", "twenty twenty six", "two thousand four", "nineteen oh five"."""
    whole = cardinal(words, start)
    if whole is None:
        return None
    value, at = whole
    if 1900 <= value <= 2100:
        return value, at
    if value not in (19, 20) or (rest := _two_digits(words, at)) is None:
        return None
    return value * 100 + rest[0], rest[1]


def _two_digits(words: Words, start: int) -> tuple[int, int] | None:
    if start >= len(words):
        return None
    if words[start] in ("oh", "o") and start + 1 < len(words) and words[start + 1] in UNITS:
        return UNITS[words[start + 1]], start + 2
    found = _below_hundred(words, start)
    return found if found and found[0] >= 10 else None


def _below_thousand(words: Words, start: int) -> tuple[int, int] | None:
    first = _below_hundred(words, start)
    if first is None and has(words, start, "a") and has(words, start + 1, *SCALES):
        # "a hundred", "a thousand"; a bare "a" is no number
        first = (1, start + 1)
    if first is None:
        return None
    value, at = first
    if not has(words, at, "hundred"):
        return first
    value, at = value * 100, at + 1
    rest = _below_hundred(words, at + 1 if has(words, at, "and") else at)
    return (value + rest[0], rest[1]) if rest else (value, at)


def _below_hundred(words: Words, start: int) -> tuple[int, int] | None:
    if start >= len(words):
        return None
    word = words[start]
    for table in (UNITS, TEENS):
        if word in table:
            return table[word], start + 1
    if word in TENS:
        unit = UNITS.get(words[start + 1], 0) if start + 1 < len(words) else 0
        return TENS[word] + unit, start + (2 if unit else 1)
    return None


def has(words: Words, at: int, *any_of: str) -> bool:
    """Whether there is a word at *at* and it is one of those."""
    return 0 <= at < len(words) and words[at] in any_of

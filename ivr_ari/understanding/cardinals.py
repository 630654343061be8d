"""
How many: whole numbers, decimals, halves and dozens.

"two and a half", "three point five", "half a dozen" are numbers anywhere. Where a number is asked for, "a
couple", "just me", "two fifty" and a lone "too" are numbers as well.
"""

from __future__ import annotations

from decimal import Decimal

from ..events import Value
from .words import DIGITS, FILLERS, UNITS, Words, cardinal, has, listed, phrases

__all__ = ["HOMOPHONE_WORDS", "find_cardinals"]

HOMOPHONE_WORDS = {"for": "four", "fore": "four", "to": "two", "too": "two", "won": "one", "ate": "eight"}
"""What a recogniser writes for a number that counts something ("too hundred dollars") or stands alone."""

NOT_A_NUMBER_BEFORE_ONE = frozenset(
    listed("the this that other another first last new which any no right wrong")
)
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
MULTIPLES = {"dozen": Decimal(12), "thousand": Decimal(1000), "million": Decimal(1_000_000)}
OTHER_UNITS = frozenset(listed("past to after till until of hour hours an the way time"))
"""Behind "half" or "a quarter" these say that it is a time or a share of something."""

SIGNS = ("minus", "negative")
ALONE: dict[tuple[str, ...], int] = {
    **dict.fromkeys(phrases("none | none at all | none of them | nobody"), 0),
    **dict.fromkeys(phrases("me | just me | only me | just myself | only myself | me alone | by myself"), 1),
    **dict.fromkeys(phrases("both of us | the both of us | me and one other | a pair"), 2),
    **dict.fromkeys(phrases("a couple | a couple of them | a couple of us | couple"), 2),
}
"""Answers to "how many" that hold no number."""

LEADING = FILLERS | frozenset(
    listed("it's it is just will be that's well oh so yeah yes i'd say um please then")
)
SELF = ("me", "i", "myself")

Read = tuple[Decimal, int]
"""A number and the index behind it."""


def find_cardinals(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the numbers in *words*; a lone "one" counts only where a number is *asked* for."""
    if asked and (alone := _alone(words)):
        return (alone,)
    found, at = [], 0
    while at < len(words):
        read = _number(words, at, asked)
        if read is None:
            at += 1
            continue
        number, end = read
        if not _pronoun(words, at, end, asked):
            found.append(Value("number", _written(number), at, end - 1, 0.9 if asked else 0.6))
        at = end
    return tuple(found)


def _written(number: Decimal) -> str:
    return str(int(number)) if number == int(number) else f"{number.normalize():f}"


def _pronoun(words: Words, start: int, end: int, asked: bool) -> bool:
    if end - start > 1 or words[start] != "one":
        return False
    if has(words, start - 1, "the") and has(words, start - 2, "just", "only"):
        return not asked
    return not asked or (start > 0 and words[start - 1] in NOT_A_NUMBER_BEFORE_ONE)


def _alone(words: Words) -> Value | None:
    """Read an answer that is a number only because one was asked for."""
    first, end = 0, len(words)
    while first < end and words[first] in LEADING and tuple(words[first:end]) not in ALONE:
        first += 1
    while first < end and words[end - 1] in LEADING:
        end -= 1
    said = tuple(words[first:end])
    number = ALONE.get(said, _company(said))
    if number is None and len(said) == 1 and said[0] in HOMOPHONE_WORDS:
        number = UNITS[HOMOPHONE_WORDS[said[0]]]
    return None if number is None else Value("number", str(number), first, end - 1, 0.7)


def _company(said: Words) -> int | None:
    """Read "my wife and i", "me and my wife": two."""
    if len(said) != 4:
        return None
    ends = (said[:2], said[3:]) if said[2] == "and" else (said[2:], said[:1]) if said[1] == "and" else None
    return 2 if ends and ends[0][0] == "my" and ends[1][0] in SELF else None


def _number(words: Words, at: int, asked: bool) -> Read | None:
    if asked and has(words, at, *SIGNS) and (read := _number(words, at + 1, asked)):
        return -read[0], read[1]
    if not (read := _whole(words, at, asked) or _part(words, at, asked)):
        return None
    number, end = read
    if has(words, end, *MULTIPLES):
        return number * MULTIPLES[words[end]], end + 1
    if has(words, end, "a") and has(words, end + 1, *MULTIPLES):
        # "half a million"
        return (number * MULTIPLES[words[end + 1]], end + 2) if number < 1 else read
    return read


def _whole(words: Words, at: int, asked: bool) -> Read | None:
    """Read a number that begins with a whole one, and what it is continued by."""
    whole = cardinal(words, at)
    if whole is None:
        return _decimals(Decimal(0), words, at) if asked else None
    number, end = Decimal(whole[0]), whole[1]
    if has(words, end, *PARTS) and end - at == 1 and not has(words, end + 1, *OTHER_UNITS):
        # "one half", "three quarters"
        return number * PARTS[words[end]], end + 1
    if has(words, end, "and") and has(words, end + 1, "a") and has(words, end + 2, *PARTS):
        return number + PARTS[words[end + 2]], end + 3
    if read := _decimals(number, words, end):
        return read
    return (asked and number < 10 and _hundreds(number, words, end)) or (number, end)


def _decimals(number: Decimal, words: Words, at: int) -> Read | None:
    """Read "point five", "point two five", "point twenty five" behind *number*."""
    if not has(words, at, "point"):
        return None
    end = at + 1
    while has(words, end, *DIGITS):
        end += 1
    if text := "".join(DIGITS[word] for word in words[at + 1 : end]):
        return number + Decimal(f"0.{text}"), end
    behind = cardinal(words, at + 1)
    return (number + Decimal(f"0.{behind[0]}"), behind[1]) if behind else None


def _hundreds(number: Decimal, words: Words, at: int) -> Read | None:
    """Read "two fifty" and "one oh one" as hundreds, if no further number follows."""
    zero = has(words, at, "oh", "o")
    behind = cardinal(words, at + zero)
    if behind is None or cardinal(words, behind[1]):
        return None
    low, high = (1, 9) if zero else (10, 99)
    return (number * 100 + behind[0], behind[1]) if low <= behind[0] <= high else None


def _part(words: Words, at: int, asked: bool) -> Read | None:
    """Read "a dozen", "half a dozen", "a half", "a couple of"."""
    begin = at + has(words, at, "a")
    if begin > at and has(words, begin, "dozen"):
        return Decimal(12), begin + 1
    if has(words, begin, "half") and has(words, begin + 1, "a") and has(words, begin + 2, *MULTIPLES):
        return PARTS["half"], begin + 1
    if begin > at and has(words, begin, "couple"):
        return (Decimal(2), begin + 1 + has(words, begin + 1, "of")) if asked else None
    if asked and has(words, begin, "half", "quarter") and not has(words, begin + 1, *OTHER_UNITS):
        return PARTS[words[begin]], begin + 1
    return None

"""
Times that are counted from the moment they are said: "in ten minutes", "half an hour ago", "right now".
"""

from __future__ import annotations

from .words import Words, cardinal, has, listed

__all__ = ["time_from_now"]

UNITS = {"minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60}
FRACTIONS = {"half": 30, "quarter": 15}
"""Minutes of a part of an hour."""

AGO = frozenset(listed("ago back earlier"))


def time_from_now(words: Words, at: int, asked: bool = False) -> tuple[int, int] | None:
    """
    Return by how many minutes the time at *at* lies ahead (behind: negative) and the index behind it.

    A mere "now" counts only where a time is *asked* for.
    """
    if has(words, at, "right", "straight") and has(words, at + 1, "now", "away"):
        return 0, at + 2
    if asked and has(words, at, "now") and not has(words, at - 1, "from", "by", "right"):
        return 0, at + 1
    inside = has(words, at, "in", "within")
    read = _length(words, at + inside)
    if read is None:
        return None
    minutes, end = read
    if has(words, end, *AGO):
        return -minutes, end + 1
    if has(words, end, "from") and has(words, end + 1, "now"):
        return minutes, end + 2
    return (minutes, end + has(words, end, "time")) if inside else None


def _length(words: Words, at: int) -> tuple[int, int] | None:
    """Read "half an hour", "an hour and a half", "two and a half hours", "an hour and ten minutes"."""
    begin = at + has(words, at, "a", "an", "about")
    if has(words, begin, *FRACTIONS):
        hour = begin + 1 + has(words, begin + 1, "of")
        hour += has(words, hour, "a", "an")
        return (FRACTIONS[words[begin]], hour + 1) if has(words, hour, "hour", "hour's") else None
    number = cardinal(words, begin)
    if number is None:
        if begin == at:
            return None
        number = (2, begin + 1 + has(words, begin + 1, "of")) if has(words, begin, "couple") else (1, begin)
    count, unit = number
    half = _and_half(words, unit)
    unit = half or unit
    if not has(words, unit, *UNITS):
        return None
    size = UNITS[words[unit]]
    minutes, end = count * size + (size // 2 if half else 0), unit + 1
    if behind := _and_half(words, end):
        return minutes + size // 2, behind
    rest = _length(words, end + has(words, end, "and")) if size > 1 else None
    return (minutes + rest[0], rest[1]) if rest else (minutes, end)


def _and_half(words: Words, at: int) -> int:
    """The index behind "and a half", 0 if that does not stand there."""
    return at + 3 if tuple(words[at : at + 3]) == ("and", "a", "half") else 0

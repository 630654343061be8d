"""
How long something lasts: "two and a half hours", "a fortnight", "an hour forty five", "three to four weeks".

A duration is written as ISO 8601 does, in years, months, days, hours, minutes and seconds: weeks are days,
sixty minutes an hour, twelve months a year. Days and hours are left as they were said, for a day of changing
clocks has no 24 hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ..events import Value
from .words import DIGITS, FILLERS, Words, cardinal, has, listed

__all__ = ["find_durations"]

Amount = dict[str, Fraction]
"""How much of each unit: ``{"H": 2, "M": 30}``; months are ``m``."""

UNITS: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(listed("second seconds sec secs"), ("S", 1)),
    **dict.fromkeys(listed("minute minutes min mins"), ("M", 1)),
    **dict.fromkeys(listed("hour hours hr hrs"), ("H", 1)),
    **dict.fromkeys(listed("day days night nights"), ("D", 1)),
    **dict.fromkeys(listed("week weeks wk wks"), ("D", 7)),
    **dict.fromkeys(listed("fortnight fortnights"), ("D", 14)),
    **dict.fromkeys(listed("month months"), ("m", 1)),
    **dict.fromkeys(listed("year years yr yrs"), ("Y", 1)),
    **dict.fromkeys(listed("decade decades"), ("Y", 10)),
}
"""Words for the units, and what they are."""

SMALLER = {"Y": ("m", 12), "m": ("D", 30), "D": ("H", 24), "H": ("M", 60), "M": ("S", 60)}
"""What a part of a unit is told in; a month is taken for thirty days."""

NEXT = {"H": "M", "M": "S", "Y": "m"}
"""What a number behind a unit counts: "two hours thirty"."""

KINDS_OF_DAYS = frozenset(
    listed("business working calendar consecutive whole full solid straight more extra single")
)
HOMOPHONES = {"to": "two", "too": "two", "ate": "eight", "won": "one"}
"""What a recogniser writes for a number right before a unit."""

TAKES_BACK = frozenset(listed("no sorry actually wait correction rather make"))
ARTICLES = ("a", "an", "one")
ROUGHLY: Mapping[tuple[str, ...], int] = {
    ("a", "couple", "of"): 2,
    ("a", "couple"): 2,
    ("couple", "of"): 2,
    ("couple",): 2,
    ("a", "dozen"): 12,
    ("half", "a", "dozen"): 6,
}
VAGUE: Mapping[tuple[str, ...], int] = {("a", "few"): 3, ("few",): 3, ("several",): 4}
"""Hardly numbers: taken only where a duration is asked for, and not for sure."""

PARTS: Mapping[str, Fraction] = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
TO = ("to", "or", "till", "until", "through")

POINTS_BEFORE = frozenset(listed("in within every last next past previous coming each per"))
POINTS_BEHIND = frozenset(listed("ago from later before after earlier hence prior notice old"))
"""Beside these a duration tells a day, and no duration."""

MOMENTS = frozenset(listed("second seconds sec secs minute minutes min moment day night"))
"""Of which a single one is rather a figure of speech: "one second", "some day"."""

SURE, ROUGH, GUESSED = 0.9, 0.75, 0.5
LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number in front of a unit."""

    number: Fraction
    end: int
    sure: float = SURE


def find_durations(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the durations in *words*; "three to four weeks" is both, shorter first, joined by a slash.

    Where none is *asked* for, "in two weeks" and "two days ago" are days, and "a minute" is a manner of
    speaking.
    """
    found: list[Value] = []
    if asked:
        words = [
            HOMOPHONES[word] if word in HOMOPHONES and has(words, at + 1, *UNITS) else word
            for at, word in enumerate(words)
        ]
    at = 0
    while at < len(words):
        value = _at(words, at, asked)
        if value:
            found.append(value)
        at = value.last + 1 if value else at + 1
    return tuple(_corrected(words, found) if asked else found)


def _corrected(words: Words, found: list[Value]) -> list[Value]:
    """After "no", "actually" the last one counts: "three days no four"."""
    if not found:
        return []
    back = [at for at, word in enumerate(words) if word in TAKES_BACK]
    if len(found) > 1 and any(at < found[-1].first for at in back):
        return found[-1:]
    before, last = found[-1], words[found[-1].last]
    count = _count(words, back[-1] + 1) if back and back[-1] > before.last and last in UNITS else None
    if count is None or count.end != len(words):
        return found
    unit, each = UNITS[last]
    return [replace(before, value=_written({unit: count.number * each}), last=count.end - 1)]


def _at(words: Words, at: int, asked: bool) -> Value | None:
    between = has(words, at, "between", "from")
    first = _amount(words, at + between)
    if first is None:
        first = _shared_unit(words, at + between)
    if first is None:
        return None
    amount, end, sure = first
    text = _written(amount)
    ranged = end < len(words) - 1 and (words[end] in TO or (between and words[end] == "and"))
    other = (_amount(words, end + 1) or _more(words, end, amount)) if ranged else None
    if other and not text.count("/"):
        text, end, sure = f"{text}/{_written(other[0])}", other[1], min(sure, other[2])
    begin = at if text.count("/") else at + between
    if not text or text.startswith("/") or text.endswith("/") or _is_none(words, begin, end, sure, asked):
        return None
    return Value("duration", text, begin, end - 1, sure)


def _more(words: Words, at: int, amount: Amount) -> tuple[Amount, int, float] | None:
    """Read "or two" of "an hour or two": the unit stands in front."""
    count = _count(words, at + 1) if has(words, at, "or") else None
    if count is None or len(amount) != 1 or has(words, count.end, *UNITS):
        return None
    unit, each = UNITS[words[at - 1]]
    return {unit: count.number * each}, count.end, ROUGH


def _is_none(words: Words, begin: int, end: int, sure: float, asked: bool) -> bool:
    """Whether the words tell a day or a moment."""
    if has(words, begin - 1, "once", "twice", "times"):
        return True
    if asked:
        waiting = has(words, begin - 1, "me", "on", "just", "in", "wait") or words[end - 1] in (
            "second",
            "sec",
        )
        short = end - begin == 2 and words[begin] in ARTICLES
        return short and waiting and words[end - 1] in MOMENTS - {"day", "night"}
    spanned = (
        has(words, begin - 2, "for", "over")
        and has(words, begin - 1, "the")
        or (
            has(words, begin - 1, "next", "last")
            and has(words, begin - 2, "the")
            and has(words, begin - 3, "for")
        )
    )
    points = has(words, begin - 1, *POINTS_BEFORE) or has(words, end, *POINTS_BEHIND)
    moment = end - begin == 2 and words[begin] in ARTICLES and words[end - 1] in MOMENTS
    return sure < ROUGH or (points and not spanned) or moment


def _amount(words: Words, at: int) -> tuple[Amount, int, float] | None:
    """Read units with their numbers, one behind the other: "two hours and thirty minutes"."""
    amount: Amount = {}
    smallest, sure = "", SURE
    while one := _unit(words, at if not smallest else at + has(words, at, "and")):
        unit, number, end, certain = one
        if smallest and not _is_smaller(unit, smallest):
            break
        amount[unit] = amount.get(unit, Fraction()) + number
        smallest, at, sure = unit, end, min(sure, certain)
        more = _rest(words, at, unit)
        if more:
            unit, number, at = more
            amount[unit] = amount.get(unit, Fraction()) + number
            break
    return (amount, at, sure) if smallest and all(part < LARGEST for part in amount.values()) else None


def _is_smaller(unit: str, other: str) -> bool:
    order = "YmDHMS"
    # weeks and days are both told in days
    return order.index(unit) > order.index(other) or unit == other == "D"


def _unit(words: Words, at: int) -> tuple[str, Fraction, int, float] | None:
    """Read one number with its unit: the unit, how many, the index behind, how sure."""
    while has(words, at, *FILLERS):
        at += 1
    count = _part_of(words, at) or _count(words, at)
    if count is None:
        return None
    end = count.end
    while has(words, end, *FILLERS, *KINDS_OF_DAYS):
        end += 1
    if end >= len(words) or words[end] not in UNITS:
        return None
    unit, each = UNITS[words[end]]
    return unit, count.number * each, end + 1, count.sure


def _part_of(words: Words, at: int) -> Count | None:
    """Read "half an", "a quarter of an", "three quarters of an"."""
    count, start = Fraction(1), at
    if has(words, at, "a", "one"):
        start = at + 1
    elif has(words, at, "half") and has(words, at + 1, "a") and has(words, at + 2, "dozen"):
        return None
    elif has(words, at, "three", "two"):
        count, start = Fraction(3 if words[at] == "three" else 2), at + 1
    if not has(words, start, *PARTS, "quarters", "thirds"):
        return None
    part = PARTS[words[start].removesuffix("s")]
    end = start + 1
    end += has(words, end, "of")
    article = has(words, end, "a", "an", "the")
    end += article
    if words[start] == "third" and not article:
        return None
    return Count(count * part, end)


def _count(words: Words, at: int) -> Count | None:
    for table, sure in ((ROUGHLY, ROUGH), (VAGUE, GUESSED)):
        for phrase, rough in table.items():
            if tuple(words[at : at + len(phrase)]) == phrase:
                return Count(Fraction(rough), at + len(phrase), sure)
    whole = has(words, at, "the") and has(words, at + 1, "whole", "full", "entire")
    single = whole or (has(words, at, "a", "an") and not has(words, at + 1, *_SCALES))
    read = (1, at + 1) if single else cardinal(words, at)
    if read is None:
        return None
    number: Fraction = Fraction(read[0])
    end = read[1]
    if has(words, end, "point") and end + 1 < len(words) and words[end + 1] in DIGITS:
        digits = ""
        end += 1
        while end < len(words) and words[end] in DIGITS:
            digits, end = digits + DIGITS[words[end]], end + 1
        return Count(number + Fraction(int(digits), 10 ** len(digits)), end)
    half = _and_a_part(words, end)
    if half:
        number, end = number + half[0], half[1]
    return Count(number, end)


_SCALES = ("hundred", "thousand", "million")


def _and_a_part(words: Words, at: int) -> tuple[Fraction, int] | None:
    """Read "and a half", "and three quarters"."""
    if not has(words, at, "and"):
        return None
    times = 3 if has(words, at + 1, "three") else 1
    start = at + 1 + has(words, at + 1, "a", "one", "three")
    name = words[start].removesuffix("s") if start < len(words) else ""
    if name not in PARTS or start == at + 1:
        return None
    return PARTS[name] * times, start + 1


def _rest(words: Words, at: int, unit: str) -> tuple[str, Fraction, int] | None:
    """Read what stands behind a unit without one of its own: "an hour and a half", "two hours thirty"."""
    part = _and_a_part(words, at)
    if part and not has(words, part[1], *UNITS, "a", "an", "of"):
        times = 7 if words[at - 1].startswith("week") else 14 if words[at - 1].startswith("fort") else 1
        return unit, part[0] * times, part[1]
    start = at + has(words, at, "and")
    read = cardinal(words, start)
    bare = read and not has(words, read[1], *UNITS, "and", "to", "or", *KINDS_OF_DAYS, *FILLERS)
    if read and bare and unit in ("H", "M") and 0 < read[0] < 60:
        return NEXT[unit], Fraction(read[0]), read[1]
    return None


def _shared_unit(words: Words, at: int) -> tuple[Amount, int, float] | None:
    """Read "three to four weeks", "two or three days", "five ten minutes": the unit stands once."""
    first = _count(words, at)
    # "a thirty minute appointment" is of one length
    if first is None or (has(words, at, "a", "an") and not has(words, first.end, *TO)):
        return None
    end = first.end + has(words, first.end, *TO, "and")
    if has(words, first.end, "and") and not has(words, at - 1, "between"):
        return None
    second = _unit(words, end)
    if second is None or first.number >= _in_words(words, end):
        return None
    unit, number, end, sure = second
    each = number / _in_words(words, first.end + has(words, first.end, *TO, "and"))
    return {unit: first.number * each, "to": number}, end, min(sure, first.sure)


def _in_words(words: Words, at: int) -> Fraction:
    count = _count(words, at)
    return count.number if count else Fraction(1)


def _written(amount: Amount) -> str:
    """Write as ISO 8601; nothing for no time at all."""
    if "to" in amount:
        unit = next(iter(amount))
        return f"{_written({unit: amount[unit]})}/{_written({unit: amount['to']})}"
    whole = _whole(amount)
    days = "".join(f"{whole[unit]}{unit.upper()}" for unit in ("Y", "m", "D") if whole[unit])
    times = "".join(f"{whole[unit]}{unit}" for unit in ("H", "M", "S") if whole[unit])
    return f"P{days}{'T' + times if times else ''}" if days or times else ""


def _whole(amount: Amount) -> dict[str, int]:
    """Tell parts in the smaller unit, and sixty minutes as an hour."""
    parts = {unit: amount.get(unit, Fraction()) for unit in "YmDHMS"}
    for unit, (smaller, times) in SMALLER.items():
        part = parts[unit] % 1
        parts[unit] -= part
        parts[smaller] += part * times
    whole = {unit: int(part) for unit, part in parts.items()}
    for unit, larger, times in (("S", "M", 60), ("M", "H", 60), ("m", "Y", 12)):
        carried, whole[unit] = divmod(whole[unit], times)
        whole[larger] += carried
    return whole

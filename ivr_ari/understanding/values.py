"""
All values of a turn: every kind is looked for, and what the question asks for decides between readings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial

from ..events import Expect, Heard, Kind, Value
from .english import ENGLISH
from .languages import Tongue
from .misheard_values import Read, from_alternatives, with_doubts
from .naming import Name, Named, find_names
from .words import Words

__all__ = ["read_values"]

ASKED_FOR = 0.5
UNFIT = 0.2
"""Bonus of a reading of the kind asked for; less if it does not fit (too few digits)."""

PER_WORD = 0.05
LEAST_AT_ONCE = 3
"""So many digits must follow a name at once ("card four one one"): "my card two weeks ago" is none."""

PLAIN = 0.85
"""Other kinds of value are as sure as this where their words are plain."""

NAMED = 1.0
PHONE = 0.1
FIT = 0.6


def read_values(
    heard: Heard,
    words: Words,
    expect: Expect,
    today: str,
    names: Sequence[Name],
    more: Iterable[Value] = (),
    wanted: Collection[Kind] = (),
    tongue: Tongue = ENGLISH,
) -> tuple[tuple[Value, ...], tuple[Named, ...]]:
    """
    Return the values of a turn, in order and without overlaps, and the names that point to some of them.

    *words* are those of *heard*, cleaned; *today* an ISO date; *more* are values found by other means
    (choices) that compete with ours; *wanted* are the kinds that some slot of the flow takes: ids, phones,
    ranges and names are looked for only where they are wanted or asked for.
    """
    naming = find_names(words, names, tongue.naming)
    candidates = [*more, *tongue.values(words, expect, today, wanted)]
    named: list[Value] = []
    used: list[Named] = []
    for one in naming:
        until = min([other.first for other in naming if other.first > one.last], default=len(words))
        reach = words[:until] if one.value < until else words
        value = _as_asked(_named_value(reach, one, expect, today, tongue), candidates, expect)
        if value and not _within(value, one, candidates):
            named.append(value)
            used.append(one)
        elif one.value == len(words) and (one.value > one.last + 1 or len(one.name.words) > 1):
            # "my account number is": the value is still to come
            used.append(one)
    chosen = _without_overlaps((*named, *candidates), expect)
    if "digits" in expect.kinds and not any(_fits(value, expect) for value in chosen):
        chosen = _from_alternatives(heard, expect, tongue) or chosen
    read: Read = partial(tongue.values, expect=expect, today=today, wanted=())
    if expect.kinds and not any(value.kind in expect.kinds for value in chosen):
        chosen = from_alternatives(heard, expect.kinds, read) or chosen
    chosen = tuple(
        with_doubts(value, heard, words, read) if value.kind in expect.kinds else value for value in chosen
    )
    return tuple(_weighed(_as_heard(value, heard, words), heard) for value in chosen), tuple(used)


def _as_asked(value: Value | None, candidates: Iterable[Value], expect: Expect) -> Value | None:
    """Digits behind a name as what was asked for: "my phone number is ..." as a telephone number."""
    if value is None or value.kind != "digits":
        return value
    for other in candidates:
        covers = other.first <= value.first and value.last <= other.last
        if covers and other.kind in expect.kinds and other.kind in ("phone", "id"):
            return replace(other, slot=value.slot)
    return value


def _within(value: Value, named: Named, candidates: Iterable[Value]) -> bool:
    """
    Whether a value behind a name is but a part of something else.

    So are digits in "my account in nine days", and with its very name any value: "last month on the third".
    """
    return any(
        other.first <= value.first <= value.last <= other.last
        and other.last - other.first > value.last - value.first
        and (value.kind == "digits" or other.first <= named.first)
        and other.kind in ("date", "time", "range", "amount", "address", "email")
        and other.confidence >= PLAIN
        for other in candidates
    )


def _named_value(words: Words, named: Named, context: Expect, today: str, tongue: Tongue) -> Value | None:
    """Read what stands at a name as the name's kind."""
    led_in = named.behind or named.value > named.last + 1
    kinds = named.name.kinds
    if not kinds and not led_in:
        # a flow's own name says nothing of what may follow, so only "... is" leads a value in
        return None
    start = 0 if named.behind else named.value
    reach = words[start : named.value + 1] if named.behind else words[start:]
    tense = context.tense if set(kinds) & set(context.kinds) else ""
    tense = "past" if named.name.slot == "birth_date" else tense
    expect = Expect(kinds=kinds or ("digits",), tense=tense, hours_from=context.hours_from)
    candidates = list(tongue.values(reach, expect, today, ()))
    if not kinds:
        candidates = list(_without_overlaps([_as_number(reach, one, tongue) for one in candidates], expect))
    for value in candidates:
        here = value.last + start == named.value if named.behind else value.first == 0
        plain = led_in or value.kind != "digits" or len(str(value.value)) >= LEAST_AT_ONCE
        if here and plain and (not kinds or value.kind in kinds):
            first, last = value.first + start, value.last + start
            return replace(value, first=first, last=last, slot=named.name.slot)
    return None


def _as_number(words: Words, value: Value, tongue: Tongue) -> Value:
    """A string that is one cardinal ("fifty") is as well a number; the digits stay its other reading."""
    read = tongue.cardinal(words, value.first)
    if value.kind != "digits" or read is None or read[1] != value.last + 1:
        return value
    return replace(value, kind="number", value=str(read[0]), alternatives=(str(value.value),))


def _without_overlaps(values: Iterable[Value], expect: Expect) -> tuple[Value, ...]:
    """Take the best, then the best of what does not touch it, and so on."""
    taken: set[int] = set()
    chosen = []
    for value in sorted(values, key=lambda value: (-_worth(value, expect), value.first)):
        span = range(value.first, value.last + 1)
        if not taken.intersection(span):
            taken.update(span)
            chosen.append(value)
    return tuple(sorted(chosen, key=lambda value: value.first))


def _worth(value: Value, expect: Expect) -> float:
    worth = value.confidence + PER_WORD * (value.last - value.first + 1)
    if value.slot and value.kind != "choice":
        worth += NAMED
    if value.kind == "phone" and value.kind not in expect.kinds:
        # so many digits are rather a telephone number, where the flow wants one at all
        worth += PHONE
    if value.kind in expect.kinds:
        worth += (ASKED_FOR if value.confidence >= FIT else UNFIT) - 0.05 * expect.kinds.index(value.kind)
    return worth


def _fits(value: Value, expect: Expect) -> bool:
    least, most = expect.digits
    size = len(str(value.value))
    return value.kind == "digits" and least <= size and (not most or size <= most)


def _from_alternatives(heard: Heard, expect: Expect, tongue: Tongue) -> tuple[Value, ...]:
    """Digits that fit, out of another reading of the whole turn; they stand for all its words."""
    if not expect.digits[0] or not heard.words:
        return ()
    for text in heard.alternatives:
        words = [tongue.plain(word) for word in text.split()]
        for value in tongue.digits(words, *expect.digits, asked=True):
            if _fits(value, expect):
                return (replace(value, first=0, last=len(heard.words) - 1, confidence=0.6),)
    return ()


def _as_heard(value: Value, heard: Heard, words: Words) -> Value:
    """A name with the accents that were left out where its words were looked up."""
    if value.kind != "name":
        return value
    span = slice(value.first, value.last + 1)
    said = dict(zip(words[span], (word.text for word in heard.words[span]), strict=True))
    return replace(value, value=" ".join(said.get(word, word) for word in str(value.value).split()))


def _weighed(value: Value, heard: Heard) -> Value:
    """Less sure where the recogniser was unsure of the words."""
    words = heard.words[value.first : value.last + 1]
    sure = sum(word.confidence for word in words) / len(words) if words else 1.0
    return replace(value, confidence=round(value.confidence * sure, 3))

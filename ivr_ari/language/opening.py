"""Opening times as they are written: ``mon-fri: 09:00-12:30, 14:00-17:00``."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["opening_times"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d) ?- ?([01]\d|2[0-4]):([0-5]\d)")
DAY_MINUTES = 24 * 60

Week = tuple[tuple[tuple[int, int], ...], ...]


def opening_times(written: Mapping[str, str]) -> tuple[Week, list[tuple[str, str]]]:
    """
    Return for each weekday, Monday first, its times in minutes since midnight, and what is wrong: the days
    as written and a sentence. Times that end before they begin end the day after.
    """
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    mistakes: list[tuple[str, str]] = []
    owner: dict[int, str] = {}
    for days, text in written.items():
        first, _, last = days.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        if end < begin:
            mistakes.append((days, f"goes back from {last} to {first}: a week begins with mon"))
        spans, wrong = _spans(text)
        mistakes += [(days, sentence) for sentence in wrong]
        for day in range(begin, end + 1):
            if day in owner:
                mistakes.append((days, f"gives {DAYS[day]} again, which {owner[day]!r} has already"))
            owner.setdefault(day, days)
            week[day] = spans
    return tuple(tuple(spans) for spans in week), mistakes


def _spans(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    spans: list[tuple[int, int]] = []
    mistakes = []
    for part in text.split(","):
        found = SPAN.fullmatch(part.strip())
        if not found:
            mistakes.append(f"has {part.strip()!r}, which should be times such as 09:00-12:30")
            continue
        begin, end = 60 * int(found[1]) + int(found[2]), 60 * int(found[3]) + int(found[4])
        if begin == end or max(begin, end) > DAY_MINUTES:
            mistakes.append(f"has {part.strip()!r}, which is no time, or beyond 24:00")
        elif spans and (begin < spans[-1][1] or spans[-1][1] < spans[-1][0]):
            mistakes.append(f"has {part.strip()!r}, which begins before the times in front of it end")
        else:
            spans.append((begin, end))
    return spans, mistakes

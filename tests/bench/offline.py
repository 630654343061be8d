"""
The offline part of the bench: what is heard, when turns are taken, what prompts do; on audio time.

Every dictation and all other cases of the corpus on a quiet line, half of them under each other condition,
and the barge-ins. Short: an eleventh of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .audio_barge import Barge, barge_figures, tries
from .audio_figures import paired, share
from .audio_report import Result, report
from .audio_time import Job, hold_all
from .corpus import corpus
from .corpus_cases import Case
from .corpus_rooms import CONDITIONS
from .corpus_voices import VOICES
from .measures import Part, Row, percentile

__all__ = ["jobs", "measure"]

EVERY = 11
"""The short bench holds one call of so many: no divisor of the number of voices, so that all are heard."""

CUT_OFF_PERCENT = 2.0
DOWN_MS, SILENT_MS = 200.0, 600.0
MISSED_PERCENT = FALSE_PERCENT = 2.0
QUIET_MS = 2000.0


def measure(quick: bool, tell: Callable[[str], None], processes: int = 2) -> Part:
    """Hold all calls and tell the figures. Raises SetupError where voices or models are missing."""
    tell("the corpus is made if it is not there")
    planned = jobs(corpus(), quick)
    results, barges = hold_all(planned, processes, tell)
    part = Part("offline")
    part.rows = [
        *_cut_offs(results),
        *_values(results),
        *_words(results),
        *_taken(results),
        *_barge_ins(barges),
    ]
    part.figures = {
        "hearing": report(results),
        "voices": report(results, by_voice=True),
        "barge_in": barge_figures(barges),
        "cpu_percent_of_audio": _cpu(results),
    }
    return part


def jobs(cases: Sequence[Case], quick: bool = False) -> list[Job]:
    """Return the calls to be held: a quiet line first, then half the cases under each other condition."""
    planned: list[Job] = [(case, "clean") for case in cases]
    for number, condition in enumerate(CONDITIONS[1:]):
        half = (case for at, case in enumerate(cases) if (at // len(VOICES) + number) % 2 == 0)
        planned += [(case, condition) for case in half if _suits(case, condition)]
    planned += tries()
    return planned[::EVERY] if quick else planned


def _suits(case: Case, condition: str) -> bool:
    """Whether *case* tells anything: what was recorded with 8 kHz is no wideband."""
    return condition != "wide" or case.path.stem.startswith("s")


def _cut_offs(results: Sequence[Result]) -> list[Row]:
    rows = []
    for condition in CONDITIONS:
        dictated = [one for one in results if one.dictated and one.condition == condition]
        cut = 100 * share(sum(one.cut_off for one in dictated), len(dictated))
        title = f"cut off mid-thought, {condition}"
        rows.append(Row.of(title, "%", round(cut, 2), CUT_OFF_PERCENT, count=len(dictated)))
    return rows


def _values(results: Sequence[Result]) -> list[Row]:
    closed = [one for one in results if one.closed]
    rows = []
    for condition in ("", *CONDITIONS):
        group = [one for one in closed if condition in ("", one.condition)]
        ours = sum(one.value != one.wanted for one in group)
        plain = sum(one.plain_value != one.wanted for one in group)
        title = f"closed answers not right, {condition or 'all conditions'}"
        note = "" if condition else f"plain Vosk: {plain}; a wrong value, not none: {_wrong(group)}"
        target = None if condition else plain / 2
        rows.append(Row.of(title, f"of plain's {plain}", ours, target, count=len(group), note=note))
    return rows


def _wrong(group: Sequence[Result]) -> str:
    ours = sum(one.value not in ("", one.wanted) for one in group)
    return f"{ours}, plain {sum(one.plain_value not in ('', one.wanted) for one in group)}"


def _words(results: Sequence[Result]) -> list[Row]:
    """The low end of the 95 % interval of our word errors minus plain's: above 0 is significantly worse."""
    rows = []
    for condition in CONDITIONS:
        group = [one for one in results if not one.closed and one.condition == condition]
        words = [one.errors.words for one in group]
        ours, plain = [one.errors.all for one in group], [one.plain_errors.all for one in group]
        low, high = (100 * end for end in paired(ours, plain, words))
        rates = [100 * share(sum(errors), sum(words)) for errors in (ours, plain)]
        note = f"ours {rates[0]:.1f} %, plain {rates[1]:.1f} %, difference {low:+.1f} to {high:+.1f}"
        title = f"open words, {condition}: ours minus plain, low end"
        rows.append(Row.of(title, "points", round(low, 2), 0.0, count=len(group), note=note))
    return rows


def _taken(results: Sequence[Result]) -> list[Row]:
    rows = []
    for closed, title in ((True, "closed"), (False, "open")):
        taken = [one.taken_ms for one in results if one.closed == closed and one.taken_ms is not None]
        rows.append(Row.times(f"end of speech to turn taken, {title} (offline)", taken, None, None))
    return rows


def _barge_ins(barges: Sequence[Barge]) -> list[Row]:
    speech = [one for one in barges if one.kind == "speech"]
    others = [one for one in barges if one.kind != "speech"]
    down = [one.down_ms for one in speech if one.down_ms is not None]
    silent = [one.silent_ms for one in speech if one.silent_ms is not None]
    missed = 100 * share(sum(one.wrong for one in speech), len(speech))
    false = 100 * share(sum(one.wrong for one in others), len(others))
    quiet = [one.quiet_ms for one in others]
    return [
        Row.times("barge-in: prompt 15 dB down (offline)", down, None, DOWN_MS),
        Row.times("barge-in: prompt silent (offline)", silent, None, SILENT_MS),
        Row.of("barge-ins missed (offline)", "%", round(missed, 2), MISSED_PERCENT, count=len(speech)),
        Row.of("false barge-ins (offline)", "%", round(false, 2), FALSE_PERCENT, count=len(others)),
        Row.of("silence after a false one, longest (offline)", "ms", percentile(quiet, 1.0), QUIET_MS),
    ]


def _cpu(results: Sequence[Result]) -> dict[str, Any]:
    audio = sum(one.cpu_s["audio"] for one in results)
    parts = ("speech", "understanding", "call")
    return {name: round(100 * share(sum(one.cpu_s[name] for one in results), audio), 2) for name in parts}

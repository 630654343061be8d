"""How well recordings were heard, in figures: the report of `hear`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .hearing import EVERYTHING, STEP, Listened
from .word_errors import interval, paired

__all__ = ["Line", "Report", "Wrong", "report_of"]

ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """What one model made of one kind of recordings, listening in one way; rates are between 0 and 1."""

    model: str
    by: str
    """``everything``, the full language model, or ``step``."""

    asked: str
    """The slot or kind of value that was asked for, ``open``, or ``all``."""

    recordings: int
    words: int
    substituted: int
    deleted: int
    inserted: int
    low: float
    high: float
    """Between these lies the rate of word errors in 95 of 100 such samples."""

    values: int
    right: int
    load: float
    """Seconds of processor time for a second of audio, silence included."""

    flush_ms: tuple[float, float]
    """Time from a pause to its words, median and 95th percentile."""

    @property
    def rate(self) -> float:
        """Word errors by words said; inserted words may bring it above 1."""
        return (self.substituted + self.deleted + self.inserted) / self.words


@dataclass(frozen=True, slots=True)
class Wrong:
    """A recording of which a word or the value was misheard."""

    file: str
    model: str
    by: str
    said: str
    heard: str
    value_right: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    lines: tuple[Line, ...]
    better: tuple[tuple[str, float, float], ...]
    """Model, and the 95 % interval of how much lower its rate of word errors is where the step listens."""

    wrong: tuple[Wrong, ...]


def report_of(heard: Sequence[Listened]) -> Report:
    """Return the figures of everything that was heard."""
    keys = dict.fromkeys((one.model, one.by) for one in heard)
    lines: list[Line] = []
    for model, by in keys:
        mine = [one for one in heard if (one.model, one.by) == (model, by)]
        lines.append(_line(ALL, mine))
        asked = dict.fromkeys(map(_asked, mine))
        if len(asked) > 1:
            lines += [_line(name, [one for one in mine if _asked(one) == name]) for name in sorted(asked)]
    models = dict.fromkeys(one.model for one in heard)
    better = [(model, *bounds) for model in models if (bounds := _gain(model, heard))]
    wrong = [
        Wrong(one.recording.path.name, one.model, one.by, one.recording.text, one.heard.text, one.right)
        for one in heard
        if one.errors.all or one.right is False
    ]
    return Report(tuple(lines), tuple(better), tuple(wrong))


def _asked(one: Listened) -> str:
    return one.asked or "open"


def _line(asked: str, heard: Sequence[Listened]) -> Line:
    errors = [one.errors for one in heard]
    flushes = sorted(ms for one in heard for ms in one.flushes_ms)
    return Line(
        heard[0].model,
        heard[0].by,
        asked,
        len(heard),
        sum(one.words for one in errors),
        sum(one.substituted for one in errors),
        sum(one.deleted for one in errors),
        sum(one.inserted for one in errors),
        *interval([one.all for one in errors], [one.words for one in errors]),
        sum(one.right is not None for one in heard),
        sum(one.right is True for one in heard),
        sum(one.cpu_s for one in heard) / sum(one.audio_s for one in heard),
        (_percentile(flushes, 0.5), _percentile(flushes, 0.95)),
    )


def _gain(model: str, heard: Iterable[Listened]) -> tuple[float, float] | None:
    """Compare the two ways on the recordings that were heard in both."""
    mine = [one for one in heard if one.model == model]
    full = {one.recording: one.errors for one in mine if one.by == EVERYTHING}
    step = {one.recording: one.errors for one in mine if one.by == STEP}
    both = [name for name in full if name in step]
    if not both:
        return None
    return paired(
        [full[name].all for name in both],
        [step[name].all for name in both],
        [full[name].words for name in both],
    )


def _percentile(ranked: Sequence[float], portion: float) -> float:
    return round(ranked[max(0, math.ceil(portion * len(ranked)) - 1)], 1) if ranked else 0.0

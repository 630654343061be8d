"""
A question rises: the pitch of its end is bent upwards, its timing and its timbre stay.

A VITS voice decides its melody by chance, and its questions often end as low as statements do. So the end
of a sentence is held back, and its pitch bent by overlap-add of single periods of the voice (TD-PSOLA:
Moulines and Charpentier, 1990): each period is cut out around its peak and set down again, closer to the one
before. What has no pitch is left as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from .periods import STEP_MS, Curve, Floats, peaks, pitches

__all__ = ["Made", "begin_of", "risen", "streamed"]

LONGEST_MS, SHORTEST_MS = 600, 300
"""Before the end of the last word: where the rise begins."""

LEAD_MS = 1000
"""Before the rise begins: what the voice's middle is told from."""

RISE = 6.0
"""Semitones above the voice's middle at the end."""

DIP = 0.5
"""Semitones below it where the rise begins."""

MOST = 8.0
"""Semitones by which a period is raised at most: more no longer sounds like this voice."""

FAINT_DB = 14.0
"""Below the loudest of the rise: the top has to be reached before, where it is still well heard."""

SLOPE_MS = 50
"""How long the rise takes to depart from the voice's own melody."""

FEWEST_MS = 25
"""Of voice: a shorter stretch has no melody that is heard."""

BRIDGED = 4
"""Steps of 5 ms between two that have a pitch."""

AUDIBLE = 0.25
"""Semitones."""

Made = Callable[[int], Iterator[Floats]]
"""Yields a sentence's audio (-1..1) from a sample on."""


def begin_of(accent: int, end: int, rate_hz: int) -> int:
    """
    Return the sample where a sentence begins to rise.

    Its last accent is at sample *accent*, its last word ends at *end*.
    """
    longest, shortest = (ms * rate_hz // 1000 for ms in (LONGEST_MS, SHORTEST_MS))
    return min(max(accent, end - longest), end - shortest)


def streamed(made: Made, rise: int, samples: int, rate_hz: int, begin: int) -> Iterator[Floats]:
    """
    Yield the audio of *made*, *samples* long, from *begin* on, with a pitch that rises from sample *rise* on.

    What lies before *rise* is passed on at once, the rest in one piece, or not at all if *made* ends early.
    """
    lead = max(0, rise - LEAD_MS * rate_hz // 1000)
    at = min(begin, lead)
    held: list[Floats] = []
    for piece in made(at):
        if at + len(piece) > lead:
            held.append(piece[max(0, lead - at) :])
        early = piece[max(0, begin - at) : max(0, rise - at)]
        at += len(piece)
        if len(early):
            yield early
    if at >= samples and held:
        yield risen(np.concatenate(held), rise - lead, rate_hz)[max(begin, rise) - lead :]


def risen(audio: Floats, begin: int, rate_hz: int) -> Floats:
    """
    Return *audio* (-1..1), the end of a sentence, with a pitch that rises from sample *begin* to its end.

    It is as long as before, and the same before *begin*. What rises enough by itself is left as it is.
    """
    found, level_db = pitches(audio, rate_hz)
    hop = STEP_MS * rate_hz // 1000
    late = np.flatnonzero(found)
    late = late[late * hop >= begin]
    if not len(late):
        return audio
    top = late[level_db[late] > level_db[late].max() - FAINT_DB][-1]
    raised = _raised(found, begin / hop, float(top))
    exact = audio.astype(np.float64)
    made = exact.copy()
    for first, last in _voiced(found):
        low = max(first * hop, begin)
        long_enough = (last + 1) * hop - low >= FEWEST_MS * rate_hz // 1000
        if long_enough and raised[first : last + 1].max() > AUDIBLE:
            own = peaks(exact, found, first, last, rate_hz)
            _bend(exact, made, own[own >= low], raised, hop)
    return made.astype(np.float32)


def _raised(found: Curve, begin: float, top: float) -> Curve:
    """Return by how many semitones each step of 5 ms is to be raised."""
    steps = np.arange(len(found))
    middle = float(np.median(found[found > 0]))
    # a pitch almost an octave away from the middle is rather a mistake than a melody
    sure = (found > 0) & (np.abs(np.log2(np.maximum(found, 1.0) / middle)) < 0.9)
    own = 12.0 * np.log2(np.interp(steps, steps[sure], found[sure]) / middle)
    share = np.clip((steps - begin) / max(1.0, top - 3 - begin), 0.0, 1.0)
    wanted = -DIP + (RISE + DIP) * share
    sloped = np.clip((steps - begin) * STEP_MS / SLOPE_MS, 0.0, 1.0)
    raised = np.clip(wanted - own, 0.0, MOST) * sloped
    round_off = np.hanning(11)[1:-1]
    return np.convolve(np.pad(raised, 4, mode="edge"), round_off / round_off.sum(), "valid")


def _voiced(found: Curve) -> Iterator[tuple[int, int]]:
    """Yield the first and last step of each stretch that has a pitch; a creaking voice has small gaps."""
    steps = np.flatnonzero(found)
    for run in np.split(steps, np.flatnonzero(np.diff(steps) > BRIDGED) + 1):
        yield int(run[0]), int(run[-1])


def _bend(audio: Curve, made: Curve, own: npt.NDArray[np.int64], raised: Curve, hop: int) -> None:
    """Write a stretch of *audio* whose periods peak at *own* into *made*, raised."""
    widest = int(np.diff(own).max(initial=0)) + 1
    own = own[(own >= widest) & (own + widest <= len(audio))]
    if len(own) < 3:
        return
    periods = _placed(own, raised, hop)
    places = [place for place, _, _ in periods]
    tail = int(own[-1] - own[-2])
    begin, end = places[0], places[-1] + tail
    made[begin:end] = 0.0
    for before, (place, peak, gain), after in zip(
        [begin, *places], periods, [*places[1:], end], strict=False
    ):
        left, right = place - before, after - place
        window = np.concatenate([_slope(left), 1.0 - _slope(right)])
        made[before:after] += gain * window * audio[peak - left : peak + right]
    # behind the last peak it goes over into what was there
    made[end - tail : end] += _slope(tail) * audio[end - tail : end]


def _placed(own: npt.NDArray[np.int64], raised: Curve, hop: int) -> list[tuple[int, int, float]]:
    """Return where periods are set down, the peak each is taken from, and what keeps the level."""
    found = [(int(own[0]), int(own[0]), 1.0)]
    steps, gaps = np.arange(len(raised)) * hop, np.diff(own)
    at = float(own[0])
    while True:
        here = int(np.clip(np.searchsorted(own, at, side="right") - 1, 0, len(gaps) - 1))
        ratio = 2.0 ** (float(np.interp(at, steps, raised)) / 12.0)
        at += gaps[here] / ratio
        if at > own[-1]:
            return found
        found.append((round(at), int(own[np.argmin(np.abs(own - at))]), 1.0 / math.sqrt(ratio)))


def _slope(length: int) -> Curve:
    return 0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(length, 1))

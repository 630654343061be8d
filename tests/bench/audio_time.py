"""
Hearing on audio time: ``python -m tests.bench.audio_time``.

Recorded and synthesised callers answer questions through the very line, session, recogniser, understanding
and dialogue of the service, on a clock that is the audio's own, so that a minute of calls takes seconds and
every run gives the same. Told are cut-offs (a turn taken before the caller's last word was sent), values of
closed questions and word errors of open ones, each beside plain Vosk: the same model with its full language
model on the same audio in one piece, and the same parser.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path

import structlog

from ivr_ari.language.load import load_flow

from .audio_call import Room, Taken
from .audio_figures import Errors, count_errors, paired, percentile, share
from .audio_loop import on_audio_time
from .corpus import corpus
from .corpus_cases import Case, callers
from .corpus_rooms import CONDITIONS, spoken

__all__ = ["Result", "measure", "report"]

ROOT = Path(__file__).parents[2]
FLOWS = {
    "dictation": Path(__file__).with_name("dictation.yaml"),
    **{name: ROOT / "flows" / f"{name}.yaml" for name in ("bank", "clinic", "retail")},
}

AROUND_MS = 400
"""Plain Vosk is given the speech with so much before and after it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case under one condition."""

    name: str
    kind: str
    voice: str
    condition: str
    dictated: bool
    closed: bool
    said: str
    wanted: str
    """The value of rightly heard words; empty at an open question."""

    ends_ms: int
    turns: tuple[Taken, ...]
    heard: str
    plain: str
    plain_value: str
    errors: Errors
    plain_errors: Errors
    noises: int = 0
    cpu_s: dict[str, float] = field(default_factory=dict)

    @property
    def cut_off(self) -> bool:
        return any(turn.at_ms < self.ends_ms for turn in self.turns)

    @property
    def value(self) -> str:
        """What the dialogue held when the caller's turn was first taken."""
        return self.turns[0].value if self.turns else ""

    @property
    def taken_ms(self) -> int | None:
        """From the end of speech to the turn being taken."""
        return self.turns[-1].at_ms - self.ends_ms if self.turns and not self.cut_off else None


async def listen(jobs: Sequence[tuple[Case, str]]) -> list[Result]:
    """Hold a call for each case, one after the other, in this process."""
    room = Room({name: load_flow(path) for name, path in FLOWS.items()})
    await room.learn()
    return [await one(room, case, condition) for case, condition in jobs]


async def one(room: Room, case: Case, condition: str) -> Result:
    sent = spoken(case, condition)
    outcome = await room.hold(case.scene, sent)
    first, last = (max(0, sent.begins_ms - AROUND_MS) // 20, (sent.ends_ms + AROUND_MS) // 20)
    plain = room.plain(outcome.frames[first:last], sent.rate_hz)
    closed = bool(case.scene.slot)
    heard = " ".join(turn.words for turn in outcome.turns)
    return Result(
        case.name,
        case.kind,
        case.voice,
        condition,
        case.dictated,
        closed,
        case.text,
        room.truth(case.scene, case.text) if closed else "",
        sent.ends_ms,
        tuple(outcome.turns),
        heard,
        plain.text,
        room.value(case.scene, plain) if closed else "",
        count_errors(case.text, heard),
        count_errors(case.text, plain.text),
        outcome.noises,
        outcome.cpu_s,
    )


def part(jobs: Sequence[tuple[Case, str]]) -> list[Result]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return on_audio_time(listen(jobs))


def measure(cases: Sequence[Case], conditions: Sequence[str], processes: int = 2) -> list[Result]:
    """Hold all calls, shared out among *processes*; in the order of the cases."""
    jobs = [(case, condition) for condition in conditions for case in cases]
    if processes == 1:
        return part(jobs)
    shares = [jobs[first::processes] for first in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(part, shares))
    order = {(case.name, condition): number for number, (case, condition) in enumerate(jobs)}
    return sorted((one for some in done for one in some), key=lambda one: order[one.name, one.condition])


def report(results: Sequence[Result]) -> dict[str, dict[str, object]]:
    """Return the figures of all conditions and kinds, as plain values."""
    groups: dict[str, list[Result]] = {}
    for one in results:
        for name in ("all", "dictated" if one.dictated else "", "closed" if one.closed else "", one.kind):
            if name:
                groups.setdefault(f"{one.condition} / {name}", []).append(one)
    return {name: figures(group) for name, group in groups.items()}


def figures(group: Sequence[Result]) -> dict[str, object]:
    closed = [one for one in group if one.closed]
    words = [one.errors.words for one in group]
    ours, theirs = [one.errors.all for one in group], [one.plain_errors.all for one in group]
    low, high = paired(ours, theirs, words)
    taken = [one.taken_ms for one in group if one.taken_ms is not None]
    return {
        "n": len(group),
        "cut_off": sum(one.cut_off for one in group),
        "never_taken": sum(not one.turns for one in group),
        "closed": len(closed),
        "not_right": sum(one.value != one.wanted for one in closed),
        "wrong": sum(one.value not in ("", one.wanted) for one in closed),
        "plain_not_right": sum(one.plain_value != one.wanted for one in closed),
        "plain_wrong": sum(one.plain_value not in ("", one.wanted) for one in closed),
        "word_error_rate": round(share(sum(ours), sum(words)), 4),
        "plain_word_error_rate": round(share(sum(theirs), sum(words)), 4),
        "difference_95": (round(low, 4), round(high, 4)),
        "taken_p50_ms": percentile(taken, 0.5),
        "taken_p95_ms": percentile(taken, 0.95),
    }


COLUMNS = (
    ("n", "n"),
    ("cut", "cut_off"),
    ("none", "never_taken"),
    ("closed", "closed"),
    ("not right", "not_right"),
    ("wrong", "wrong"),
    ("plain n.r.", "plain_not_right"),
    ("plain wrong", "plain_wrong"),
    ("wer", "word_error_rate"),
    ("plain wer", "plain_word_error_rate"),
    ("taken p50", "taken_p50_ms"),
    ("taken p95", "taken_p95_ms"),
)


def show(rows: dict[str, dict[str, object]]) -> None:
    print(f"{'':28}" + "".join(f"{title:>12}" for title, _ in COLUMNS))
    for name, row in rows.items():
        print(f"{name:28}" + "".join(f"{row[key]!s:>12}" for _, key in COLUMNS))


def worst(results: Iterable[Result], most: int) -> None:
    """Print what went wrong."""
    shown = 0
    for one in results:
        why = "cut off" if one.cut_off else "wrong value" if one.closed and one.value != one.wanted else ""
        if not why and one.errors.all > one.plain_errors.all:
            why = "more word errors"
        if why and shown < most:
            shown += 1
            at = [turn.at_ms for turn in one.turns]
            print(f"{one.name} {one.condition} {why}: ends {one.ends_ms}, taken {at}")
            print(f"    said  {one.said}\n    heard {one.heard}\n    plain {one.plain}")
            if one.closed:
                print(f"    wanted {one.wanted!r}, got {one.value!r}, plain {one.plain_value!r}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.audio_time", description=__doc__)
    parser.add_argument("--only", default="", help="cases whose name or kind begins so, e.g. d00 or account")
    parser.add_argument(
        "--corpus", action="store_true", help="the whole corpus, not the recorded callers alone"
    )
    parser.add_argument("--every", type=int, default=1, help="only every so manieth case")
    parser.add_argument(
        "--conditions", default="clean", help=f"of {', '.join(CONDITIONS)}; with commas between"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worst", type=int, default=10, help="how many failures are shown")
    parser.add_argument("--json", type=Path, help="write every result and all figures there")
    given = parser.parse_args()
    known = corpus() if given.corpus else callers()
    cases = [case for case in known if any(n.startswith(given.only) for n in (case.name, case.kind))]
    cases = cases[:: given.every]
    results = measure(cases, given.conditions.split(","), given.processes)
    rows = report(results)
    show(rows)
    worst(results, given.worst)
    cpu = {name: sum(one.cpu_s[name] for one in results) for name in results[0].cpu_s}
    print({name: round(100 * used / cpu["audio"], 2) for name, used in cpu.items()}, "% of a core")
    if given.json:
        told = {"figures": rows, "results": [asdict(one) for one in results]}
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""
Hearing on audio time: ``python -m tests.bench.audio_time``.

Recorded and synthesised callers answer questions through the very line, session, recogniser, understanding
and dialogue of the service, on a clock that is the audio's own, so that a minute of calls takes seconds. Two
runs differ by a word here and there: Kaldi's features carry a little noise (dither).

Told are cut-offs (a turn taken before the caller's last word was sent), values of closed questions and word
errors of open ones, each beside plain Vosk: the same model with its full language model on the same audio in
one piece, and the same parser. With ``--barge`` it is told what prompts do when something sounds into them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import structlog

from ivr_ari.language.load import load_flow

from .audio_barge import Barge, Try, barge_figures, hold_barge, show_barge, tries
from .audio_call import Room
from .audio_figures import count_errors
from .audio_loop import AudioLoop
from .audio_report import Result, report, show, worst
from .corpus import corpus
from .corpus_cases import Case, callers
from .corpus_rooms import CONDITIONS, spoken

__all__ = ["Job", "hold_all"]

ROOT = Path(__file__).parents[2]
FLOWS = {
    "dictation": Path(__file__).with_name("dictation.yaml"),
    **{name: ROOT / "flows" / f"{name}.yaml" for name in ("bank", "clinic", "retail")},
}

AROUND_MS = 400
"""Plain Vosk is given the speech with so much before and after it."""

FREE = ("home",)
"""Slots whose answers are free speech: they count among the open ones."""

Job = tuple[Case, str] | Try
"""An answer under a condition, or something that sounds into a prompt."""


@cache
def stand() -> tuple[AudioLoop, Room]:
    """Return this process's loop and engines."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    loop = AudioLoop()
    asyncio.set_event_loop(loop)
    room = Room({name: load_flow(path) for name, path in FLOWS.items()})
    loop.run_until_complete(room.learn())
    return loop, room


def hold(job: Job) -> Result | Barge:
    """Hold the call of *job* in this process."""
    loop, room = stand()
    if isinstance(job, Try):
        return loop.run_until_complete(hold_barge(room, job))
    return loop.run_until_complete(hold_answer(room, *job))


async def hold_answer(room: Room, case: Case, condition: str) -> Result:
    """Hold the call in which *case* is said, and have plain Vosk hear the same."""
    sent = spoken(case, condition)
    outcome = await room.hold(case.scene, sent)
    first, last = (max(0, sent.begins_ms - AROUND_MS) // 20, (sent.ends_ms + AROUND_MS) // 20)
    plain = room.plain(outcome.frames[first:last], sent.rate_hz)
    asked = bool(case.scene.slot)
    heard = " ".join(turn.words for turn in outcome.turns)
    return Result(
        case.name,
        case.kind,
        case.voice,
        condition,
        case.dictated,
        asked and case.kind not in FREE,
        case.text,
        room.truth(case.scene, case.text) if asked else "",
        sent.ends_ms,
        tuple(outcome.turns),
        heard,
        plain.text,
        room.value(case.scene, plain) if asked else "",
        count_errors(case.text, heard),
        count_errors(case.text, plain.text),
        outcome.noises,
        outcome.cpu_s,
    )


def hold_all(
    jobs: Sequence[Job], processes: int = 2, tell: Callable[[str], None] = lambda text: None
) -> tuple[list[Result], list[Barge]]:
    """Hold all calls, shared out among *processes*; results come in the order of *jobs*."""
    done: list[Result | Barge] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for number, one in enumerate(pool.map(hold, jobs), 1):
            done.append(one)
            if number % 50 == 0:
                tell(f"{number} of {len(jobs)} calls")
    results = [one for one in done if isinstance(one, Result)]
    return results, [one for one in done if isinstance(one, Barge)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.audio_time", description=__doc__)
    parser.add_argument("--only", default="", help="cases whose name or kind begins so, e.g. d00 or account")
    parser.add_argument("--corpus", action="store_true", help="all, not the recorded callers alone")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth case")
    parser.add_argument("--conditions", default="clean", help=f"of {CONDITIONS}")
    parser.add_argument("--barge", action="store_true", help="barge-in instead of answers")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worst", type=int, default=10, help="how many failures are shown")
    parser.add_argument("--json", type=Path, help="write every result and all figures there")
    given = parser.parse_args()
    known = corpus() if given.corpus or given.barge else callers()
    cases = [case for case in known if any(n.startswith(given.only) for n in (case.name, case.kind))]
    jobs: list[Job] = [
        (case, condition) for condition in given.conditions.split(",") for case in cases[:: given.every]
    ]
    if given.barge:
        jobs = [one for one in tries(given.every) if one.kind.startswith(given.only)]
    results, barges = hold_all(jobs, given.processes, print)
    rows = report(results) if results else barge_figures(barges)
    if results:
        show(rows)
        worst(results, given.worst)
        cpu = {name: sum(one.cpu_s[name] for one in results) for name in results[0].cpu_s}
        print({name: round(100 * used / cpu["audio"], 2) for name, used in cpu.items()}, "% of a core")
    else:
        show_barge(rows, barges, given.worst)
    if given.json:
        told = {"figures": rows, "results": [asdict(one) for one in results or barges]}
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()

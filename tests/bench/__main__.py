"""
``make bench``: the ear and the turn, measured; ``make bench QUICK=1`` in ten minutes.

Each part runs as a process of its own with a time limit: one that fails or hangs is reported, the others go
on. Answer times, pace and barge-in are measured with nothing else on the machine. Then the long call begins;
when its first minutes are measured the other parts run beside it (that one call is on the line too), and its
last minutes are again alone. Prints a table with the targets beside, and writes JSON and charts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from asterisk.stage import leashed
from ivr_ari.models import cache_folder

from .charts import draw
from .live_long import FIRST_OVER, LONG_S, QUICK_LONG_S, WINDOW_S
from .measures import Part, shown_table
from .part import MODULES

__all__ = ["Bench", "Job"]

ROOT = Path(__file__).parents[2]
STARTING_S = 120.0
"""A part's own lab and service; seconds when all is in the cache, minutes when prompts are rendered first."""

LEAST_S = 30.0
"""A part that could not even start in what is left is not begun."""

SPARE_S = 10.0
"""Between the end of what runs beside the long call and its last minutes."""


@dataclass(frozen=True, slots=True)
class Job:
    """A part to run and how long it may take, beside what it takes to start."""

    name: str
    limit_s: float
    quick_limit_s: float
    nice: int = 0


ALONE = (Job("turns", 540, 170), Job("pace", 120, 60), Job("barge-in", 240, 70))
BESIDE: tuple[tuple[Job, ...], ...] = (
    (Job("load", 400, 80),),
    (Job("samples", 300, 80), Job("offline", 1300, 110, nice=19)),
)
"""Those in one bracket run together, for they time nothing; QUICK: all of them, and load is a first look."""

LONG = Job("long", LONG_S + 60, QUICK_LONG_S + 30)


@dataclass(slots=True)
class Bench:
    """Runs parts and keeps what they found."""

    folder: Path
    quick: bool
    command: Sequence[str] = (sys.executable, "-m", "tests.bench.part")
    parts: dict[str, Part] = field(default_factory=dict)

    async def run(self, job: Job, within_s: float, heard: Callable[[str], None] = lambda line: None) -> None:
        """Run one part; never raises for what goes wrong in it."""
        out, began = self.folder / f"{job.name}.json", time.monotonic()
        out.unlink(missing_ok=True)
        process = await asyncio.create_subprocess_exec(
            *leashed("nice", "-n", str(job.nice), *self.command, job.name, "--out", str(out)),
            *(["--quick"] if self.quick else []),
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            start_new_session=True,
        )
        last: list[str] = []
        try:
            async with asyncio.timeout(within_s):
                await self._listen(job.name, process, last, heard)
                await process.wait()
            failed = "" if process.returncode == 0 else (last[-1] if last else f"status {process.returncode}")
        except TimeoutError:
            failed = f"not done after {within_s:.0f} s; last said: {last[-1] if last else 'nothing'}"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        self._keep(job.name, out, failed, time.monotonic() - began)

    async def _listen(
        self, name: str, process: asyncio.subprocess.Process, last: list[str], heard: Callable[[str], None]
    ) -> None:
        assert process.stderr is not None
        with (self.folder / f"{name}.log").open("w", buffering=1, encoding="utf-8") as log:
            while line := await process.stderr.readline():
                text = line.decode("utf-8", "replace").rstrip()
                log.write(text + "\n")
                last[:] = [text[:200]] if text else last
                heard(text)
                if not text.startswith((" ", "the service is starting")):
                    print(f"{time.strftime('%H:%M:%S')} {name:9} {text[:150]}", flush=True)

    def _keep(self, name: str, out: Path, failed: str, seconds: float) -> None:
        part = Part(name, seconds=round(seconds, 1), failed=failed or "no result")
        if not failed:
            with suppress(OSError, ValueError, KeyError, TypeError):
                part = Part.from_plain(json.loads(out.read_text(encoding="utf-8")))
        self.parts[name] = part

    async def all(self, names: Sequence[str]) -> None:
        """Run the parts named: those that want the machine alone, then the long call and the rest beside."""
        for job in ALONE:
            if job.name in names:
                await self.run(job, self._limit(job))
        if LONG.name not in names:
            for jobs in BESIDE:
                for job in jobs:
                    if job.name in names:
                        await self.run(job, self._limit(job))
            return
        first_over = asyncio.Event()

        def heard(line: str) -> None:
            if line == FIRST_OVER:
                first_over.set()

        long = asyncio.create_task(self.run(LONG, self._limit(LONG), heard))
        waiting = asyncio.create_task(first_over.wait())
        await asyncio.wait({long, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        length, window = QUICK_LONG_S if self.quick else LONG_S, WINDOW_S[self.quick]
        until = time.monotonic() + length - 2 * window - SPARE_S
        for jobs in (sum(BESIDE, ()),) if self.quick else BESIDE:
            wanted = [job for job in jobs if job.name in names]
            await asyncio.gather(*(self._beside(job, until, alone=long.done()) for job in wanted))
        await long

    async def _beside(self, job: Job, until: float, *, alone: bool) -> None:
        """Run a part beside the long call, within the time that is left until its last minutes."""
        limit, left = self._limit(job), until - time.monotonic()
        if alone or left >= LEAST_S:
            await self.run(job, limit if alone else min(limit, left))
        else:
            self.parts[job.name] = Part(job.name, failed="no time was left for it beside the long call")

    def _limit(self, job: Job) -> float:
        return STARTING_S + (job.quick_limit_s if self.quick else job.limit_s)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten minutes instead of forty")
    parser.add_argument("--parts", default=",".join(MODULES), help="only these, with commas between")
    parser.add_argument(
        "--out", type=Path, default=cache_folder() / "bench" / "turn", help="folder of results"
    )
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    bench, began = Bench(given.out, given.quick), time.monotonic()
    with suppress(KeyboardInterrupt):
        asyncio.run(bench.all(given.parts.split(",")))
    parts = [bench.parts[name] for name in MODULES if name in bench.parts]
    told = {
        "taken": time.strftime("%Y-%m-%d %H:%M"),
        "quick": given.quick,
        "seconds": round(time.monotonic() - began),
        "parts": [part.plain() for part in parts],
    }
    (given.out / "figures.json").write_text(json.dumps(told, indent=1, default=str) + "\n", encoding="utf-8")
    charts = draw(bench.parts, given.out)
    print("\n" + shown_table(parts))
    print(f"\n{told['seconds']} s; figures.json and {len(charts)} charts in {given.out}")


if __name__ == "__main__":
    main()

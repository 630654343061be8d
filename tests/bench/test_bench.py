"""The bench goes on whatever becomes of one of its parts, and leaves no process behind."""

from __future__ import annotations

import asyncio
import json
import os
import select
import sys
from pathlib import Path

from .__main__ import Bench, Job
from .measures import Part, Row

GOOD = Part("turns", [Row.of("turns without an answer", "", 0, 0, count=3)])


def bench(folder: Path, code: str) -> Bench:
    """A bench whose parts are a few lines of Python: given NAME --out FILE."""
    return Bench(folder, quick=False, command=(sys.executable, "-c", code))


def ran(folder: Path, code: str, within_s: float = 30.0) -> Part:
    one = bench(folder, code)
    asyncio.run(one.run(Job("turns", 1, 1), within_s))
    return one.parts["turns"]


def test_what_a_part_found_is_kept(tmp_path: Path) -> None:
    """A part writes its rows as JSON, and they are in the table."""
    code = f"import sys, pathlib; pathlib.Path(sys.argv[3]).write_text({json.dumps(GOOD.plain())!r})"
    assert ran(tmp_path, code).rows == GOOD.rows


def test_a_part_that_fails_says_why(tmp_path: Path) -> None:
    """The last line of its standard error is the reason; no result of an earlier run is taken for its own."""
    (tmp_path / "turns.json").write_text(json.dumps(GOOD.plain()))
    part = ran(tmp_path, "import sys; sys.exit('no chroot here')")
    assert part.failed == "no chroot here"
    assert part.rows == []


def test_a_part_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """When its time is over it is killed, and so is what it had started."""
    code = (
        "import subprocess, sys, time, pathlib\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n"
        "print('waiting for ever', file=sys.stderr, flush=True)\n"
        "time.sleep(600)\n"
    )
    one = bench(tmp_path, code)

    async def until_it_waits() -> int:
        waits = asyncio.Event()
        running = asyncio.create_task(one.run(Job("turns", 1, 1), 600, lambda line: waits.set()))
        await waits.wait()
        child = os.pidfd_open(int((tmp_path / "child").read_text()))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return child

    child = asyncio.run(until_it_waits())
    # A process's descriptor can be read from when it has ended (pidfd_open(2)).
    assert select.select([child], [], [], 60)[0] == [child]
    os.close(child)


def test_a_part_that_takes_too_long_is_reported(tmp_path: Path) -> None:
    """What it last said is told, for it is the place where it hung."""
    code = "import sys, time; print('at the door', file=sys.stderr, flush=True); time.sleep(600)"
    assert "not done after 2 s" in ran(tmp_path, code, within_s=2.0).failed


def test_the_parts_beside_the_long_call_run_even_if_it_fails(tmp_path: Path) -> None:
    """A long call that cannot begin keeps nobody waiting."""
    one = bench(tmp_path, "import sys; sys.exit(sys.argv[1])")
    asyncio.run(one.all(["long", "load", "pace"]))
    assert {name: part.failed for name, part in one.parts.items()} == {
        "pace": "pace",
        "long": "long",
        "load": "load",
    }

"""
Load: as many callers at once as it takes until answers come late, and what each of them costs.

Every caller goes through requests and questions with a second of thought before each answer. The mix of the
talk is measured and told with the figures: about 35 % caller, 40 % prompts, of which four of five are cached.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asterisk.demo import CALLERS
from asterisk.stage import Stage
from ivr_ari.errors import PeerError
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .live_caller import Caller, Reply, Talkative, Voices
from .live_stage import QUESTIONS, Turns, live
from .live_turns import CLOSED_P95_MS, OPEN_P95_MS, times_of
from .measures import Part, Row, percentile
from .processes import Usage, core_shares

__all__ = ["CPU_SHARE", "measure"]

STEPS = (1, 2, 4, 8, 12, 16, 20, 24, 28)
QUICK_STEPS = (1, 6)
WINDOW_S, LONGEST_WINDOW_S = 30.0, 75.0
QUICK_WINDOW_S, QUICK_LONGEST_WINDOW_S = 15.0, 20.0
"""A step is watched for at least the first, and until it has enough turns, but no longer than the second."""

ENOUGH_TURNS = 20
"""The 95th percentile of fewer is the slowest of all, and breaks nothing."""

THINK_S = 0.8
"""Before each answer, on top of the pause that tells a prompt's end; gives the mix of talk named above."""

CPU_SHARE = 0.065
"""Of a core, for one talking call: recognition, dialogue, voice and media."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Crowd:
    """The callers of one step and the steps before."""

    phone: Phone
    turns: Turns
    voices: Voices
    callers: list[Talkative] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there are enough replies since the last `watch`."""

    refused: int = 0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def grow(self, count: int) -> None:
        """Have *count* callers on the line."""
        self.callers = [one for one in self.callers if one.caller.call.end is None]
        while len(self.callers) < count:
            try:
                caller = await Caller.dial(self.phone, QUESTIONS, self.turns)
            except PeerError:
                self.refused += 1
                return
            talkative = Talkative(caller, self.voices, int(time.time()), think_s=THINK_S)
            self.callers.append(talkative)
            self._tasks.append(asyncio.create_task(self._talk(talkative)))

    async def _talk(self, talkative: Talkative) -> None:
        with suppress(PeerError):
            await talkative.begin()
            while talkative.caller.call.end is None:
                self.replies.append(await talkative.turn())
                if len(self.replies) >= ENOUGH_TURNS:
                    self.enough.set()

    def watch(self) -> None:
        """Forget what was measured so far."""
        self.replies.clear()
        self.enough.clear()

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for one in self.callers:
            with suppress(PeerError, TimeoutError):
                async with asyncio.timeout(5):
                    await one.caller.hang_up()


def measure(quick: bool, tell: Say) -> Part:
    """Add callers step by step until one of the p95 targets is missed or calls are refused."""
    part = Part("load")
    with live("bench-load") as (stage, turns):
        asyncio.run(_steps(stage, turns, part, quick, tell))
    part.figures["service warnings"] = turns.warnings
    return part


async def _steps(stage: Stage, turns: Turns, part: Part, quick: bool, tell: Say) -> None:
    lab = stage.lab
    steps: list[dict[str, Any]] = []
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        crowd = Crowd(phone, turns, Voices(Clips.load(CALLERS)))
        try:
            for count in QUICK_STEPS if quick else STEPS:
                await crowd.grow(count)
                await asyncio.sleep(6)  # greetings and keys of the new ones are over
                step = await _window(stage, crowd, quick)
                steps.append(step)
                tell(f"{step['calls']} calls: closed p95 {step['closed_p95_ms']:.0f} ms, {step['cpu_share']}")
                if _broken(step):
                    break
        finally:
            await crowd.leave()
    part.figures["steps"] = steps
    part.rows += _rows(steps)


async def _window(stage: Stage, crowd: Crowd, quick: bool) -> dict[str, Any]:
    """Watch what is on the line for a while."""
    service = stage.service
    assert service is not None
    crowd.watch()
    talks = [one.caller.talk for one in crowd.callers]
    spoken, heard = sum(talk.spoken_s for talk in talks), sum(talk.heard_s for talk in talks)
    before, idle, began = Usage.of(service.pid), _idle_s(), time.monotonic()
    await asyncio.sleep(QUICK_WINDOW_S if quick else WINDOW_S)
    longest = QUICK_LONGEST_WINDOW_S if quick else LONGEST_WINDOW_S
    with suppress(TimeoutError):
        async with asyncio.timeout(longest - (time.monotonic() - began)):
            await crowd.enough.wait()
    took = time.monotonic() - began
    after, calls = Usage.of(service.pid), len(crowd.callers)
    spoken, heard = sum(talk.spoken_s for talk in talks) - spoken, sum(talk.heard_s for talk in talks) - heard
    shares = core_shares(before, after, took)
    times = times_of(crowd.replies)
    return {
        "calls": calls,
        "turns": len(crowd.replies),
        "lost": sum(reply.answer_ms is None for reply in crowd.replies),
        "refused": crowd.refused,
        "closed_p50_ms": percentile(times["closed"], 0.5),
        "closed_p95_ms": percentile(times["closed"], 0.95),
        "open_p50_ms": percentile(times["open"], 0.5),
        "open_p95_ms": percentile(times["open"], 0.95),
        "cpu_share": {role: round(share / calls, 4) for role, share in shares.items()},
        "cpu_share_a_call": round(sum(shares.values()) / calls, 4),
        "memory_mb": {role: round(mb) for role, mb in after.memory_mb.items()},
        "caller_share": round(spoken / took / calls, 2),
        "prompt_share": round(heard / took / calls, 2),
        "machine_idle": round((_idle_s() - idle) / took / (os.cpu_count() or 1), 2),
        "callers_late_p99_ms": round(
            percentile([one.caller.call.mouth.pace().late_p99_ms for one in crowd.callers], 1.0), 1
        ),
    }


def _idle_s() -> float:
    """Seconds that the machine's CPUs have had nothing to do (proc(5), /proc/stat)."""
    return int(Path("/proc/stat").read_text().split()[4]) / os.sysconf("SC_CLK_TCK")


def _broken(step: dict[str, Any]) -> bool:
    late = step["closed_p95_ms"] > CLOSED_P95_MS or step["open_p95_ms"] > OPEN_P95_MS
    return bool((late and step["turns"] >= ENOUGH_TURNS) or step["refused"] > 0)


def _rows(steps: Sequence[dict[str, Any]]) -> list[Row]:
    first = steps[0]
    good = [step for step in steps if not _broken(step)]
    best = good[-1] if good else first
    grown = sum(steps[-1]["memory_mb"].values()) - sum(first["memory_mb"].values())
    more = max(1, steps[-1]["calls"] - first["calls"])
    mix = "caller {caller_share:.0%}, prompts {prompt_share:.0%}"
    return [
        Row.of(
            "CPU of our processes, one talking call",
            "% of a core",
            100 * first["cpu_share_a_call"],
            100 * CPU_SHARE,
            note=f"{mix.format(**first)}; {_by_role(first)}",
        ),
        Row.of(
            f"CPU of our processes a call, {best['calls']} at once",
            "% of a core",
            100 * best["cpu_share_a_call"],
            100 * CPU_SHARE,
            note=f"{mix.format(**best)}; {_by_role(best)}",
        ),
        Row.of(
            "calls at once before a p95 is missed",
            "calls",
            best["calls"] if good else 0,
            note=_why(steps),
        ),
        Row.of("memory that one more call takes", "MB", grown / more),
    ]


def _by_role(step: dict[str, Any]) -> str:
    return ", ".join(
        f"{role} {100 * share:.1f}" for role, share in step["cpu_share"].items() if share >= 5e-4
    )


def _why(steps: Sequence[dict[str, Any]]) -> str:
    last = steps[-1]
    if not _broken(last):
        return f"not reached with {last['calls']}"
    return (
        f"with {last['calls']}: p95 closed {last['closed_p95_ms']:.0f}, open {last['open_p95_ms']:.0f} ms,"
        f" {last['refused']} refused; machine idle {last['machine_idle']:.0%},"
        f" callers' own packets up to {last['callers_late_p99_ms']:.0f} ms late"
    )

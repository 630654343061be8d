"""One long call: its last minutes beside its first ones, in answer times and in memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from asterisk.demo import CALLERS
from asterisk.stage import Stage
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .live_caller import Caller, Reply, Talkative, Voices
from .live_stage import QUESTIONS, Turns, live
from .measures import Part, Row, percentile
from .processes import Usage, core_shares

__all__ = ["FIRST_OVER", "LONG_S", "QUICK_LONG_S", "WINDOW_S", "measure"]

LONG_S, QUICK_LONG_S = 1800.0, 180.0

WINDOW_S = {False: 120.0, True: 30.0}
"""At each end; nothing else is measured on the machine meanwhile. By QUICK."""

FIRST_OVER = "the first minutes are measured"

THINK_S = 0.8
MEMORY_EVERY_S = 20.0

SLOWER = 1.15
"""The last p95 may be so many times the first one: of some 20 turns it is the largest but one."""

GROWN_MB = 8.0
"""That much may be heap that the allocator keeps, whatever the call does (glibc's arenas)."""

Say = Callable[[str], None]


def measure(quick: bool, tell: Say) -> Part:
    """Talk for half an hour, QUICK: three minutes."""
    part = Part("one long call")
    with live("bench-long") as (stage, turns):
        asyncio.run(_talk(stage, turns, part, quick, tell))
    part.figures["service warnings"] = turns.warnings
    return part


async def _talk(stage: Stage, turns: Turns, part: Part, quick: bool, tell: Say) -> None:
    lab, length, window = stage.lab, QUICK_LONG_S if quick else LONG_S, WINDOW_S[quick]
    assert stage.service is not None
    replies: list[tuple[float, Reply]] = []
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        caller = await Caller.dial(phone, QUESTIONS, turns)
        began = time.monotonic()
        watching = asyncio.create_task(_watch(stage.service.pid, began))
        talkative = Talkative(caller, Voices(Clips.load(CALLERS)), int(time.time()), think_s=THINK_S)
        await talkative.begin()
        told = False
        while caller.call.end is None and (now := time.monotonic() - began) < length:
            replies.append((now, await talkative.turn()))
            if not told and now > window:
                told = True
                tell(FIRST_OVER)
        looks = await _stopped(watching)
        await caller.hang_up()
    part.figures["looks"] = looks
    part.figures["replies"] = [(round(at, 1), reply.asked, reply.answer_ms) for at, reply in replies]
    part.figures["seconds"] = round(caller.talk.seconds, 1)
    part.rows += _rows(replies, looks, length, window)


async def _watch(pid: int, began: float) -> list[dict[str, Any]]:
    """Look at CPU and memory until cancelled; then return all looks."""
    looks = []
    before, at = Usage.of(pid), time.monotonic()
    try:
        while True:
            await asyncio.sleep(MEMORY_EVERY_S)
            now, usage = time.monotonic(), Usage.of(pid)
            looks.append(
                {
                    "at_s": round(now - began),
                    "memory_mb": {role: round(mb, 1) for role, mb in usage.memory_mb.items()},
                    "cpu_share": {
                        role: round(share, 4) for role, share in core_shares(before, usage, now - at).items()
                    },
                }
            )
            before, at = usage, now
    except asyncio.CancelledError:
        return looks


async def _stopped(watching: asyncio.Task[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    watching.cancel()
    return await watching


def _rows(
    replies: list[tuple[float, Reply]], looks: list[dict[str, Any]], length: float, window: float
) -> list[Row]:
    first = [reply.answer_ms for at, reply in replies if at < window and reply.answer_ms is not None]
    last = [reply.answer_ms for at, reply in replies if at >= length - window and reply.answer_ms is not None]
    then = [look for look in looks if look["at_s"] <= window + MEMORY_EVERY_S]
    grown = _total(looks[-1]) - _total(then[-1]) if looks and then else float("nan")
    early = percentile(first, 0.95)
    return [
        Row.times(f"answers in the first {window:.0f} s", first, None, None),
        Row.times(f"answers in the last {window:.0f} s of {length / 60:.0f} min", last, None, SLOWER * early),
        Row.of("memory grown meanwhile, all our processes", "MB", grown, GROWN_MB, count=len(looks)),
    ]


def _total(look: dict[str, Any]) -> float:
    return float(sum(look["memory_mb"].values()))

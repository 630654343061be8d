"""
Answer times, one call at a time: from INVITE to the greeting, and from the end of speech to the answer.

Each turn is divided into its stages, the caller's packets and the service's own record on one clock.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence

from asterisk.demo import CALLERS
from asterisk.stage import Stage
from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .live_caller import Caller, Reply, Talkative, Voices
from .live_stage import QUESTIONS, Turns, live
from .measures import Part, Row, percentile

__all__ = ["measure", "rows_of_replies", "shares_of", "times_of"]

DEMO = "600"
"""The demo bank: its greeting is what callers hear first."""

GREETED_WITHIN_S = 20.0
"""Who has heard nothing by then will hear nothing: the part has failed."""

TURNS_A_CALL, QUICK_TURNS_A_CALL = 14, 9

CLOSED_P50_MS, CLOSED_P95_MS = 250.0, 400.0
OPEN_P50_MS, OPEN_P95_MS = 400.0, 600.0
ANSWER_MS, GREETING_MS = 60.0, 150.0

Say = Callable[[str], None]


def measure(quick: bool, tell: Say) -> Part:
    """Hold 20 calls that only hear the greeting, then 5 calls of 14 turns each; QUICK: 6, and 2 of 9."""
    part = Part("answer times, one call at a time")
    with live("bench-turns") as (stage, turns):
        asyncio.run(_hold(stage, turns, part, quick, tell))
    part.figures["service warnings"] = turns.warnings
    return part


async def _hold(stage: Stage, turns: Turns, part: Part, quick: bool, tell: Say) -> None:
    greetings, calls, each = (6, 2, QUICK_TURNS_A_CALL) if quick else (20, 5, TURNS_A_CALL)
    lab, voices = stage.lab, Voices(Clips.load(CALLERS))
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        await _greetings(phone, part, greetings)
        tell(f"{greetings} greetings")
        replies: list[Reply] = []
        for number in range(calls):
            replies += await _talk(await Caller.dial(phone, QUESTIONS, turns), voices, number, each)
            tell(f"call {number + 1} of {calls}, {len(replies)} turns")
    part.rows += rows_of_replies(replies)
    part.figures["replies"] = [
        {
            "asked": reply.asked,
            "words": reply.words,
            "step": reply.step,
            "answer_ms": reply.answer_ms,
            "shares_ms": reply.shares(),
        }
        for reply in replies
    ]
    part.figures["shares_ms"] = shares_of(replies)
    part.figures["heard"] = await _heard(stage, turns)


async def _greetings(phone: Phone, part: Part, count: int) -> None:
    answered, greeted = [], []
    for _ in range(count + 1):
        call = await phone.dial(DEMO)
        invited, up = call.times.invited, call.times.answered
        assert up is not None
        async with asyncio.timeout(GREETED_WITHIN_S):
            first = await call.first_audio_after(invited)
        answered.append(1000 * (up - invited))
        greeted.append(1000 * (first - invited))
        await call.hangup()
        await asyncio.sleep(0.3)
    # The first call of all finds nothing warm, and is told apart.
    part.figures["first call"] = {"answered_ms": answered.pop(0), "greeting_ms": greeted.pop(0)}
    part.rows.append(Row.times("INVITE to answer", answered, None, ANSWER_MS))
    part.rows.append(Row.times("INVITE to greeting audio", greeted, None, GREETING_MS))
    part.figures["answered_ms"], part.figures["greeting_ms"] = answered, greeted


async def _talk(caller: Caller, voices: Voices, number: int, count: int) -> list[Reply]:
    """Take the turns of one call; one that is lost ends it."""
    talkative = Talkative(caller, voices, int(time.time()) + number, requests=4)
    replies = []
    await talkative.begin()
    for _ in range(count):
        if caller.call.end is not None:
            break
        replies.append(await talkative.turn())
    await caller.hang_up()
    return replies


def rows_of_replies(replies: Sequence[Reply]) -> list[Row]:
    """Return the rows of closed steps, open steps, and of what was never answered."""
    times = times_of(replies)
    lost = sum(reply.answer_ms is None for reply in replies)
    return [
        Row.times(
            "end of speech to answer, closed step, cached", times["closed"], CLOSED_P50_MS, CLOSED_P95_MS
        ),
        Row.times("end of speech to answer, open step, new values", times["open"], OPEN_P50_MS, OPEN_P95_MS),
        Row.times("... a date or an amount, which may grow", times["growing"], None, None),
        Row.of("turns without an answer", "", lost, 0, count=len(replies)),
    ]


def times_of(replies: Sequence[Reply]) -> dict[str, list[float]]:
    """Return the answer times by kind of step."""
    times: dict[str, list[float]] = {"closed": [], "open": [], "growing": []}
    for reply in replies:
        if reply.answer_ms is not None:
            times[reply.step].append(reply.answer_ms)
    return times


def shares_of(replies: Sequence[Reply]) -> dict[str, dict[str, float]]:
    """Return the median of each stage, by kind of step."""
    found: dict[str, dict[str, float]] = {}
    for name in ("closed", "open", "growing"):
        timed = [shares for reply in replies if reply.step == name and (shares := reply.shares())]
        stages = list(dict.fromkeys(stage for shares in timed for stage in shares))
        found[name] = {
            stage: percentile([shares[stage] for shares in timed if stage in shares], 0.5) for stage in stages
        }
    return found


async def _heard(stage: Stage, turns: Turns) -> dict[str, int]:
    """Return how many turns the dialogue understood, and how many held no meaning, from the stored events."""
    store = RedisStore(stage.redis.url)
    counts = {"understood": 0, "without meaning": 0, "noise": 0}
    for call_id in turns.taken:
        for line in await store.events(call_id):
            event = json.loads(line)
            if event["event"] == "Noise":
                counts["noise"] += 1
            elif event["event"] == "Understood":
                meaning = event["meaning"]
                told = meaning.get("requests") or meaning.get("acts") or meaning.get("values")
                counts["understood" if told else "without meaning"] += 1
    await store.close()
    return counts

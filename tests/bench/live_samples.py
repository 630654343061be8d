"""
Twenty of each kind of the offline bench's audio in real calls: dictations, closed answers, open requests.

Told are cut-offs and word errors, so that the figures taken on audio time can be believed. Three calls are on
the line at once; nothing here is timed.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from asterisk.stage import Stage
from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.errors import IvrError
from ivr_ari.robot.phone import Phone

from .audio_figures import count_errors, share
from .corpus import corpus
from .corpus_cases import Case, audio
from .live_caller import Caller
from .live_stage import QUESTIONS, Turns, live
from .measures import Part, Row

__all__ = ["KEYS", "Sample", "measure", "picked"]

EACH, QUICK_EACH = 20, 4
AT_ONCE = 3
MOST_CUT = 2.0
"""Per cent of the dictations."""

RATE_HZ = 8000

KEYS: Mapping[str, str] = {
    "account": "1",
    "day": "2",
    "amount": "3",
    "agreed": "4",
    "from": "5",
    "card": "7",
    "home": "8",
}
"""What opens a question of `turns.yaml`, by slot."""

NUMBERS: Mapping[str, str] = {"bank": "600", "clinic": "610", "retail": "620"}
"""Where the flows that ship ask their open question."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """One case in a real call."""

    name: str
    sort: str
    said: str
    heard: str
    cut_off: bool
    answered: bool


def measure(quick: bool, tell: Say) -> Part:
    """Hold a call for each sample; QUICK: four of each."""
    part = Part("samples in real calls")
    cases = picked(corpus(), QUICK_EACH if quick else EACH)
    with live("bench-samples") as (stage, turns):
        samples = asyncio.run(_hold(stage, turns, cases, tell))
    part.figures["samples"] = [asdict(sample) for sample in samples]
    part.figures["service warnings"] = turns.warnings
    part.rows += _rows(samples, sum(len(some) for some in cases.values()))
    return part


def picked(cases: Sequence[Case], each: int) -> dict[str, list[Case]]:
    """Return *each* of every sort, the same ones in every run."""
    sorts: dict[str, list[Case]] = {"dictation": [], "closed": [], "open": []}
    for case in cases:
        if case.scene.slot in KEYS:
            sorts["dictation" if case.dictated else "closed"].append(case)
        elif not case.scene.slot and case.scene.flow in NUMBERS:
            sorts["open"].append(case)
    choice = random.Random(7)
    return {name: choice.sample(some, min(each, len(some))) for name, some in sorts.items()}


async def _hold(stage: Stage, turns: Turns, cases: Mapping[str, Sequence[Case]], tell: Say) -> list[Sample]:
    lab, store, dialling = stage.lab, RedisStore(stage.redis.url), asyncio.Lock()
    waiting = [(sort, case) for sort, some in cases.items() for case in some]
    samples: list[Sample] = []
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()

        async def work() -> None:
            while waiting:
                sort, case = waiting.pop()
                with suppress(IvrError):  # a call that is lost is missing in the count
                    samples.append(await _one(phone, turns, store, dialling, sort, case))
                tell(f"{len(samples)} samples, {len(waiting)} to go")

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await store.close()
    return samples


async def _one(
    phone: Phone, turns: Turns, store: RedisStore, dialling: asyncio.Lock, sort: str, case: Case
) -> Sample:
    number = NUMBERS[case.scene.flow] if sort == "open" else QUESTIONS
    async with dialling:
        caller = await Caller.dial(phone, number, turns)
    try:
        await caller.quiet()
        if sort != "open":
            await caller.keys(KEYS[case.scene.slot])
        reply = await caller.say(case.scene.slot, case.text, audio(case.path, RATE_HZ))
        cut = any(
            turn.voice_at + turn.after_ms["committed"] / 1000 < reply.ended_at
            for turn in turns.of(caller.call_id)
        )
        heard = await _words(store, caller.call_id)
    finally:
        await caller.hang_up()
    return Sample(case.name, sort, case.text, heard, cut, reply.first_at is not None)


async def _words(store: RedisStore, call_id: str) -> str:
    events = [json.loads(line) for line in await store.events(call_id)]
    return " ".join(event.get("words", "") for event in events if event["event"] == "Understood")


def _rows(samples: Sequence[Sample], planned: int) -> list[Row]:
    dictations = [sample for sample in samples if sample.sort == "dictation"]
    cut = 100 * share(sum(sample.cut_off for sample in dictations), len(dictations))
    rows = [
        Row.of("cut off mid-thought, in real calls", "%", cut, MOST_CUT, count=len(dictations)),
        Row.of("samples that were not answered", "", planned - sum(s.answered for s in samples), 0),
    ]
    for sort in ("dictation", "closed", "open"):
        # What is secret, or unlike any number, is written down as "(…)": nothing to compare with.
        plain = [s for s in samples if s.sort == sort and s.heard and "(" not in s.heard]
        errors = [count_errors(sample.said, sample.heard) for sample in plain]
        wrong = 100 * share(sum(one.all for one in errors), sum(one.words for one in errors))
        rows.append(Row.of(f"word errors in real calls, {sort}", "%", wrong, count=len(plain)))
    return rows

"""
Turn and call timings on the lab PBX: ``make bench`` (12 calls), ``make bench QUICK=1`` (3 calls).

Real SIP and RTP, one call at a time. *End of speech* is the last voiced sample the robot sent, *first
audio* the first packet of the answer above -45 dBFS that reached it. Prints a table and JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from asterisk.demo import CALLERS, CONVERSATIONS
from asterisk.instance import running
from asterisk.stage import MODEL, Stage, staged
from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.models import cache_folder
from ivr_ari.robot.clips import Clips, normalise, program_voice
from ivr_ari.robot.conversation import Heard, Keyed, Spoke, TalkEvent, converse, prepare
from ivr_ari.robot.listen import VoskListener
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.script import Script, load_script
from ivr_ari.voices import ensure_joe

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Figures:
    """Everything measured, in ms unless named otherwise."""

    answer: list[float] = field(default_factory=list)
    greeting: list[float] = field(default_factory=list)
    turns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu_share: list[float] = field(default_factory=list)
    word_errors: int = 0
    words: int = 0
    resident_mb: float = 0.0
    unfinished: int = 0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def tree(pid: int) -> Iterable[int]:
    """Yield a process and all its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    used = 0
    for process in tree(pid):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


def resident_mb(pid: int) -> float:
    pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in tree(pid))
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return substitutions, deletions and insertions between two lists of words (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != other))
    return row[-1]


async def one_call(stage: Stage, phone: Phone, script: Script, clips: Clips, figures: Figures) -> None:
    sentences = prepare(script, clips)
    store = RedisStore(stage.redis.url)
    before = await store.calls(stage.lab.app)
    assert stage.service
    cpu, began = cpu_seconds(stage.service.pid), time.monotonic()
    call = await phone.dial("600")
    assert call.times.answered is not None
    assert call.times.invited is not None
    figures.answer.append(1000 * (call.times.answered - call.times.invited))
    greeting = await call.first_audio_after(call.times.answered)
    figures.greeting.append(1000 * (greeting - call.times.invited))
    call_id = next(iter(await store.calls(stage.lab.app) - before))
    kinds = {rule.say: rule.name for rule in script.rules if rule.say and not rule.secret}
    asked = ""
    said: list[str] = []

    def tell(event: TalkEvent) -> None:
        nonlocal asked
        match event:
            case Spoke(text):
                asked = kinds.get(text, "pin")
                said.append(text)
            case Keyed():
                asked = "keys"
            case Heard(_, answer_ms) if answer_ms is not None:
                figures.turns[asked].append(answer_ms)
            case _:
                pass

    outcome = await converse(call, script, sentences, VoskListener(MODEL), tell=tell)
    figures.unfinished += outcome.why not in ("finish", "hangup")
    figures.cpu_share.append((cpu_seconds(stage.service.pid) - cpu) / (time.monotonic() - began))
    figures.resident_mb = max(figures.resident_mb, resident_mb(stage.service.pid))
    events = [json.loads(line) for line in await store.events(call_id)]
    heard = [e.get("words", "") for e in events if e["event"] == "Understood"]
    for one, other in zip(said, heard, strict=False):
        if one and "(" not in other:
            figures.words += len(normalise(one).split())
            figures.word_errors += word_errors(normalise(one).split(), other.split())
    await call.hangup()
    await store.close()


async def calls(stage: Stage, count: int) -> Figures:
    lab, figures = stage.lab, Figures()
    clips = Clips.load(CALLERS, synthesise=program_voice())
    scripts = [load_script(CONVERSATIONS / f"{name}.yaml") for name in ("spoken", "spoken", "keypad")]
    async with (
        Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone,
        Phone("agent", lab.phones["agent"], (lab.sip_host, lab.sip_port)) as agent,
    ):
        await phone.register()
        await agent.register()
        for number in range(count):
            answering = asyncio.create_task(_answer(agent))
            await one_call(stage, phone, scripts[number % 3], clips, figures)
            answering.cancel()
            print(f"call {number + 1} of {count}", flush=True)
    return figures


async def _answer(agent: Phone) -> None:
    await (await agent.incoming()).answer()


def table(figures: Figures) -> dict[str, object]:
    """Print the figures and return them as plain values."""
    rows: dict[str, object] = {}
    every = [ms for values in figures.turns.values() for ms in values]
    lines = {"INVITE to answer": figures.answer, "INVITE to greeting audio": figures.greeting}
    lines |= {f"answer to: {kind}": values for kind, values in sorted(figures.turns.items())}
    lines["all turns"] = every
    print(f"\n{'ms':28} {'n':>4} {'p50':>7} {'p95':>7} {'worst':>7}")
    for name, values in lines.items():
        if values:
            p50, p95 = percentile(values, 0.5), percentile(values, 0.95)
            print(f"{name:28} {len(values):4} {p50:7.0f} {p95:7.0f} {max(values):7.0f}")
            rows[name] = {"n": len(values), "p50_ms": round(p50), "p95_ms": round(p95)}
    rows["word_error_rate"] = round(figures.word_errors / max(1, figures.words), 4)
    rows["cpu_share_of_a_core"] = round(percentile(figures.cpu_share, 0.5), 4)
    rows["resident_mb"] = round(figures.resident_mb)
    rows["calls_not_finished"] = figures.unfinished
    for name in ("word_error_rate", "cpu_share_of_a_core", "resident_mb", "calls_not_finished"):
        print(f"{name:28} {rows[name]}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 calls instead of 12")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    given = parser.parse_args()
    ensure_joe(cache_folder(), lambda what, share: print(f"{what} {share:.0%}"))
    with running("bench") as lab, staged(lab) as stage:
        stage.start(print)
        rows = table(asyncio.run(calls(stage, 3 if given.quick else 12)))
    text = json.dumps(rows, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n")


if __name__ == "__main__":
    main()

"""
How long a turn of the engine takes: ``python -m tests.bench.engine_turn [CALLS]``.

The bank's flow with so many tasks more that 20 wait on the agenda, in calls of random events. A table and
JSON are printed: wall and processor time of a step in ms (the middle one, and the one that 95 of 100 do not
exceed), and the size of the state in bytes.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from math import ceil
from pathlib import Path
from random import Random

from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import to_json
from ivr_ari.events import Began, Meaning, Request, Understood
from ivr_ari.language.load import load_flow
from tests.dialogue.random_events import random_event

CALLS = 60
STEPS = 40
TASKS = 24
TODAY = "2026-07-15"
FLOW = Path(__file__).parents[2] / "flows" / "bank.yaml"


def crowded(flow: Flow) -> Flow:
    """Return *flow* with copies of its refund, each with an intent of its own."""
    model = flow.tasks["refund"]
    names = {f"wish-{number}": f"wants-{number}" for number in range(TASKS)}
    tasks = {name: replace(model, name=name, intents=(intent,), key="") for name, intent in names.items()}
    return replace(
        flow,
        tasks={**flow.tasks, **tasks},
        intents={**flow.intents, **dict.fromkeys(names.values(), ("something else",))},
        tasks_of={**flow.tasks_of, **{intent: name for name, intent in names.items()}},
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def measure(flow: Flow, calls: int) -> dict[str, float]:
    """Hold *calls* calls in which everything is wanted at once; return the figures."""
    everything = tuple(Request(f"wants-{number}", 0, 0) for number in range(TASKS))
    wall, cpu, sizes, waiting = [], [], [], []
    for seed in range(calls):
        draw = Random(seed)
        talk, _ = begin(flow, Began(TODAY, now=f"{TODAY}T10:30:00"))
        talk, _ = step(flow, talk, Understood(Meaning(requests=everything)))
        for _ in range(STEPS):
            event = random_event(draw, flow, talk, 0.9)
            begun, used = time.perf_counter(), time.process_time()
            talk, _ = step(flow, talk, event)
            wall.append(1000 * (time.perf_counter() - begun))
            cpu.append(1000 * (time.process_time() - used))
            sizes.append(float(len(to_json(talk).encode())))
            waiting.append(float(len(talk.agenda)))
            if talk.over:
                break
    return {
        "steps": len(wall),
        "wall_p50_ms": round(percentile(wall, 0.5), 3),
        "wall_p95_ms": round(percentile(wall, 0.95), 3),
        "cpu_p50_ms": round(percentile(cpu, 0.5), 3),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 3),
        "state_p50_bytes": percentile(sizes, 0.5),
        "state_max_bytes": max(sizes),
        "agenda_max": max(waiting),
    }


def main() -> None:
    figures = measure(crowded(load_flow(FLOW)), int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
    for name, figure in figures.items():
        print(f"{name:18} {figure:>10}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

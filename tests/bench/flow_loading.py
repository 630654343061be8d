"""
How long a flow of many tasks takes to load and check: ``python -m tests.bench.flow_loading [TASKS]``.

The flow is made for it: every task with slots, an action with failures, conditions and prompts of its own.
Prints a table and JSON; wall time of the best and the middle of seven runs, and
processor time of the middle one, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from ivr_ari.language.load import parse_flow
from ivr_ari.language.standard import NEW, STANDARD

RUNS = 7
WORDS = ("one", "two", "three", "four", "five")
TASKS = 200

TASK = """\
  task-{n}:
    title: your matter {n}
    intents: [intent-{n}]
    priority: {priority}
    needs: [who, number-{n}, kind-{n}]
    excludes: [task-{other}]
    steps:
      - action: find-{n}
      - when: amount_{n} > 100 and kind_{n} == 'new'
        then:
          - say: large-{n}
          - confirm: sure-{n}
            slots: [kind-{n}]
            no:
              - end: cancelled
        else:
          - when: {{kind-{n}: [old, new], number-{n}: filled}}
            then:
              - say: small-{n}
      - ask: [day-{n}, amount-{n}]
      - action: change-{n}
      - say: done-{n}
"""
INTENT = "  intent-{n}: [{examples}]\n"
SLOTS = """\
  number-{n}: {{type: digits, length: 6-8, ask: ask-{n}, invalid: sorry, called: [number {n}]}}
  kind-{n}:
    type: choice
    choices: {{new: [new {n}, fresh {n}], old: [old {n}, used {n}]}}
    keys: {{"1": new, "2": old}}
    ask: ask-{n}
  day-{n}: {{type: date, tense: future, ask: ask-{n}, confirm: by-confidence}}
  amount-{n}: {{type: amount, least: 1, most: 1000, ask: ask-{n}, then-stale: [day-{n}]}}
"""
ACTIONS = """\
  find-{n}:
    backend: shop
    request: GET /things/{{number-{n}}}?kind={{kind-{n}}}
    answer: {{amount-{n}: total|cents}}
    while: [moment, moment]
    failed:
      404:
        - say: sorry
        - ask-again: [number-{n}]
      other:
        - hand-over: agent
          reason: backend
  change-{n}:
    backend: shop
    request: POST /things/{{number-{n}}}
    body: {{day: "{{day-{n}}}", cents: "{{amount-{n}|cents}}"}}
    failed:
      other:
        - end: failed
"""
PROMPTS = """\
  ask-{n}: Which one do you mean in matter {n}?
  large-{n}: "It is {{amount-{n}|money}}, for {{kind-{n}}}."
  small-{n}: ["It is {{kind-{n}}}.", "So it is {{kind-{n}}}."]
  sure-{n}: Shall I change number {n} now?
  done-{n}: "On {{day-{n}|date}} it will be {{amount-{n}|money}}."
"""
HEAD = """\
flow: large
start: hello
main: {{ask: what}}
handover: {{targets: [agent], say: moment}}
ladders:
  silence: [{{say: sorry}}, {{leave: error}}]
  no-match: [{{say: sorry}}, {{hand-over: default}}]
tasks:
  who: {{title: who you are, needs: [account], steps: [{{say: moment}}]}}
{tasks}intents:
{intents}slots:
  account: {{type: digits, length: 8, ask: what}}
{slots}actions:
{actions}prompts:
  hello: Hello.
  what: What?
  moment: One moment.
{prompts}"""


def large_flow(tasks: int) -> str:
    """Return a flow, in YAML, of so many tasks."""
    numbers = range(1, tasks + 1)

    def every(part: str) -> str:
        return "".join(
            part.format(
                n=n,
                other=n % tasks + 1,
                priority=n % 9,
                examples=", ".join(f"matter {word} number {n}" for word in WORDS),
            )
            for n in numbers
        )

    standard = "".join(f"  {name}: {name.replace('-', ' ')}.\n" for name in (*STANDARD, *NEW))
    return HEAD.format(
        tasks=every(TASK),
        intents=every(INTENT),
        slots=every(SLOTS),
        actions=every(ACTIONS),
        prompts=every(PROMPTS) + standard,
    )


def measure(tasks: int) -> dict[str, float]:
    """Return seconds to load and check a flow of so many tasks, and its size in bytes and steps."""
    text = large_flow(tasks)
    seconds, busy = [], []
    for _ in range(RUNS):
        begun, worked = time.perf_counter(), time.process_time()
        flow = parse_flow(text, "large.yaml")
        seconds.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
    return {
        "tasks": tasks,
        "lines": text.count("\n"),
        "bytes": len(text.encode()),
        "steps": sum(len(task.steps) for task in flow.tasks.values()),
        "cpu_s": round(statistics.median(busy), 3),
        "best_s": round(min(seconds), 3),
        "middle_s": round(statistics.median(seconds), 3),
    }


def main() -> None:
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else TASKS)
    for name, value in found.items():
        print(f"{name:>10} {value:>12,}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

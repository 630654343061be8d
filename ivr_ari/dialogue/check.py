"""
What is wrong with a flow as a whole: names that lead nowhere, questions without words, secrets spoken.

Every check writes down what it finds and goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from .check_values import check_values
from .flow import Flow, Task
from .source import Source, did_you_mean
from .steps import ActionStep, AskStep, NeedStep

__all__ = ["STANDARD", "check"]

STANDARD: Mapping[str, str] = {
    "sorry": "when there is nothing else to say to what was not understood",
    "acknowledge": "when a caller has said what they want ({tasks})",
    "queued": "when they want something else in the middle of a task ({tasks})",
    "did-you-mean": "when two meanings are equally likely ({tasks})",
    "back-to": "when a task goes on after a question was answered ({task})",
    "understood": "when a value is confirmed in passing ({value})",
    "is-that-right": "when a value is confirmed by yes or no ({value})",
    "changed": "when a correction was understood ({value})",
    "already-done": "when what was done cannot be corrected",
    "cannot-now": "when what a task needs has failed before",
    "key-yes-no": "when a yes or no is asked for by keys",
    "key-first-second": "when one of two meanings is asked for by keys",
    "use-keys": "when speech does not work",
    "take-your-time": "when a caller asks to wait",
    "apology": "when a caller complains",
    "goodbye": "when a call ends",
    "starting-over": "when a caller wants to begin again",
    "cancelled": "when a caller calls something off",
}
"""Prompts the engine says by itself, and when."""

ONLY_IN_CONVERSATION = STANDARD.keys() - {"goodbye"}
"""Not needed where callers cannot choose: a flow without intents."""

FEWEST_EXAMPLES = 3


def check(flow: Flow, source: Source) -> None:
    """Write every mistake of *flow* into *source*."""
    _look_up(flow, source)
    _check_prompts(flow, source)
    _check_needs(flow, source)
    _check_tasks(flow, source)
    _check_intents(flow, source)
    _check_keys(flow, source)
    _check_ladders(flow, source)
    check_values(flow, source)


def _look_up(flow: Flow, source: Source) -> None:
    """Find the names that were used and never declared."""
    known = {
        "prompt": flow.prompts.keys(),
        "slot": flow.slots.keys(),
        "value": flow.slots.keys(),
        "task": flow.tasks.keys(),
        "action": flow.actions.keys(),
        "intent": flow.intents.keys(),
        "target": set(flow.targets),
    }
    for used in source.references:
        if used.kind in known and used.name not in known[used.kind]:
            kind = "slot" if used.kind == "value" else used.kind
            text = f"there is no {kind} {used.name!r}{did_you_mean(used.name, known[used.kind])}"
            source.problem(used.line, text)
        if used.kind == "reason" and not re.fullmatch(r"[a-z0-9-]{1,64}", used.name):
            source.problem(used.line, f"reason {used.name!r} may hold a-z, 0-9 and '-' only, 64 at most")
        if used.kind == "variable" and not re.fullmatch(r"IVR_[A-Z0-9_]{1,40}", used.name):
            source.problem(used.line, f"variable {used.name!r} should be IVR_ and capitals, e.g. IVR_ORDER")


def _check_prompts(flow: Flow, source: Source) -> None:
    line = min((at for (kind, _), at in source.lines.items() if kind == "prompt"), default=1)
    for name, when in STANDARD.items():
        if name not in flow.prompts and (flow.intents or name not in ONLY_IN_CONVERSATION):
            source.problem(line, f"prompt {name!r} is missing: it is said {when}")
    for used in source.references:
        slot = flow.slots.get(used.name)
        if used.kind == "asked" and slot and not slot.ask:
            source.problem(used.line, f"slot {used.name!r} is asked for, but has no 'ask' prompt")


def _check_needs(flow: Flow, source: Source) -> None:
    """A task must not need itself, not even in a roundabout way."""
    for task in flow.tasks.values():
        seen: set[str] = set()
        ahead = list(task.needs)
        while ahead:
            name = ahead.pop()
            if name not in seen and name in flow.tasks:
                seen.add(name)
                ahead += flow.tasks[name].needs
        if task.name in seen:
            source.problem(_line(source, task), f"task {task.name!r} needs itself")


def _line(source: Source, task: Task) -> int:
    return source.lines.get(("answer" if task.answer else "task", task.name), 1)


def _check_tasks(flow: Flow, source: Source) -> None:
    needed = {step.task for task in flow.tasks.values() for step in task.steps if isinstance(step, NeedStep)}
    for task in flow.tasks.values():
        started = task.intents or task.key or task.name in needed | {flow.handover.unanswered, *flow.first}
        if not started:
            text = f"task {task.name!r} can never begin: it has no intents, no key, and no task needs it"
            source.problem(_line(source, task), text)
        if task.answer and any(isinstance(step, AskStep) for step in task.steps):
            source.problem(_line(source, task), f"answer {task.name!r} asks something: make it a task")
    used = {
        step.action for task in flow.tasks.values() for step in task.steps if isinstance(step, ActionStep)
    }
    for name in flow.actions.keys() - used:
        source.problem(source.lines.get(("action", name), 1), f"action {name!r} is used by no task")


def _check_intents(flow: Flow, source: Source) -> None:
    owners = Counter(intent for task in flow.tasks.values() for intent in task.intents)
    said: dict[str, str] = {}
    for name, examples in flow.intents.items():
        line = source.lines.get(("intent", name), 1)
        if len(set(examples)) < FEWEST_EXAMPLES:
            source.problem(line, f"intent {name!r} needs at least {FEWEST_EXAMPLES} different examples")
        if owners[name] == 0:
            source.problem(line, f"intent {name!r} starts no task")
        if owners[name] > 1:
            source.problem(line, f"intent {name!r} starts more than one task")
        for example in examples:
            if said.setdefault(example, name) != name:
                source.problem(line, f"intents {said[example]!r} and {name!r} share the example {example!r}")


def _check_keys(flow: Flow, source: Source) -> None:
    taken: dict[str, str] = {}
    for key, owner in _keys(flow):
        if taken.setdefault(key, owner) != owner:
            kind, _, name = owner.partition(" ")
            line = source.lines.get((kind, name), 1)
            source.problem(line, f"key {key} belongs to both {taken[key]} and {owner}")
    for slot in flow.slots.values():
        for key in slot.choice_keys.keys() & {item.key for item in flow.anywhere.values()}:
            line = source.lines.get(("slot", slot.name), 1)
            source.problem(line, f"slot {slot.name!r} uses key {key}, which works anywhere")


def _keys(flow: Flow) -> Iterator[tuple[str, str]]:
    for act, item in flow.anywhere.items():
        if item.key:
            yield item.key, f"anywhere {act}"
    for task in flow.tasks.values():
        if task.key:
            yield task.key, f"{'answer' if task.answer else 'task'} {task.name}"


def _check_ladders(flow: Flow, source: Source) -> None:
    for name, rungs in flow.ladders.items():
        line = source.lines.get(("ladder", name), 1)
        ends = [bool(rung.target or rung.leave) for rung in rungs]
        if not ends or not ends[-1]:
            source.problem(line, f"ladder {name!r} must end with 'hand-over' or 'leave'")
        if any(ends[:-1]):
            source.problem(line, f"ladder {name!r} goes on after its end")

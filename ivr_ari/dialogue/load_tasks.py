"""
Turn the nested steps of a task into its flat program.

A program is: what the task needs, its steps, the end, and behind the end what to do when an action
fails. Branches jump forward only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Literal, cast

from .flow import Task
from .load_slots import read_template
from .source import Entry, did_you_mean, nearest
from .steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    GoStep,
    HandOverStep,
    LeaveStep,
    NeedStep,
    Outcome,
    SayStep,
    SetStep,
    Step,
    WhenStep,
)

__all__ = ["Names", "read_tasks"]

TASK_FIELDS = ("title", "intents", "key", "priority", "needs", "steps")
ANSWER_FIELDS = ("title", "intents", "key", "steps")
STEP_FIELDS: Mapping[str, tuple[str, ...]] = {
    "say": (),
    "ask": (),
    "confirm": ("no",),
    "when": ("then", "else"),
    "set": (),
    "action": (),
    "ask-again": ("attempts", "otherwise"),
    "hand-over": ("reason", "say"),
    "leave": ("reason", "variables"),
    "end": (),
}
LAST = ("ask-again", "hand-over", "leave", "end")
"""Nothing can follow these."""

OUTCOMES = ("done", "cancelled", "failed")


@dataclass(frozen=True, slots=True)
class Names:
    """What is declared elsewhere in the file and needed to read a task."""

    slots: Set[str]
    tasks: Set[str]
    failures: Mapping[str, Mapping[int, Entry]]
    """Action and HTTP status (0: any other) to the steps written for it."""

    default_target: str


def read_tasks(section: Entry, names: Names, *, answer: bool) -> dict[str, Task]:
    """Read `tasks:`, or `answers:`, which ask for nothing beforehand."""
    kind = "answer" if answer else "task"
    return {name: _read_task(name, entry, names, answer) for name, entry in section.named(kind)}


def _read_task(name: str, entry: Entry, names: Names, answer: bool) -> Task:
    fields = entry.fields(ANSWER_FIELDS if answer else TASK_FIELDS)
    for wanted in ("title", "steps"):
        if wanted not in fields:
            entry.problem(f"has no {wanted}")
    program = Program(names)
    needs = program.add_needs(fields["needs"]) if "needs" in fields else ()
    if "steps" in fields:
        program.add(fields["steps"])
    program.finish()
    key = fields["key"].one_of([*"0123456789"]) if "key" in fields else ""
    return Task(
        name,
        fields["title"].text() if "title" in fields else name,
        tuple(program.steps),
        tuple(program.rewind),
        intents=fields["intents"].refer_all("intent") if "intents" in fields else (),
        key=key,
        priority=fields["priority"].whole(0, 9) if "priority" in fields else 5,
        needs=needs,
        slots=tuple(dict.fromkeys(step.slot for step in program.steps if isinstance(step, AskStep))),
        answer=answer,
    )


class Program:
    """A program while it is being written."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.steps: list[Step] = []
        self.rewind: list[int] = []
        self.outer: int | None = None
        self.failing = False

    def _put(self, step: Step) -> int:
        self.steps.append(step)
        self.rewind.append(len(self.steps) - 1 if self.outer is None else self.outer)
        return len(self.steps) - 1

    def _inside(self, at: int, write: Callable[[], object]) -> None:
        """Write steps that belong to the branch which begins at step *at*."""
        before = self.outer
        self.outer = at if before is None else before
        write()
        self.outer = before

    def add_needs(self, entry: Entry) -> tuple[str, ...]:
        tasks = []
        known = self.names.slots | self.names.tasks
        for item in entry.items():
            name = item.text()
            if name and name not in known:
                item.problem(f"names no slot or task {name!r}{did_you_mean(name, known)}")
                # Going on with what was meant keeps one mistake from looking like several.
                name = nearest(name, known)
            if name in self.names.slots and name in self.names.tasks:
                item.problem(f"{name!r} is both a slot and a task: rename one")
            elif name in self.names.slots:
                self._put(AskStep(name))
                item.source.refer("asked", name, item.line)
            elif name in self.names.tasks:
                tasks.append(name)
                self._put(NeedStep(name))
        return tuple(tasks)

    def add(self, entry: Entry) -> None:
        """Write a list of steps."""
        over = False
        for item in entry.items():
            if over:
                item.source.problem(item.line, "this step can never be reached")
            over = self._add_step(item) in LAST

    def _add_step(self, entry: Entry) -> str:
        keys = [key for key, _ in entry.free()] if entry.is_map else []
        kind = next((key for key in keys if key in STEP_FIELDS), "")
        if not kind:
            word = keys[0] if keys else ""
            entry.source.problem(
                entry.line,
                f"a step is one of {', '.join(STEP_FIELDS)}, not {word!r}{did_you_mean(word, STEP_FIELDS)}",
            )
            return ""
        step = Entry(entry.node, entry.source, f"step {kind!r}")
        fields = step.fields((kind, *STEP_FIELDS[kind]))
        WRITERS[kind](self, fields[kind], fields)
        return kind

    def say(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        for prompt in entry.refer_all("prompt"):
            self._put(SayStep(prompt))

    def ask(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        slot = entry.refer("slot")
        entry.source.refer("asked", slot, entry.line)
        self._put(AskStep(slot))

    def confirm(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        at = self._put(ConfirmStep(entry.refer("prompt"), 0))
        over = self._put(GoStep(0))
        self.steps[at] = ConfirmStep(entry.text(), len(self.steps))
        if "no" in fields:
            self._inside(at, lambda: self.add(fields["no"]))
        else:
            self._put(EndStep("cancelled"))
        self.steps[over] = GoStep(len(self.steps))

    def when(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        tests = []
        for slot, item in entry.free():
            if slot != "outcome":
                item.source.refer("slot", slot, item.line)
            values = item.texts()
            tests.append((slot, values))
            for value in values:
                item.source.refer(f"value of {slot}", value, item.line)
        if "then" not in fields:
            entry.problem("has no 'then'")
        at = self._put(WhenStep(tuple(tests), 0))
        self._inside(at, lambda: self.add(fields["then"]) if "then" in fields else None)
        over = self._put(GoStep(0)) if "else" in fields else 0
        self.steps[at] = WhenStep(tuple(tests), len(self.steps))
        if "else" in fields:
            self._inside(at, lambda: self.add(fields["else"]))
            self.steps[over] = GoStep(len(self.steps))

    def set(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        for slot, item in entry.free():
            item.source.refer("slot", slot, item.line)
            item.source.refer("filled", slot, item.line)
            self._put(SetStep(slot, read_template(item, built_in={})))

    def action(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        if self.failing:
            entry.problem("cannot stand inside 'failed:': say, ask again, hand over, leave or end there")
            return
        self._put(ActionStep(entry.refer("action"), {}))

    def ask_again(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        slots = entry.refer_all("slot")
        for item in entry.items():
            item.source.refer("asked again", item.text(), item.line)
        attempts = fields["attempts"].whole(1, 9) if "attempts" in fields else 3
        at = self._put(AgainStep(slots, attempts, len(self.steps) + 1))
        if "otherwise" in fields:
            self._inside(at, lambda: self.add(fields["otherwise"]))
        else:
            self._put(HandOverStep(self.names.default_target, "attempts", ""))
        self._put(EndStep("failed"))

    def hand_over(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        reason = fields["reason"].text() if "reason" in fields else "asked"
        if "reason" in fields:
            entry.source.refer("reason", reason, entry.line)
        say = fields["say"].refer("prompt") if "say" in fields else ""
        self._put(HandOverStep(entry.refer("target"), reason, say))

    def leave(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        result = cast(Literal["done", "error"], entry.one_of(("done", "error")))
        reason = fields["reason"].text() if "reason" in fields else ""
        if reason:
            entry.source.refer("reason", reason, entry.line)
        variables = dict(fields["variables"].free()) if "variables" in fields else {}
        for name, item in variables.items():
            item.source.refer("variable", name, item.line)
        texts = {name: read_template(item, built_in={}) for name, item in variables.items()}
        self._put(LeaveStep(result, reason, texts))

    def end(self, entry: Entry, fields: Mapping[str, Entry]) -> None:
        self._put(EndStep(cast(Outcome, entry.one_of(OUTCOMES))))

    def finish(self) -> None:
        """Write the end, and behind it what happens when an action fails."""
        self._put(EndStep("done"))
        self.failing = True
        for at, step in enumerate(tuple(self.steps)):
            if not isinstance(step, ActionStep):
                continue
            starts = {}
            for status, entry in self.names.failures.get(step.action, {}).items():
                starts[status] = len(self.steps)
                begin = self.rewind[at]
                self._inside(begin, lambda steps=entry: self.add(steps))  # type: ignore[misc]
                self._put(EndStep("failed"))
            starts.setdefault(0, len(self.steps))
            if starts[0] == len(self.steps):
                self._put(EndStep("failed"))
            self.steps[at] = replace(step, failures=starts)


WRITERS: Mapping[str, Callable[[Program, Entry, Mapping[str, Entry]], None]] = {
    "say": Program.say,
    "ask": Program.ask,
    "confirm": Program.confirm,
    "when": Program.when,
    "set": Program.set,
    "action": Program.action,
    "ask-again": Program.ask_again,
    "hand-over": Program.hand_over,
    "leave": Program.leave,
    "end": Program.end,
}

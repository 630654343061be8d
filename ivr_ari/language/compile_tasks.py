"""
The nested steps of a task as its flat program.

A program is: what the task needs, its steps, the end, and behind the end what to do when an action fails.
What takes the task back (`undo`) is a second program behind the first. Branches jump forward only.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import assert_never

from ..dialogue.flow import Cancel, Task
from ..dialogue.steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    GoStep,
    HandOverStep,
    LeaveStep,
    NeedStep,
    RunStep,
    SayStep,
    SetStep,
    Step,
    WhenStep,
)
from ..dialogue.template import parse_template
from . import written
from . import written_steps as as_written
from .compile_slots import target_named
from .written_steps import Steps

__all__ = ["Names", "compile_task"]


@dataclass(frozen=True, slots=True)
class Names:
    """What is declared elsewhere in the flow and needed to write a program."""

    slots: Set[str]
    failures: Mapping[str, Mapping[int, Steps]]
    """Action and HTTP status (0: any other) to the steps written for it."""

    default_target: str


def compile_task(name: str, task: written.Task | written.Answer, names: Names) -> Task:
    """Return the task with its program; every name in it is known."""
    program = Program(names)
    usual = task if isinstance(task, written.Task) else None
    needs = program.add_needs(usual.needs) if usual else ()
    program.add(task.steps)
    program.finish(0)
    slots = tuple(dict.fromkeys(step.slot for step in program.steps if isinstance(step, AskStep)))
    undo = len(program.steps) if usual and usual.undo else -1
    if usual and usual.undo:
        program.add(usual.undo)
        program.finish(undo)
    return Task(
        name,
        task.title,
        tuple(program.steps),
        tuple(program.rewind),
        intents=task.intents,
        key=task.key or "",
        priority=usual.priority if usual else 5,
        needs=needs,
        slots=slots,
        answer=usual is None,
        excludes=usual.excludes if usual else (),
        sensitivity=(usual.sensitivity or "") if usual else "",
        results=usual.results if usual else (),
        cancel=_cancel(usual.cancel) if usual else Cancel(),
        undo=undo,
    )


def _cancel(cancel: written.Cancel) -> Cancel:
    return Cancel(cancel.allowed, cancel.confirm or "", cancel.say or "")


class Program:
    """A program while it is being written."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.steps: list[Step] = []
        self.rewind: list[int] = []
        self.outer: int | None = None

    def _put(self, step: Step) -> int:
        self.steps.append(step)
        self.rewind.append(len(self.steps) - 1 if self.outer is None else self.outer)
        return len(self.steps) - 1

    def _inside(self, at: int, steps: Steps) -> None:
        """Write steps that belong to the branch which begins at step *at*."""
        before = self.outer
        self.outer = at if before is None else before
        self.add(steps)
        self.outer = before

    def add_needs(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        """Write what a task needs; return the tasks among it."""
        tasks = tuple(name for name in needs if name not in self.names.slots)
        for name in needs:
            self._put(NeedStep(name) if name in tasks else AskStep(name))
        return tasks

    def add(self, steps: Steps) -> None:
        """Write a list of steps."""
        for step in steps:
            self._write(step)

    def _write(self, step: as_written.Step) -> None:
        match step:
            case as_written.SayStep():
                for prompt in step.say:
                    self._put(SayStep(prompt))
            case as_written.AskStep():
                for slot in step.ask:
                    self._put(AskStep(slot))
            case as_written.ConfirmStep():
                self._confirm(step)
            case as_written.WhenStep():
                self._when(step)
            case as_written.SetStep():
                self._set(step)
            case as_written.ActionStep():
                self._put(ActionStep(step.action, {}))
            case as_written.RunStep():
                self._put(RunStep(step.run))
            case as_written.AskAgainStep():
                self._ask_again(step)
            case as_written.HandOverStep():
                self._hand_over(step)
            case as_written.LeaveStep():
                texts = {name: parse_template(text)[0] for name, text in step.variables.items()}
                self._put(LeaveStep(step.leave, step.reason or "", texts))
            case as_written.HangUpStep():
                self._put(SayStep(step.hang_up))
                self._put(LeaveStep("done", step.reason or "", {}, hang_up=True))
            case as_written.EndStep():
                self._put(EndStep(step.end))
            case _:
                assert_never(step)

    def _confirm(self, step: as_written.ConfirmStep) -> None:
        at = self._put(ConfirmStep(step.confirm, 0))
        over = self._put(GoStep(0))
        self.steps[at] = ConfirmStep(step.confirm, len(self.steps), step.slots)
        if step.no:
            self._inside(at, step.no)
        else:
            self._put(EndStep("cancelled"))
        self.steps[over] = GoStep(len(self.steps))

    def _when(self, step: as_written.WhenStep) -> None:
        condition = step.when if isinstance(step.when, str) else ""
        tests = () if isinstance(step.when, str) else tuple(step.when.items())
        at = self._put(WhenStep(tests, 0, condition))
        self._inside(at, step.then)
        over = self._put(GoStep(0)) if step.else_ else 0
        self.steps[at] = WhenStep(tests, len(self.steps), condition)
        if step.else_:
            self._inside(at, step.else_)
            self.steps[over] = GoStep(len(self.steps))

    def _set(self, step: as_written.SetStep) -> None:
        for slot, text in step.set.items():
            if text.startswith("="):
                self._put(SetStep(slot, (), text[1:].strip()))
            else:
                self._put(SetStep(slot, parse_template(text)[0]))

    def _ask_again(self, step: as_written.AskAgainStep) -> None:
        at = self._put(AgainStep(step.ask_again, step.attempts, len(self.steps) + 1))
        if step.otherwise:
            self._inside(at, step.otherwise)
        else:
            self._put(HandOverStep(self.names.default_target, "attempts", ""))
        self._put(EndStep("failed"))

    def _hand_over(self, step: as_written.HandOverStep) -> None:
        target = target_named(step.hand_over, self.names.default_target)
        self._put(HandOverStep(target, step.reason, step.say or ""))

    def finish(self, start: int) -> None:
        """Write the end, and behind it what happens when one of the actions since *start* fails."""
        self._put(EndStep("done"))
        at = start - 1
        # What happens when an action fails may hold another action, whose failures come behind it.
        while (at := at + 1) < len(self.steps):
            step = self.steps[at]
            if not isinstance(step, ActionStep):
                continue
            starts = {}
            for status, steps in self.names.failures.get(step.action, {}).items():
                starts[status] = len(self.steps)
                self._inside(self.rewind[at], steps)
                self._put(EndStep("failed"))
            if 0 not in starts:
                starts[0] = len(self.steps)
                self._put(EndStep("failed"))
            self.steps[at] = replace(step, failures=starts)

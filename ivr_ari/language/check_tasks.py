"""What is wrong with tasks: never begun, in circles, steps nobody can come to, actions without a way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .document import Path
from .survey import Placed, Survey, branches, section_of
from .written import Task
from .written_steps import (
    AskAgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    HandOverStep,
    HangUpStep,
    LeaveStep,
    RunStep,
    Step,
    Steps,
    WhenStep,
)

__all__ = ["asking", "check_tasks"]

LONGEST_CHAIN = 3
"""Actions that may be tried because the one before failed: each is compiled into the failure of the other."""

ENDS = (AskAgainStep, HandOverStep, LeaveStep, HangUpStep, EndStep)
"""Nothing can follow these."""


def check_tasks(survey: Survey) -> None:
    """Write down every mistake about tasks and their steps."""
    _check_names(survey)
    _check_circles(survey)
    _check_excludes(survey)
    _check_reach(survey)
    _check_answers(survey)
    _check_failures(survey)
    _check_undo(survey)
    if survey.gathered.whole:
        _check_begin(survey)


def _check_names(survey: Survey) -> None:
    flow, gathered = survey.flow, survey.gathered
    for name in flow.tasks.keys() & flow.answers.keys():
        gathered.problem(("answers", name, "[key]"), f"{name!r} is both a task and an answer: rename one")
        gathered.whole = False
    for name, task in flow.tasks.items():
        for place, needed in enumerate(task.needs):
            if needed in flow.slots and needed in flow.tasks:
                at: Path = ("tasks", name, "needs", place)
                gathered.problem(at, f"{needed!r} is both a slot and a task: rename one")


def _check_circles(survey: Survey) -> None:
    """A task must not lead to itself, not even in a roundabout way."""
    for name, task in survey.tasks.items():
        if name in survey.behind(survey.leads_to[name]):
            needed = isinstance(task, Task) and name in _behind_needs(survey, name)
            what = "needs itself" if needed else "runs itself"
            via = [other for other in survey.leads_to[name] if name in survey.behind({other})]
            way = f", by way of {via[0]!r}" if via and via[0] != name else ""
            survey.gathered.problem((section_of(task), name, "[key]"), f"task {name!r} {what}{way}")


def _behind_needs(survey: Survey, name: str) -> set[str]:
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        task = survey.flow.tasks.get(ahead.pop())
        fresh = {needed for needed in (task.needs if task else ()) if needed not in seen}
        seen |= fresh
        ahead += fresh
    return seen


def _check_excludes(survey: Survey) -> None:
    """A task cannot exclude itself, nor what it needs or runs."""
    for name, task in survey.flow.tasks.items():
        needed = survey.behind(survey.leads_to[name])
        for place, other in enumerate(task.excludes):
            at: Path = ("tasks", name, "excludes", place)
            if other == name:
                survey.gathered.problem(at, f"task {name!r} excludes itself")
            elif other in needed:
                survey.gathered.problem(at, f"task {name!r} excludes {other!r}, which it needs or runs")
            elif other in survey.flow.tasks and name in survey.behind(survey.leads_to[other]):
                text = f"task {name!r} excludes {other!r}, which needs or runs it"
                survey.gathered.problem(at, text)


def _check_reach(survey: Survey) -> None:
    """Find steps behind one that never goes on."""
    for path, steps in _lists(survey):
        for place, step in enumerate(steps[:-1]):
            if _ends(step):
                text = "this step can never be reached: the one before it never goes on"
                survey.gathered.problem((*path, place + 1), text)
                break


def _lists(survey: Survey) -> Iterator[tuple[Path, Steps]]:
    """Yield every list of steps."""
    for name, task in survey.tasks.items():
        yield (section_of(task), name, "steps"), task.steps
        if isinstance(task, Task):
            yield ("tasks", name, "undo"), task.undo
    for name, action in survey.flow.actions.items():
        for status, steps in action.failed.items():
            yield ("actions", name, "failed", status), steps
    for _, (path, step) in survey.steps:
        for field, inner in branches(step).items():
            yield (*path, field), inner


def _ends(step: Step) -> bool:
    if isinstance(step, WhenStep):
        return bool(step.else_) and _list_ends(step.then) and _list_ends(step.else_)
    return isinstance(step, ENDS)


def _list_ends(steps: Steps) -> bool:
    return any(_ends(step) for step in steps)


def _check_answers(survey: Survey) -> None:
    """An answer is given in place; what asks is a task."""
    for owner, (path, step) in survey.steps:
        if owner[0] == "answers" and isinstance(step, AskStep | ConfirmStep | AskAgainStep):
            text = f"answer {owner[1]!r} asks something: make it a task"
            survey.gathered.problem(path, text)


def _check_failures(survey: Survey) -> None:
    for name, action in survey.flow.actions.items():
        path: Path = ("actions", name, "failed")
        if name in _tried_after(survey, name):
            text = f"action {name!r} is done again when it fails: 'retries' tries again, and comes to an end"
            survey.gathered.problem(path, text)
        elif _chain(survey, name) > LONGEST_CHAIN:
            text = (
                f"when action {name!r} fails, more than {LONGEST_CHAIN} others may fail one after the other"
            )
            survey.gathered.problem(path, text)
        if "other" not in action.failed and survey.gathered.whole:
            text = f"action {name!r} says nothing of what happens when it fails: add 'failed:' with 'other:'"
            survey.gathered.problem(path, text)


def _tried_after(survey: Survey, name: str) -> set[str]:
    """Return the actions that may be done because this one failed."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        fresh = survey.actions_in(("actions", ahead.pop())) - seen
        seen |= fresh
        ahead += fresh
    return seen


def _chain(survey: Survey, name: str, depth: int = 0) -> int:
    """Return how many actions may follow one another because each fails, counted no further than needed."""
    after = survey.actions_in(("actions", name))
    if not after or depth > LONGEST_CHAIN:
        return depth
    return max(_chain(survey, other, depth + 1) for other in after)


def _check_undo(survey: Survey) -> None:
    """What takes a task back neither asks for it again nor does what the task itself did."""
    for owner, (path, step) in survey.steps:
        if path[2:3] != ("undo",):
            continue
        if isinstance(step, AskAgainStep):
            survey.gathered.problem(path, "'ask-again' cannot stand inside 'undo:'")
        if isinstance(step, RunStep) and step.run == owner[1]:
            survey.gathered.problem(path, f"'undo:' runs {step.run!r}, the task it takes back")


def _check_begin(survey: Survey) -> None:
    """Find what is there for nothing."""
    for name, task in survey.tasks.items():
        section = section_of(task)
        if name not in survey.begins and survey.own(section, name):
            text = f"task {name!r} can never begin: it has no intents, no key, and no task needs or runs it"
            survey.gathered.problem((section, name, "[key]"), text)
    used = Counter(action for name in survey.tasks for action in survey.actions_of(name))
    for name in survey.flow.actions:
        if not used[name] and survey.own("actions", name):
            survey.gathered.problem(("actions", name, "[key]"), f"action {name!r} is used by no task")


def asking(survey: Survey) -> Iterator[tuple[Path, str]]:
    """Yield every place that asks for a slot, with the slot."""
    for name, task in survey.flow.tasks.items():
        for place, needed in enumerate(task.needs):
            if needed in survey.flow.slots:
                yield ("tasks", name, "needs", place), needed
    for _, placed in survey.steps:
        yield from _asked(placed)


def _asked(placed: Placed) -> Iterator[tuple[Path, str]]:
    path, step = placed
    if isinstance(step, AskStep):
        for place, slot in enumerate(step.ask):
            yield (*path, "ask", place), slot
    if isinstance(step, ConfirmStep):
        for place, slot in enumerate(step.slots):
            yield (*path, "slots", place), slot

"""
A flow as pictures in Mermaid's text form: which tasks there are and what they need, and each task's steps.

The same flow gives the same text, so a picture kept beside a flow can be tested to be up to date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..dialogue.flow import Flow, Task
from ..dialogue.steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    Field,
    GoStep,
    HandOverStep,
    LeaveStep,
    NeedStep,
    RunStep,
    SayStep,
    SetStep,
    Speech,
    Step,
    Template,
    WhenStep,
)
from ..events import Slotted

__all__ = ["document", "label", "overview", "steps_of", "targets_of", "written"]

LONGEST = 60
"""Characters of a text in a box."""

Edge = tuple[int, str]
"""Step it leads to, and when."""

END = -1
"""Where a task leads when its program is over."""


def document(flow: Flow) -> str:
    """Return a Markdown page: the overview, then each task."""
    parts = [f"# Flow `{flow.name}`", "", "Made by `ivr-ari flows graph`; a test holds it up to date."]
    parts += ["", "## Tasks", "", *_fenced(overview(flow))]
    for task in flow.tasks.values():
        parts += ["", f"## {task.name}: {task.title}", "", *_about(task), "", *_fenced(steps_of(flow, task))]
    return "\n".join(parts) + "\n"


def _fenced(text: str) -> list[str]:
    return ["```mermaid", text, "```"]


def _about(task: Task) -> list[str]:
    """Say how a task is started, and how it stands to others."""
    facts = [
        f"started by {', '.join(task.intents)}" if task.intents else "",
        f"key {task.key}" if task.key else "",
    ]
    facts += ["a question answered in place" if task.answer else ""]
    facts += [f"priority {task.priority}" if task.priority != 5 else ""]
    facts += [f"excludes {', '.join(task.excludes)}" if task.excludes else ""]
    facts += ["cannot be cancelled" if not task.cancel.allowed else ""]
    return [f"{'; '.join(filter(None, facts)) or 'part of other tasks'}."]


def overview(flow: Flow) -> str:
    """Return all tasks: what starts them, which tasks they need or run, where they hand over to."""
    lines = ["flowchart LR", f"  start([{_quoted(flow.name)}])"]
    for task in flow.tasks.values():
        left, right = ("([", "])") if task.answer else ("[", "]")
        lines.append(f"  {_id(task.name)}{left}{_quoted(task.title)}{right}")
    for target in flow.targets:
        lines.append(f"  {_id('to ' + target)}[/{_quoted('to ' + target)}/]")
    lines += [f"  {source} {arrow} {target}" for source, arrow, target in overview_edges(flow)]
    return "\n".join(lines)


def overview_edges(flow: Flow) -> list[tuple[str, str, str]]:
    """Return the arrows of the overview."""
    edges: dict[tuple[str, str, str], None] = {}
    for name in flow.first:
        edges["start", "==>", _id(name)] = None
    for task in flow.tasks.values():
        if task.intents or task.key:
            what = f'-- "key {task.key}" -->' if task.key else "-->"
            edges["start", what, _id(task.name)] = None
        for step in task.steps:
            match step:
                case NeedStep(other):
                    edges[_id(task.name), "-- needs -->", _id(other)] = None
                case RunStep(other):
                    edges[_id(task.name), "-- runs -->", _id(other)] = None
                case HandOverStep(name):
                    for target in targets_of(flow, name):
                        edges[_id(task.name), "-.->", _id(f"to {target}")] = None
                case _:
                    pass
    if flow.handover.unanswered:
        for target in flow.targets:
            edges[_id(f"to {target}"), "-. nobody .->", _id(flow.handover.unanswered)] = None
    return list(edges)


def targets_of(flow: Flow, name: str) -> list[str]:
    """Return the targets a hand-over may go to: the one of that name, or those with that skill."""
    targets = flow.handover.targets
    return [name] if name in targets else [other for other, about in targets.items() if name in about.skills]


def steps_of(flow: Flow, task: Task) -> str:
    """Return the steps of one task."""
    lines = ["flowchart TD", f"  begin([{_quoted(task.title)}]) --> {_step_id(task, 0)}"]
    if task.undo >= 0:
        lines.append(f"  undo([{_quoted('taking back')}]) --> {_step_id(task, task.undo)}")
    for number in sorted(_reached(task)):
        step = task.steps[number]
        left, right = _shape(step)
        lines.append(f"  s{number}{left}{_quoted(label(flow, step))}{right}")
        for to, when in _edges(task, number, step):
            arrow = f"-- {_quoted(when)} -->" if when else "-->"
            lines.append(f"  s{number} {arrow} {_step_id(task, to)}")
    return "\n".join(lines)


def _reached(task: Task) -> set[int]:
    """Return the steps that can be reached, jumps left out."""
    todo = [_landing(task, 0)] + ([_landing(task, task.undo)] if task.undo >= 0 else [])
    found: set[int] = set()
    while todo:
        number = todo.pop()
        if number == END or number in found:
            continue
        found.add(number)
        todo += [to for to, _ in _edges(task, number, task.steps[number])]
    return found


def _landing(task: Task, number: int) -> int:
    """Follow jumps to the first step that does something."""
    for _ in task.steps:
        if number >= len(task.steps):
            return END
        step = task.steps[number]
        if not isinstance(step, GoStep):
            return number
        number = step.to
    return END


def _edges(task: Task, number: int, step: Step) -> Iterator[Edge]:
    """Yield where a step leads."""
    after = _landing(task, number + 1)
    match step:
        case WhenStep(otherwise=otherwise):
            yield after, "yes"
            yield _landing(task, otherwise), "no"
        case ConfirmStep(no=no):
            yield after, "yes"
            yield _landing(task, no), "no"
        case ActionStep(failures=failures):
            yield after, ""
            yield from _by_target(task, failures).items()
        case AgainStep(attempts=attempts, otherwise=otherwise):
            yield _landing(task, 0), f"{attempts} rounds"
            yield _landing(task, otherwise), "then"
        case HandOverStep() | LeaveStep() | EndStep() | GoStep():
            return
        case _:
            yield after, ""


def _by_target(task: Task, failures: Mapping[int, int]) -> dict[int, str]:
    """Return where failures lead, with the HTTP statuses that do."""
    found: dict[int, str] = {}
    for status, to in failures.items():
        where = _landing(task, to)
        found[where] = ", ".join(filter(None, [found.get(where, ""), str(status) if status else "fails"]))
    return found


def label(flow: Flow, step: Step, *, names: bool = False) -> str:
    """Return what a step does, in words; *names*: prompts by their names alone."""
    match step:
        case NeedStep(task):
            return f"needs {task if names else flow.tasks[task].title}"
        case RunStep(task):
            return f"run {task if names else flow.tasks[task].title}"
        case SayStep(prompt):
            return f"say {prompt}" if names else f"say: {_text(flow, prompt)}"
        case AskStep(slot):
            return f"ask {slot}" if names else f"ask {slot}: {_text(flow, flow.slots[slot].ask)}"
        case ConfirmStep(prompt=prompt):
            return f"confirm {prompt}" if names else _text(flow, prompt)
        case WhenStep(tests, _, condition):
            texts = [f"{slot} is {' or '.join(values)}" for slot, values in tests]
            return " and ".join([*texts, *([condition] if condition else [])]) or "always"
        case SetStep(slot, value, expression):
            return f"{slot} = {expression or written(value) or 'nothing'}"
        case ActionStep(action):
            return f"action {action}"
        case AgainStep(slots):
            return f"again without {', '.join(slots)}"
        case HandOverStep(target, reason):
            return f"hand over to {target} ({reason})"
        case LeaveStep(result, reason, _, hang_up):
            return f"{'hang up' if hang_up else 'leave'}: {reason or result}"
        case EndStep(outcome):
            return outcome
        case GoStep():
            return ""


def _shape(step: Step) -> tuple[str, str]:
    match step:
        case WhenStep() | ConfirmStep():
            return "{", "}"
        case NeedStep() | RunStep():
            return "[[", "]]"
        case ActionStep():
            return "[(", ")]"
        case AskStep():
            return "[/", "/]"
        case HandOverStep() | LeaveStep() | EndStep():
            return "([", "])"
        case _:
            return "[", "]"


def _text(flow: Flow, prompt: str) -> str:
    found = flow.prompts.get(prompt)
    return written(found.variants[0]) if found and found.variants else prompt


def written(template: Template | Speech) -> str:
    """Return a text as it is written in the flow, without how it is to sound."""
    texts = []
    for part in template:
        match part:
            case str():
                texts.append(part)
            case Field(slot, manner):
                texts.append(f"{{{slot}{'|' + manner if manner else ''}}}")
            case Slotted(value):
                texts.append(value)
    return "".join(texts)


def _quoted(text: str) -> str:
    """Return a label that Mermaid takes as it is."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    for sign, code in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "'")):
        short = short.replace(sign, code)
    return f'"{short}"'


def _id(name: str) -> str:
    """Return a name as a node's id; ``end`` and the like mean something to Mermaid, so none is left bare."""
    return "t_" + name.replace("-", "_").replace(" ", "_")


def _step_id(task: Task, number: int) -> str:
    where = _landing(task, number) if number != END else END
    return "over([over])" if where == END else f"s{where}"

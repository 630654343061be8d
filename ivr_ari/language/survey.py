"""A gathered flow seen from above: every step, reference and text with values, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from ..dialogue.flow import SlotType
from ..dialogue.markup import parse_speech
from ..dialogue.steps import Speech, Template
from ..dialogue.template import parse_template
from .compile import targets_of
from .compile_slots import base_type
from .document import Path
from .fields import Reference, references
from .gather import TRANSLATION, Gathered
from .written import Answer, FlowFile, Task
from .written_slots import Slot
from .written_steps import (
    ActionStep,
    AskAgainStep,
    ConfirmStep,
    RunStep,
    Step,
    Steps,
    WhenStep,
)

__all__ = ["Placed", "Survey", "branches", "section_of"]

Placed = tuple[Path, Step]


@dataclass
class Survey:
    """What checks ask of a flow; made once."""

    gathered: Gathered
    texts: list[tuple[Path, Template | Speech]] = field(default_factory=list)
    """Every text with values, filled by the look-up."""

    expressions: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def flow(self) -> FlowFile:
        return self.gathered.flow

    @cached_property
    def tasks(self) -> Mapping[str, Task | Answer]:
        """Tasks and answers."""
        return {**self.flow.tasks, **self.flow.answers}

    @cached_property
    def references(self) -> list[Reference]:
        """Everything the flow and its translations refer to."""
        found = list(references(self.flow))
        for language, words in self.gathered.translations.items():
            found += references(words, (TRANSLATION + language,))
        return found

    @cached_property
    def steps(self) -> list[tuple[Path, Placed]]:
        """Every step, nested ones too, as the path of its owner (task, answer or action) and itself."""
        found: list[tuple[Path, Placed]] = []
        for name, task in self.tasks.items():
            owner = (section_of(task), name)
            found += [(owner, placed) for placed in _walk((*owner, "steps"), task.steps)]
            if isinstance(task, Task):
                found += [(owner, placed) for placed in _walk((*owner, "undo"), task.undo)]
        for name, action in self.flow.actions.items():
            for status, steps in action.failed.items():
                owner = ("actions", name)
                found += [(owner, placed) for placed in _walk((*owner, "failed", status), steps)]
        return found

    @cached_property
    def targets(self) -> Set[str]:
        """Names a call may be handed to: targets and skills."""
        targets = targets_of(self.flow.handover)
        return {*targets, *(skill for target in targets.values() for skill in target.skills)}

    @cached_property
    def leads_to(self) -> Mapping[str, Set[str]]:
        """Task to the tasks it needs or runs."""
        return {name: {*self._needed(task), *self._run(name)} for name, task in self.tasks.items()}

    def _needed(self, task: Task | Answer) -> Set[str]:
        return {name for name in task.needs if name in self.tasks} if isinstance(task, Task) else set()

    def _run(self, name: str) -> Set[str]:
        return {step.run for _, step in self.steps_under(name) if isinstance(step, RunStep)}

    def steps_under(self, name: str) -> list[Placed]:
        """Return the steps of a task, and those for the failures of its actions."""
        owners = [
            (section_of(self.tasks[name]), name),
            *(("actions", used) for used in self.actions_of(name)),
        ]
        return [placed for owner in owners for placed in self.steps_of.get(owner, ())]

    @cached_property
    def steps_of(self) -> Mapping[Path, list[Placed]]:
        """Every step, nested ones too, by the path of its owner: a task, an answer or an action."""
        found: dict[Path, list[Placed]] = {}
        for owner, placed in self.steps:
            found.setdefault(owner, []).append(placed)
        return found

    def actions_of(self, name: str) -> Set[str]:
        """Return the actions a task does, also when another of them fails."""
        seen: set[str] = set()
        ahead: list[Path] = [(section_of(self.tasks[name]), name)]
        while ahead:
            fresh = self.actions_in(ahead.pop()) - seen
            seen |= fresh
            ahead += [("actions", action) for action in fresh]
        return seen

    def actions_in(self, owner: Path) -> Set[str]:
        """Return the actions among the steps of one task, answer or action."""
        return {step.action for _, step in self.steps_of.get(owner, ()) if isinstance(step, ActionStep)}

    @cached_property
    def begins(self) -> Set[str]:
        """Tasks that can begin: by intent or key, first, after a hand-over, or led to by one that can."""
        roots = {name for name, task in self.tasks.items() if task.intents or task.key}
        roots |= set(self.flow.first)
        if self.flow.handover and self.flow.handover.unanswered:
            roots.add(self.flow.handover.unanswered)
        return self.behind(roots)

    def behind(self, roots: Set[str]) -> Set[str]:
        """Return *roots* and every task they lead to."""
        seen: set[str] = set()
        ahead = [name for name in roots if name in self.tasks]
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead += [further for further in self.leads_to[name] if further in self.tasks]
        return seen

    def type_of(self, slot: Slot) -> SlotType:
        return base_type(slot.type, self.flow.types)

    def own(self, section: str, name: str) -> bool:
        """Return whether the flow itself declares it, not a part."""
        return self.gathered.origins.get((section, name)) is self.gathered.documents[0]

    def read(self, path: Path, text: str, *, spoken: bool = False) -> list[str]:
        """Take a text with values, *spoken* with tags too, into `texts`; return what is wrong with it."""
        found, mistakes = parse_speech(text) if spoken else parse_template(text)
        self.texts.append((path, found))
        return mistakes


def section_of(task: Task | Answer) -> str:
    return "tasks" if isinstance(task, Task) else "answers"


def branches(step: Step) -> Mapping[str, Steps]:
    """Return the branches of a step by the field they stand in."""
    match step:
        case WhenStep():
            return {"then": step.then, "else": step.else_}
        case ConfirmStep():
            return {"no": step.no}
        case AskAgainStep():
            return {"otherwise": step.otherwise}
        case _:
            return {}


def _walk(path: Path, steps: Steps) -> Iterator[Placed]:
    for place, step in enumerate(steps):
        here = (*path, place)
        yield here, step
        for field_name, inner in branches(step).items():
            yield from _walk((*here, field_name), inner)

"""What is wrong with prompts, keys and ladders: missing, taken twice, leading nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from .compile_slots import LADDERS
from .document import Path
from .standard import NEW, STANDARD, reached
from .survey import Survey, section_of
from .written_slots import Ladder, Ladders

__all__ = ["check_prompts"]


def check_prompts(survey: Survey, *, complete: bool) -> None:
    """Write down every mistake about prompts, keys and ladders."""
    _check_commands(survey)
    _check_keys(survey)
    _check_ladders(survey)
    if complete:
        _check_standard(survey)
    if survey.gathered.whole:
        _check_said(survey)


def _check_standard(survey: Survey) -> None:
    declared = survey.gathered.declared("prompts")
    for name in reached(survey):
        if name in declared:
            continue
        if name in NEW:
            text = f"prompt {name!r} is missing: it is said {NEW[name]}; without it nothing is said then"
            survey.gathered.note(("prompts", "[key]"), text)
        else:
            text = f"prompt {name!r} is missing: it is said {STANDARD[name]}"
            survey.gathered.problem(("prompts", "[key]"), text)


def _check_said(survey: Survey) -> None:
    """A prompt nobody says is not wrong, but somebody wrote it for a reason."""
    said = {text for kind, text, _ in survey.references if kind == "prompt"}
    for name in survey.flow.prompts:
        if name not in said and name not in STANDARD and name not in NEW and survey.own("prompts", name):
            survey.gathered.note(("prompts", name, "[key]"), f"prompt {name!r} is never said")


def _check_commands(survey: Survey) -> None:
    anywhere = survey.flow.anywhere
    for field in sorted(anywhere.model_fields_set - {"person"}) if anywhere else ():
        item = getattr(anywhere, field)
        if item and item.hand_over:
            name = field.replace("_", "-")
            text = f"command {name!r} leads to nobody; only 'person' has a 'hand-over'"
            survey.gathered.problem(("anywhere", name, "hand-over"), text)


def _check_keys(survey: Survey) -> None:
    taken: dict[str, str] = {}
    for key, owner, path in _keys(survey):
        if taken.setdefault(key, owner) != owner:
            survey.gathered.problem(path, f"key {key} belongs to both {taken[key]} and {owner}")
    anywhere = {key: owner for key, owner, path in _keys(survey) if path[0] == "anywhere"}
    for name, slot in survey.flow.slots.items():
        for key in slot.keys.choose.keys() & anywhere.keys():
            text = f"slot {name!r} uses key {key}, which works anywhere ({anywhere[key]})"
            survey.gathered.problem(("slots", name, "keys", key), text)


def _keys(survey: Survey) -> Iterator[tuple[str, str, Path]]:
    anywhere = survey.flow.anywhere
    for field in sorted(anywhere.model_fields_set) if anywhere else ():
        item = getattr(anywhere, field)
        if item and item.key:
            name = field.replace("_", "-")
            yield item.key, f"command {name!r}", ("anywhere", name, "key")
    for name, task in survey.tasks.items():
        if task.key:
            kind = section_of(task).removesuffix("s")
            yield task.key, f"{kind} {name!r}", (section_of(task), name, "key")


def _check_ladders(survey: Survey) -> None:
    flow = survey.flow
    needed = flow.ladders or Ladders()
    for name in ("silence", "no-match"):
        if not getattr(needed, LADDERS[name]) and survey.gathered.whole and flow.ladders:
            survey.gathered.problem(("ladders", "[key]"), f"'ladders' has no {name!r}")
    every: list[tuple[Path, Ladders]] = [(("ladders",), needed)]
    every += [(("main", "ladders"), flow.main.ladders)] if flow.main else []
    every += [(("slots", name, "ladders"), slot.ladders) for name, slot in flow.slots.items()]
    for path, ladders in every:
        for name, field in LADDERS.items():
            _check_ladder(survey, (*path, name), getattr(ladders, field))


def _check_ladder(survey: Survey, path: Path, rungs: Ladder) -> None:
    ends = [bool(rung.hand_over or rung.leave) for rung in rungs]
    name = path[-1]
    if ends and not ends[-1]:
        survey.gathered.problem((*path, "[key]"), f"ladder {name!r} must end with 'hand-over' or 'leave'")
    if any(ends[:-1]):
        at = ends.index(True) + 1
        survey.gathered.problem((*path, at), f"ladder {name!r} goes on after its end")
    for place, rung in enumerate(rungs):
        if not (rung.say or rung.keypad or ends[place]):
            survey.gathered.problem((*path, place), "this rung says nothing and leads nowhere")

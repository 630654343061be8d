"""From a flow as it is written, gathered and checked, to the frozen `Flow` the engine works with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import cast

from ..dialogue.flow import (
    Action,
    Anywhere,
    Flow,
    Handover,
    Hours,
    MainQuestion,
    Prompt,
    Result,
    Target,
    Task,
    Wording,
)
from ..dialogue.markup import parse_speech
from ..dialogue.steps import Speech, Template
from ..dialogue.template import parse_template
from ..events import Method
from . import written
from .compile_slots import compile_rungs, compile_slot, compile_turn, target_named
from .compile_tasks import Names, compile_task
from .gather import Gathered
from .opening import opening_times
from .query import parameters_of
from .written_slots import Ladders

__all__ = ["compile_flow", "default_target", "targets_of"]


def template(text: str) -> Template:
    """Return a text with values, known to be right."""
    return parse_template(text)[0]


def speech(text: str) -> Speech:
    """Return a prompt's text, known to be right."""
    return parse_speech(text)[0]


def compile_flow(gathered: Gathered) -> Flow:
    """Return the flow; nothing in it may be wrong any more."""
    file = gathered.flow
    source = json.dumps(gathered.files, ensure_ascii=False)
    tasks = _tasks(file)
    main, handover, default = file.main, file.handover, default_target(file.handover)
    return Flow(
        file.flow,
        file.language,
        hashlib.sha256(source.encode()).hexdigest(),
        source,
        mode=file.mode or "",
        greeting=file.greeting or "",
        start=file.start,
        first=file.first,
        main=_main(main, default) if main else MainQuestion("", ""),
        prompts=_prompts(file.prompts),
        slots={name: compile_slot(name, slot, file.types, default) for name, slot in file.slots.items()},
        tasks=tasks,
        actions={name: _action(name, action) for name, action in file.actions.items()},
        ladders=compile_rungs(file.ladders or Ladders(), default),
        anywhere=_anywhere(file.anywhere, default) if file.anywhere else {},
        handover=_handover(handover) if handover else Handover({}, "", "", ()),
        intents=file.intents,
        tasks_of={intent: task.name for task in tasks.values() for intent in task.intents},
        tasks_by_key={task.key: task.name for task in tasks.values() if task.key},
        hours={name: _hours(hours) for name, hours in file.hours.items()},
        wordings={lang: _wording(file, words) for lang, words in gathered.translations.items()},
        sure=file.sure,
        tests=file.tests,
    )


def targets_of(handover: written.Handover | None) -> Mapping[str, written.Target]:
    """Return the targets by name, with what is known of each."""
    if handover is None:
        return {}
    if isinstance(handover.targets, Mapping):
        return handover.targets
    return {name: written.Target() for name in handover.targets}


def default_target(handover: written.Handover | None) -> str:
    return (handover and handover.default) or next(iter(targets_of(handover)), "")


def _tasks(file: written.FlowFile) -> dict[str, Task]:
    failures = {
        name: {0 if status == "other" else int(status): steps for status, steps in action.failed.items()}
        for name, action in file.actions.items()
    }
    names = Names(file.slots.keys(), failures, default_target(file.handover))
    written_tasks: dict[str, written.Task | written.Answer] = {**file.tasks, **file.answers}
    return {name: compile_task(name, task, names) for name, task in written_tasks.items()}


def _main(main: written.Main, default: str) -> MainQuestion:
    return MainQuestion(
        main.ask,
        main.more or main.ask,
        main.keypad or "",
        main.help or "",
        main.silence or MainQuestion("", "").silence_ms,
        compile_rungs(main.ladders, default),
        compile_turn(main.turn),
    )


def _prompts(prompts: Mapping[str, tuple[str, ...] | written.Spoken]) -> dict[str, Prompt]:
    found = {}
    for name, text in prompts.items():
        spoken = text if isinstance(text, written.Spoken) else written.Spoken.model_construct(say=text)
        variants, short = (tuple(map(speech, texts)) for texts in (spoken.say, spoken.short))
        found[name] = Prompt(name, variants, spoken.barge_in, short)
    return found


def _action(name: str, action: written.Action) -> Action:
    method, _, path = (action.request or "GET ").partition(" ")
    changes = action.changes if action.changes is not None else method != "GET"
    return Action(
        name,
        action.backend or "",
        cast(Method, method),
        template(path),
        body={field: template(text) for field, text in action.body.items()},
        results=tuple(_result(slot, field) for slot, field in action.answer.items()),
        changes=changes,
        waiting=action.while_,
        every_ms=action.every or 4000,
        deadline_ms=action.deadline or 4000,
        retries=action.retries,
        headers={header: template(text) for header, text in action.headers.items()},
        database=action.database or "",
        query=action.query or "",
        parameters=parameters_of(action.query or ""),
        variable=action.variable or "",
        queue=action.queue or "",
        device=action.device or "",
    )


def _result(slot: str, field: str) -> Result:
    path, _, manner = field.partition("|")
    return Result(slot, tuple(path.strip().split(".")), manner.strip())


def _anywhere(anywhere: written.Anywhere, default: str) -> dict[str, Anywhere]:
    found = {}
    for name in anywhere.model_fields_set:
        item: written.Global | None = getattr(anywhere, name)
        if item:
            target = target_named(item.hand_over or "", default)
            found[name.replace("_", "-")] = Anywhere(item.key or "", item.say or "", target)
    return dict(sorted(found.items()))


def _handover(handover: written.Handover) -> Handover:
    return Handover(
        {name: Target(target.skills, target.languages) for name, target in targets_of(handover).items()},
        default_target(handover),
        handover.say,
        template(handover.summary or ""),
        handover.who or "",
        handover.unanswered or "",
    )


def _hours(hours: written.Hours) -> Hours:
    times, _ = opening_times(hours.open)
    return Hours(hours.zone, times, hours.holidays, hours.closed or "")


def _wording(file: written.FlowFile, words: written.TranslationFile) -> Wording:
    choices = {
        name: words.choices.get(name) or words.choices.get(slot.type) for name, slot in file.slots.items()
    }
    return Wording(
        _prompts(words.prompts),
        words.titles,
        words.intents,
        {name: phrases for name, phrases in choices.items() if phrases},
        words.called,
        words.after,
        words.counts,
    )

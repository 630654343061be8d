"""
From a YAML file to a `Flow`, or to everything that is wrong with it.

`source` gives nodes with lines, `load_slots` and `load_tasks` read the larger sections, `check` looks
names up and finds what no single section can know.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from ..errors import FlowError
from ..events import Method
from .check import check
from .flow import Action, Anywhere, Flow, Handover, MainQuestion, Mode, Result, Rung, Target, Task
from .load_slots import read_prompts, read_slots, read_template
from .load_tasks import Names, read_tasks
from .source import Entry, Source, read_yaml

__all__ = ["load_flow", "parse_flow"]

NAME = re.compile(r"[a-z][a-z0-9-]{0,47}")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
SECTIONS = (
    *(
        "flow",
        "language",
        "mode",
        "greeting",
        "start",
        "first",
        "main",
        "tasks",
        "answers",
        "intents",
        "slots",
    ),
    *("slots", "actions", "anywhere", "handover", "ladders", "prompts"),
)
NEEDED = ("flow", "start", "main", "tasks", "handover", "ladders", "prompts")
GLOBALS = ("person", "repeat", "help", "goodbye", "start-over", "cancel")
METHODS: tuple[Method, ...] = get_args(Method)
ACTION_FIELDS = (
    *("backend", "request", "body", "changes", "answer", "while", "failed", "deadline", "retries"),
)
SUMMARY: Mapping[str, str] = {"who": "", "reason": "", "open": "", "done": "", "trouble": ""}
"""What a summary may hold; the engine fills it in."""


def load_flow(path: Path) -> Flow:
    """
    Return the flow in *path*, checked.

    Raises FlowError ``flow.problems`` with every `Problem` found, and ``flow.unreadable`` when there is no
    such file or it is no UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "a flow is a YAML file in UTF-8"
        raise FlowError("flow.unreadable", file=str(path), why=str(error), hint=hint) from error
    return parse_flow(text, str(path))


def parse_flow(text: str, file: str) -> Flow:
    """Return the flow written in *text*; *file* names it in problems. Raises FlowError ``flow.problems``."""
    source = Source(file)
    top = read_yaml(text, source)
    flow = _read(top, source, text) if top else None
    if flow and not flow.mode:
        check(flow, source)
    problems = sorted(dict.fromkeys(source.problems), key=lambda problem: problem.line)
    if problems or not flow:
        raise FlowError("flow.problems", file=file, problems=problems)
    return flow


def _read(top: Entry, source: Source, text: str) -> Flow:
    fields = top.fields(SECTIONS)
    mode = fields["mode"].one_of(("echo", "latency")) if "mode" in fields else ""
    for section in ("flow",) if mode else NEEDED:
        if section not in fields:
            top.problem(f"has no {section!r}")
    name = _read_word(fields, "flow", NAME, "the flow's name: a-z, 0-9 and '-'") or "unnamed"
    language = _read_word(fields, "language", LANGUAGE, "a language code such as en or es") or "en"
    digest = hashlib.sha256(text.encode()).hexdigest()
    if mode:
        for field in fields.keys() - {"flow", "language", "mode", "greeting"}:
            fields[field].problem(f"has no meaning in a flow with mode {mode!r}")
        greeting = fields["greeting"].text() if "greeting" in fields else ""
        return Flow(name, language, digest, text, mode=cast(Mode, mode), greeting=greeting)
    if "greeting" in fields:
        fields["greeting"].problem("belongs to a flow with a mode; name its prompt in 'start'")
    return _read_sections(fields, Flow(name, language, digest, text))


def _read_word(fields: Mapping[str, Entry], field: str, pattern: re.Pattern[str], meaning: str) -> str:
    if field not in fields:
        return ""
    text = fields[field].text()
    if text and not pattern.fullmatch(text):
        fields[field].problem(f"should be {meaning}")
    return text


def _read_sections(fields: Mapping[str, Entry], empty: Flow) -> Flow:
    slots = read_slots(fields["slots"]) if "slots" in fields else {}
    actions = _read_actions(fields["actions"]) if "actions" in fields else {}
    handover = _read_handover(fields["handover"]) if "handover" in fields else empty.handover
    answers_section = fields.get("answers")
    names = Names(
        slots=slots.keys(),
        tasks={name for name, _ in fields["tasks"].free()} if "tasks" in fields else set(),
        failures=_read_failures(fields["actions"]) if "actions" in fields else {},
        default_target=handover.default,
    )
    tasks = read_tasks(fields["tasks"], names, answer=False) if "tasks" in fields else {}
    answers = read_tasks(answers_section, names, answer=True) if answers_section else {}
    for name in tasks.keys() & answers.keys():
        line = empty_line(fields["answers"], name)
        fields["answers"].source.problem(line, f"{name!r} is both a task and an answer: rename one")
    every = tasks | answers
    return Flow(
        empty.name,
        empty.language,
        empty.digest,
        empty.source,
        start=fields["start"].refer_all("prompt") if "start" in fields else (),
        first=fields["first"].refer_all("task") if "first" in fields else (),
        main=_read_main(fields["main"]) if "main" in fields else empty.main,
        prompts=read_prompts(fields["prompts"]) if "prompts" in fields else {},
        slots=slots,
        tasks=every,
        actions=actions,
        ladders=_read_ladders(fields["ladders"]) if "ladders" in fields else {},
        anywhere=_read_anywhere(fields["anywhere"]) if "anywhere" in fields else {},
        handover=handover,
        intents=_read_intents(fields["intents"]) if "intents" in fields else {},
        tasks_of={intent: task.name for task in every.values() for intent in task.intents},
        tasks_by_key=_keys(every),
    )


def empty_line(section: Entry, name: str) -> int:
    """Return the line of entry *name* in a section."""
    return next((entry.line for key, entry in section.free() if key == name), section.line)


def _keys(tasks: Mapping[str, Task]) -> dict[str, str]:
    return {task.key: task.name for task in tasks.values() if task.key}


def _read_main(entry: Entry) -> MainQuestion:
    fields = entry.fields(("ask", "more", "keypad", "help", "silence"))
    if "ask" not in fields:
        entry.problem("has no 'ask', the question a call begins with")
    keypad, told = (fields[name].refer("prompt") if name in fields else "" for name in ("keypad", "help"))
    ask = fields["ask"].refer("prompt") if "ask" in fields else ""
    more = fields["more"].refer("prompt") if "more" in fields else ask
    silence = fields["silence"].duration_ms(1000) if "silence" in fields else 6000
    return MainQuestion(ask, more, keypad, told, silence)


def _read_intents(section: Entry) -> dict[str, tuple[str, ...]]:
    return {name: entry.phrases() for name, entry in section.named("intent")}


def _read_actions(section: Entry) -> dict[str, Action]:
    return {name: _read_action(name, entry) for name, entry in section.named("action")}


def _read_action(name: str, entry: Entry) -> Action:
    fields = entry.fields(ACTION_FIELDS)
    for wanted in ("backend", "request"):
        if wanted not in fields:
            entry.problem(f"has no {wanted}")
    method: Method = "GET"
    path = ""
    if "request" in fields:
        found = re.fullmatch(rf"({'|'.join(METHODS)}) (/\S*)", fields["request"].text())
        if found:
            method, path = cast(Method, found[1]), found[2]
        else:
            fields["request"].problem("should be a method and a path such as GET /customers/{customer}")
    template = read_template(fields["request"], built_in={}) if path else ()
    first = template[0] if template else ""
    if isinstance(first, str):
        template = (first.removeprefix(f"{method} "), *template[1:])
    body = dict(fields["body"].free()) if "body" in fields else {}
    return Action(
        name,
        fields["backend"].text() if "backend" in fields else "",
        method,
        template,
        body={key: read_template(item, built_in={}) for key, item in body.items()},
        results=_read_results(fields["answer"]) if "answer" in fields else (),
        changes=fields["changes"].flag() if "changes" in fields else method != "GET",
        waiting=fields["while"].refer_all("prompt") if "while" in fields else (),
        deadline_ms=fields["deadline"].duration_ms(100, 30_000) if "deadline" in fields else 4000,
        retries=fields["retries"].whole(0, 5) if "retries" in fields else 0,
    )


def _read_results(section: Entry) -> tuple[Result, ...]:
    results = []
    for slot, entry in section.free():
        section.source.refer("slot", slot, entry.line)
        section.source.refer("filled", slot, entry.line)
        field, _, manner = entry.text().partition("|")
        if manner.strip() not in ("", "cents"):
            entry.problem(f"has {manner.strip()!r} after '|' where only 'cents' can stand")
        results.append(Result(slot, tuple(field.strip().split(".")), manner.strip()))
    return tuple(results)


def _read_failures(section: Entry) -> dict[str, dict[int, Entry]]:
    """Return the steps for each action's failures, by HTTP status; 0 for `other`."""
    failures: dict[str, dict[int, Entry]] = {}
    for name, action in section.free():
        parts = dict(action.free()) if action.is_map else {}
        failed = parts.get("failed")
        failures[name] = {}
        for status, steps in failed.free() if failed else ():
            if status == "other":
                failures[name][0] = steps
            elif re.fullmatch(r"[1-5]\d\d", status):
                failures[name][int(status)] = steps
            else:
                steps.problem("should be an HTTP status such as 404, or 'other'")
        if 0 not in failures[name]:
            text = f"action {name!r} says nothing of what happens when it fails: add 'failed:' with 'other:'"
            section.source.problem(action.line, text)
    return failures


def _read_ladders(section: Entry) -> dict[str, tuple[Rung, ...]]:
    fields = section.fields(("silence", "no-match"))
    for name in ("silence", "no-match"):
        if name not in fields:
            section.problem(f"has no {name!r}")
    return {name: tuple(_read_rung(item) for item in entry.items()) for name, entry in fields.items()}


def _read_rung(entry: Entry) -> Rung:
    fields = entry.fields(("say", "keypad", "hand-over", "leave"))
    if not fields.keys() & {"say", "hand-over", "leave"}:
        entry.problem("says nothing and leads nowhere")
    return Rung(
        say=fields["say"].refer("prompt") if "say" in fields else "",
        keypad=fields["keypad"].flag() if "keypad" in fields else False,
        target=fields["hand-over"].refer("target") if "hand-over" in fields else "",
        leave="leave" in fields and bool(fields["leave"].one_of(("error",))),
    )


def _read_anywhere(section: Entry) -> dict[str, Anywhere]:
    found = {}
    for name, entry in section.fields(GLOBALS).items():
        fields = entry.fields(("key", "say", "hand-over") if name == "person" else ("key", "say"))
        found[name] = Anywhere(
            key=fields["key"].one_of([*"0123456789"]) if "key" in fields else "",
            say=fields["say"].refer("prompt") if "say" in fields else "",
            target=fields["hand-over"].refer("target") if "hand-over" in fields else "",
        )
    return found


def _read_handover(section: Entry) -> Handover:
    fields = section.fields(("targets", "default", "who", "say", "unanswered", "summary"))
    for wanted in ("targets", "say"):
        if wanted not in fields:
            section.problem(f"has no {wanted!r}")
    targets = fields["targets"].texts() if "targets" in fields else ()
    for target in targets:
        section.source.lines["target", target] = fields["targets"].line
        if not NAME.fullmatch(target):
            fields["targets"].problem(f"hold {target!r}; a target is a name in the dialplan, not a number")
    default = fields["default"].refer("target") if "default" in fields else next(iter(targets), "")
    summary = read_template(fields["summary"], built_in=SUMMARY) if "summary" in fields else ()
    return Handover(
        {target: Target() for target in targets},
        default,
        say=fields["say"].refer("prompt") if "say" in fields else "",
        summary=summary,
        who=fields["who"].refer("slot") if "who" in fields else "",
        unanswered=fields["unanswered"].refer("task") if "unanswered" in fields else "",
    )

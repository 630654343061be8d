"""
A file of conversations as values, every mistake at once with file, line and column.

Scalars are read as text, as in a flow; only the answers under ``backend`` are JSON, where 12 is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..dialogue.flow import Flow, Problem
from ..errors import FlowError
from ..events import Json
from .explain import WORDS
from .source import compose, did_you_mean
from .written_tests import Test, Turn

__all__ = ["Conversation", "is_answer", "parse_conversations", "tests_schema"]

Path = tuple[str | int, ...]
Places = dict[Path, tuple[int, int]]
"""Where each thing is written: line and column, from 1."""

ANSWERS = ("down", "late", "slow")
NO_ANSWER = f"answers with fields, or is one of {', '.join(ANSWERS)}, or an HTTP status such as 404"
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
JSON_WORDS: Mapping[str, Json] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation and where it stands."""

    file: str
    line: int
    test: Test
    lines: tuple[int, ...] = ()
    """Where each turn stands."""

    def __str__(self) -> str:
        return self.test.test


def parse_conversations(text: str, file: str, flow: Flow) -> tuple[Conversation, ...]:
    """Return the conversations in *text*. FlowError ``flow.problems`` with all that is wrong with them."""
    problems: list[Problem] = []
    top = compose(text, file, problems)
    if top is None:
        raise FlowError("flow.problems", problems=problems)
    places: Places = {}
    data = _plain(top, (), places)
    try:
        tests = TypeAdapter(tuple[Test, ...]).validate_python(data)
    except ValidationError as error:
        found = [_sentence(wrong) for wrong in error.errors(include_url=False)]
    else:
        found = list(_unknown(tests, flow))
    if found:
        wrong = [_problem(file, places, *one) for one in found]
        raise FlowError("flow.problems", problems=sorted(wrong, key=lambda one: (one.line, one.column)))
    return tuple(
        Conversation(
            file,
            places[number,][0],
            test,
            tuple(places[number, "turns", turn][0] for turn in range(len(test.turns))),
        )
        for number, test in enumerate(tests)
    )


def is_answer(answer: Json) -> bool:
    """Whether *answer* is something a backend may do: fields, a way to fail, or a list of these."""
    match answer:
        case list():
            return bool(answer) and all(map(is_answer, answer))
        case {"then": then, **how} if how.keys() <= {"slow", "turns"}:
            return is_answer(then) and all(re.fullmatch(r"\d", str(count)) for count in how.values())
        case dict():
            return True
        case _:
            return answer in ANSWERS or re.fullmatch(r"[1-5]\d\d", str(answer)) is not None


def tests_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a file of conversations."""
    return TypeAdapter(tuple[Test, ...]).json_schema(by_alias=True)


def _plain(node: yaml.Node, path: Path, places: Places) -> Json:
    """Return a node as plain values, and write down where each of them stands."""
    places[path] = (int(node.start_mark.line) + 1, int(node.start_mark.column) + 1)
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Json] = {}
        for key, value in node.value:
            name = str(key.value)
            fields[name] = _plain(value, (*path, name), places)
            places[*path, name] = (int(key.start_mark.line) + 1, int(key.start_mark.column) + 1)
        return fields
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, number), places) for number, item in enumerate(node.value)]
    text = str(node.value)
    bare = isinstance(node, yaml.ScalarNode) and not node.style
    return _json(text) if bare and len(path) > 2 and path[1] == "backend" else text


def _json(text: str) -> Json:
    """Return what a bare word of an answer is in JSON: 12, 1.5, true, null, or a text."""
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return JSON_WORDS.get(text, text)


def _sentence(wrong: ErrorDetails) -> tuple[Path, str]:
    """Return where a mistake is and what it is, in words."""
    path = tuple(part for part in wrong["loc"] if part != "[key]")
    name = f"{path[-1]!r} " if path and isinstance(path[-1], str) else ""
    if wrong["type"] == "missing":
        return path, f"{name}is missing"
    if wrong["type"] == "extra_forbidden":
        known = (Turn if "turns" in path else Test).model_fields
        near = did_you_mean(str(path[-1]), [field.replace("_", "-") for field in known])
        return path, f"there is no field {path[-1]!r}{near}"
    words = WORDS.get(wrong["type"])
    return path, f"{name}{words(wrong) if words else wrong['msg'][:1].lower() + wrong['msg'][1:]}"


def _problem(file: str, places: Places, path: Path, text: str) -> Problem:
    while path not in places:
        path = path[:-1]
    line, column = places[path]
    return Problem(file, line, text, column)


def _unknown(tests: tuple[Test, ...], flow: Flow) -> Iterator[tuple[Path, str]]:
    """Yield names that the flow does not have."""
    known: Mapping[str, Mapping[str, object]] = {
        "prompt": flow.prompts,
        "slot": flow.slots,
        "task": flow.tasks,
        "action": flow.actions,
        "intent": flow.intents,
        "target": flow.handover.targets,
        "language": dict.fromkeys(flow.languages),
    }
    for path, kind, name in _names(tests):
        if name not in known[kind]:
            yield path, f"the flow has no {kind} {name!r}{did_you_mean(name, known[kind])}"
    for number, test in enumerate(tests):
        for action, answer in test.backend.items():
            if not is_answer(answer):
                yield (number, "backend", action), f"action {action!r} {NO_ANSWER}"
        language = test.language or flow.language
        for count, turn in enumerate(test.turns):
            if turn.caller is not None and not (test.heard and language[:2] in flow.heard):
                text = f"nobody listens to {language!r} here: write 'keys' or 'means'"
                yield (number, "turns", count, "caller"), text


def _names(tests: tuple[Test, ...]) -> Iterator[tuple[Path, str, str]]:
    """Yield each name: where, of what, which."""
    for number, test in enumerate(tests):
        if test.language:
            yield (number, "language"), "language", test.language
        yield from _listed_names((number, "says"), "prompt", test.says)
        yield from _listed_names((number, "done"), "task", test.done)
        yield from _listed_names((number, "performed"), "action", test.performed)
        for action in test.backend:
            yield (number, "backend", action), "action", action
        if test.ends and test.ends.handed:
            yield (number, "ends", "handed"), "target", test.ends.handed
        for count, turn in enumerate(test.turns):
            yield from _turn_names((number, "turns", count), turn)


def _turn_names(path: Path, turn: Turn) -> Iterator[tuple[Path, str, str]]:
    yield from _listed_names((*path, "says"), "prompt", turn.says)
    yield from _listed_names((*path, "does"), "action", turn.does)
    yield from _listed_names((*path, "agenda"), "task", turn.agenda)
    for slot in turn.fills:
        yield (*path, "fills", slot), "slot", slot
    if turn.cut:
        yield (*path, "cut", "prompt"), "prompt", turn.cut.prompt
    for number, request in enumerate(turn.means.requests if turn.means else ()):
        yield (*path, "means", "requests", number, "intent"), "intent", request.intent


def _listed_names(path: Path, kind: str, names: tuple[str, ...] | None) -> Iterator[tuple[Path, str, str]]:
    for number, name in enumerate(names or ()):
        yield (*path, number), kind, name

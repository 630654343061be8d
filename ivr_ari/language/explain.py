"""
What is wrong with a file, said to its author: the validation errors of the models in plain words.

A piece that is wrong is taken out, or gets a harmless value where one must be, and the rest is validated
again, so that names in the rest can still be looked up in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .document import KEY, Data, Document, Path, value_at
from .fields import fields_at
from .source import did_you_mean
from .written_steps import STEP_KINDS
from .written_types import NAME, Written

__all__ = ["subject", "validate"]

Model = TypeVar("Model", bound=Written)

ROUNDS = 10
"""Validations of one file; each takes out what the one before found."""

SECTIONS: Mapping[str, str] = {
    "tasks": "task",
    "answers": "answer",
    "intents": "intent",
    "types": "type",
    "slots": "slot",
    "actions": "action",
    "prompts": "prompt",
    "hours": "hours",
    "ladders": "ladder",
    "anywhere": "command",
    "titles": "title",
    "choices": "choices of",
    "called": "words for",
    "after": "words before",
    "counts": "counted words of",
}
PATTERNS: Mapping[str, str] = {
    NAME: "should be a name: a-z, 0-9 and '-', beginning with a letter",
    r"^[a-z]{2}(-[A-Z]{2})?$": "should be a language code such as en or es",
    r"^\d{1,9}(\.\d{1,2})?$": "should be a number such as 10 or 10.50",
    r"^([01]\d|2[0-3]):[0-5]\d$": "should be a time of day such as 07:00",
    r"^(\d{4}-)?\d\d-\d\d$": "should be a day such as 2026-12-25, or 12-25 for every year",
    r"^[a-z0-9-]{1,64}$": "should be a short reason: a-z, 0-9 and '-', 64 at most",
    r"^IVR_[A-Z0-9_]{1,40}$": "should be IVR_ and capitals, e.g. IVR_ORDER",
    r"^[A-Za-z][A-Za-z0-9-]*$": "should be the name of an HTTP header such as X-Branch",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "should be the name of a channel variable: letters, digits and '_'",
    r"^([1-5]\d\d|other)$": "should be an HTTP status such as 404, or 'other'",
}
DAYS = "should be days such as mon, or mon-fri"
REQUEST = "should be a method and a path such as GET /customers/{customer}"
QUOTES = " (put quotes around a text that begins with a brace)"
STAND_INS: Mapping[str, Data] = {
    "title": "?",
    "steps": [],
    "then": [],
    "type": "text",
    "zone": "UTC",
    "open": {},
    "language": "en",
    "flow": "unnamed",
}
"""What stands in for a missing field while the rest is looked at."""


def validate(document: Document, model: type[Model]) -> Model | None:
    """Return the file as *model*, as far as it is right; the document's problems tell the rest."""
    data = document.data
    for attempt in range(ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=True)
        for one in errors if attempt == 0 else ():
            path = _path(one)
            # A list whose items are all wrong is called empty as well.
            if one["type"] != "too_short" or not any(_inside(path, _path(other)) for other in errors):
                where = path if one["type"] != "missing" else path[:-1]
                document.problem(where, _sentence(one, path, document, model))
        if attempt == 0:
            data = deepcopy(data)
        if not _mend(data, errors):
            return None
    return None


def _inside(path: Path, other: Path) -> bool:
    return len(other) > len(path) and other[: len(path)] == path


def _path(error: ErrorDetails) -> Path:
    """Return where in the file an error is: its place without the marks of unions."""
    return tuple(part for part in error["loc"] if not str(part).startswith("="))


def _sentence(error: ErrorDetails, path: Path, document: Document, model: type[Written]) -> str:
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return f"{subject(path[:-1], document)} has no {str(path[-1])!r}"
    if kind == "extra_forbidden":
        known = fields_at(model, path[:-1], document.data)
        hint = did_you_mean(str(path[-1]), known)
        brace = QUOTES if value == "" and not hint else ""
        return f"{subject(path[:-1], document)} has no field {path[-1]!r}{hint}{brace}"
    if kind == "union_tag_invalid":
        word = _step_word(value)
        return f"a step is one of {', '.join(STEP_KINDS)}, not {word!r}{did_you_mean(word, STEP_KINDS)}"
    what = subject(path, document)
    if value == "" and kind != "value_error":
        return f"{what} is empty"
    return f"{what} {WORDS.get(kind, _as_it_says)(error)}"


def _step_word(value: object) -> str:
    words = list(value) if isinstance(value, Mapping) else [value]
    return str(words[0]) if words else ""


def _pattern(error: ErrorDetails) -> str:
    pattern = str(error.get("ctx", {}).get("pattern", ""))
    meaning = DAYS if pattern.startswith("^(mon") else REQUEST if pattern.startswith("^(GET") else ""
    shown = "" if KEY in error["loc"] else f", not {error['input']!r}"
    return (meaning or PATTERNS.get(pattern, "is not written as it should be")) + shown


def _options(error: ErrorDetails) -> str:
    options = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    value = error["input"]
    if options == [*"0123456789"]:
        return "should be one of the keys 0 to 9"
    if not isinstance(value, str):
        return f"should be one of {', '.join(options)}"
    return f"is {value!r}, which is none of {', '.join(options)}{did_you_mean(value, options)}"


def _value_error(error: ErrorDetails) -> str:
    shown = f", not {error['input']!r}" if isinstance(error["input"], str) else ""
    return str(error.get("ctx", {}).get("error", error["msg"])) + shown


def _text(error: ErrorDetails) -> str:
    return "should be a text" + (QUOTES if isinstance(error["input"], dict) else "")


def _bounds(error: ErrorDetails) -> str:
    facts = error.get("ctx", {})
    return f"should be at least {facts['ge']}" if "ge" in facts else f"should be at most {facts.get('le')}"


def _as_it_says(error: ErrorDetails) -> str:
    return error["msg"][:1].lower() + error["msg"][1:]


WORDS: Mapping[str, Callable[[ErrorDetails], str]] = {
    "string_pattern_mismatch": _pattern,
    "literal_error": _options,
    "value_error": _value_error,
    "string_type": _text,
    "string_too_short": lambda _: "is empty",
    "too_short": lambda _: "is empty",
    "tuple_type": lambda _: "should be a list",
    "dict_type": lambda _: "should be a mapping, lines of 'name: value'",
    "mapping_type": lambda _: "should be a mapping, lines of 'name: value'",
    "model_type": lambda _: "should be a mapping, lines of 'name: value'",
    "model_attributes_type": lambda _: "should be a mapping, lines of 'name: value'",
    "int_parsing": lambda _: "should be a whole number",
    "int_type": lambda _: "should be a whole number",
    "float_parsing": lambda _: "should be a number such as 0.35",
    "float_type": lambda _: "should be a number such as 0.35",
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
}


def subject(path: Path, document: Document) -> str:
    """Name what stands at *path* as its author would: ``'length' of slot 'account'``."""
    path = tuple(part for part in path if part != KEY)
    words = [part for part in path if isinstance(part, str)]
    if not words:
        return document.what
    if len(words) == 1 or words[0] not in SECTIONS:
        return repr(words[-1])
    owner = f"{SECTIONS[words[0]]} {words[1]!r}"
    at = max((place for place, part in enumerate(path) if isinstance(part, int)), default=-1)
    item = value_at(document.data, path[: at + 1]) if at >= 0 else ""
    if isinstance(item, dict):
        kind = next((key for key in item if key in STEP_KINDS), "")
        owner = f"step {kind!r}" if kind and path[at - 1] not in ("silence", "no-match") else owner
        words = [owner, owner, *(str(part) for part in path[at + 1 :])]
    return owner if len(words) == 2 or words[-1] == owner else f"{words[-1]!r} of {owner}"


def _mend(data: dict[str, Data], errors: list[ErrorDetails]) -> bool:
    """Take out what is wrong, the last items of a list first; False if nothing could be."""
    mended = False
    for error in sorted(errors, key=lambda one: [str(part).zfill(6) for part in _path(one)], reverse=True):
        path = tuple(part for part in _path(error) if part != KEY)
        if error["type"] == "missing":
            holder = value_at(data, path[:-1])
            field = str(path[-1])
            if field in STAND_INS and isinstance(holder, dict):
                holder[field] = deepcopy(STAND_INS[field])
                mended = True
            else:
                mended |= _drop(data, path[:-1])
        else:
            mended |= _drop(data, path)
    return mended


def _drop(data: dict[str, Data], path: Path) -> bool:
    """Take out what stands at *path*, or the deepest part of it that is there."""
    holder: Data = data
    take_out: Callable[[], object] | None = None
    for part in path:
        if isinstance(holder, dict):
            name = str(part)
            if name in holder:
                take_out, holder = partial(holder.pop, name), holder[name]
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            take_out, holder = partial(holder.pop, part), holder[part]
    if take_out is None:
        return False
    take_out()
    return True

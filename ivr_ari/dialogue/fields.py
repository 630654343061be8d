"""
The models walked by their types: which fields stand where, and every text that refers to something.

What a text refers to is told by `Refers` beside its type, so a new field needs no code here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from .document import KEY, Data, Path
from .written_steps import STEPS
from .written_types import Refers, Written

__all__ = ["Reference", "fields_at", "fields_of_model", "references"]

Reference = tuple[str, str, Path]
"""Kind, the text, and where it stands."""


@cache
def fields_of_model(model: type[Written]) -> Mapping[str, tuple[str, Any]]:
    """Return the fields of a model as they are written: to the attribute and its type."""
    hints = get_type_hints(model, include_extras=True)
    return {str(field.alias or name): (name, hints[name]) for name, field in model.model_fields.items()}


def references(value: object, hint: Any, path: Path = ()) -> Iterator[Reference]:
    """Yield everything that *value*, of type *hint*, refers to."""
    if isinstance(value, Written):
        for alias, (name, inner) in fields_of_model(type(value)).items():
            if name in value.model_fields_set:
                yield from references(getattr(value, name), inner, (*path, alias))
        return
    for kind, inner in _kinds(hint, value):
        if kind and isinstance(value, str):
            yield kind, value, path
        hint = inner
    if isinstance(value, tuple):
        (item_hint, *_) = get_args(hint) or (Any,)
        for place, item in enumerate(value):
            yield from references(item, item_hint, (*path, place))
    elif isinstance(value, Mapping):
        key_hint, value_hint = get_args(hint) or (Any, Any)
        for key, item in value.items():
            yield from references(key, key_hint, (*path, key, KEY))
            yield from references(item, value_hint, (*path, key))


def _kinds(hint: Any, value: object) -> Iterator[tuple[str, Any]]:
    """Open `Annotated` and unions down to the type *value* is of; yield what it refers to on the way."""
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *marks = get_args(hint)
            for mark in marks:
                if isinstance(mark, Refers):
                    yield mark.kind, hint
            yield "", hint
        elif origin in (Union, types.UnionType):
            hint = next((option for option in get_args(hint) if _fits(option, value)), Any)
            yield "", hint
        else:
            return


def _fits(hint: Any, value: object) -> bool:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    origin = get_origin(hint) or hint
    if origin in (Union, types.UnionType):
        return any(_fits(option, value) for option in get_args(hint))
    if isinstance(value, Mapping):
        return origin is Mapping
    return isinstance(origin, type) and isinstance(value, origin)


def fields_at(model: type[Written], path: Path, data: Data) -> tuple[str, ...]:
    """Return the fields that the part of a file at *path* may have; *data* tells which step it is."""
    hint: Any = model
    for part in path:
        hint = _models(hint, data)
        if isinstance(hint, type) and issubclass(hint, Written):
            hint = fields_of_model(hint).get(str(part), ("", Any))[1]
        elif get_args(hint):
            hint = get_args(hint)[-1] if get_origin(hint) is not tuple else get_args(hint)[0]
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part, "")
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
    hint = _models(hint, data)
    return tuple(fields_of_model(hint)) if isinstance(hint, type) and issubclass(hint, Written) else ()


def _models(hint: Any, data: Data) -> Any:
    """Open `Annotated` and unions down to what *data* looks like."""
    while get_origin(hint) in (Annotated, Union, types.UnionType):
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
            continue
        options = [option for option in get_args(hint) if option is not type(None)]
        hint = next((option for option in options if _looks(option, data)), options[0])
    return hint


def _looks(hint: Any, data: Data) -> bool:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, Written):
        kinds = [kind for kind, step in STEPS.items() if step is hint]
        return isinstance(data, dict) and (not kinds or _step(data) == kinds[0])
    wanted = {dict: Mapping, list: tuple, str: str}[type(data)]
    return (get_origin(hint) or hint) is wanted


def _step(data: Mapping[str, Data]) -> str:
    return next((key for key in data if key in STEPS), "")

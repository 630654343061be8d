"""
The models walked by their types: which fields stand where, and every text that refers to something.

What a text refers to is told by `Refers` beside its type, so a new field needs no code here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for in a value, made once of its type: in a text, a list, a mapping."""

    kinds: tuple[str, ...] = ()
    item: _Plan | None = None
    key: _Plan | None = None
    value: _Plan | None = None
    models: bool = False
    """Whether it may be a part of a file, which has plans of its own."""


def _plan(hint: Any) -> _Plan | None:
    """Return what to look for in values of a type; None if there is nothing to find."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner = _plan(arguments[0]) or _Plan()
        kinds = tuple(mark.kind for mark in arguments[1:] if isinstance(mark, Refers))
        plan = replace(inner, kinds=inner.kinds + kinds)
    elif origin in (Union, types.UnionType):
        plan = _Plan()
        for option in (_plan(option) for option in arguments):
            if option:
                plan = _Plan(
                    plan.kinds + option.kinds,
                    plan.item or option.item,
                    plan.key or option.key,
                    plan.value or option.value,
                    models=plan.models or option.models,
                )
    elif origin is tuple:
        plan = _Plan(item=_plan(arguments[0]))
    elif origin is Mapping:
        plan = _Plan(key=_plan(arguments[0]), value=_plan(arguments[1]))
    else:
        plan = _Plan(models=isinstance(hint, type) and issubclass(hint, Written))
    return None if plan == _Plan() else plan


@cache
def _plans(model: type[Written]) -> tuple[tuple[str, str, _Plan], ...]:
    plans = ((alias, name, _plan(hint)) for alias, (name, hint) in fields_of_model(model).items())
    return tuple((alias, name, plan) for alias, name, plan in plans if plan)


def references(part: Written, path: Path = ()) -> Iterator[Reference]:
    """Yield everything that a part of a file, which stands at *path*, refers to."""
    for alias, name, plan in _plans(type(part)):
        if name in part.model_fields_set:
            yield from _found(getattr(part, name), plan, (*path, alias))


def _found(value: object, plan: _Plan, path: Path) -> Iterator[Reference]:
    if isinstance(value, str):
        for kind in plan.kinds:
            yield kind, value, path
    elif isinstance(value, Written):
        yield from references(value, path)
    elif isinstance(value, tuple) and plan.item:
        for place, item in enumerate(value):
            yield from _found(item, plan.item, (*path, place))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if plan.key:
                yield from _found(key, plan.key, (*path, key, KEY))
            if plan.value:
                yield from _found(item, plan.value, (*path, key))


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

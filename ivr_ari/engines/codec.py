"""Values of `ivr_ari.events` and errors as JSON and back, for the pipe to the workers."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from ..errors import EngineFailed, FlowError, IvrError, SetupError
from ..events import Json

__all__ = ["error_from_json", "error_to_json", "from_json", "to_json"]

T = TypeVar("T")

ERRORS: dict[str, type[IvrError]] = {kind.__name__: kind for kind in (EngineFailed, FlowError, SetupError)}
"""Errors a worker reports."""


def to_json(value: object) -> Json:
    """Return *value*, a frozen value such as `Heard` or `Meaning`, as JSON."""
    return cast(Json, _adapter(cast(Hashable, type(value))).dump_python(value, mode="json"))


def from_json(kind: type[T], data: object) -> T:
    """Return the *kind* of value that *data* holds. Raises EngineFailed if it holds none."""
    try:
        return cast(T, _adapter(cast(Hashable, kind)).validate_python(data))
    except ValidationError as exc:
        # the error's own text would quote the data, which may be what a caller said
        raise EngineFailed("wire.value", kind=kind.__name__, problems=exc.error_count()) from None


def error_to_json(error: IvrError) -> Json:
    """Return *error* as JSON, its facts as text."""
    facts: dict[str, Json] = {
        name: [str(item) for item in fact] if isinstance(fact, list | tuple) else str(fact)
        for name, fact in error.facts.items()
    }
    return {"kind": type(error).__name__, "code": error.code, "facts": facts}


def error_from_json(data: object) -> IvrError:
    """Return the error that *data* holds; EngineFailed ``wire.error`` if it holds none."""
    match data:
        case {"kind": str(kind), "code": str(code), "facts": dict(facts)}:
            return ERRORS.get(kind, EngineFailed)(code, **{str(name): fact for name, fact in facts.items()})
    return EngineFailed("wire.error")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(type[Any], kind))

"""What the world answered, as the values of slots: each of its type, or the whole answer is worth nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..events import Json
from .flow import Action, Flow, Result
from .values import LONGEST_TEXT, typed

__all__ = ["read_answer"]


def read_answer(flow: Flow, action: Action, answer: Mapping[str, Json]) -> dict[str, str] | None:
    """Return slot to value; None if a field is missing, is no single value or not of its slot's type."""
    values: dict[str, str] = {}
    for result in action.results:
        text = _field(answer, result)
        value = typed(flow.slots[result.slot], text) if text is not None else None
        if value is None:
            return None
        values[result.slot] = value
    return values


def _field(answer: Mapping[str, Json], result: Result) -> str | None:
    """Return a field as text, None if it is not there or is no single value."""
    value: Json = dict(answer)
    for name in result.path:
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    if result.manner == "cents":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return f"{Decimal(str(value)) / 100:.2f}" if whole else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int | float):
        return None
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return " ".join(text.split())[:LONGEST_TEXT] or None

"""Expressions of a flow, evaluated over what is known in a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from ..events import Secret
from .durations import iso, length_of_time
from .evaluation import Operand, Scope, evaluate
from .expect import by_keypad
from .expressions import BUILT_IN_NAMES, KIND_OF, names_in
from .flow import Flow, Slot
from .hours import local
from .talk import Filled, Talk
from .values import typed

__all__ = ["holds", "worked_out"]


def holds(flow: Flow, talk: Talk, text: str, given: Mapping[str, Filled] | None = None) -> bool:
    """Return whether a condition holds; *given* stands for what slots are about to hold. Never raises."""
    return bool(evaluate(text, _scope(flow, talk, text, given or {})))


def worked_out(flow: Flow, talk: Talk, slot: Slot, text: str) -> Filled | None:
    """Return the value of an expression as *slot* keeps it; None if it has none, or none that fits."""
    value = evaluate(text, _scope(flow, talk, text, {}))
    if isinstance(value, Secret):
        return value if slot.sensitivity else None
    return None if value is None else typed(slot, _written(slot, value))


def _written(slot: Slot, value: Decimal | date | time | timedelta | str | bool) -> str:
    """Return a value as it is said: an amount has cents, a count none."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:.2f}" if slot.type == "amount" else f"{_rounded(value):f}"
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case timedelta():
            return iso(value)
        case _:
            return value


def _rounded(value: Decimal) -> Decimal:
    try:
        return value.quantize(Decimal("0.0001")).normalize() + 0
    except InvalidOperation:  # more digits than there are
        return value


def _scope(flow: Flow, talk: Talk, text: str, given: Mapping[str, Filled]) -> Scope:
    """Return what the names in *text* stand for; a slot's ``-`` is written ``_``."""
    names: dict[str, Operand] = {}
    for name in names_in(text):
        slot = flow.slots.get(name.replace("_", "-"))
        if name in BUILT_IN_NAMES:
            names[name] = _built_in(flow, talk, name)
        elif slot is not None:
            names[name] = _operand(slot, given.get(slot.name, talk.slots.get(slot.name)))
    done = [name for name, outcome in talk.outcomes.items() if outcome == "done"]
    return Scope(names, done, flow.hours, talk.now)


def _operand(slot: Slot, value: Filled | None) -> Operand:
    """Return a slot's value as expressions have it, None where it is empty or not of its type."""
    if value is None or value == "" or isinstance(value, Secret):
        return value or None
    try:
        match KIND_OF[slot.type]:
            case "number":
                return Decimal(value)
            case "date":
                return date.fromisoformat(f"{value}-01" if slot.type == "month" else value[:10])
            case "time":
                return time.fromisoformat(value)
            case "duration":
                return length_of_time(value)
            case "truth":
                return value == "yes"
            case _:
                return value
    except (ValueError, ArithmeticError):
        return None


def _built_in(flow: Flow, talk: Talk, name: str) -> Operand:
    match name:
        case "today":
            return _operand(TODAY, talk.today)
        case "now":
            at = next((local(hours, talk.now) for hours in flow.hours.values()), None)
            return at.time() if at else _operand(NOW, talk.now[11:])
        case "language":
            return talk.language
        case "confidence":
            return Decimal(talk.confidence)
        case "not_understood":
            return Decimal(talk.not_understood)
        case "by_keypad":
            return by_keypad(flow, talk)
        case _:
            return talk.outcome or None


TODAY = Slot("today", "date")
NOW = Slot("now", "time")

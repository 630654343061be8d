"""
The value of an expression in a call. Never an error: what has no value is None, and a comparison with
nothing is false.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from simpleeval import InvalidExpression, SimpleEval  # type: ignore[import-untyped]

from ..events import Secret
from .addresses import part_of
from .durations import length_of_time
from .expression_syntax import LONGEST, syntax
from .flow import Hours
from .hours import is_open, opens

__all__ = ["Operand", "Scope", "evaluate"]

Operand = Decimal | date | time | timedelta | str | bool | Secret | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression can see: *names* with their values, None where there is none."""

    names: Mapping[str, Operand]
    done: Collection[str] = ()
    """Tasks that ended done."""

    hours: Mapping[str, Hours] = field(default_factory=dict)
    now: str = ""
    """UTC in ISO form."""


def evaluate(text: str, scope: Scope) -> Operand:
    """Return the value of an expression, None where it has none. Never raises."""
    tree, mistakes = syntax(text)
    if tree is None or mistakes:
        return None
    try:
        value = _Evaluator(scope).eval(text, previously_parsed=tree.body)
    except (InvalidExpression, TypeError, ValueError, ArithmeticError, RecursionError):
        return None
    return value if isinstance(value, Operand) and not isinstance(value, datetime) else None


class _Evaluator(SimpleEval):  # type: ignore[misc]  # simpleeval has no types
    """`SimpleEval` whose comparisons are false, not errors, where a value is missing."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(operators=OPERATORS, functions=_functions(scope), names={**TRUTH, **scope.names})
        self.nodes |= {ast.Tuple: self._eval_several, ast.List: self._eval_several}

    def _eval_several(self, node: ast.Tuple | ast.List) -> tuple[Any, ...]:
        return tuple(self._eval(part) for part in node.elts)

    def _eval_compare(self, node: ast.Compare) -> bool:
        left = self._eval(node.left)
        for comparison, part in zip(node.ops, node.comparators, strict=True):
            right = self._eval(part)
            if left is None or right is None or not COMPARISONS[type(comparison)](left, right):
                return False
            left = right
        return True


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both of one type: a text beside a date or a time is one, as it is written in a flow."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, date | time | timedelta) and isinstance(other, str):
            read = _long(other) if isinstance(one, timedelta) else type(one).fromisoformat(other)
            return (one, read) if one is left else (read, one)
    return left, right


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], bool]:
    return lambda left, right: bool(compare(*_alike(left, right)))


def _within(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        return isinstance(left, str) and left in right
    return any(part is not None and operator.eq(*_alike(left, part)) for part in right)


COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: _compared(operator.eq),
    ast.NotEq: _compared(operator.ne),
    ast.Lt: _compared(operator.lt),
    ast.LtE: _compared(operator.le),
    ast.Gt: _compared(operator.gt),
    ast.GtE: _compared(operator.ge),
    ast.In: _within,
    ast.NotIn: lambda left, right: not _within(left, right),
}
TRUTH: Mapping[str, bool] = {"True": True, "False": False}


def _long(text: str) -> timedelta:
    length = length_of_time(text)
    if length is None:
        raise ValueError(text)
    return length


def _number(value: Any) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return value


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str) and len(left) + len(right) <= LONGEST:
        return left + right
    if isinstance(right, timedelta) and isinstance(left, date | timedelta):
        return left + right
    if isinstance(left, date):
        return left + timedelta(days=int(_number(right)))
    return _number(left) + _number(right)


def _minus(left: Any, right: Any) -> Any:
    if isinstance(right, timedelta) and isinstance(left, date | timedelta):
        return left - right
    if isinstance(left, date):
        return left - timedelta(days=int(_number(right)))
    return _number(left) - _number(right)


OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _plus,
    ast.Sub: _minus,
    ast.Mult: lambda left, right: _number(left) * _number(right),
    ast.Div: lambda left, right: _number(left) / _number(right),
    ast.USub: lambda value: -_number(value),
    ast.Not: operator.not_,
}


def _functions(scope: Scope) -> dict[str, Callable[..., Operand]]:
    def of_hours(ask: Callable[[Hours, str], Operand]) -> Callable[[str], Operand]:
        return lambda name: ask(scope.hours[name], scope.now) if name in scope.hours and scope.now else None

    return {
        "filled": lambda value: value is not None,
        "empty": lambda value: value is None,
        "length": _length,
        "last": lambda value, count: _end(value, int(_number(count))),
        "first": lambda value, count: None if value is None else _text(value)[: max(0, int(_number(count)))],
        "days": _days,
        "hours": lambda value: _in(value, timedelta(hours=1)),
        "minutes": lambda value: _in(value, timedelta(minutes=1)),
        "part": lambda value, name: part_of(_text(value), name) or None if value is not None else None,
        "done": lambda task: task in scope.done,
        "is_open": of_hours(is_open),
        "opens": of_hours(lambda hours, now: opens(hours, now) or None),
        "min": min,
        "max": max,
        "abs": lambda value: None if value is None else abs(_number(value)),
        "lower": lambda value: None if value is None else _text(value).lower(),
    }


def _days(one: Any, *other: Any) -> Decimal | None:
    """Return the days from a day to an other, or those of a duration."""
    if one is None or None in other:
        return None
    return Decimal((_day(other[0]) - _day(one)).days) if other else _in(one, timedelta(days=1))


def _in(value: Any, unit: timedelta) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, timedelta):
        raise TypeError(type(value).__name__)
    return Decimal(round(value.total_seconds())) / Decimal(round(unit.total_seconds()))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(_text(value))


def _length(value: Any) -> Decimal:
    if isinstance(value, Secret):
        return Decimal(value.length)
    return Decimal(0 if value is None else len(_text(value)))


def _end(value: Any, count: int) -> str | None:
    """Return the last characters; of a secret no more than may be shown."""
    if isinstance(value, Secret):
        return value.last[-count:] if 0 < count <= len(value.last) else None
    return None if value is None else _text(value)[-count:] if count > 0 else ""

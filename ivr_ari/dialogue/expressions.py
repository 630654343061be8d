"""What is wrong with an expression, found before any call: unknown names, values that cannot be compared."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal

from .addresses import PARTS
from .durations import length_of_time
from .expression_syntax import NAMED, names_in, syntax

__all__ = ["BUILT_IN_NAMES", "KIND_OF", "Kind", "named_in", "names_in", "parse_expression"]

Kind = Literal["", "number", "date", "time", "duration", "text", "truth"]
"""Of a value; empty: not known."""

KIND_OF: Mapping[str, Kind] = {
    "digits": "text",
    "number": "number",
    "amount": "number",
    "date": "date",
    "month": "date",
    "range": "date",
    "time": "time",
    "name": "text",
    "id": "text",
    "phone": "text",
    "duration": "duration",
    "email": "text",
    "address": "text",
    "choice": "text",
    "text": "text",
    "yesno": "truth",
}
"""
What a slot of a type is in an expression; a month is its first day, a range the day it begins, of two
durations the shorter.
"""

BUILT_IN_NAMES: Mapping[str, Kind] = {
    "outcome": "text",
    "today": "date",
    "now": "time",
    "language": "text",
    "confidence": "number",
    "not_understood": "number",
    "by_keypad": "truth",
}

RETURNS: Mapping[str, Kind] = {
    "filled": "truth",
    "empty": "truth",
    "length": "number",
    "last": "text",
    "first": "text",
    "days": "number",
    "hours": "number",
    "minutes": "number",
    "part": "text",
    "done": "truth",
    "is_open": "truth",
    "opens": "text",
    "abs": "number",
    "lower": "text",
}
TAKES: Mapping[str, Kind] = {
    "length": "text",
    "days": "date",
    "hours": "duration",
    "minutes": "duration",
    "abs": "number",
    "lower": "text",
}
ARITHMETIC: Mapping[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def parse_expression(text: str, names: Iterable[str]) -> list[str]:
    """
    Return a sentence for each mistake in an expression.

    *names* are those of the slots as expressions write them (``from_account``); as a mapping to their
    `Kind`, values that cannot be compared are found too. The built-in names need not be among them.
    """
    tree, mistakes = syntax(text)
    if tree is None:
        return list(mistakes)
    kinds: dict[str, Kind] = {**names} if isinstance(names, Mapping) else dict.fromkeys(names, "")
    checker = _Checker({**kinds, **BUILT_IN_NAMES})
    checker.kind(tree.body)
    return list(dict.fromkeys((*mistakes, *checker.mistakes)))


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """Return what else an expression names: ``("task", name)`` and ``("hours", name)``."""
    tree, _ = syntax(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMED:
            for value in node.args:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield NAMED[node.func.id], value.value


class _Checker:
    """Finds the kind of every part, and writes down what does not go together."""

    def __init__(self, names: Mapping[str, Kind]) -> None:
        self.names = names
        self.mistakes: list[str] = []

    def kind(self, node: ast.AST) -> Kind:
        match node:
            case ast.Name(id=name):
                return self._name(name)
            case ast.Constant(value=value):
                return _kind_of_constant(value)
            case ast.Call(func=ast.Name(id=name), args=values):
                return self._call(name, values)
            case ast.Compare(left=left, ops=comparisons, comparators=others):
                return self._compare([left, *others], comparisons)
            case ast.BinOp(left=left, op=sign, right=right):
                return self._arithmetic(left, sign, right)
            case ast.UnaryOp(op=sign, operand=value):
                inside = self.kind(value)
                return "truth" if isinstance(sign, ast.Not) else inside
            case ast.BoolOp(values=values):
                return _common([self.kind(value) for value in values])
            case ast.IfExp(test=test, body=body, orelse=other):
                self.kind(test)
                return _common([self.kind(body), self.kind(other)])
            case _:
                for child in ast.iter_child_nodes(node):
                    self.kind(child)
                return ""

    def _name(self, name: str) -> Kind:
        if name in self.names:
            return self.names[name]
        near = get_close_matches(name, self.names, 1, 0.6)
        also = f": did you mean {near[0]!r}?" if near else ""
        quoted = "" if near else f"; a text stands in quotes: '{name}'"
        self.mistakes.append(f"there is no slot or name {name!r} for an expression{also}{quoted}")
        return ""

    def _call(self, name: str, values: list[ast.expr]) -> Kind:
        kinds = [self.kind(value) for value in values]
        if name == "part":
            return self._part(values, kinds)
        for value, kind in zip(values, kinds, strict=True):
            wanted = "duration" if name == "days" and len(values) == 1 else TAKES.get(name, "")
            if wanted and kind and kind != wanted and not _is_day(value, wanted):
                self.mistakes.append(f"{name}() takes a {wanted}, not a {kind}")
        return _common(kinds) if name in ("min", "max") else RETURNS.get(name, "")

    def _part(self, values: list[ast.expr], kinds: list[Kind]) -> Kind:
        name = values[1].value if isinstance(values[1], ast.Constant) else None
        if kinds[0] not in ("", "text"):
            self.mistakes.append(f"part() takes an address, not a {kinds[0]}")
        if name not in PARTS:
            self.mistakes.append(f"part() gives {', '.join(PARTS)} of an address, in quotes")
        return "text"

    def _compare(self, values: list[ast.expr], comparisons: list[ast.cmpop]) -> Kind:
        kinds = [self.kind(value) for value in values]
        for at, comparison in enumerate(comparisons):
            one, other = (values[at], kinds[at]), (values[at + 1], kinds[at + 1])
            if isinstance(comparison, ast.In | ast.NotIn):
                self._within(one, other)
            else:
                self._alike(one, other)
        return "truth"

    def _within(self, one: tuple[ast.expr, Kind], other: tuple[ast.expr, Kind]) -> None:
        if isinstance(other[0], ast.Tuple | ast.List):
            for part in other[0].elts:
                self._alike(one, (part, _kind_of_part(part, self.names)))
        elif other[1] not in ("", "text"):
            self.mistakes.append("after `in` stands a list such as ('new', 'old') or a text")

    def _alike(self, one: tuple[ast.expr, Kind], other: tuple[ast.expr, Kind]) -> None:
        kinds = (one[1], other[1])
        if "" in kinds or kinds[0] == kinds[1]:
            return
        if _is_day(one[0], other[1]) or _is_day(other[0], one[1]):
            return
        hint = "; yes or no is asked by the name alone" if "truth" in kinds else ""
        self.mistakes.append(f"a {kinds[0]} cannot be compared with a {kinds[1]}{hint}")

    def _arithmetic(self, left: ast.expr, sign: ast.operator, right: ast.expr) -> Kind:
        one, other = self.kind(left), self.kind(right)
        adding = isinstance(sign, ast.Add | ast.Sub)
        if adding and one == "date" and other in ("", "number", "duration"):
            return "date"
        if adding and one == other == "duration":
            return "duration"
        if isinstance(sign, ast.Add) and one == other == "text":
            return "text"
        wrong = [kind for kind in (one, other) if kind not in ("", "number")]
        if wrong and not (isinstance(sign, ast.Add) and "" in (one, other)):
            self.mistakes.append(f"{ARITHMETIC.get(type(sign), 'a sum')} does not go with a {wrong[0]}")
        return "number" if one == other == "number" else ""


def _kind_of_constant(value: object) -> Kind:
    if isinstance(value, bool):
        return "truth"
    return "text" if isinstance(value, str) else "number" if isinstance(value, Decimal) else ""


def _kind_of_part(node: ast.expr, names: Mapping[str, Kind]) -> Kind:
    if isinstance(node, ast.Constant):
        return _kind_of_constant(node.value)
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def _common(kinds: list[Kind]) -> Kind:
    return kinds[0] if kinds and len(set(kinds)) == 1 else ""


def _is_day(node: ast.expr, kind: Kind) -> bool:
    """Return whether a text in quotes can be read as the date or the time beside it."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    if kind == "duration":
        return length_of_time(node.value) is not None
    if kind not in ("date", "time"):
        return False
    try:
        (date if kind == "date" else time).fromisoformat(node.value)
    except ValueError:
        return False
    return True

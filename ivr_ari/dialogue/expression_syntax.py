"""
The flow language's expressions: ``amount > 100 and kind == 'new'``.

They are Python's syntax as `simpleeval` evaluates it, cut down to what a condition on a call needs: names,
texts, numbers, and/or/not, comparisons, ``in``, ``+ - * /``, if-else and the functions of `FUNCTIONS`. There
is no attribute, subscript, comprehension or power, so that no expression can reach beyond its values or run
long.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

__all__ = ["FUNCTIONS", "LONGEST", "NAMED", "names_in", "syntax"]

LONGEST = 500
"""Characters of an expression, and of a text one makes."""

DEEPEST = 25
"""Parts of an expression inside each other."""

LARGEST = Decimal(10) ** 12

FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "filled": (1, 1),
    "empty": (1, 1),
    "length": (1, 1),
    "last": (2, 2),
    "first": (2, 2),
    "days": (1, 2),
    "hours": (1, 1),
    "minutes": (1, 1),
    "part": (2, 2),
    "done": (1, 1),
    "is_open": (1, 1),
    "opens": (1, 1),
    "min": (2, 9),
    "max": (2, 9),
    "abs": (1, 1),
    "lower": (1, 1),
}
"""Functions, with the fewest and the most values they take."""

NAMED: Mapping[str, str] = {"done": "task", "is_open": "hours", "opens": "hours"}
"""Functions that take a name in quotes, and what of."""

ALLOWED: tuple[type[ast.AST], ...] = (
    *(ast.Expression, ast.Name, ast.Load, ast.Constant, ast.Call, ast.Tuple, ast.List, ast.IfExp),
    *(
        ast.BoolOp,
        ast.And,
        ast.Or,
        ast.UnaryOp,
        ast.Not,
        ast.USub,
        ast.BinOp,
        ast.Add,
        ast.Sub,
        ast.Mult,
        ast.Div,
    ),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn),
)

FORBIDDEN: Mapping[type[ast.AST], str] = {
    ast.Attribute: "a dot after a name (a slot's - is written _)",
    ast.Subscript: "brackets after a name",
    ast.Pow: "a power",
    ast.Mod: "a remainder",
    ast.FloorDiv: "a whole division",
    ast.Lambda: "a function of your own",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.JoinedStr: "an f-string",
    ast.NamedExpr: "an assignment",
    ast.Starred: "a star",
    ast.keyword: "a value by name",
    ast.Dict: "a dictionary",
    ast.Set: "a set: write (a, b)",
    ast.Is: "`is`: write ==",
    ast.IsNot: "`is not`: write !=",
}


@lru_cache(maxsize=2000)
def syntax(text: str) -> tuple[ast.Expression | None, tuple[str, ...]]:
    """Return the tree of an expression and a sentence for each mistake in how it is written."""
    if len(text) > LONGEST:
        return None, (f"an expression has at most {LONGEST} characters",)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, (_misread(text),)
    if _depth(tree) > DEEPEST:
        return None, (f"an expression is at most {DEEPEST} parts deep",)
    mistakes = dict.fromkeys(mistake for node in ast.walk(tree) for mistake in _mistakes(node))
    return ast.fix_missing_locations(_Decimals().visit(tree)), tuple(mistakes)


@lru_cache(maxsize=2000)
def names_in(text: str) -> frozenset[str]:
    """Return the names an expression uses, functions left out."""
    tree, _ = syntax(text)
    nodes = list(ast.walk(tree)) if tree else []
    functions = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in functions)


def _misread(text: str) -> str:
    if "=" in text.replace("==", "").replace("!=", "").replace("<=", "").replace(">=", ""):
        return f"{text!r} is no expression: equal is written =="
    hint = ": a name's - is written _ here" if re.search(r"[a-z]-[a-z]", text) else ""
    return f"{text!r} is no expression{hint}"


def _depth(node: ast.AST) -> int:
    level, depth = [node], 0
    while level and depth <= DEEPEST:
        level = [child for parent in level for child in ast.iter_child_nodes(parent)]
        depth += 1
    return depth


def _mistakes(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Constant):
        yield from _constant(node.value)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif not isinstance(node, ALLOWED):
        yield f"an expression cannot have {FORBIDDEN.get(type(node), type(node).__name__.lower())}"


def _constant(value: object) -> Iterable[str]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and not -LARGEST <= Decimal(str(value)) <= LARGEST:
        yield f"{value} is too large"
    if not isinstance(value, str | int | float | bool):
        yield f"an expression cannot have the value {value!r}"


def _call(node: ast.Call) -> Iterable[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        what = f"function {name!r}" if name else "such function"
        yield f"there is no {what}; there are {', '.join(FUNCTIONS)}"
        return
    least, most = FUNCTIONS[name]
    if not least <= len(node.args) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        yield f"{name}() takes {wanted} values, not {len(node.args)}"
    if name in NAMED and not all(_is_text(value) for value in node.args):
        yield f"{name}() takes a name in quotes"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


class _Decimals(ast.NodeTransformer):
    """Numbers are exact: 0.1 is a tenth."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return node
        exact: Any = Decimal(str(node.value))
        return ast.Constant(exact)

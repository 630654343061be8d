"""
YAML composed safely: no aliases, no absurd nesting, no endless file; and words that were nearly right.

The nodes keep line and column; `document` makes plain data of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import yaml

from ..dialogue.flow import Problem

__all__ = ["LOADER", "compose", "did_you_mean", "nearest"]

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's own, ten times as fast where it was built with libyaml."""

LARGEST = 1_000_000
"""Characters; a flow is written by hand."""

DEEPEST = 30
"""Levels of nesting; a deeper file was not written by hand."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of *known* that *word* was probably meant to be, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``: did you mean 'x'?`` for the nearest of *known*, or nothing."""
    near = nearest(word, known)
    return f": did you mean {near!r}?" if near else ""


def compose(text: str, file: str, problems: list[Problem]) -> yaml.Node | None:
    """Return the top node of a file, or None after writing down in *problems* why there is none."""
    if len(text) > LARGEST:
        problems.append(Problem(file, 1, f"the file is larger than {LARGEST} characters"))
        return None
    try:
        if not _is_safe(text, file, problems):
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = _hint(text, mark, error.problem)
        what = f"is no YAML: {error.problem or error.context}{hint}"
        problems.append(_problem(file, mark, what))
        return None
    except yaml.reader.ReaderError as error:
        problems.append(Problem(file, 1, f"is no YAML: {error.reason} at character {error.position}"))
        return None
    if node is None:
        problems.append(Problem(file, 1, "the file is empty"))
    return node


def _problem(file: str, mark: Any, text: str) -> Problem:
    return Problem(file, mark.line + 1, text, mark.column + 1) if mark else Problem(file, 1, text)


def _hint(text: str, mark: Any, problem: str | None) -> str:
    """Return what helps with the two mistakes that are made most."""
    if mark and _is_tab(text, mark):
        return ": indent with blanks, not tabs"
    if problem == "mapping values are not allowed in this context":
        return ": a text with a colon in it stands in quotes"
    return ""


def _is_tab(text: str, mark: Any) -> bool:
    lines = text.splitlines()
    return bool(mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t")


def _is_safe(text: str, file: str, problems: list[Problem]) -> bool:
    depth, safe = 0, True
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            what = "an alias ('*name') is not part of the language: write it out"
            problems.append(_problem(file, event.start_mark, what))
            safe = False
        if depth > DEEPEST:
            problems.append(_problem(file, event.start_mark, f"more than {DEEPEST} levels of nesting"))
            return False
    return safe

"""
From the files of a flow to a `Flow`, or to everything that is wrong with them.

`gather` reads the files into the models, `lookup` and `check` find what is wrong, `compile` makes the
frozen flow.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..dialogue.flow import Flow, Problem
from ..errors import FlowError
from .check import Given, check
from .compile import compile_flow
from .gather import Read, gather

__all__ = ["Findings", "examine", "load_flow", "parse_bundle", "parse_flow"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of reading a flow: *flow* is None if there are *problems*; *notes* refuse nothing."""

    flow: Flow | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def load_flow(path: Path, *, recordings_muted: bool = False) -> Flow:
    """
    Return the flow in *path* with its parts and translations, checked.

    *recordings_muted* tells that calls are not recorded while card data is told: only then a flow may ask
    for it. Raises FlowError ``flow.problems`` with every `Problem` found, and ``flow.unreadable`` when there
    is no such file or it is no UTF-8.
    """
    return _flow(examine(path, recordings_muted=recordings_muted), str(path))


def examine(path: Path, *, recordings_muted: bool = False) -> Findings:
    """Return all that can be said of the flow in *path*. Raises FlowError ``flow.unreadable``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "a flow is a YAML file in UTF-8"
        raise FlowError("flow.unreadable", file=str(path), why=str(error), hint=hint) from error
    given = Given(recordings_muted, tests=True)
    read = _reader(path.parent)
    return _examine(text, path.name, str(path.parent), read, given)


def parse_flow(text: str, file: str, *, recordings_muted: bool = False) -> Flow:
    """
    Return the flow written in *text*, which uses no other files; *file* names it in problems.

    Raises FlowError ``flow.problems``.
    """
    folder, name = posixpath.split(file)
    return _flow(_examine(text, name, folder, lambda _: None, Given(recordings_muted)), file)


def parse_bundle(source: str) -> Flow:
    """
    Return the flow kept in `Flow.source`. It was checked when it was published, so that one that speaks of
    cards is right here.

    Raises FlowError ``flow.problems``, and ``flow.unreadable`` if *source* is not what a flow keeps.
    """
    try:
        files = json.loads(source)
    except json.JSONDecodeError as error:
        raise FlowError("flow.unreadable", why=str(error), hint="a JSON object of files is wanted") from error
    if not (isinstance(files, Mapping) and files and all(isinstance(text, str) for text in files.values())):
        raise FlowError("flow.unreadable", why="no files", hint="a JSON object of files is wanted")
    name, text = next(iter(files.items()))
    return _flow(_examine(text, name, "", files.get, Given(recordings_muted=True)), name)


def _flow(found: Findings, file: str) -> Flow:
    if found.flow is None:
        raise FlowError("flow.problems", file=file, problems=list(found.problems))
    return found.flow


def _examine(text: str, name: str, folder: str, read: Read, given: Given) -> Findings:
    gathered = gather(text, name, "" if folder == "." else folder, read)
    for place, name in enumerate(gathered.flow.tests if given.tests else ()):
        if read(name) is None:
            gathered.problem(("tests", place), f"there is no file {name!r} below the folder of the flow")
    check(gathered, given)
    found = gathered.problems
    problems = tuple(problem for problem in found if not problem.note)
    notes = tuple(problem for problem in found if problem.note)
    return Findings(None if problems else compile_flow(gathered), problems, notes)


def _reader(folder: Path) -> Read:
    """Return a function that reads files below *folder*, and no others, whatever links lead to."""
    root = folder.resolve()

    def read(name: str) -> str | None:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return None
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    return read

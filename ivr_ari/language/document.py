"""
One file of a flow as plain data, texts in mappings and lists, and where each piece of it stands.

Every scalar is a text: `yes` is a word until a field wants yes or no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from ..dialogue.flow import Problem
from .source import compose

__all__ = ["KEY", "Data", "Document", "Path", "read_document", "value_at"]

Data = str | list["Data"] | dict[str, "Data"]
Path = tuple[str | int, ...]
"""Where something stands in a file: ``("tasks", "refund", "steps", 0, "say")``."""

KEY = "[key]"
"""At the end of a path: the key itself, not what stands under it."""


@dataclass(slots=True)
class Document:
    """One file: *file* as problems name it, *name* relative to the folder of the flow."""

    file: str
    name: str
    text: str = ""
    data: dict[str, Data] = field(default_factory=dict)
    node: yaml.MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)
    what: str = "the file"
    """How messages call it."""

    def problem(self, path: Path, text: str, *, note: bool = False) -> None:
        """Write down what is wrong at *path*."""
        line, column = self.position(path)
        self.problems.append(Problem(self.file, line, text, column, note))

    def position(self, path: Path) -> tuple[int, int]:
        """
        Return line and column, from 1: of the text at *path*, or of the key a list or mapping stands under.

        Parts of the path that the file does not have (a single text is a list of one) are passed over.
        """
        node: yaml.Node | None = self.node
        key: yaml.Node | None = None
        for part in path:
            below = _below(node, part)
            if below:
                key, node = below
        if node is None:
            return 1, 1
        text_here = isinstance(node, yaml.ScalarNode) and not (node.value == "" and not node.style)
        wants_key = KEY in path[-1:] or not text_here
        mark = (key if key and wants_key else node).start_mark
        return mark.line + 1, mark.column + 1


def _below(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    """Return the key and the value at *part* of a node, None if it has no such part."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def read_document(text: str, file: str, name: str) -> Document:
    """Return the file with what could be read of it; its `problems` say what could not."""
    document = Document(file, name, text)
    node = compose(text, file, document.problems)
    if isinstance(node, yaml.MappingNode):
        document.node = node
        document.data = _mapping(node, document)
    elif node is not None:
        document.problem((), "should be a mapping, lines of 'name: value'")
    return document


def _plain(node: yaml.Node, document: Document) -> Data:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, document)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, document) for item in node.value]
    return str(node.value).strip()


def _mapping(node: yaml.MappingNode, document: Document) -> dict[str, Data]:
    found: dict[str, Data] = {}
    first: dict[str, int] = {}
    for key, value in node.value:
        mark = key.start_mark
        if not isinstance(key, yaml.ScalarNode):
            what = "a key should be a word"
        elif key.value in found:
            what = f"{key.value!r} stands here twice, first in line {first[key.value]}"
        else:
            found[key.value] = _plain(value, document)
            first[key.value] = mark.line + 1
            continue
        document.problems.append(Problem(document.file, mark.line + 1, what, mark.column + 1))
    return found


def value_at(data: Data, path: Sequence[str | int]) -> Data:
    """Return what stands at *path*; parts that are not there are passed over."""
    found = data
    for part in path:
        if isinstance(found, dict) and isinstance(part, str):
            found = found.get(part, found)
        elif isinstance(found, list) and isinstance(part, int) and part < len(found):
            found = found[part]
    return found

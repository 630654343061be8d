"""
A YAML file as nodes that know their line, and the list of everything wrong with it.

Reading never stops at a mistake: a node that is not what was hoped for is written down as a `Problem` and
gives a harmless value instead, so that one run finds all of them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import yaml

from .flow import Problem

__all__ = ["Entry", "Reference", "Source", "did_you_mean", "nearest", "read_yaml"]

NAME = re.compile(r"[a-z][a-z0-9-]{0,47}")
DURATION = re.compile(r"(\d+(?:\.\d+)?) ?(ms|s)")
TRUTH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
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


@dataclass(frozen=True, slots=True)
class Reference:
    """A name used somewhere, to be looked up once every name is known."""

    kind: str
    name: str
    line: int


@dataclass(slots=True)
class Source:
    """What is collected while a file is read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """Where each thing is declared: (kind, name) to line."""

    def problem(self, line: int, text: str) -> None:
        self.problems.append(Problem(self.file, line, text))

    def refer(self, kind: str, name: str, line: int) -> None:
        self.references.append(Reference(kind, name, line))


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of the file. *what* names it in messages."""

    node: yaml.Node
    source: Source
    what: str

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return int(self.node.start_mark.line) + 1

    def problem(self, text: str) -> None:
        self.source.problem(self.line, f"{self.what} {text}")

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_map(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def fields(self, known: Collection[str]) -> dict[str, Entry]:
        """Return the fields of a mapping whose names are all known beforehand."""
        found = {}
        for key, line, entry in self._pairs():
            if key in known:
                found[key] = entry
            else:
                text = f"{self.what} has no field {key!r}{did_you_mean(key, known)}"
                self.source.problem(line, text)
        return found

    def named(self, kind: str) -> Iterator[tuple[str, Entry]]:
        """Yield the entries of a mapping whose keys are names of a *kind*, and remember their lines."""
        for key, line, entry in self._pairs():
            if not NAME.fullmatch(key):
                text = f"{kind} name {key!r} may hold a-z, 0-9 and '-' only, and begins with a letter"
                self.source.problem(line, text)
            self.source.lines[kind, key] = line
            yield key, Entry(entry.node, self.source, f"{kind} {key!r}")

    def free(self) -> Iterator[tuple[str, Entry]]:
        """Yield the entries of a mapping with any keys."""
        for key, _, entry in self._pairs():
            yield key, entry

    def _pairs(self) -> Iterator[tuple[str, int, Entry]]:
        if not isinstance(self.node, yaml.MappingNode):
            self.problem("should be a mapping, lines of 'name: value'")
            return
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            line = int(key_node.start_mark.line) + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.source.problem(line, f"{self.what}: a key should be a word")
                continue
            key = str(key_node.value)
            if key in seen:
                self.source.problem(line, f"{self.what} has {key!r} twice")
                continue
            seen.add(key)
            yield key, line, Entry(value_node, self.source, f"{key!r} of {self.what}")

    def items(self) -> list[Entry]:
        """Return the items of a list; a single value is a list of one, an empty one a list of none."""
        if isinstance(self.node, yaml.SequenceNode):
            return [Entry(node, self.source, self.what) for node in self.node.value]
        if isinstance(self.node, yaml.ScalarNode) and self.node.value == "":
            return []
        return [self]

    def text(self) -> str:
        if isinstance(self.node, yaml.ScalarNode):
            if not str(self.node.value).strip():
                self.problem("is empty")
            return str(self.node.value).strip()
        hint = " (put quotes around a text that begins with a brace)" if self.is_map else ""
        self.problem(f"should be a text{hint}")
        return ""

    def texts(self) -> tuple[str, ...]:
        found = tuple(item.text() for item in self.items())
        if not found:
            self.problem("is empty")
        return found

    def phrases(self) -> tuple[str, ...]:
        """Return texts as they come out of recognition: lower case, single blanks."""
        return tuple(" ".join(text.lower().split()) for text in self.texts())

    def refer(self, kind: str) -> str:
        """Return the name of something of a *kind* that is looked up later."""
        name = self.text()
        if name:
            self.source.refer(kind, name, self.line)
        return name

    def refer_all(self, kind: str) -> tuple[str, ...]:
        return tuple(item.refer(kind) for item in self.items())

    def one_of(self, options: Collection[str]) -> str:
        """Return one of *options*, the first of them if the text is none of these."""
        text = self.text()
        if text in options:
            return text
        if text:
            self.problem(f"is {text!r}, which is none of {', '.join(options)}{did_you_mean(text, options)}")
        return next(iter(options))

    def flag(self) -> bool:
        text = self.text().lower()
        if text not in TRUTH:
            self.problem("should be yes or no")
        return TRUTH.get(text, False)

    def whole(self, least: int, most: int) -> int:
        text = self.text()
        if re.fullmatch(r"\d{1,9}", text) and least <= int(text) <= most:
            return int(text)
        self.problem(f"should be a whole number from {least} to {most}")
        return least

    def span(self, least: int, most: int) -> tuple[int, int]:
        """Return a range: ``8`` or ``4-6``."""
        found = re.fullmatch(r"(\d{1,4})(?: ?- ?(\d{1,4}))?", self.text())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
        if least <= first <= last <= most:
            return first, last
        self.problem(f"should be a number or a range such as 4-6, from {least} to {most}")
        return least, most

    def duration_ms(self, least: int = 100, most: int = 60_000) -> int:
        """Return milliseconds of ``6s``, ``1.5s`` or ``800ms``."""
        found = DURATION.fullmatch(self.text())
        ms = round(float(found[1]) * (1000 if found[2] == "s" else 1)) if found else 0
        if least <= ms <= most:
            return ms
        self.problem(f"should be a time such as 6s or 800ms, from {least} ms to {most // 1000} s")
        return least


def _depth_and_aliases(text: str, source: Source) -> bool:
    """Return whether the text can be composed safely: no aliases, no absurd nesting."""
    depth, safe = 0, True
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = int(event.start_mark.line) + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            source.problem(line, "an alias ('*name') is not part of the language: write it out")
            safe = False
        if depth > DEEPEST:
            source.problem(line, f"more than {DEEPEST} levels of nesting")
            return False
    return safe


def read_yaml(text: str, source: Source) -> Entry | None:
    """Return the top of a file, or None after writing down why there is none."""
    if len(text) > LARGEST:
        source.problem(1, f"the file is larger than {LARGEST} characters")
        return None
    try:
        node = yaml.compose(text, Loader=LOADER) if _depth_and_aliases(text, source) else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = int(mark.line) + 1 if mark else 1
        source.problem(line, f"is no YAML: {error.problem or error.context}")
        return None
    except yaml.reader.ReaderError as error:
        source.problem(1, f"is no YAML: {error.reason} at character {error.position}")
        return None
    if node is None and not source.problems:
        source.problem(1, "the file is empty")
    return Entry(node, source, "the flow") if node is not None else None

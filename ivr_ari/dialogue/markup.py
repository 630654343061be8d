"""
How the text of a prompt is to sound, read when the flow is loaded.

``Press <emphasis>one</emphasis>.<break time="300ms"/>`` becomes texts, values, pauses and styles. What
fills a value during a call is never looked at here, so nothing that a caller or a backend says is markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..events import Pause, Slotted, Style
from .steps import Field, Speech
from .tags import HOLDERS, TAGS, attributes_of, interpreted, pause_of, style_of
from .template import parse_template

__all__ = ["parse_speech", "write_speech"]

TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*(/?)>")
BROKEN = re.compile(r"</?[A-Za-z!?][^\s<>]*")
"""The beginning of what was meant to be a tag; a "<" before a blank or a digit is a sign."""

ENTITIES = re.compile("&(lt|gt|amp|quot|apos);")
SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def parse_speech(text: str) -> tuple[Speech, list[str]]:
    """Return the parts of a prompt's *text* and a sentence for each mistake in it."""
    reader = _Reader()
    last = 0
    for tag in TAG.finditer(text):
        reader.text(text[last : tag.start()])
        reader.tag(tag)
        last = tag.end()
    reader.text(text[last:])
    reader.mistakes += [f"<{tag.name}> is not closed: write </{tag.name}>" for tag in reader.open]
    return tuple(reader.parts), reader.mistakes


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag that is not closed yet."""

    name: str
    attributes: Mapping[str, str]
    """None of a tag that is not right."""

    around: Style
    held: int
    """How many pieces stand before it."""


@dataclass(slots=True)
class _Reader:
    """What was read of a text so far."""

    parts: list[str | Field | Slotted | Pause | Style] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    open: list[_Tag] = field(default_factory=list)
    style: Style = Style()
    written: Style = Style()
    """The style of the last word among *parts*."""

    held: int = 0
    """How many pieces were read; those of a text become one part."""

    def text(self, text: str) -> None:
        """Read what stands between two tags."""
        for broken in BROKEN.finditer(text):
            self.mistakes.append(
                f"{broken[0]!r} begins no tag that can be read; the sign '<' is written &lt;"
            )
        template, mistakes = parse_template(text)
        self.mistakes += mistakes
        for piece in template:
            plain = ENTITIES.sub(lambda sign: SIGNS[sign[1]], piece) if isinstance(piece, str) else piece
            if self._holder:
                self._hold(self._holder, plain)
            else:
                self._put(plain)

    def tag(self, found: re.Match[str]) -> None:
        """Read a tag."""
        closing, name, written, empty = found.groups()
        if name not in TAGS and closing:
            return  # told where it was opened
        if name not in TAGS:
            self.mistakes.append(f"there is no tag {found[0]!r}; there are {', '.join(TAGS)}")
        elif closing:
            self._close(name)
        elif self._holder:
            self.mistakes.append(f"<{self._holder.name}> holds text or a value, no tag such as {found[0]!r}")
        elif (name == "break") != bool(empty):
            right = "<break/>, which holds nothing" if name == "break" else f"<{name}>...</{name}>"
            self.mistakes.append(f"{found[0]!r} should be {right}")
        else:
            self._open(name, written)

    def _open(self, name: str, written: str) -> None:
        attributes, style = {}, self.style
        try:
            attributes = attributes_of(name, written)
            if name == "break":
                self.parts.append(pause_of(attributes))
                self.held += 1
            elif name not in HOLDERS:
                style = style_of(name, attributes, style)
        except ValueError as exc:
            attributes = {}
            self.mistakes.append(str(exc))
        if name != "break":
            self.open.append(_Tag(name, attributes, self.style, self.held))
            self.style = style

    def _close(self, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            waits = f"<{self.open[-1].name}> is open" if self.open else "no tag is open"
            self.mistakes.append(f"</{name}> closes nothing: {waits}")
            return
        tag = self.open.pop()
        self.style = tag.around
        if self.held == tag.held and not self.mistakes:
            self.mistakes.append(f"<{name}> holds nothing")

    @property
    def _holder(self) -> _Tag | None:
        return self.open[-1] if self.open and self.open[-1].name in HOLDERS else None

    def _hold(self, tag: _Tag, piece: str | Field) -> None:
        if tag.attributes and (not isinstance(piece, str) or piece.strip()):
            try:
                self._put(interpreted(tag.name, tag.attributes, piece))
            except ValueError as exc:
                self.mistakes.append(str(exc))

    def _put(self, piece: str | Field | Slotted) -> None:
        self.held += 1
        if self.style != self.written:
            self.parts.append(self.style)
            self.written = self.style
        if isinstance(piece, str) and self.parts and isinstance(before := self.parts[-1], str):
            self.parts[-1] = before + piece
        else:
            self.parts.append(piece)


def write_speech(speech: Speech) -> str:
    """Return a prompt's text as it can be written in a flow; `parse_speech` gives the same parts again."""
    texts, style = [], Style()
    for part in speech:
        if isinstance(part, Style):
            texts.append(_ends(style) + _begins(part))
            style = part
        else:
            texts.append(_written(part))
    return "".join(texts) + _ends(style)


def _begins(style: Style) -> str:
    rate = f'<prosody rate="{style.pace}%">' if style.pace != 100 else ""
    return rate + ("<emphasis>" if style.stress else "")


def _ends(style: Style) -> str:
    return ("</emphasis>" if style.stress else "") + ("</prosody>" if style.pace != 100 else "")


def _written(part: str | Field | Slotted | Pause) -> str:
    match part:
        case str():
            return _plain(part)
        case Pause(pause_ms):
            return f'<break time="{pause_ms}ms"/>'
        case Field(slot, manner, groups):
            way = f"|{manner} {_grouped(groups)}" if groups else f"|{manner}"
            return f"{{{slot}{way if manner else ''}}}"
        case Slotted(value, said=said) if said.startswith("/"):
            return f'<phoneme ph="{said.replace("/", "")}">{_plain(value)}</phoneme>'
        case Slotted(value, said=said) if said:
            return f'<sub alias="{said}">{_plain(value)}</sub>'
        case Slotted(value, manner, groups):
            form = f' format="{_grouped(groups)}"' if groups else ""
            return f'<say-as interpret-as="{manner}"{form}>{_plain(value)}</say-as>'


def _grouped(groups: tuple[int, ...]) -> str:
    return "-".join(map(str, groups))


def _plain(text: str) -> str:
    """Return a text whose signs are no tags, values or entities."""
    text = re.sub(r"&(?=(?:lt|gt|amp|quot|apos);)", "&amp;", text)
    return text.replace("{", "{{").replace("}", "}}").replace("<", "&lt;")

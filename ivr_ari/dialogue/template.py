"""
Texts with values: ``Your balance is {balance|money}.``

Nothing but names and manners stands between the braces, so that a text can be read aloud and nothing in
it can be executed. ``{{`` and ``}}`` stand for the braces themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .steps import Field, Speech, Template

__all__ = ["BUILT_IN", "GROUPED", "MANNERS", "fields_of", "groups_of", "parse_template"]

MANNERS = (
    *("text", "money", "digits", "date", "month", "time", "range", "number", "ordinal", "spell", "phone"),
    *("duration", "email", "address", "street", "unit", "city", "state", "zip"),
    *("percent", "clarity", "last", "cents"),
)
"""
How a value is spoken. ``clarity``: letters with words, "B as in Bravo". ``last``: the last two digits of a
`Secret`, spoken one by one. ``cents`` is for requests to a backend only: "42.19" becomes 4219. ``street``,
``unit``, ``city``, ``state`` and ``zip`` are parts of an address, in requests too.
"""

GROUPED = ("digits", "phone", "spell", "clarity")
"""Manners that say sign by sign, in groups."""

BUILT_IN: Mapping[str, str] = {
    "task": "the title of the task that goes on",
    "tasks": "the titles of the tasks just asked for",
    "value": "the value just understood",
    "outcome": "how a hand-over ended: busy, noanswer or failed",
    "confidence": "how sure recognition was of the latest utterance, in percent",
}
"""Names the engine fills in itself."""

PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
FIELD = re.compile(r"\s*([a-z][a-z0-9-]*)\s*(?:\|\s*([a-z]+)(?: +([0-9-]+))?\s*)?")
GROUPS = re.compile(r"[1-9](?:-[1-9])*")


def parse_template(text: str) -> tuple[Template, list[str]]:
    """Return the parts of *text* and a sentence for each mistake in it."""
    parts: list[str | Field] = []
    mistakes: list[str] = []
    plain, last = "", 0
    for piece in PIECE.finditer(text):
        plain, last = plain + text[last : piece.start()], piece.end()
        if piece[0] in ("{{", "}}"):
            plain += piece[0][0]
            continue
        found = FIELD.fullmatch(piece[1] or "")
        if not found:
            mistakes.append(f"{piece[0]!r} should be a value such as {{month|month}}, or doubled")
            continue
        if found[2] and found[2] not in MANNERS:
            mistakes.append(f"there is no manner {found[2]!r} of speaking; there are {', '.join(MANNERS)}")
        groups: tuple[int, ...] = ()
        try:
            groups = groups_of(found[3] or "", found[2] or "")
        except ValueError as exc:
            mistakes.append(str(exc))
        parts += [plain] if plain else []
        parts.append(Field(found[1], found[2] or "", groups))
        plain = ""
    plain += text[last:]
    return tuple(parts + ([plain] if plain else [])), mistakes


def groups_of(written: str, manner: str) -> tuple[int, ...]:
    """Return how many digits are said in one breath: "3-3-4". Raises ValueError, its text a sentence."""
    if not written:
        return ()
    if not GROUPS.fullmatch(written):
        raise ValueError(f"{written!r} should be groups of digits such as 3-3-4")
    if manner not in GROUPED:
        raise ValueError(f"{manner!r} is not spoken in groups ({written}); {', '.join(GROUPED)} are")
    return tuple(map(int, written.split("-")))


def fields_of(template: Template | Speech) -> tuple[Field, ...]:
    """Return the values in a text."""
    return tuple(part for part in template if isinstance(part, Field))

"""SQL look-ups as far as a flow must know them: which slots they name, and that they only read."""

from __future__ import annotations

import re

__all__ = ["mistakes_of", "parameters_of"]

TEXT = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
"""Texts and quoted names; nothing in them counts."""

PARAMETER = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)")
WRITES = re.compile(
    r"\b(insert|update|delete|drop|alter|create|replace|attach|detach|pragma|vacuum|truncate|grant|merge|call|"
    r"into)\b",
    re.IGNORECASE,
)


def parameters_of(query: str) -> tuple[str, ...]:
    """Return the slots a query names as ``:slot_name``, in order, each once."""
    names = PARAMETER.findall(TEXT.sub("''", query))
    return tuple(dict.fromkeys(name.replace("_", "-") for name in names))


def mistakes_of(query: str) -> list[str]:
    """Return a sentence for each reason why *query* is not one plain SELECT."""
    bare = TEXT.sub("''", query).strip()
    mistakes = []
    if not re.match(r"select\b", bare, re.IGNORECASE):
        mistakes.append("should be a SELECT: a look-up only reads")
    if ";" in bare.rstrip("; \n"):
        mistakes.append("holds more than one statement: write one SELECT")
    if "--" in bare or "/*" in bare:
        mistakes.append("holds a comment of SQL: write it as a comment of YAML")
    found = WRITES.search(bare)
    if found:
        mistakes.append(f"holds {found[0]!r}: a look-up only reads")
    if any(PARAMETER.search(text) for text in TEXT.findall(query)):
        mistakes.append("has a :slot in quotes: write it without, it is bound as it is")
    if "{" in query:
        mistakes.append("holds a value in braces: write :slot, which is bound and not pasted in")
    return mistakes

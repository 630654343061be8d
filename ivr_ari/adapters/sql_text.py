"""Statements, addresses and values of SQL look-ups, without a database."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from urllib.parse import quote

from sqlalchemy.engine import URL

from ..events import Json

__all__ = ["LONGEST", "as_json", "read_only_url", "single_select"]

LONGEST = 4096
"""Characters of one value."""

NOT_CODE = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \[[^\]]*\] | --[^\n]* | /\*.*?\*/""",
    re.VERBOSE | re.DOTALL,
)
"""Strings, quoted names and comments (ISO/IEC 9075-2, 5.2 and 5.3), and two products' own quotes."""

WRITES = frozenset({"DELETE", "INSERT", "INTO", "LOCK", "MERGE", "REPLACE", "UPDATE"})
"""Words with which a statement that begins like a SELECT writes or locks after all."""

FUNCTIONS = frozenset({"INSERT", "REPLACE"})
"""Words above that are functions too where a bracket follows."""


def single_select(sql: str) -> bool:
    """Tell whether *sql* is one statement that reads: SELECT, or WITH and no word that writes."""
    code = NOT_CODE.sub(" ", sql).strip().removesuffix(";")
    if ";" in code:
        return False
    words = [(found[1].upper(), bool(found[2])) for found in re.finditer(r"([A-Za-z_]\w*)(\s*\()?", code)]
    reads = bool(words) and words[0][0] in ("SELECT", "WITH")
    return reads and not any(word in WRITES and not (word in FUNCTIONS and called) for word, called in words)


def read_only_url(url: URL) -> URL:
    """
    Return the address with which SQLite opens its file for reading only; other databases' as it is.

    ValueError for a SQLite database in memory, which nobody else could ever fill.
    """
    if url.get_backend_name() != "sqlite" or (url.database or "").startswith("file:"):
        return url
    if url.database in (None, "", ":memory:"):
        raise ValueError("in memory")
    return url.set(database=f"file:{quote(str(url.database))}", query={"mode": "ro", "uri": "true"})


def as_json(value: object) -> Json:
    """Return a column's value as JSON has it; what JSON has no type for becomes text."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return f"{value:f}" if value.is_finite() else None
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return bytes(value).decode("utf-8", "replace")[:LONGEST]
        case _:
            return str(value)[:LONGEST]

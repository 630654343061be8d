"""A worker's standard error in our log: where it failed and how, never what it was working on."""

from __future__ import annotations

import asyncio
import re

import structlog

__all__ = ["watch_complaints"]

log = structlog.get_logger()

TRACE = re.compile(r'\s*File "[^"]*", line \d+, in [\w<>.]+|[A-Za-z_.]+(?:Error|Exception|Interrupt|Exit)\b')
"""What of a worker's complaints may be logged: places and kinds of errors, not their text."""


async def watch_complaints(name: str, stream: asyncio.StreamReader) -> None:
    """Log what of the worker *name*'s standard error *stream* may be logged, until it ends."""
    hidden = 0
    while line := await _line(stream):
        shown = TRACE.match(line.decode("utf-8", "replace"))
        if shown:
            log.warning("worker complains", worker=name, line=shown[0].strip())
        else:
            hidden += 1
    if hidden:
        log.info("worker said more", worker=name, count=hidden)


async def _line(stream: asyncio.StreamReader) -> bytes:
    """Return the next line, or as much of an endless one as fits; b"" at the end."""
    try:
        return await stream.readuntil()
    except asyncio.LimitOverrunError as exc:
        return await stream.readexactly(exc.consumed)
    except asyncio.IncompleteReadError as exc:
        return exc.partial

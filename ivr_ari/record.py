"""
Events and lines of the transcript as JSON, one line each, and back.

The event list of a call, fed through `begin` and `step` of the flow with the recorded hash, gives the same
effects again: what `ivr-ari replay` does. Numbers count from the first event, so that a line written twice
(a Redis answer got lost) is seen as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from . import events
from .errors import StoreUnavailable
from .events import Event
from .orders import Line

ADAPTERS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(events.Event)}


def event_line(number: int, at_ms: int, event: Event) -> str:
    """Write one event, *at_ms* after the call began."""
    name = type(event).__name__
    content = ADAPTERS[name].dump_python(event, mode="json", exclude_defaults=True)
    return json.dumps({"n": number, "at_ms": at_ms, "event": name, **content}, separators=(",", ":"))


def read_events(lines: Iterable[str]) -> Iterator[tuple[int, Event]]:
    """
    Yield (ms since the call began, event) in order, each number once.

    StoreUnavailable ``record.broken`` if a line is no event of this version.
    """
    last = 0
    for line in lines:
        try:
            content = json.loads(line)
            number, at_ms, name = content.pop("n"), content.pop("at_ms"), content.pop("event")
            event = ADAPTERS[name].validate_python(content)
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
            raise StoreUnavailable("record.broken", after=last, reason=type(error).__name__) from error
        if number > last:
            last = number
            yield at_ms, event


def transcript_line(number: int, at_ms: int, line: Line) -> str:
    """Write one line of the transcript, *at_ms* after the call began."""
    return json.dumps({"n": number, "at_ms": at_ms, "who": line.who, "words": line.words})

"""
Logs: events with fields, and only fields that can hold nothing of a caller.

What a caller says, their number, their name and their digits belong into no log. Rather than trust every
line of the program to remember this, the last processor lets pass the fields on a list and drops all
others; the *names* of dropped ones stay in the field ``dropped``, so that a missing one is noticed. JSON
lines go to machines, coloured ones to a terminal.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from .errors import IvrError

__all__ = ["ALLOWED", "keep_allowed", "set_up_logs"]

# Ours and structlog's own.
LINE = ("event", "level", "timestamp", "logger", "dropped", "error", "fault")
# Where: one call, its place in its flow, the process.
PLACE = (
    *("call_id", "app", "node", "flow", "flow_hash", "step", "task", "slot", "turn", "revision", "fence"),
    *("worker", "pid"),
)
# Asterisk's things. Ids of channels and bridges are ours and hold no telephone number.
PBX = ("channel", "bridge", "leg", "request", "status", "result", "reason", "hangup_cause", "peer")
# How much and how long.
FIGURES = (
    *("ms", "count", "queue", "limit", "calls", "size", "port", "attempt", "attempts", "lost", "version"),
    *("dropped_frames", "late_ms", "recognise_ms", "understand_ms", "speak_ms", "first_audio_ms"),
    *("silence_ms", "wait_s"),
    *("at_s", "paused_ms", "heard_ms", "meant_ms", "committed_ms", "sent_ms"),
)
# Facts of our errors. No URL: backends' paths hold account numbers.
FACTS = (
    *("code", "asked", "why", "kind", "found", "wanted", "after", "phase", "low", "high", "seconds", "hint"),
    *("backend", "model", "voice", "file", "folder", "line", "program", "problems"),
)

ALLOWED = frozenset((*LINE, *PLACE, *PBX, *FIGURES, *FACTS))
"""Every field a log line may have. To add one, ask: can a caller's words ever end up in it?"""

LONGEST_VALUE = 200
"""Characters of a value; what is longer is not an id, a code or a figure."""

EVENT = re.compile(r"[A-Za-z][A-Za-z .,'_-]{0,79}")
"""An event is a short fixed phrase. One with digits in it was put together, perhaps from an answer."""

FRAMES = 3
"""Places of a failure, innermost first."""


def set_up_logs(
    level: Literal["debug", "info", "warning", "error"] = "info",
    *,
    layout: Literal["auto", "json", "console"] = "auto",
    stream: TextIO = sys.stderr,
) -> None:
    """
    Send all logs of this process from *level* up to *stream*.

    Bind a call once with ``structlog.contextvars.bound_contextvars(call_id=...)``: each line of its task
    then carries the id. Of what libraries log through `logging`, warnings and worse come through as
    ``library`` with the logger's name and the place of a failure; their text stays out.
    """
    console = layout == "console" or (layout == "auto" and stream.isatty())
    minimum = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        split_error,
        keep_allowed,
    ]
    render: Processor = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(minimum),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Foreign()]
    root.setLevel(logging.WARNING)


def split_error(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """
    Turn an exception in ``error`` or ``exc_info`` into its class, code and harmless facts.

    A foreign exception's message may quote anything, so only its class and the place it came from remain.
    """
    given = event.pop("exc_info", None)
    error = event.get("error") if isinstance(event.get("error"), BaseException) else given
    if not isinstance(error, BaseException):
        return event
    event["error"] = type(error).__name__
    if isinstance(error, IvrError):
        event.setdefault("code", error.code)
        for name, value in error.facts.items():
            event.setdefault(name, value)
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    if frames:
        places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        event.setdefault("fault", " < ".join(places))
    return event


def keep_allowed(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Drop every field that is not on the list, and every value that is long or no plain value."""
    kept: EventDict = {}
    dropped = []
    for name, value in event.items():
        if name in ALLOWED and _plain(value):
            kept[name] = value
        else:
            dropped.append(name)
    if not EVENT.fullmatch(str(event.get("event", ""))):
        kept["event"] = "withheld"
    if dropped:
        kept["dropped"] = ",".join(sorted(dropped))
    return kept


def _plain(value: object) -> bool:
    match value:
        case None | bool() | int() | float():
            return True
        case str():
            return len(value) <= LONGEST_VALUE
        case list() | tuple():
            return all(isinstance(item, (str, int)) and _plain(item) for item in value)
        case _:
            return False


class _Foreign(logging.Handler):
    """Lines of libraries: who complained and how badly; their text may quote what went over the wire."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log = structlog.get_logger()
        log.log(
            logging.ERROR if record.levelno >= logging.ERROR else logging.WARNING,
            "library",
            logger=record.name,
            fault=f"{record.filename}:{record.lineno}",
            **({"error": error} if error else {}),
        )

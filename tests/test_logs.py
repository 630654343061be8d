"""Logs: one call can be followed, and nothing of its caller is in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from ivr_ari.errors import BackendFailed
from ivr_ari.logs import set_up_logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """All logs of the test, as JSON lines; the set-up of before comes back after it."""
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    lines = io.StringIO()
    set_up_logs(layout="json", stream=lines)
    yield lines
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


class TestLogs:
    def test_line_is_an_event_with_fields(self, stream: io.StringIO) -> None:
        """
        A machine reads each line by itself: what, when, how bad.
        """
        structlog.get_logger().info("call answered", ms=41)

        (entry,) = entries(stream)
        assert entry.pop("timestamp").endswith("Z")
        assert entry == {"event": "call answered", "ms": 41, "level": "info"}

    def test_bound_call_is_in_every_line(self, stream: io.StringIO) -> None:
        """
        One call is followed by its id, and the id ends with it.
        """
        log = structlog.get_logger()
        with structlog.contextvars.bound_contextvars(call_id="c7", flow="bank"):
            log.info("turn", step="refund.month")
            log.info("turn", step="refund.amount")
        log.info("idle")

        assert [entry.get("call_id") for entry in entries(stream)] == ["c7", "c7", None]

    @pytest.mark.parametrize("field", ["text", "words", "caller", "number", "pin", "digits", "name", "pii"])
    def test_unknown_field_is_dropped(self, stream: io.StringIO, field: str) -> None:
        """
        What is not known to be harmless does not pass; its name shows that something was left out.
        """
        structlog.get_logger().info("heard", **{field: "nine two zero one"}, ms=3)

        (entry,) = entries(stream)
        assert "nine" not in stream.getvalue()
        assert (entry["dropped"], entry["ms"]) == (field, 3)

    @pytest.mark.parametrize("value", ["x" * 201, object(), {"pin": "9201"}, [["9201"]], b"9201"])
    def test_only_plain_values_pass(self, stream: io.StringIO, value: object) -> None:
        """
        A known name is no cover for a whole record.
        """
        structlog.get_logger().info("heard", reason=value)

        (entry,) = entries(stream)
        assert "reason" not in entry
        assert entry["dropped"] == "reason"

    def test_event_is_a_fixed_phrase(self, stream: io.StringIO) -> None:
        """
        An event put together from an answer does not pass.
        """
        structlog.get_logger().info("caller keyed 9201")

        assert entries(stream)[0]["event"] == "withheld"

    def test_our_error_keeps_code_and_facts(self, stream: io.StringIO) -> None:
        """
        A dashboard counts codes; the facts say which backend.
        """
        structlog.get_logger().warning(
            "backend failed", error=BackendFailed("http.status", status=500, body="9201")
        )

        (entry,) = entries(stream)
        assert (entry["error"], entry["code"], entry["status"]) == ("BackendFailed", "http.status", 500)
        assert entry["dropped"] == "body"

    def test_foreign_error_keeps_its_class_and_place(self, stream: io.StringIO) -> None:
        """
        A foreign message may quote what a caller said; where it came from may not.
        """
        try:
            int("nine two zero one")
        except ValueError as exc:
            structlog.get_logger().error("turn failed", exc_info=exc)

        (entry,) = entries(stream)
        assert "nine" not in stream.getvalue()
        assert entry["error"] == "ValueError"
        assert entry["fault"].startswith("test_logs.py:")

    def test_library_warns_without_its_words(self, stream: io.StringIO) -> None:
        """
        A library's line keeps who and where.
        """
        try:
            int("nine two zero one")
        except ValueError:
            logging.getLogger("aiohttp.client").exception("no account %s", "41007239")
        logging.getLogger("aiohttp.access").info("GET /accounts/41007239")

        (entry,) = entries(stream)
        assert "41007239" not in stream.getvalue()
        assert "nine" not in stream.getvalue()
        assert (entry["logger"], entry["level"], entry["error"]) == ("aiohttp.client", "error", "ValueError")

    def test_level_is_a_floor(self, stream: io.StringIO) -> None:
        """
        Below the level nothing is written.
        """
        structlog.get_logger().debug("packet")

        assert entries(stream) == []

    def test_terminal_gets_lines_for_people(self, stream: io.StringIO) -> None:
        """
        On a terminal a line is for reading; the same fields are dropped.
        """
        terminal = Terminal()
        set_up_logs(stream=terminal)

        structlog.get_logger().info("call answered", ms=41, caller="0301234567")

        assert "call answered" in terminal.getvalue()
        assert "0301234567" not in terminal.getvalue()
        with pytest.raises(json.JSONDecodeError):
            json.loads(terminal.getvalue())

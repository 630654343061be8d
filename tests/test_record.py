"""Events and transcript lines as JSON."""

import json
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr_ari.errors import StoreUnavailable
from ivr_ari.events import (
    ActionDone,
    Began,
    Event,
    Keyed,
    Meaning,
    Request,
    Secret,
    Understood,
    Value,
)
from ivr_ari.orders import Line
from ivr_ari.record import event_line, read_events, transcript_line

# Confidences are the only floats, and not a number is none.
st.register_type_strategy(float, st.floats(0, 1))
EVENTS = st.one_of([st.from_type(kind) for kind in get_args(Event) if kind not in (ActionDone, Began)])


class TestEvents:
    @settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(EVENTS, max_size=3))
    def test_any_event_comes_back(self, events: list[Event]) -> None:
        """
        What was written is what is replayed, whatever happened.
        """
        lines = [event_line(number, 20 * number, event) for number, event in enumerate(events, 1)]

        assert [event for _, event in read_events(lines)] == events

    def test_answers_keep_their_nesting(self) -> None:
        """
        A backend's answer is any JSON object.
        """
        event = ActionDone("a1", {"charges": [{"cents": 4219, "day": None}], "ok": True})

        assert list(read_events([event_line(1, 0, event)])) == [(0, event)]

    def test_a_beginning_keeps_hour_and_acquaintance(self) -> None:
        """
        Opening hours and short prompts are the same in a replay, whenever it is made.
        """
        event = Began("2026-03-15", "es", {"channel": "c1"}, "2026-03-15T10:30:00", known=True)

        assert list(read_events([event_line(1, 0, event)])) == [(0, event)]

    def test_secrets_are_handles(self) -> None:
        """
        A secret's line holds its handle and length, which is all the value has.
        """
        line = event_line(1, 0, Keyed(Secret("pin-1", 4)))

        assert json.loads(line)["digits"] == {"handle": "pin-1", "length": 4}

    def test_line_written_twice_counts_once(self) -> None:
        """
        When Redis's answer got lost, the lines may be there twice.
        """
        value = Value("month", "2026-03", 3, 3)
        event = Understood(
            Meaning(requests=(Request("refund", 0, 3, values=(value,)),), values=(value,)), "x"
        )
        line = event_line(1, 0, event)

        assert list(read_events([line, line])) == [(0, event)]

    @pytest.mark.parametrize("line", ["", "[]", "{}", '{"n":1,"at_ms":0,"event":"Unheard"}', "{"])
    def test_broken_line_is_one_error(self, line: str) -> None:
        """
        What cannot be read is reported, not skipped: a replay of half a call proves nothing.
        """
        with pytest.raises(StoreUnavailable) as caught:
            list(read_events([line]))

        assert caught.value.code == "record.broken"


class TestTranscript:
    def test_line_says_who_and_when(self) -> None:
        """
        The agent's screen shows it as it is.
        """
        line = transcript_line(3, 1500, Line(0.0, "caller", "my account is (account …39)"))

        assert json.loads(line) == {
            "n": 3,
            "at_ms": 1500,
            "who": "caller",
            "words": "my account is (account …39)",
        }

"""The arithmetic of the live bench: stages that add up, CPU by process, charts of what was found."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .charts import draw
from .live_caller import Reply
from .live_stage import Answered, Turns
from .live_turns import rows_of_replies, shares_of
from .measures import Part
from .processes import Usage, core_shares

RECORD = Answered(
    "ivr-1",
    "account",
    100.02,
    {"paused": 120.0, "heard": 150.0, "meant": 160.0, "committed": 161.0, "sent": 175.0},
)
REPLY = Reply("ivr-1", "agreed", "yes", 100.0, 100.2, RECORD)


def test_the_stages_of_a_turn_add_up_to_its_answer_time() -> None:
    """No millisecond between the end of speech and the answer is told twice or not at all."""
    shares = REPLY.shares()
    assert sum(shares.values()) == pytest.approx(REPLY.answer_ms)
    assert shares["way in, voice seen to end"] == pytest.approx(20.0)
    assert shares["way out"] == pytest.approx(5.0)


def test_closed_and_open_steps_are_told_apart() -> None:
    """A turn that was asked for a slot is closed; one that never got an answer is counted as lost."""
    opened = Reply("ivr-1", "", "where is my order", 1.0, 1.4, None)
    lost = Reply("ivr-1", "", "where is my order", 5.0, None, None)
    closed, open_, growing, unanswered = rows_of_replies([REPLY, opened, lost])
    assert (closed.count, open_.count, growing.count) == (1, 1, 0)
    assert open_.limits[0].value == pytest.approx(400.0)
    assert unanswered.met is False
    assert shares_of([REPLY])["closed"]["recogniser's last words"] == pytest.approx(30.0)


def test_the_log_is_followed_from_where_it_was_left(tmp_path: Path) -> None:
    """Half a line is waited for; a turn is told once; what is no JSON is passed over."""
    log = tmp_path / "service.log"
    line = json.dumps(
        {"event": "turn answered", "call_id": "ivr-1", "slot": "day", "at_s": 7.5, "sent_ms": 210.0}
    )
    log.write_text(f'no json\n{{"event": "call taken", "call_id": "ivr-1"}}\n{line[:20]}')
    turns = Turns(log)
    assert turns.of("ivr-1") == []
    log.write_text(log.read_text() + line[20:] + "\n")
    assert turns.of("ivr-1") == [Answered("ivr-1", "day", 7.5, {"sent": 210.0})]
    assert turns.of("ivr-1") == [Answered("ivr-1", "day", 7.5, {"sent": 210.0})]
    assert turns.taken == ["ivr-1"]


def test_what_a_process_uses_is_found() -> None:
    """CPU and memory of this very process are more than nothing, and its children's are with them."""
    before = Usage.of(os.getpid())
    sum(range(300_000))
    after = Usage.of(os.getpid())
    assert after.total_mb > 1
    assert core_shares(before, after, 1.0)["other"] > 0


def test_charts_are_drawn_of_what_there_is(tmp_path: Path) -> None:
    """A part that failed has no chart, and hinders no other."""
    step = {
        "calls": 2,
        "closed_p95_ms": 300.0,
        "open_p95_ms": 500.0,
        "cpu_share": {"controller": 0.02, "recogniser": 0.03},
        "memory_mb": {"controller": 100},
    }
    replies = [{"step": "closed", "answer_ms": 200.0}, {"step": "open", "answer_ms": 400.0}]
    parts = {
        "turns": Part("turns", figures={"replies": replies, "shares_ms": shares_of([REPLY])}),
        "load": Part("load", figures={"steps": [step]}),
        "long": Part("long", failed="not done"),
    }
    written = draw(parts, tmp_path)
    assert [path.name for path in written] == ["answers.png", "stages.png", "load.png", "cpu.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)

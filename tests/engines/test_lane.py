"""The bounded queue: audio gives way, nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.engines.lane import Lane
from ivr_ari.errors import EngineFailed


def test_the_oldest_audio_gives_way_and_is_counted() -> None:
    """Newer audio and everything else stay, in order."""
    lane: Lane[str] = Lane(droppable=2, firm=10)
    for item in ("a1", "flush", "a2", "a3", "close"):
        lane.put(item, droppable=item.startswith("a"))
    assert lane.take(10) == ["flush", "a2", "a3", "close"]
    assert lane.dropped == 1


def test_what_may_not_be_dropped_is_refused_when_there_is_no_room() -> None:
    """Too many commands waiting mean that the engine is stuck."""
    lane: Lane[str] = Lane(droppable=1, firm=1)
    lane.put("flush")
    with pytest.raises(EngineFailed) as caught:
        lane.put("flush")
    assert caught.value.code == "engine.queue-full"
    assert lane.take(10) == ["flush"]
    lane.put("flush")


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=60))
def test_order_bounds_and_counts(steps: list[tuple[bool, int]]) -> None:
    """Whatever is put and taken: order is kept, no command is lost, and what is missing was counted."""
    lane: Lane[tuple[int, bool]] = Lane(droppable=3, firm=1000)
    taken: list[tuple[int, bool]] = []
    for number, (droppable, take) in enumerate(steps):
        lane.put((number, droppable), droppable=droppable)
        taken += lane.take(take)
    taken += lane.take(1000)
    assert taken == sorted(taken)
    assert not lane
    assert {n for n, droppable in taken if not droppable} == {n for n, (d, _) in enumerate(steps) if not d}
    assert len(taken) + lane.dropped == len(steps)

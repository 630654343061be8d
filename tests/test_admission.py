"""Who may come in."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.admission import Admission
from ivr_ari.engines import Health

IDLE = Health(up=True, pid=1, restarts=0, lag_ms=0, dropped=0)


def test_there_is_room() -> None:
    """Calls come in up to the number set, whatever little they weigh."""
    door = Admission(3, 0.8, 500)
    assert [door.refusal(calls, [IDLE]) for calls in (0, 2, 3)] == ["", "", "calls"]


def test_engines_that_are_away_take_no_call() -> None:
    """Not even the first one."""
    assert Admission(3, 0.8, 500).refusal(0, [IDLE], ready=False) == "engines"


def test_the_worst_recogniser_decides() -> None:
    """One language's recogniser at its limit is enough."""
    door = Admission(100, 0.8, 500)
    assert door.refusal(10, [IDLE, replace(IDLE, load=0.81)]) == "load"
    assert door.refusal(10, [IDLE, replace(IDLE, lag_ms=501)]) == "lag"
    assert door.refusal(10, [IDLE, replace(IDLE, load=0.8, lag_ms=500)]) == ""


def test_newcomers_count_before_they_are_measured() -> None:
    """Ten calls load a half; six more in the same moment would load four fifths, a seventh too much."""
    door = Admission(100, 0.8, 500)
    half = [replace(IDLE, load=0.5)]
    assert [door.refusal(calls, half) for calls in (10, 16, 17)] == ["", "", "load"]
    assert door.refusal(17, [replace(IDLE, load=0.6)]) == ""


def test_who_leaves_makes_room() -> None:
    """Less load than measured is not expected, but more is not either."""
    door = Admission(100, 0.8, 500)
    full = [replace(IDLE, load=0.79)]
    assert door.refusal(20, full) == ""
    assert door.refusal(21, full) == "load"
    assert door.refusal(19, full) == ""

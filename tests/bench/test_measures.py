"""Rows beside their targets: what counts as met, and that nothing is lost on the way through JSON."""

from __future__ import annotations

import json
import math

from .measures import Limit, Part, Row, percentile, shown_table


def test_a_percentile_is_a_value_that_was_measured() -> None:
    """Nearest rank: no figure is told that nobody measured; of nothing there is none."""
    assert percentile([30.0, 10.0, 20.0], 0.5) == 20.0
    assert percentile([30.0, 10.0, 20.0], 0.95) == 30.0
    assert math.isnan(percentile([], 0.5))


def test_a_row_is_met_when_every_target_is() -> None:
    """A median that is good does not make up for a p95 that is not."""
    assert Row.times("answer", [200.0, 240.0], 250, 400).met is True
    assert Row.times("answer", [200.0, 210.0, 450.0], 250, 400).met is False


def test_what_could_not_be_measured_has_not_met_its_target() -> None:
    """No answers at all are no good answers."""
    assert Row.times("answer", [], 250, 400).met is False


def test_a_row_without_a_target_is_not_judged() -> None:
    """It is told for information."""
    assert Row.of("memory", "MB", 12.0).met is None


def test_a_target_may_be_the_least_that_is_good() -> None:
    """Calls at once: more is better."""
    assert Limit("calls", 14, 15, least=True).met is False
    assert Limit("calls", 15, 15, least=True).met is True


def test_a_part_survives_json() -> None:
    """A part is measured in another process: what it found comes back whole."""
    part = Part("load", [Row.of("calls", "", 15, 15, least=True, count=3, note="why")], {"steps": [1]}, 2.5)
    assert Part.from_plain(json.loads(json.dumps(part.plain()))) == part


def test_the_table_names_what_failed_and_what_was_missed() -> None:
    """Nobody has to compare figures with targets by eye."""
    table = shown_table(
        [
            Part("turns", [Row.times("closed step", [500.0], 250, 400), Row.of("greeting", "ms", 90, 150)]),
            Part("pace", failed="not done after 60 s"),
        ]
    )
    lines = table.splitlines()
    assert any("closed step" in line and line.endswith("MISSED") for line in lines)
    assert any("greeting" in line and line.endswith("met") for line in lines)
    assert any("FAILED: not done after 60 s" in line for line in lines)

"""The arithmetic of the bench of barge-in; the calls themselves are the bench's."""

from __future__ import annotations

from tests.bench.barge_in import Disturbed, Interrupted, rows


def test_rows_say_what_was_missed_and_what_was_lost() -> None:
    """One of two barge-ins never silenced the prompt; of two sounds one lost it, one stopped it a while."""
    speeches = [
        Interrupted("a", False, 80.0, 300.0, 900.0),
        Interrupted("b", True, 120.0, None, None),
    ]
    noises = [
        Disturbed("cough", False, True, True, 700.0, -300),
        Disturbed("mhm", False, True, True, 900.0, None),
    ]

    found = {row.measure: [limit.value for limit in row.limits] for row in rows(speeches, noises)}

    assert found["barge-in: prompt 15 dB down after the onset"] == [80.0, 120.0]
    assert found["barge-ins missed"] == [50.0]
    assert found["false barge-ins: prompt lost to a sound"] == [50.0]
    assert found["sounds that stopped the prompt for a while"] == [100.0]
    assert found["interrupted: speech or a question again"] == [900.0, 900.0]


def test_who_speaks_into_a_pause_of_the_prompt_tells_no_time() -> None:
    """It was quiet already."""
    found = rows(
        [Interrupted("a", False, 0.0, 300.0, 900.0), Interrupted("b", False, 90.0, 310.0, 900.0)], []
    )
    assert found[0].count == 1
    assert found[1].count == 2

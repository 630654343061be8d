"""After a break, each call is closed, adopted or released."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.adapters.reconcile import Plan, reconcile

IDS = st.frozensets(st.sampled_from("abcdef"))


def test_three_kinds() -> None:
    """What only we know is closed, what both know goes on, what only the PBX knows is released."""
    assert reconcile({"a", "b"}, {"b", "c"}) == Plan({"a"}, {"b"}, {"c"})


@given(IDS, IDS)
def test_nobody_is_forgotten_or_counted_twice(remembered: frozenset[str], alive: frozenset[str]) -> None:
    """Each channel that either side knows is in exactly one part of the plan."""
    plan = reconcile(remembered, alive)

    parts = [plan.close, plan.adopt, plan.release]
    assert set().union(*parts) == remembered | alive
    assert sum(map(len, parts)) == len(remembered | alive)

"""
Whatever the flow and whatever happens: a step never raises, never hangs, and leaves somebody's turn.

``IVR_SOAK=1`` takes a million steps instead of eleven thousand.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.expect import expecting
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import Talk, from_json, to_json
from ivr_ari.events import (
    Began,
    Effect,
    HandOver,
    Inquire,
    Leave,
    Listen,
    Perform,
    Query,
    Say,
)

from .conversation import TODAY, bank
from .random_events import HANDLE, random_event
from .random_flows import random_flow

SOAK = bool(os.environ.get("IVR_SOAK"))
FLOWS = 4000 if SOAK else 40
STEPS = 250
"""Steps taken with each flow, in several calls."""

MOST_BYTES = 8192
DEEPEST = 24
"""Tasks inside each other, far above what any flow needs."""

REQUESTS = (Perform, Query, Inquire)
LAST = (Listen, HandOver, Leave, *REQUESTS)


def check_effects(flow: Flow, before: Talk, after: Talk, effects: tuple[Effect, ...]) -> None:
    """What is said comes first; then at most one thing that ends the turn."""
    assert all(isinstance(effect, Say) for effect in effects[:-1]), effects
    if before.over and after.over:
        assert not [effect for effect in effects if not isinstance(effect, Say | Leave | HandOver)]
    for effect in effects:
        assert isinstance(effect, (Say, *LAST))
        if isinstance(effect, Say):
            assert HANDLE not in effect.text, effect
        if isinstance(effect, Listen):
            assert effect.expect == expecting(flow, after)
        if isinstance(effect, HandOver):
            assert effect.target in flow.targets
            assert len(effect.summary) <= 250
            assert effect.summary.isascii()
    ids = [effect.id for effect in effects if isinstance(effect, Say | Perform | Query | Inquire)]
    assert len(set(ids)) == len(ids)


def check_turn(before: Talk, after: Talk, effects: tuple[Effect, ...]) -> None:
    """Somebody's turn: a question is open, a request is out, or the call is over."""
    assert after.over or after.waiting is not None, "nobody's turn"
    if after.over or after.waiting is None:
        return
    asks = after.waiting.what != "action"
    last = effects[-1] if effects else None
    if (before.waiting, before.stack, before.over) != (after.waiting, after.stack, after.over):
        changed = before.waiting is None or after.waiting.name != before.waiting.name
        if changed and isinstance(last, LAST):
            assert isinstance(last, Listen) == asks, (last, after.waiting)
    assert len(after.stack) <= DEEPEST


def check_state(talk: Talk) -> None:
    """It is one small document that can be written and read; a secret stays a handle."""
    written = to_json(talk)
    assert from_json(written) == talk
    kept = [value for values in (talk.slots, talk.before, talk.held) for value in values.values()]
    assert not [value for value in kept if isinstance(value, str) and HANDLE in value]
    assert len(written.encode()) < MOST_BYTES, len(written.encode())


def hold_calls(seed: int, flow: Flow, steps: int) -> int:
    """Hold calls with *flow* until *steps* steps are taken; return how many were."""
    draw = Random(seed)
    taken = 0
    while taken < steps:
        helpful = draw.choice((0.2, 0.6, 0.9))
        language, facts = (
            draw.choice(("en", "es", "fr")),
            {f"IVR_{n}": "x" * 80 for n in range(draw.choice((0, 30)))},
        )
        talk, effects = begin(flow, Began(TODAY, language, facts, f"{TODAY}T10:30:00", draw.random() < 0.5))
        check_turn(Talk(flow.digest, TODAY, "en"), talk, effects)
        for _ in range(draw.choice((10, 40, 80))):
            event = random_event(draw, flow, talk, helpful)
            after, effects = step(flow, talk, event)
            check_effects(flow, talk, after, effects)
            check_turn(talk, after, effects)
            check_state(after)
            talk, taken = after, taken + 1
            if talk.over and (talk.waiting is None or draw.random() < 0.5):
                break
    return taken


@pytest.mark.timeout(0 if SOAK else 120)
class TestAnyFlow:
    @settings(max_examples=FLOWS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**48))
    @example(0)
    @example(2747)
    def test_any_flow_any_events(self, seed: int) -> None:
        """
        Flows of all steps, slots and actions there are, calls of all events: each step ends with a turn, in
        a state that can be written down, and nothing raises.
        """
        hold_calls(seed, random_flow(Random(seed)), STEPS)

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**48))
    def test_the_bank_any_events(self, seed: int) -> None:
        """
        The same holds for a flow as people write it.
        """
        hold_calls(seed, bank(), STEPS)

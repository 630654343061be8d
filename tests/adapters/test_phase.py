"""A channel's life follows its table."""

from __future__ import annotations

import pytest

from ivr_ari.adapters.phase import MOVES, Phase, move
from ivr_ari.errors import PeerError


def reachable(start: Phase) -> set[Phase]:
    found, todo = set(), [start]
    while todo:
        phase = todo.pop()
        if phase not in found:
            found.add(phase)
            todo += MOVES[phase].values()
    return found


def test_every_phase_has_a_row() -> None:
    """No phase is forgotten in the table."""
    assert set(MOVES) == set(Phase)


def test_every_phase_can_be_reached() -> None:
    """From the offer on, each phase has a way to it."""
    assert reachable(Phase.OFFERED) == set(Phase)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.OVER])
def test_a_caller_may_leave_at_any_moment(phase: Phase) -> None:
    """From each phase a hang-up, a way out and a vanished channel end the call."""
    assert move(phase, "StasisEnd") is Phase.OVER
    assert move(phase, "ChannelDestroyed") is Phase.OVER
    assert move(phase, "ChannelHangupRequest") is Phase.ENDING


def test_a_call() -> None:
    """An answered, bridged call that hangs up goes through its phases in order."""
    phase, told = Phase.OFFERED, []
    for event in (
        "ChannelStateChange",
        "ChannelEnteredBridge",
        "ChannelHangupRequest",
        "ChannelLeftBridge",
        "StasisEnd",
    ):
        phase = move(phase, event)
        told.append(phase.value)

    assert told == ["answered", "bridged", "ending", "ending", "over"]


def test_an_impossible_move_is_an_error_with_facts() -> None:
    """What the table does not know is named, not guessed."""
    with pytest.raises(PeerError) as caught:
        move(Phase.OVER, "StasisEnd")

    assert caught.value.code == "ari.unexpected"
    assert caught.value.facts == {"phase": "over", "event": "StasisEnd"}

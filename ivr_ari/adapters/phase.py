"""
The life of a channel inside our Stasis application, as a table.

Events go by the names ARI gives them. ``ChannelStateChange`` stands for the change to "Up" alone.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from ..errors import PeerError

__all__ = ["MOVES", "Phase", "move"]


class Phase(enum.Enum):
    """Where a channel stands."""

    OFFERED = "offered"
    """In our application, not answered."""

    ANSWERED = "answered"
    BRIDGED = "bridged"
    """In a bridge: it can be heard and spoken to."""

    ENDING = "ending"
    """Hung up by somebody; Asterisk is taking it down."""

    OVER = "over"
    """No longer in our application; it may live on in the dialplan."""


ENDS = {
    "ChannelHangupRequest": Phase.ENDING,
    "StasisEnd": Phase.OVER,
    "ChannelDestroyed": Phase.OVER,
}

# The picture in the documentation is drawn from this table. A hang-up can come at any time and twice; a
# channel that was answered in the dialplan enters bridges without ever changing its state here.
MOVES: Mapping[Phase, Mapping[str, Phase]] = {
    Phase.OFFERED: {"ChannelStateChange": Phase.ANSWERED, "ChannelEnteredBridge": Phase.BRIDGED, **ENDS},
    Phase.ANSWERED: {"ChannelStateChange": Phase.ANSWERED, "ChannelEnteredBridge": Phase.BRIDGED, **ENDS},
    Phase.BRIDGED: {"ChannelStateChange": Phase.BRIDGED, "ChannelLeftBridge": Phase.ANSWERED, **ENDS},
    Phase.ENDING: {"ChannelStateChange": Phase.ENDING, "ChannelLeftBridge": Phase.ENDING, **ENDS},
    Phase.OVER: {},
}


def move(phase: Phase, event: str) -> Phase:
    """Return the phase after *event*; PeerError ``ari.unexpected`` when the table has no such move."""
    try:
        return MOVES[phase][event]
    except KeyError:
        raise PeerError("ari.unexpected", phase=phase.value, event=event) from None

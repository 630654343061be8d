"""What understanding is told of a flow, made from the flow: the one place where the two meet."""

from __future__ import annotations

from .dialogue.flow import Flow
from .understanding.flow_words import FlowWords

__all__ = ["words_of"]


def words_of(flow: Flow) -> FlowWords:
    """Return the words of *flow* in its own language."""
    slots = flow.slots.values()
    return FlowWords(
        flow.intents,
        flow.choices,
        flow.language,
        called=flow.called,
        after={slot.name: slot.after for slot in slots if slot.after},
        types={slot.name: slot.type for slot in slots},
    )

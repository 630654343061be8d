"""What understanding is told of a flow, made from the flow: the one place where the two meet."""

from __future__ import annotations

from .dialogue.flow import Flow, Wording
from .settings import UnderstandingSettings
from .understanding.flow_words import FlowWords

__all__ = ["words_of"]


USUAL = UnderstandingSettings()


def words_of(flow: Flow, language: str = "", settings: UnderstandingSettings = USUAL) -> FlowWords:
    """
    Return the words of *flow* in one of its languages, its own if none is given.

    What a translation leaves out keeps its words: an encoder of several languages compares across them.
    """
    slots = flow.slots.values()
    spoken = language or flow.language
    wording = flow.wordings.get(spoken, Wording())
    return FlowWords(
        {**flow.intents, **wording.intents},
        {slot: {**ways, **wording.choices.get(slot, {})} for slot, ways in flow.choices.items()},
        spoken,
        called={**flow.called, **wording.called},
        after={**flow.after, **wording.after},
        types={slot.name: slot.type for slot in slots},
        encoder=settings.encoder.get(spoken[:2], ""),
        region=settings.region,
    )

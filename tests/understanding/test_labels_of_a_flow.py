"""A flow whose examples have several intents each."""

import pytest

from ivr_ari.events import Expect, Heard, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

pytestmark = pytest.mark.model

EXAMPLES = {
    "change": [
        "change the date of my booking",
        "i want another room",
        "move my booking",
        "can i change the room",
    ],
    "cancel": ["cancel my booking", "cancel the spa", "i don't need the room", "please cancel dinner"],
    "booking": ["change the date of my booking", "cancel my booking", "move my booking", "about my booking"],
    "room": ["i want another room", "can i change the room", "i don't need the room", "what rooms are there"],
}


def test_labels() -> None:
    """What is said has every label that holds, all of the same words."""
    understander = Understander(FlowWords(EXAMPLES, several=True))
    words = ["i", "would", "like", "to", "change", "my", "booking"]
    heard = Heard(tuple(Word(word) for word in words))

    requests = understander.understand(heard, Expect(), today="2026-07-15").requests

    assert {one.intent for one in requests} == {"change", "booking"}
    assert {(one.first, one.last) for one in requests} == {(0, len(words) - 1)}

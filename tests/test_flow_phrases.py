"""What recognition is told of a flow."""

from __future__ import annotations

from ivr_ari.dialogue.flow import Flow, Slot, Wording
from ivr_ari.engines.codec import from_json, to_json
from ivr_ari.flow_words import phrases_of
from ivr_ari.speech.listening import FlowPhrases

CLINIC = Flow(
    "clinic",
    "en",
    "d1",
    "",
    slots={
        "test": Slot(
            "test", "choice", called=("test",), choices={"ray": ("X-ray", "an x-ray"), "no": ("none",)}
        )
    },
    intents={"results": ("Where are my results?", "where are my results", "what's my blood test")},
    wordings={
        "es": Wording(choices={"test": {"ray": ("radiografía",)}}, intents={"results": ("mis resultados",)})
    },
)


def test_as_a_recogniser_writes_it() -> None:
    """Lower case, no signs, every phrase once."""
    phrases = phrases_of(CLINIC)

    assert phrases.sentences == ("where are my results", "what's my blood test")
    assert phrases.choices == {"test": ("x ray", "an x ray", "none")}
    assert phrases.called == {"test": ("test",)}


def test_in_the_language_of_the_call() -> None:
    """A translation's own words; what it leaves out keeps the flow's."""
    spanish = phrases_of(CLINIC, "es")

    assert spanish.choices == {"test": ("radiografía", "none")}
    assert spanish.sentences == ("mis resultados",)


def test_goes_to_the_worker_and_back() -> None:
    """Plain values, as JSON."""
    phrases = phrases_of(CLINIC)

    assert from_json(FlowPhrases, to_json(phrases)) == phrases

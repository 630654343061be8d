"""Which slots examples fill, and which choices the same sounds would mean."""

from __future__ import annotations

from ivr_ari.events import Value
from ivr_ari.language.load import parse_flow
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.workbench.slot_coverage import collisions, slot_uses

from ..dialogue.small import SMALL


def values_of(said: str) -> list[Value]:
    return [Value("digits", "12345", 0, 0)] if "12345" in said else []


def test_slot_uses() -> None:
    """
    Of the examples of the tasks that ask for a slot, how many have its value.
    """
    flow = parse_flow(SMALL, "small.yaml")
    examples = {"order": ["where is order 12345", "where is my order"], "other": ["12345"]}

    (use,) = [one for one in slot_uses(flow, examples, values_of) if one.slot == "number"]

    assert (use.kind, use.examples, use.filled) == ("digits", 2, 1)
    assert "order" in use.tasks


def letters(one: str, other: str) -> float:
    """As if what begins alike sounded alike."""
    return 0.9 if one[:3] == other[:3] else 0.0


def test_collisions() -> None:
    """
    The same words in any two slots, words that sound alike in one; a choice does not collide with itself.
    """
    words = FlowWords(
        choices={
            "from": {"checking": ["checking", "checks"], "savings": ["savings"]},
            "to": {"checking": ["checking"], "chest": ["chest"]},
            "city": {"austin": ["austin"], "austria": ["austria"], "cheque": ["checks"]},
        }
    )

    found = collisions(words, letters)

    assert [(one.phrase, one.other_phrase, one.alike) for one in found] == [
        ("checks", "checks", 1.0),
        ("austin", "austria", 0.9),
        ("checking", "chest", 0.9),
    ]

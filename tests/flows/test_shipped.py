"""The flows that need no backend of their own in a test, and what holds for every flow that ships."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ivr_ari.language.load import examine
from ivr_ari.language.load_tests import Conversation
from ivr_ari.language.written_tests import ConversationKind

from .conversations import FLOWS, cases, hold, load

WHOLE = ("bank", "clinic", "retail")
SEVERAL: tuple[ConversationKind, ...] = ("multi-intent", "correction", "digression")


@pytest.mark.parametrize("conversation", cases("retail"))
def test_shop(conversation: Conversation) -> None:
    """Each conversation with the shop comes out as written."""
    hold("retail", conversation)


@pytest.mark.parametrize("conversation", cases("hello"))
def test_restaurant(conversation: Conversation) -> None:
    """Each conversation with the restaurant comes out as written."""
    hold("hello", conversation)


@pytest.mark.parametrize("name", WHOLE)
def test_conversations_cover_what_callers_do(name: str) -> None:
    """At least 40 conversations, 15 that change course, 5 whole failure stories, some in Spanish."""
    tests = [one.test for one in load(FLOWS / f"{name}.yaml")[1]]
    kinds = Counter(test.kind for test in tests)

    assert len(tests) >= 40
    assert sum(kinds[kind] for kind in SEVERAL) >= 15
    assert kinds["failure"] >= 5
    assert any(test.language == "es" for test in tests)


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_word_is_translated(path: Path) -> None:
    """No prompt is missing in a language that a flow has, and nothing else is wrong with it."""
    found = examine(path)

    assert found.problems == ()
    assert [note for note in found.notes if "missing" in str(note)] == []

"""The conversations of a flow as test cases, one each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Flow
from ivr_ari.language.load_tests import Conversation
from ivr_ari.workbench.conversations import Lazily, conversations_of
from ivr_ari.workbench.trial import needs_understanding, rehearse

FLOWS = Path(__file__).parents[2] / "flows"

load = cache(conversations_of)


@cache
def understanding(path: Path) -> Lazily:
    """Return the understanding of a flow, one for all its tests."""
    return Lazily(load(path)[0])


def cases(name: str) -> list[object]:
    """Return the conversations of a flow for `parametrize`; those with words need the models."""
    return [
        pytest.param(one, id=str(one), marks=pytest.mark.model if needs_understanding(one) else ())
        for one in load(FLOWS / f"{name}.yaml")[1]
    ]


def hold(name: str, conversation: Conversation) -> None:
    """Hold one of them; fail with what came out differently."""
    path = FLOWS / f"{name}.yaml"
    trial = rehearse(load(path)[0], conversation, understanding(path))

    assert trial.passed, str(trial)


def flow(name: str) -> Flow:
    return load(FLOWS / f"{name}.yaml")[0]

"""The conversation that the documentation shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ivr_ari.language.load_tests import parse_conversations
from ivr_ari.workbench.trial import rehearse

from .conversations import FLOWS, flow, understanding

pytestmark = pytest.mark.model

PAGE = Path(__file__).parents[2] / "docs" / "flow-tools.md"


def test_example_is_one() -> None:
    """
    It comes out as it is written there.
    """
    block = re.search(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block
    (conversation,) = parse_conversations(block[1], PAGE.name, flow("bank"))

    trial = rehearse(flow("bank"), conversation, understanding(FLOWS / "bank.yaml"))

    assert trial.passed, str(trial)

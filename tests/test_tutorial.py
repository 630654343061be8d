"""The tutorial's flow, put together from its pages as a reader does."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ivr_ari.language.load import examine
from ivr_ari.language.load_tests import parse_conversations

ROOT = Path(__file__).parents[1]


def merged(flow: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return *flow* with what a later page adds or replaces."""
    both = dict(flow)
    for name, value in more.items():
        before = both.get(name)
        both[name] = merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both


def test_each_page_leaves_a_flow_without_problems(tmp_path: Path) -> None:
    """What a reader has written after pages 1, 2, 3 and 4 is right; so is the conversation of page 5."""
    shutil.copytree(ROOT / "flows" / "parts", tmp_path / "parts")
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "tutorial.md").read_text(), re.DOTALL)
    *pages, conversation = blocks
    flow: dict[str, Any] = {}
    for page in [pages[:1], pages[1:2], pages[2:3], pages[3:]]:
        for block in page:
            flow = merged(flow, yaml.load(block, Loader=yaml.BaseLoader))  # as a flow is read: all texts
        (tmp_path / "table.yaml").write_text(yaml.safe_dump(flow, sort_keys=False))

        examined = examine(tmp_path / "table.yaml")
        assert examined.problems == ()
    assert examined.flow is not None
    assert parse_conversations(conversation, "table.yaml", examined.flow)

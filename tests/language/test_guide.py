"""The examples of the guide are flow language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ivr_ari.language.document import read_document
from ivr_ari.language.explain import validate
from ivr_ari.language.fields import references
from ivr_ari.language.written import FlowFile

GUIDE = Path(__file__).parents[2] / "docs" / "flows.md"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_an_example_is_part_of_a_flow(example: str) -> None:
    """
    What a reader copies from the guide is taken by the loader.
    """
    document = read_document(f"{example}flow: guide\n", "flows.md", "flows.md")

    file = validate(document, FlowFile)

    assert document.problems == []
    assert file is not None


def test_the_examples_refer_to_something() -> None:
    """
    There are examples of most sections.
    """
    sections = {
        line.split(":")[0] for example in EXAMPLES for line in example.splitlines() if line[:1].isalpha()
    }

    assert sections >= {
        "tasks",
        "slots",
        "types",
        "actions",
        "ladders",
        "anywhere",
        "hours",
        "handover",
        "prompts",
    }
    files = [validate(read_document(f"{text}flow: guide\n", "a", "a"), FlowFile) for text in EXAMPLES]
    assert sum(len(list(references(file))) for file in files if file) > 50

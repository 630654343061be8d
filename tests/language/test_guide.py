"""The examples of the guide are flow language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ivr_ari.dialogue.markup import parse_speech
from ivr_ari.language.document import read_document
from ivr_ari.language.explain import validate
from ivr_ari.language.fields import references
from ivr_ari.language.load import examine
from ivr_ari.language.load_tests import parse_conversations
from ivr_ari.language.written import FlowFile, TranslationFile

GUIDE = Path(__file__).parents[2] / "docs" / "flows.md"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
EXAMPLES = [block for block in BLOCKS if not block.startswith(("language:", "- test:"))]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_an_example_is_part_of_a_flow(example: str) -> None:
    """
    What a reader copies from the guide is taken by the loader.
    """
    document = read_document(f"{example}flow: guide\n", "flows.md", "flows.md")

    file = validate(document, FlowFile)

    assert document.problems == []
    assert file is not None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split(":")[0])
def test_tags_and_values_of_an_example_are_right(example: str) -> None:
    """
    Its prompts are read to the last tag.
    """
    file = validate(read_document(f"{example}flow: guide\n", "flows.md", "flows.md"), FlowFile)
    assert file is not None
    texts = [text for kind, text, _ in references(file) if kind == "prompt text"]

    assert [mistake for text in texts for mistake in parse_speech(text)[1]] == []


def test_a_translation_is_one() -> None:
    """
    So is the file of a translation.
    """
    (example,) = (block for block in BLOCKS if block.startswith("language:"))
    document = read_document(example, "es.yaml", "es.yaml")

    assert validate(document, TranslationFile) is not None
    assert document.problems == []


def test_a_conversation_is_one_of_the_bank() -> None:
    """
    And a conversation test.
    """
    (example,) = (block for block in BLOCKS if block.startswith("- test:"))
    bank = examine(GUIDE.parents[1] / "flows" / "bank.yaml").flow

    assert bank is not None
    assert parse_conversations(example, "flows.md", bank)


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

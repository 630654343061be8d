"""What the shipped flows say is words already: reading it changes nothing but what is meant to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr_ari.dialogue.fixed import begun_prompts, fixed_prompts
from ivr_ari.language.load import load_flow
from ivr_ari.prompts.words.normalise import normalise

FLOWS = sorted((Path(__file__).parents[3] / "flows").glob("*.yaml"))


def texts(path: Path) -> Iterator[str]:
    """Yield what a flow says between its values."""
    flow = load_flow(path)
    for prompt in (*fixed_prompts(flow), *begun_prompts(flow)):
        yield from (part for part in prompt.parts if isinstance(part, str))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_words_stay(path: Path) -> None:
    """
    No word of a prompt is taken for an abbreviation, a numeral or an acronym it is not.
    """
    for text in texts(path):
        read = normalise(text, "en", whole=False)

        assert re.findall(r"[\w']+", read.lower()) == re.findall(r"[\w']+", text.lower())

"""The page of all words of the language is made from the types."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.dialogue.expression_syntax import FUNCTIONS
from ivr_ari.language.compile_slots import TYPES
from ivr_ari.language.fields import fields_of_model
from ivr_ari.language.reference import SECTIONS, reference
from ivr_ari.language.reference_words import FUNCTION_WORDS, SAID
from ivr_ari.language.standard import NEW, STANDARD
from ivr_ari.language.written import Anywhere
from ivr_ari.language.written_steps import STEPS
from ivr_ari.language.written_types import Written

PAGE = Path(__file__).parents[2] / "docs" / "flow-reference.md"


class TestReference:
    def test_the_page_is_up_to_date(self) -> None:
        """
        What is published is what the types say (``ivr-ari flows reference`` writes it anew).
        """
        assert PAGE.read_text() == reference()

    @pytest.mark.parametrize("model", [*(model for _, model in SECTIONS), *STEPS.values()])
    def test_every_field_is_explained(self, model: type[Written]) -> None:
        """
        No field of the language is left without a sentence; commands are explained together.
        """
        page = reference()
        for alias, (name, _) in fields_of_model(model).items():
            assert model.model_fields[name].description or model is Anywhere, alias
            assert f"| `{alias}` |" in page or alias == "choose"

    def test_every_word_is_there(self) -> None:
        """
        Types, functions and standard prompts are all listed.
        """
        assert set(SAID) == set(TYPES)
        assert set(FUNCTION_WORDS) == set(FUNCTIONS)
        page = reference()
        assert all(f"| `{name}` |" in page for name in (*STANDARD, *NEW))

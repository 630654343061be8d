"""What can be rendered ahead, and by what names."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.fixed import EXAMPLES, FixedPrompt, begun_prompts, fixed_prompts
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.say import MANNER
from ivr_ari.events import Slotted
from ivr_ari.language.load import load_flow, parse_flow

from .conversation import FLOWS
from .manners import hotel
from .small import SMALL


@pytest.fixture
def flow() -> Flow:
    return parse_flow(SMALL, "small.yaml")


def texts(flow: Flow, language: str = "") -> list[str]:
    return [prompt.text for prompt in fixed_prompts(flow, language)]


def test_texts_without_values_and_with_titles(flow: Flow) -> None:
    """
    Everything that can be known before a call is known; one title at a time.
    """
    found = texts(flow)

    assert "Main Street." in found
    assert "Back to your order." in found
    assert "Sure: your order." in found
    assert "Sure: your order, and a gift." not in found
    assert not [text for text in found if "Order" in text]


def test_every_text_has_a_name_of_its_own(flow: Flow) -> None:
    """
    A name is a prompt's, with the number of the variant and the task whose title is in it.
    """
    names = [prompt.name for prompt in fixed_prompts(flow)]

    assert len(set(names)) == len(names)
    assert [name for name in names if name.endswith("-order")]
    for prompt in fixed_prompts(flow):
        assert prompt.name.startswith(prompt.prompt)


def test_variants_and_short_forms_are_told_apart() -> None:
    """
    The first text of a prompt goes by the prompt's name, the others by their number.
    """
    by_name = {prompt.name: prompt.text for prompt in fixed_prompts(hotel())}

    assert by_name["hello"] == "Welcome to the hotel."
    assert by_name["hello-short"] == "Hello again."


def test_a_mode_has_its_greeting() -> None:
    """
    The media modes say one thing.
    """
    assert fixed_prompts(load_flow(FLOWS / "qa-echo.yaml")) == (
        FixedPrompt("greeting", "greeting", ("Echo test. Please speak.",), "en"),
    )


def test_every_language_can_be_rendered_ahead() -> None:
    """
    The fixed prompts of a translation are its own, with its own titles, and know their language.
    """
    spanish = texts(hotel(), "es")

    assert "Bienvenido al hotel." in spanish
    assert "Muy bien: una habitación." in spanish
    assert not any("Welcome" in text for text in spanish)
    assert {prompt.language for prompt in fixed_prompts(hotel(), "es")} == {"es"}
    assert {"Welcome to the hotel.", "Hello again."} <= set(texts(hotel()))


def test_prompts_with_values_can_be_begun() -> None:
    """
    Their own words are as in a call; the values are made up, one for every type there is.
    """
    bank = load_flow(FLOWS / "bank.yaml")
    begun = {prompt.name: prompt.parts for prompt in begun_prompts(bank)}
    known = {prompt.name for prompt in fixed_prompts(bank)}

    assert begun["balance-is"] == ("Your balance is ", Slotted("42.19", "money"), ".")
    assert not begun.keys() & known
    assert EXAMPLES.keys() == MANNER.keys()
    assert begun_prompts(load_flow(FLOWS / "qa-echo.yaml")) == ()
    spanish = {prompt.name: prompt.parts[0] for prompt in begun_prompts(bank, "es")}
    assert str(spanish["balance-is"]).startswith("Su ")

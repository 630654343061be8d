"""Check digits find a wrong digit and two that changed places."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.check_digits import CHECKS

RIGHT = {
    "luhn": ("4111111111111111", "79927398713", "0"),
    "iban": ("GB82WEST12345698765432", "ES9121000418450200051332", "DE89370400440532013000"),
    "mod11": ("07940", "079X", "000000012146438X"),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in RIGHT.items() for text in texts])
def test_right_numbers(name: str, text: str) -> None:
    """
    Examples of the standards and their registers pass.
    """
    assert CHECKS[name](text)


@pytest.mark.parametrize("name", RIGHT)
def test_every_wrong_digit_is_found(name: str) -> None:
    """
    A single digit misheard never passes.
    """
    text = RIGHT[name][-1] if name != "luhn" else RIGHT[name][0]
    for at, sign in enumerate(text):
        if sign.isdigit():
            others = [text[:at] + other + text[at + 1 :] for other in "0123456789" if other != sign]
            assert not any(CHECKS[name](other) for other in others)


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("text", ["", "abc", "12 34", "٤١", "-1", "X"])
def test_what_is_no_number(name: str, text: str) -> None:
    """
    Anything else is wrong, and no error.
    """
    assert not CHECKS[name](text)

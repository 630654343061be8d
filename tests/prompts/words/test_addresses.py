"""Street and e-mail addresses read back."""

from __future__ import annotations

import pytest

from ivr_ari.prompts.words.spoken import spoken


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "1234 North Main Street, Apt 5B, Springfield, IL 62704",
            "twelve thirty four North Main Street, apartment five B, Springfield, Illinois, "
            "six two seven zero four",
        ),
        ("105 5th Avenue, New York, NY", "one oh five fifth Avenue, New York, New York"),
        ("400 Oak Hill Road", "four hundred Oak Hill Road"),
        ("1500 A Street, Floor 5", "fifteen hundred A Street, floor five"),
        ("PO Box 12, Boston, MA", "P O Box twelve, Boston, Massachusetts"),
        ("12345 Main Street", "one two three, four five Main Street"),
        ("IL", "Illinois"),
    ],
)
def test_street_address(written: str, words: str) -> None:
    """House numbers are read in pairs, ZIP codes digit by digit, states and units in full."""
    assert spoken(written, "address") == words


def test_email() -> None:
    """Signs and digits of an e-mail address are read one by one."""
    assert (
        spoken("jo.smith_42@my-co.com", "email") == "jo dot smith underscore four two at my dash co dot com"
    )
    assert spoken("jo at example", "email") == "jo at example"

"""Texts with values in them."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.steps import Field
from ivr_ari.dialogue.template import fields_of, parse_template


class TestParseTemplate:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("Hello.", ("Hello.",)),
            ("", ()),
            ("{month|month}", (Field("month", "month"),)),
            ("In {month|month} and {year}.", ("In ", Field("month", "month"), " and ", Field("year"), ".")),
            ("{ balance | money }", (Field("balance", "money"),)),
            ("{{not a value}}", ("{not a value}",)),
        ],
    )
    def test_values_stand_in_braces(self, text: str, parts: tuple[str | Field, ...]) -> None:
        """
        A name and a manner make a value; doubled braces are braces.
        """
        assert parse_template(text) == (parts, [])

    @pytest.mark.parametrize(
        "text", ["{", "}", "{}", "{a.b}", "{a|}", "{__class__}", "{a!r}", "{a[0]}", "{A}"]
    )
    def test_nothing_else_stands_in_braces(self, text: str) -> None:
        """
        There is no way to an attribute, an index or a call.
        """
        _, mistakes = parse_template(text)

        assert len(mistakes) == 1

    def test_an_unknown_manner_is_told_with_those_there_are(self) -> None:
        """
        Who invents a manner of speaking gets the list.
        """
        _, mistakes = parse_template("{balance|dollars}")

        assert "no manner 'dollars'" in mistakes[0]
        assert "money" in mistakes[0]


def test_fields_are_the_values_of_a_text() -> None:
    """
    What a text depends on can be read off it.
    """
    template, _ = parse_template("From {start|date} to {end|date}.")

    assert [field.slot for field in fields_of(template)] == ["start", "end"]

"""Conditions on a value, and the reason a caller hears."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.musts import unmet

from .conversation import value, wants
from .manners import at_hotel, hotel


class TestUnmet:
    def test_the_first_condition_not_met_says_why(self) -> None:
        """
        Of several conditions the first one that fails has the word.
        """
        call = at_hotel()
        call.hear(wants("book", value("choice", "double", "room")))
        draft = Draft(hotel(), call.talk)

        assert unmet(draft, "guests", "6") == "too-many"
        assert unmet(draft, "guests", "3") == "two-in-a-double"
        assert unmet(draft, "guests", "2") == ""

    def test_another_reading_meets_it(self) -> None:
        """
        Of several readings of a value the first one that meets the conditions is what was said.
        """
        call = at_hotel()
        call.hear(wants("book", value("choice", "double", "room")))
        said = replace(value("number", "6", "guests"), alternatives=("3", "2"))

        call.hear(said)

        assert call.talk.slots["guests"] == "2"

    def test_what_is_not_known_is_not_judged(self) -> None:
        """
        A condition on another slot waits until that is filled.
        """
        call = at_hotel()
        call.hear(wants("book"))

        assert unmet(Draft(hotel(), call.talk), "guests", "3") == ""

    def test_the_caller_hears_the_reason(self) -> None:
        """
        In place of "I need a number", the reason comes before the question.
        """
        call = at_hotel()
        call.hear(
            wants("book", value("range", "2026-07-20/2026-07-22", "stay"), value("choice", "suite", "room"))
        )
        call.hear("affirm")
        assert call.asked == "book.guests"
        call.hear(value("number", "9"))

        assert call.said == ["too-many", "ask-guests"]
        assert "guests" not in call.talk.slots
